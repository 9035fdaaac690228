package layout

import (
	"cmp"
	"math"
	"slices"
)

// flat is a link between boxes of the same row: a straight line where nothing
// stands between them, else an arch above the row.
type flat struct {
	k        int   // index of net.links
	a, b     int32 // vertices, a left of b; a border where the line ends on a frame
	left     bool  // the line starts at a
	straight bool
	height   float64 // of an arch above the boxes
}

const (
	archBase = 18 // height of the lowest arch
	archStep = 12 // from an arch to the next above it
	lineStep = 10 // between straight lines from one box to the next
)

// findFlats collects the flat links after the order is known.
func (n *net) findFlats() {
	beside := map[[2]int32]float64{}                      // height of the straight lines so far between two boxes
	after, before := map[int32]int32{}, map[int32]int32{} // the only other end on a side
	for k, i := range n.links {
		l := &n.link[i]
		a, b := n.at[l.u], n.at[l.v]
		if len(n.chain[k]) > 0 || a == None || b == None || n.v[a].row != n.v[b].row {
			continue
		}
		f := flat{k: k, a: n.rim(a, b), b: n.rim(b, a), left: !l.rev}
		if n.pos[f.a] > n.pos[f.b] {
			f.a, f.b, f.left = f.b, f.a, !f.left
		}
		next, taken := after[f.a]
		last, used := before[f.b]
		// A side with a straight line to one box has none to another: they would
		// lie upon each other.
		if n.clear(f.a, f.b) && (!taken || next == f.b) && (!used || last == f.a) {
			after[f.a], before[f.b] = f.b, f.a
			key := [2]int32{f.a, f.b}
			mine, _ := n.body(f.a)
			theirs, _ := n.body(f.b)
			room := 2 * math.Min(mine.u, theirs.u)
			if f.straight = beside[key] == 0 || beside[key]+lineStep+l.lh < room; f.straight {
				beside[key] += lineStep + l.lh
			}
		}
		n.flats = append(n.flats, f)
	}
}

// rim is where a line from a vertex in its row ends: for the end of a line on a
// frame, the frame's border towards the other end.
func (n *net) rim(v, other int32) int32 {
	f, tip := n.tipRoom(v)
	if !tip {
		return v
	}
	r := &n.room[f]
	if n.pos[other] > n.pos[v] {
		return r.right[n.v[v].row-r.first]
	}
	return r.left[n.v[v].row-r.first]
}

// clear says whether only lines and borders stand between two vertices of a row.
func (n *net) clear(a, b int32) bool {
	if n.v[a].kind == isBox && len(n.box[n.v[a].box].loops) > 0 {
		return false // its loops take that side
	}
	for _, v := range n.rows[n.v[a].row][n.pos[a]+1 : n.pos[b]] {
		if k := n.v[v].kind; k != isBend && k != isLeft && k != isRight && !n.thin(&n.v[v]) {
			return false
		}
	}
	return true
}

// raiseArches puts wider arches above those they span, so that neither they nor
// their labels meet.
func (n *net) raiseArches(x []float64) {
	slices.SortStableFunc(n.flats, func(f, g flat) int {
		return cmp.Compare(n.pos[f.b]-n.pos[f.a], n.pos[g.b]-n.pos[g.a])
	})
	n.arch = make([]float64, len(n.rows))
	for i := range n.flats {
		f := &n.flats[i]
		if f.straight {
			continue
		}
		label := n.link[n.links[f.k]].lh
		f.height = archBase + label
		me := n.archSpan(*f, x)
		for _, g := range n.flats[:i] {
			they := n.archSpan(g, x)
			if !g.straight && n.v[g.a].row == n.v[f.a].row && they.lo < me.hi && me.lo < they.hi {
				f.height = math.Max(f.height, g.height+archStep+label/2+n.link[n.links[g.k]].lh/2)
			}
		}
		row := n.v[f.a].row
		n.arch[row] = math.Max(n.arch[row], f.height+label/2+labelAir)
	}
}

// archSpan is how far an arch with its label reaches along the row.
func (n *net) archSpan(f flat, x []float64) span {
	half := n.link[n.links[f.k]].lw/2 + labelAir
	mid := (x[f.a] + x[f.b]) / 2
	return span{math.Min(x[f.a], mid-half), math.Max(x[f.b], mid+half)}
}

// flatPaths draws the flat links.
func (n *net) flatPaths(x []float64, l *levels) []Path {
	paths := make([]Path, len(n.flats))
	tall, beside := map[[2]int32]float64{}, map[[2]int32]float64{} // straight lines between two boxes: all, so far
	for _, f := range n.flats {
		if f.straight {
			tall[[2]int32{f.a, f.b}] += lineStep + n.link[n.links[f.k]].lh
		}
	}
	feet := map[[2]int32]int{} // arches so far at a corner: vertex, side
	for i, f := range n.flats {
		y := l.y[n.v[f.a].row]
		link := &n.link[n.links[f.k]]
		if f.straight {
			key := [2]int32{f.a, f.b}
			step := lineStep + link.lh
			paths[i] = n.straightFlat(f, x, y+beside[key]+step/2-tall[key]/2)
			beside[key] += step
		} else {
			paths[i] = n.archFlat(f, x, y, feet)
		}
		if !f.left {
			paths[i] = reversed(paths[i])
		}
	}
	return paths
}

// body is the size of the box that a vertex stands for; borders have none.
func (n *net) body(v int32) (sides, float64) {
	if n.v[v].kind != isBox {
		return sides{}, 0
	}
	b := &n.box[n.v[v].box]
	return b.main, b.half
}

// straightFlat draws a line from side to side at height y.
func (n *net) straightFlat(f flat, x []float64, y float64) Path {
	a, _ := n.body(f.a)
	b, _ := n.body(f.b)
	link := &n.link[n.links[f.k]]
	from, to := Point{x[f.a] + a.r, y}, Point{x[f.b] - b.l, y}
	p := Path{Points: []Point{from, to}}
	if link.lw > 0 {
		p.Label = Rect{(from.X+to.X)/2 - link.lw/2, y - link.lh/2, link.lw, link.lh}
	}
	return p
}

// archFlat draws an arch from near one corner of a box to near one of the other;
// of several at one corner the widest stands nearest to the middle.
func (n *net) archFlat(f flat, x []float64, y float64, feet map[[2]int32]int) Path {
	a, aHalf := n.body(f.a)
	b, bHalf := n.body(f.b)
	link := &n.link[n.links[f.k]]
	right, left := [2]int32{f.a, 1}, [2]int32{f.b, 0}
	x1 := x[f.a] + math.Max(0, aHalf-4-float64(8*float64(feet[right])))
	x2 := x[f.b] - math.Max(0, bHalf-4-float64(8*float64(feet[left])))
	feet[right]++
	feet[left]++
	from, to := Point{x1, y - a.u}, Point{x2, y - b.u}
	// A cubic whose inner controls are at one height reaches three quarters of
	// the way there from the mean of its ends.
	high := y - n.highest(n.v[f.a].row) - f.height // of the crest
	top := (float64(8*high) - from.Y - to.Y) / 6
	p := Path{Curve: true, Points: []Point{from, {x1, top}, {x2, top}, to}}
	if link.lw > 0 {
		p.Label = Rect{(x1+x2)/2 - link.lw/2, high - link.lh/2, link.lw, link.lh}
	}
	return p
}

// highest is how far the boxes of a row reach up.
func (n *net) highest(row int32) float64 {
	up := 0.0
	for _, v := range n.rows[row] {
		up = math.Max(up, n.v[v].u)
	}
	return up
}
