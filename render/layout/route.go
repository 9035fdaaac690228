package layout

import "math"

// pen draws one line: straight pieces and curves that start and end vertically,
// so that all pieces join smoothly.
type pen struct {
	points []Point // start, then control, control, end of each piece
	curved bool
}

// at is where the pen is.
func (p *pen) at() Point { return p.points[len(p.points)-1] }

// start puts the pen down.
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
	bend := float64((y - from.Y) * 0.55)
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
	xs := make([]float64, len(c))
	for i, v := range c {
		xs[i] = x[v]
	}
	xs[0], xs[len(c)-1] = ends[0], ends[1]
	first, last := n.outside(c)
	var p pen
	p.start(xs[first], n.meets(c[first], c[0], l, false))
	for i := first + 1; i <= last; i++ {
		row := n.v[c[i]].row
		p.down(math.Max(l.end[row-1], p.at().Y))
		p.sway(xs[i], l.start[row])
	}
	p.down(n.meets(c[last], c[len(c)-1], l, true))
	path := p.path()
	for i, v := range c {
		if n.v[v].kind == isLabel {
			link := &n.link[n.links[k]]
			path.Label = Rect{xs[i] - link.lw/2, l.y[n.v[v].row] - link.lh/2, link.lw, link.lh}
		}
	}
	return path
}

// outside is the part of a chain to draw: a line that ends on a frame stops at
// its border, where it has run straight through the frame before.
func (n *net) outside(c []int32) (first, last int) {
	last = len(c) - 1
	// As long as the line runs inside the frame it is not drawn; its last bend
	// inside stands straight above the place where it leaves.
	if f, tip := n.tipRoom(c[0]); tip {
		for first < last-1 && n.v[c[first+1]].kind == isBend && n.v[c[first+1]].frame == f {
			first++
		}
	}
	if f, tip := n.tipRoom(c[last]); tip {
		for last > first+1 && n.v[c[last-1]].kind == isBend && n.v[c[last-1]].frame == f {
			last--
		}
	}
	return first, last
}

// tipRoom is the frame whose border a vertex stands for, if it does.
func (n *net) tipRoom(v int32) (int32, bool) {
	at := &n.v[v]
	return at.frame, at.kind == isBox && n.box[at.box].tip
}

// meets is the height at which a line starts or ends at vertex v, for the end
// vertex of its chain: the top or the foot of a box, of a bar or of a frame.
func (n *net) meets(v, end int32, l *levels, top bool) float64 {
	if f, tip := n.tipRoom(end); tip {
		row := n.v[v].row
		switch y := n.frameRectY(f, l); {
		case top && row == n.room[f].first:
			return y.lo
		case !top && row == n.room[f].last:
			return y.hi
		}
		return l.y[row] // it cannot reach the border straight
	}
	at := &n.v[v]
	b := &n.box[at.box]
	y := l.y[at.row]
	if at.kind == isPort {
		y = (l.y[n.row[at.box]] + l.y[n.row[at.box]+1]) / 2
	}
	if top {
		return y - b.main.u
	}
	return y + b.main.d
}

// frameRectY is a frame's extent across the rows.
func (n *net) frameRectY(f int32, l *levels) span {
	r := &n.room[f]
	return span{l.top[r.first] - n.head(f), l.bottom[r.last] + n.foot(f)}
}

// loop draws the k-th line from a box to itself, from its rim out to a distance.
func loop(b *box, rim, out, y float64, k int) Path {
	h := math.Min(b.main.u*0.55, 6+float64(4*float64(k)))
	far := rim + (out-rim)*4/3
	return Path{Curve: true, Points: []Point{{rim, y - h}, {far, y - float64(h*1.6)}, {far, y + float64(h*1.6)}, {rim, y + h}}}
}
