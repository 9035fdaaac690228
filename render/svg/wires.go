package svg

import (
	"cmp"
	"slices"

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

// wire finds the way of every edge and assigns ports and tracks.
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
	w.ports(t, p)
	w.gutters(t)
	for k := range w.used {
		w.assign(k)
	}
	return w
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

// stub is one end of a wire at a side of a box.
type stub struct {
	wire int
	end  int // 0: the source
	net  int // ends of one net at the source share a port
	want float64
}

// ports spreads the ends of wires over the sides of the boxes, in the order of
// where they come from.
func (w *wiring) ports(t *tiers, p *placed) {
	for n := range p.d.Nodes {
		if isBar(&p.d.Nodes[n]) {
			continue
		}
		for _, s := range [...]side{top, bottom} {
			w.spread(p, n, s, w.stubs(p, n, s))
		}
	}
	for i := range w.wires {
		x := &w.wires[i]
		e := &p.d.Edges[x.edge]
		switch {
		case e.From < 0:
			x.x1 = p.nodes[e.To].cx()
			x.x0 = x.x1
		case isBar(&p.d.Nodes[e.From]):
			x.x0 = x.x1
		case isBar(&p.d.Nodes[e.To]):
			x.x1 = x.x0
		case x.first >= 0 && x.gutter < 0 && x.x0 != x.x1 && max(x.x0-x.x1, x.x1-x.x0) < 8:
			x.x1 = x.x0 // a jog so small would only be noise
		}
	}
}

// stubs collects the ends at one side of a box.
func (w *wiring) stubs(p *placed, n int, s side) []stub {
	var list []stub
	for i := range w.wires {
		x := &w.wires[i]
		e := &p.d.Edges[x.edge]
		if e.From == n && x.from == s && p.attached(e) {
			continue
		}
		if e.From == n && x.from == s && !slices.ContainsFunc(list, func(o stub) bool { return o.end == 0 && o.net == x.net }) {
			list = append(list, stub{i, 0, x.net, w.mean(p, x.net, n)})
		}
		if e.To == n && x.to == s && e.From >= 0 && !p.attached(e) {
			list = append(list, stub{i, 1, -1, w.heading(p, e.From, n)})
		}
	}
	slices.SortStableFunc(list, func(a, b stub) int { return cmp.Compare(a.want, b.want) })
	return list
}

// attached says that an edge leads to the store right under its source.
func (p *placed) attached(e *scene.Edge) bool {
	return e.To >= 0 && e.From >= 0 && p.d.Nodes[e.To].Attach == e.From
}

// heading is where the other end lies; channels lie everywhere.
func (w *wiring) heading(p *placed, other, self int) float64 {
	if isBar(&p.d.Nodes[other]) {
		return p.nodes[self].cx() + 1
	}
	return p.nodes[other].cx()
}

// mean is the middle of where a net leads.
func (w *wiring) mean(p *placed, net, self int) float64 {
	sum, n := 0.0, 0
	for i := range w.wires {
		if x := &w.wires[i]; x.net == net {
			sum += w.heading(p, p.d.Edges[x.edge].To, self)
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// spread gives the ends at one side of a box their places. A store that hangs
// there keeps the middle free.
func (w *wiring) spread(p *placed, n int, s side, list []stub) {
	r := p.nodes[n]
	keep := 0.0
	if s == bottom {
		for k := range p.d.Nodes {
			if p.d.Nodes[k].Attach == n {
				keep = p.nodes[k].w/2 + 9
			}
		}
	}
	step := min(16, (r.w-20-2*keep)/float64(max(len(list), 1)))
	for k, o := range list {
		x := r.cx() + (float64(k)-float64(len(list)-1)/2)*step
		if keep > 0 {
			x = besideStore(r, keep, k, len(list), o.want)
		}
		w.put(o, x)
	}
}

// besideStore is a place left or right of the middle.
func besideStore(r rect, keep float64, k, n int, want float64) float64 {
	room := r.w/2 - keep - 8
	f := (float64(k) + 0.5) / float64(n)
	if n == 1 {
		if want < r.cx() {
			return r.cx() - keep - room/3
		}
		return r.cx() + keep + room/3
	}
	if f < 0.5 {
		return r.x + 8 + f*2*room
	}
	return r.cx() + keep + (f-0.5)*2*room
}

// put writes a port into its wire, or into all wires that share it.
func (w *wiring) put(o stub, x float64) {
	if o.end == 1 {
		w.wires[o.wire].x1 = x
		return
	}
	for i := range w.wires {
		if y := &w.wires[i]; y.net == o.net && y.from == w.wires[o.wire].from {
			y.x0 = x
		}
	}
}

// gutters spreads the wires that run between two columns.
func (w *wiring) gutters(t *tiers) {
	for g := range t.cols + 1 {
		var nets []int
		for i := range w.wires {
			x := &w.wires[i]
			if x.gutter != g {
				continue
			}
			k := slices.Index(nets, x.net)
			if k < 0 {
				k = len(nets)
				nets = append(nets, x.net)
			}
			d := float64((k+1)/2) * 5
			if k%2 == 1 {
				d = -d
			}
			mid, room := t.cardX(g)-t.gap/2, t.gap/2-3
			switch g { // at the rims there is only the padding
			case 0:
				mid, room = t.cardX(0)-tierPad/2, tierPad/2-2
			case t.cols:
				mid, room = t.cardX(g)-t.gap+tierPad/2, tierPad/2-2
			}
			x.gutterX = mid + max(-room, min(room, d))
		}
	}
}

// stretch is one horizontal piece of a net in a corridor.
type stretch struct {
	net      int
	from, to float64
	wires    []int
	second   bool
}

// assign puts the horizontal pieces of a corridor on tracks, so that pieces of
// different nets never lie on each other: shortest first.
func (w *wiring) assign(k int) {
	var list []stretch
	for i := range w.wires {
		x := &w.wires[i]
		if x.first == k {
			list = add(list, stretch{net: x.net, from: x.x0, to: x.x1, wires: []int{i}}, x)
		}
		if x.last == k {
			list = add(list, stretch{net: x.net, from: x.gutterX, to: x.x1, wires: []int{i}, second: true}, nil)
		}
	}
	slices.SortStableFunc(list, func(a, b stretch) int { return cmp.Compare(a.to-a.from, b.to-b.from) })
	var tracks [][]stretch
	for _, s := range list {
		n := slices.IndexFunc(tracks, func(t []stretch) bool {
			return !slices.ContainsFunc(t, func(o stretch) bool { return o.from < s.to+6 && s.from < o.to+6 })
		})
		if n < 0 {
			n = len(tracks)
			tracks = append(tracks, nil)
		}
		tracks[n] = append(tracks[n], s)
		for _, i := range s.wires {
			if s.second {
				w.wires[i].track2 = n
			} else {
				w.wires[i].track = n
			}
		}
	}
	w.used[k] = len(tracks)
}

// add joins a piece to those of its net, or starts a new one; straight wires
// need no piece.
func add(list []stretch, s stretch, x *wire) []stretch {
	if x != nil && x.gutter >= 0 {
		s.to = x.gutterX
	}
	s.from, s.to = min(s.from, s.to), max(s.from, s.to)
	if s.from == s.to {
		return list
	}
	for i := range list {
		if o := &list[i]; o.net == s.net && o.second == s.second {
			o.from, o.to = min(o.from, s.from), max(o.to, s.to)
			o.wires = append(o.wires, s.wires...)
			return list
		}
	}
	return append(list, s)
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
