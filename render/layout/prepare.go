package layout

import "math"

// Inside the package everything is laid out top-down. For LeftRight the two axes
// are exchanged on the way in and on the way out; "left" then means up.

// sides are how far something reaches from its anchor to each side.
type sides struct{ l, r, u, d float64 }

// turned exchanges the axes for LeftRight.
func (s sides) turned(d Direction) sides {
	if d == LeftRight {
		return sides{l: s.u, r: s.d, u: s.l, d: s.r}
	}
	return s
}

// box is what is placed as one thing: a node with what hangs under it.
type box struct {
	node  int   // Graph.Nodes index, or None for the end of a line on a frame
	hang  []int // nodes that hang under it
	hangX float64
	frame int // innermost frame, or None
	bar   bool
	sides
	main   sides   // of the node alone, without what hangs and loops
	half   float64 // ports stand within this distance of the anchor
	bottom [2]span // where lines may leave downwards, left and right of what hangs
	pref   int
	place  float64 // where among the others it stands at first: pref, unless its row was folded
	row    int     // fixed row, or None
	cell   Cell
	loops  []int     // edges from the node to itself
	reach  []float64 // room of each loop
	tip    bool      // the end of a line on a frame
}

// span is an interval relative to a box's anchor.
type span struct{ lo, hi float64 }

// link is an edge between two boxes; after cycles are broken u is above v.
type link struct {
	u, v   int
	edge   int  // Graph.Edges index, or None where it only orders
	rev    bool // u is the edge's To
	event  bool
	weight float64
	lw, lh float64 // label
	pin    bool    // only says that v is not above u (length 0)
	soft   bool    // does not count while rows are found
}

// frame is a frame with what the layout adds to it; bars become frames as well.
type frame struct {
	parent  int
	pad     sides // between border and contents
	minSpan float64
	index   int // Graph.Frames index, or None for a bar
	bar     int // box of the bar, or None
}

// plan is a graph made ready: boxes, links, frames, references checked.
type plan struct {
	set   settings
	box   []box
	link  []link
	frame []frame
	boxOf []int   // node → its box (for what hangs: the host's)
	host  []int   // node → node it hangs under, or None
	in    [][]int // links that end at each box
	out   [][]int // links that start at each box
}

// prepare checks all references and turns the graph into boxes and links. What
// makes no sense (a node in a frame that is not there) counts as not given.
func prepare(g *Graph, o Options) *plan {
	p := &plan{set: settle(g, o)}
	p.frames(g)
	p.hosts(g)
	p.boxes(g)
	p.links(g)
	return p
}

// frames copies the frames; a parent that is no frame or closes a circle is none.
func (p *plan) frames(g *Graph) {
	n := len(g.Frames)
	for i, f := range g.Frames {
		pad := fallback(f.Pad, framePad)
		in := sides{pad, pad, pad, pad}
		if f.TitleH > 0 {
			in.u += f.TitleH
		}
		least := f.TitleW + 2*pad
		if f.NoteW > 0 {
			least += noteGap + f.NoteW
		}
		if p.set.Direction == LeftRight {
			least = 0
			in.l, in.u, in.r, in.d = in.u, in.l, in.d, in.r
		}
		parent := f.Parent
		if !within(parent, n) {
			parent = None
		}
		for up, steps := parent, 0; up != None; steps++ {
			if up == i || steps > n {
				parent = None
				break
			}
			up = g.Frames[up].Parent
			if !within(up, n) {
				up = None
			}
		}
		p.frame = append(p.frame, frame{parent: parent, pad: in, minSpan: least, index: i, bar: None})
	}
}

// hosts decides which nodes really hang: a node with other edges, a label on the
// line, a frame of its own, or a bar cannot be tucked away under its user.
func (p *plan) hosts(g *Graph) {
	n := len(g.Nodes)
	p.host = make([]int, n)
	carries := make([]bool, n)
	for i, v := range g.Nodes {
		p.host[i] = None
		if h := v.Attach; within(h, n) && h != i && !v.Bar && !g.Nodes[h].Bar && p.home(v.Frame) == p.home(g.Nodes[h].Frame) {
			p.host[i] = h
		}
	}
	// Any other line to it, or a label on the one it has, needs room of its own.
	for _, e := range g.Edges {
		for _, end := range [2][2]int{{e.From, e.To}, {e.To, e.From}} {
			if within(end[0], n) && (p.host[end[0]] != end[1] || e.LabelW > 0) {
				p.host[end[0]] = None
			}
		}
	}
	for i := range g.Nodes {
		if h := p.host[i]; h != None {
			carries[h] = true
		}
	}
	for i := range g.Nodes {
		if carries[i] { // one level only: what carries does not hang
			p.host[i] = None
		}
	}
}

