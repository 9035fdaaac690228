package layout

import (
	"math"
	"slices"
)

// drawing is the result while it is filled in, still in layered directions.
type drawing struct {
	Result
	g *Graph
	p *plan
}

// newDrawing makes room for one entry per node, edge and frame.
func newDrawing(g *Graph, p *plan) *drawing {
	return &drawing{g: g, p: p, Result: Result{
		Nodes:  make([]Rect, len(g.Nodes)),
		Edges:  make([]Path, len(g.Edges)),
		Frames: make([]Rect, len(g.Frames)),
		Titles: make([]Rect, len(g.Frames)),
		Notes:  make([]Rect, len(g.Frames)),
	}}
}

// place copies the coordinates of one sheet into the result.
func (d *drawing) place(s *sheet) {
	n := s.net
	for i := range n.v {
		if v := &n.v[i]; v.kind == isBox && n.box[v.box].node != None {
			d.box(&n.box[v.box], s.x[i]+s.dx, s.level.y[v.row]+s.dy)
		}
	}
	for i := range n.room {
		f := &n.room[i]
		if len(f.left) == 0 {
			continue
		}
		lo, hi := s.x[f.left[0]], s.x[f.right[0]]
		if f.bar != None {
			b := &n.box[f.bar]
			mid := (s.level.y[f.first] + s.level.y[f.last]) / 2
			d.Nodes[b.node] = d.rect(lo+s.dx, hi+s.dx, mid-b.main.u+s.dy, mid+b.main.d+s.dy)
			for k, i := range b.loops {
				d.barLoop(b, lo+s.dx, hi+s.dx, mid+s.dy, k, i)
			}
			continue
		}
		y := n.frameRectY(int32(i), &s.level)
		d.Frames[f.plan] = d.rect(lo+s.dx, hi+s.dx, y.lo+s.dy, y.hi+s.dy)
	}
	for k, i := range n.links {
		if len(n.chain[k]) == 0 {
			continue
		}
		l := &n.link[i]
		path := n.route(k, s.x, &s.level, s.ends[k])
		if l.rev {
			path = reversed(path)
		}
		d.edge(l.edge, path, s)
	}
	for i, path := range n.flatPaths(s.x, &s.level) {
		d.edge(n.link[n.links[n.flats[i].k]].edge, path, s)
	}
}

// rect turns an extent in layered directions into a box.
func (d *drawing) rect(lo, hi, top, bottom float64) Rect {
	if d.p.set.Direction == LeftRight {
		return Rect{top, lo, bottom - top, hi - lo}
	}
	return Rect{lo, top, hi - lo, bottom - top}
}

// point turns a point in layered directions into one on the plane.
func (d *drawing) point(p Point) Point {
	if d.p.set.Direction == LeftRight {
		return Point{p.Y, p.X}
	}
	return p
}

// box places a node, what hangs under it, and its loops.
func (d *drawing) box(b *box, x, y float64) {
	at := d.rect(x-b.main.l, x+b.main.r, y-b.main.u, y+b.main.d)
	d.Nodes[b.node] = at
	width := -float64(hangSide)
	for _, i := range b.hang {
		width += d.g.Nodes[i].W + hangSide
	}
	left := at.X + at.W/2 + b.hangX - width/2
	for _, i := range b.hang {
		v := d.g.Nodes[i]
		d.Nodes[i] = Rect{left, at.Y + at.H + hangGap, v.W, v.H}
		left += v.W + hangSide
	}
	for k, i := range b.loops {
		d.loop(b, x, y, k, i)
	}
}

// barLoop places a loop at the end of a bar.
func (d *drawing) barLoop(b *box, lo, hi, y float64, k, edge int) {
	x := hi - b.main.r
	if d.p.set.Direction == LeftRight {
		x = lo + b.main.l
	}
	d.loop(b, x, y, k, edge)
}

