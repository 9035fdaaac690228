package svg

import (
	"github.com/taut-dev/taut/render/scene"
)

// side is where a line leaves a box.
type side uint8

const (
	top side = iota
	bottom
	left
	right
)

// wire is the way of one edge: from a port along a corridor, perhaps through
// a gutter between two columns to a second corridor, to a port. -1: not used.
type wire struct {
	edge          int
	net           int // edges of one net share their first stretch: one source, one meaning
	from, to      side
	first, last   int // corridors
	gutter        int // the one left of this column
	x0, x1        float64
	track, track2 int
	gutterX       float64
}

// wiring is the ways of all edges of a drawing.
type wiring struct {
	wires []wire
	nets  map[[3]int]int
	used  []int // tracks of each corridor
}

func (w *wiring) tracks(k int) int { return w.used[k] }

// wire finds the way of every edge.
func (t *tiers) wire(p *placed) *wiring {
	w := &wiring{nets: map[[3]int]int{}, used: make([]int, t.rows+2)}
	for i := range p.d.Edges {
		if x, ok := t.way(p, i); ok {
			e := &p.d.Edges[i]
			x.edge = i
			x.net = w.net(e)
			w.wires = append(w.wires, x)
		}
	}
	return w
}

// settle assigns ports, gutters and tracks.
func (w *wiring) settle(t *tiers, p *placed) {
	w.ports(t, p)
	w.gutters(t)
	for k := range w.used {
		w.assign(k)
	}
}

// net numbers the source and meaning of an edge. Events from a channel are
// nets of their own.
func (w *wiring) net(e *scene.Edge) int {
	key := [3]int{e.From, int(e.Meaning), 0}
	if e.Internals {
		key[2] = 1
	}
	if _, ok := w.nets[key]; !ok {
		w.nets[key] = len(w.nets)
	}
	return w.nets[key]
}

// isBar tells the nodes that are drawn as long bars.
func isBar(n *scene.Node) bool { return n.Kind == scene.Channel || n.Kind == scene.Queue }

// way chooses corridors for an edge; ok is false for what is not drawn: ground,
// and a store under its only user, whose line is drawn with the store.
func (t *tiers) way(p *placed, i int) (wire, bool) {
	e := &p.d.Edges[i]
	x := wire{first: -1, last: -1, gutter: -1, from: bottom, to: top}
	if e.To < 0 || e.Meaning == scene.Stands {
		return x, false
	}
	to := &p.d.Nodes[e.To]
	if e.From < 0 {
		return x, p.inStrip(e.To)
	}
	from := &p.d.Nodes[e.From]
	switch {
	case to.Attach == e.From:
		return x, true
	case isBar(to) && from.Cell.Row >= 0:
		return t.toBar(x, from.Cell), true
	case isBar(from) && to.Cell.Row >= 0:
		x = t.toBar(x, to.Cell)
		x.from, x.to = x.to, x.from
		x.first, x.last = x.last, x.first
		return x, true
	case from.Cell.Row >= 0 && p.inStrip(e.To):
		return t.between(x, from.Cell, scene.Cell{Row: t.rows, Col: from.Cell.Col}), true
	case from.Cell.Row >= 0 && to.Cell.Row >= 0:
		return t.between(x, from.Cell, to.Cell), true
	}
	return x, false
}

// toBar is the way from a card to a channel: straight from the nearest row,
// else round the cards in between.
func (t *tiers) toBar(x wire, c scene.Cell) wire {
	if c.Row >= t.above {
		x.from, x.to = top, bottom
		if c.Row > t.above {
			x.first, x.gutter = t.topOf(c.Row), c.Col+1
		}
		return x
	}
	if c.Row < t.above-1 {
		x.first, x.gutter = t.bottomOf(c.Row), c.Col+1
	}
	return x
}

// between is the way from card to card.
func (t *tiers) between(x wire, a, b scene.Cell) wire {
	switch {
	case a.Row == b.Row && b.Col == a.Col+1:
		x.from, x.to = right, left
	case a.Row == b.Row && b.Col == a.Col-1:
		x.from, x.to = left, right
	case a.Row == b.Row:
		x.from, x.to, x.first = top, top, t.topOf(a.Row)
	case b.Row == a.Row+1:
		x.first = t.bottomOf(a.Row)
	case b.Row > a.Row:
		x.first, x.last = t.bottomOf(a.Row), t.topOf(min(b.Row, t.rows))
		if b.Row == t.rows {
			x.last = t.rows
		}
		x.gutter = beside(a, b)
	case b.Row == a.Row-1:
		x.from, x.to, x.first = top, bottom, t.topOf(a.Row)
	default:
		x.from, x.to = top, bottom
		x.first, x.last, x.gutter = t.topOf(a.Row), t.bottomOf(b.Row), beside(a, b)
	}
	return x
}

// beside is the gutter next to the target, on the side of the source.
func beside(a, b scene.Cell) int {
	if a.Col < b.Col {
		return b.Col
	}
	return b.Col + 1
}

// draw turns ways into routes.
func (w *wiring) draw(t *tiers, p *placed) {
	p.edges = make([]route, len(p.d.Edges))
	for i := range w.wires {
		x := &w.wires[i]
		e := &p.d.Edges[x.edge]
		p.edges[x.edge] = route{pts: tidy(x.points(t, p, e))}
	}
}

// points are the corners of a way, from source to target.
func (x *wire) points(t *tiers, p *placed, e *scene.Edge) []point {
	to := p.nodes[e.To]
	if e.From < 0 {
		return []point{{x.x1, p.frames[-2-e.From].bottom()}, {x.x1, to.y}}
	}
	from := p.nodes[e.From]
	if p.attached(e) {
		return []point{{from.cx(), from.bottom()}, {from.cx(), to.y + 2}}
	}
	switch x.from {
	case right:
		return []point{{from.right(), from.cy()}, {to.x, to.cy()}}
	case left:
		return []point{{from.x, from.cy() + 8}, {to.right(), to.cy() + 8}}
	}
	pts := []point{{x.x0, edgeY(from, x.from)}}
	switch {
	case x.first >= 0 && x.gutter >= 0:
		y := t.trackY(x.first, x.track)
		pts = append(pts, point{x.x0, y}, point{x.gutterX, y})
	case x.first >= 0:
		y := t.trackY(x.first, x.track)
		pts = append(pts, point{x.x0, y}, point{x.x1, y})
	}
	if x.last >= 0 {
		y := t.trackY(x.last, x.track2)
		pts = append(pts, point{x.gutterX, y}, point{x.x1, y})
	}
	end := x.x1
	if x.gutter >= 0 && x.last < 0 {
		end = x.gutterX
	}
	if x.first < 0 && x.gutter >= 0 { // from a channel through a gutter
		pts[0].x = x.gutterX
	}
	if x.first < 0 && x.last >= 0 {
		end = x.x1
	}
	return append(pts, point{end, edgeY(to, x.to)})
}

// edgeY is the height of a box's upper or lower side.
func edgeY(r rect, s side) float64 {
	if s == top {
		return r.y
	}
	return r.bottom()
}

// tidy drops points that lie on a straight line between their neighbours.
func tidy(pts []point) []point {
	out := pts[:1]
	for k := 1; k < len(pts); k++ {
		a := out[len(out)-1]
		if pts[k] == a {
			continue
		}
		if n := len(out); n > 1 && (out[n-2].x == a.x && a.x == pts[k].x || out[n-2].y == a.y && a.y == pts[k].y) {
			out[n-1] = pts[k]
			continue
		}
		out = append(out, pts[k])
	}
	return out
}