// home is a frame's number, or None if there is no such frame.
func (p *plan) home(f int) int {
	if within(f, len(p.frame)) {
		return f
	}
	return None
}

// boxes makes a box of every node that does not hang, and tells hosts what hangs
// under them.
func (p *plan) boxes(g *Graph) {
	p.boxOf = make([]int, len(g.Nodes))
	for i, v := range g.Nodes {
		if p.host[i] != None {
			continue
		}
		p.boxOf[i] = len(p.box)
		b := box{node: i, frame: p.home(v.Frame), bar: v.Bar, pref: p.set.pref[i], row: None, cell: Cell{None, None}}
		if within(i, len(p.set.Ranks)) && p.set.Ranks[i] >= 0 && !v.Bar {
			b.row = p.set.Ranks[i]
		}
		p.box = append(p.box, b)
	}
	for i, h := range p.host {
		if h != None {
			p.boxOf[i] = p.boxOf[h]
			b := &p.box[p.boxOf[h]]
			b.hang = append(b.hang, i)
		}
	}
	lines := p.leaving(g)
	for i := range p.box {
		p.measure(g, &p.box[i], lines[p.box[i].node])
	}
	p.fillEmpty(g)
}

// leaving counts the lines that may be at the foot of each node, beside what
// hangs there: calls, and events of a bar that may lie below.
func (p *plan) leaving(g *Graph) []int {
	lines := make([]int, len(g.Nodes))
	for _, e := range g.Edges {
		to := within(e.To, len(g.Nodes))
		if within(e.From, len(g.Nodes)) {
			if !to || p.host[e.To] != e.From {
				lines[e.From]++
			}
			if to && g.Nodes[e.From].Bar {
				lines[e.To]++
			}
		}
	}
	return lines
}

// fillEmpty puts a box without a node into every frame that has nothing inside,
// so that it still gets a place.
func (p *plan) fillEmpty(g *Graph) {
	full := make([]bool, len(p.frame))
	mark := func(f int) {
		for ; f != None && !full[f]; f = p.frame[f].parent {
			full[f] = true
		}
	}
	for i := range p.box {
		mark(p.box[i].frame)
	}
	for f := len(p.frame) - 1; f >= 0; f-- { // inner frames usually come last
		if full[f] {
			continue
		}
		leaf := true
		for i := range p.frame {
			leaf = leaf && p.frame[i].parent != f
		}
		if leaf {
			s := sides{30, 30, 12, 12}
			p.box = append(p.box, box{node: None, frame: f, sides: s, pref: len(g.Nodes) + f, row: None, cell: Cell{None, None}})
			mark(f)
		}
	}
}

// measure fills in how far a box reaches and where so many lines may leave it.
func (p *plan) measure(g *Graph, b *box, lines int) {
	v := g.Nodes[b.node]
	s := sides{v.W / 2, v.W / 2, v.H / 2, v.H / 2}
	full := span{-v.W/2 + portEdge, v.W/2 - portEdge}
	if p.set.Direction == LeftRight {
		full = span{-v.H/2 + portEdge, v.H/2 - portEdge}
	}
	if full.lo > full.hi {
		full = span{}
	}
	b.bottom = [2]span{full, full}
	if len(b.hang) > 0 {
		w, h := -float64(hangSide), 0.0
		for _, i := range b.hang {
			w += g.Nodes[i].W + hangSide
			h = math.Max(h, g.Nodes[i].H)
		}
		s.d += hangGap + h
		if p.set.Direction == TopDown {
			least := math.Max(2*portEdge, math.Min(2*portEdge+float64(p.set.EdgeGap*clamp(float64(lines-1), 0, 2)), v.W))
			if room := (v.W - w) / 2; room < least { // not enough at its sides: lines leave on the right
				b.hangX = math.Min(0, v.W/2-least-w/2)
			}
			left := span{-v.W/2 + portEdge, b.hangX - w/2 - portEdge}
			right := span{b.hangX + w/2 + portEdge, v.W/2 - portEdge}
			if left.lo > left.hi {
				left = right
			}
			b.bottom = [2]span{left, right}
		}
		s.l = math.Max(s.l, w/2-b.hangX)
		s.r = math.Max(s.r, w/2+b.hangX)
	}
	b.main = sides{v.W / 2, v.W / 2, v.H / 2, v.H / 2}
	if v.Bar { // W is along a bar, however it lies
		b.sides = b.main
		return
	}
	b.sides, b.main = s.turned(p.set.Direction), b.main.turned(p.set.Direction)
	b.half = full.hi
}
