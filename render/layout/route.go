package layout

import "math"

// pen draws one line: straight pieces and curves that start and end vertically,
// so that all pieces join smoothly.
type pen struct {
	points []Point // start, then control, control, end of each piece
	curved bool
}

func (p *pen) at() Point { return p.points[len(p.points)-1] }

func (p *pen) start(x, y float64) { p.points = append(p.points, Point{x, y}) }

// down draws straight to y; it lengthens a straight piece before it.
func (p *pen) down(y float64) {
	from := p.at()
	if from.Y == y {
		return
	}
	if k := len(p.points); k >= 4 && p.points[k-4].X == from.X && p.points[k-3].X == from.X && p.points[k-2].X == from.X {
		from = p.points[k-4]
		p.points = p.points[:k-3]
	}
	third := (y - from.Y) / 3
	p.points = append(p.points, Point{from.X, from.Y + third}, Point{from.X, y - third}, Point{from.X, y})
}

// sway draws an S to (x, y) with vertical ends.
func (p *pen) sway(x, y float64) {
	from := p.at()
	if from.X == x {
		p.down(y)
		return
	}
	p.curved = true
	bend := (y - from.Y) * 0.55
	p.points = append(p.points, Point{from.X, from.Y + bend}, Point{x, y - bend}, Point{x, y})
}

// path is the finished line; one without curves is given by its corners.
func (p *pen) path() Path {
	if p.curved {
		return Path{Points: p.points, Curve: true}
	}
	corners := p.points[:1:1]
	for k := 3; k < len(p.points); k += 3 {
		corners = append(corners, p.points[k])
	}
	return Path{Points: corners}
}

// route draws the line of one link from its upper to its lower end.
func (n *net) route(k int, x []float64, l *levels, ends [2]float64) Path {
	c := n.chain[k]
	var p pen
	top, low := c[0], c[len(c)-1]
	p.start(ends[0], n.foottop(top, l, false))
	for i := 1; i < len(c); i++ {
		v := c[i]
		to := x[v]
		if i == len(c)-1 {
			to = ends[1]
		}
		p.down(l.end[n.v[v].row-1])
		p.sway(to, l.start[n.v[v].row])
	}
	p.down(n.foottop(low, l, true))
	path := p.path()
	for _, v := range c {
		if n.v[v].kind == isLabel {
			link := &n.link[n.links[k]]
			path.Label = Rect{x[v] - link.lw/2, l.y[n.v[v].row] - link.lh/2, link.lw, link.lh}
		}
	}
	return path
}

// foottop is the height at which a line meets the end vertex of its chain: the
// top or the foot of a box, the border of a frame or a bar.
func (n *net) foottop(v int32, l *levels, top bool) float64 {
	at := &n.v[v]
	if at.kind == isPort {
		b := &n.box[at.box]
		mid := (l.y[n.row[at.box]] + l.y[n.row[at.box]+1]) / 2
		if top {
			return mid - b.main.u
		}
		return mid + b.main.d
	}
	b := &n.box[at.box]
	if b.tip {
		f := n.frameRectY(at.frame, l)
		if top {
			return f.lo
		}
		return f.hi
	}
	if top {
		return l.y[at.row] - b.main.u
	}
	return l.y[at.row] + b.main.d
}

// frameRectY is a frame's extent across the rows.
func (n *net) frameRectY(f int32, l *levels) span {
	r := &n.room[f]
	return span{l.top[r.first] - n.head(f), l.bottom[r.last] + n.foot(f)}
}

// loop draws the k-th line from a box to itself, from its rim out to a distance.
func loop(b *box, rim, out, y float64, k int) Path {
	h := math.Min(b.main.u*0.55, 6+4*float64(k))
	far := rim + (out-rim)*4/3
	return Path{Curve: true, Points: []Point{{rim, y - h}, {far, y - h*1.6}, {far, y + h*1.6}, {rim, y + h}}}
}