// loop places the k-th loop of a box and its label, one beside the other.
func (d *drawing) loop(b *box, x, y float64, k, edge int) {
	e := d.g.Edges[edge]
	turned := d.p.set.Direction == LeftRight
	rim, out, dir := x+b.main.r, x+b.r, 1.0
	if turned {
		rim, out, dir = x-b.main.l, x-b.l, -1
	}
	for _, room := range b.reach[k:] {
		out -= float64(dir * room)
	}
	out += float64(dir * loopSize)
	path := loop(b, rim, out-float64(dir*4), y, k)
	for i := range path.Points {
		path.Points[i] = d.point(path.Points[i])
	}
	if e.LabelW > 0 && e.LabelH > 0 {
		c := d.point(Point{out, y})
		path.Label = Rect{c.X, c.Y - e.LabelH/2, e.LabelW, e.LabelH}
		if turned {
			path.Label = Rect{c.X - e.LabelW/2, c.Y - e.LabelH, e.LabelW, e.LabelH}
		}
	}
	d.Edges[edge] = path
}

// direct is the last resort for a line that no rows could be found for: straight
// from rim to rim. Ends that do not exist give no line.
func (d *drawing) direct(e Edge) Path {
	a, oka := d.target(e.From)
	b, okb := d.target(e.To)
	if !oka || !okb {
		return Path{}
	}
	from, to := Point{a.X + a.W/2, a.Y + a.H/2}, Point{b.X + b.W/2, b.Y + b.H/2}
	return Path{Points: []Point{leave(a, from, to), leave(b, to, from)}}
}

// target is the box or frame at one end of an edge, if there is one.
func (d *drawing) target(end int) (Rect, bool) {
	if within(end, len(d.Nodes)) {
		return d.Nodes[end], true
	}
	if f := -2 - end; within(f, len(d.Frames)) {
		return d.Frames[f], true
	}
	return Rect{}, false
}

// leave is where the line from the middle of a box towards a point cuts its rim.
func leave(r Rect, mid, to Point) Point {
	dx, dy := to.X-mid.X, to.Y-mid.Y
	t := math.Min(1, math.Min(r.W/2/math.Max(math.Abs(dx), 1e-9), r.H/2/math.Max(math.Abs(dy), 1e-9)))
	return Point{mid.X + float64(dx*t), mid.Y + float64(dy*t)}
}

// reversed turns the direction of a path.
func reversed(p Path) Path {
	slices.Reverse(p.Points)
	return p
}

// edge moves a line to its place.
func (d *drawing) edge(i int, p Path, s *sheet) {
	for k, q := range p.Points {
		p.Points[k] = d.point(Point{q.X + s.dx, q.Y + s.dy})
	}
	if r := p.Label; r.W > 0 {
		p.Label = d.rect(r.X+s.dx, r.X+r.W+s.dx, r.Y+s.dy, r.Y+r.H+s.dy)
	}
	d.Edges[i] = p
}

// hanger is the line down to what hangs: straight, as near to its middle as the
// host reaches.
func hanger(host, hung Rect) (from, to Point) {
	mid := hung.X + hung.W/2
	x := clamp(mid, host.X+math.Min(portEdge, host.W/2), host.X+host.W-math.Min(portEdge, host.W/2))
	return Point{x, host.Y + host.H}, Point{clamp(x, hung.X, hung.X+hung.W), hung.Y}
}

// finish adds the short lines to what hangs and the places of titles.
func (d *drawing) finish() Result {
	// Lines to what hangs were left out of the layout: they are always short.
	for i, e := range d.g.Edges {
		if within(e.From, len(d.p.host)) && within(e.To, len(d.p.host)) && e.From != e.To {
			a, b := d.Nodes[e.From], d.Nodes[e.To]
			switch {
			case d.p.host[e.To] == e.From:
				from, to := hanger(a, b)
				d.Edges[i] = Path{Points: []Point{from, to}}
			case d.p.host[e.From] == e.To:
				to, from := hanger(b, a)
				d.Edges[i] = Path{Points: []Point{from, to}}
			}
		}
	}
	for i, e := range d.g.Edges {
		if len(d.Edges[i].Points) == 0 && !d.p.pointless(d.g, e) {
			d.Edges[i] = d.direct(e)
		}
	}
	d.titles()
	if d.p.set.Direction == LeftRight {
		d.W, d.H = d.H, d.W
	}
	return d.Result
}
