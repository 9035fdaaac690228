package layout

import (
	"cmp"
	"math"
	"slices"
)

// flat is a link between boxes of the same row: a straight line where nothing
// stands between them, else an arch above the row.
type flat struct {
	k        int // index of net.links
	a, b     int32
	straight bool
	level    int // of an arch: how many lie below it
	height   float64
}

const (
	archBase = 18 // height of the lowest arch
	archStep = 12 // from an arch to the next above it
)

// findFlats collects the flat links after the order is known; a is left of b.
func (n *net) findFlats() {
	for k, i := range n.links {
		l := &n.link[i]
		a, b := n.at[l.u], n.at[l.v]
		if len(n.chain[k]) > 0 || a == None || b == None {
			continue
		}
		if n.pos[a] > n.pos[b] {
			a, b = b, a
		}
		n.flats = append(n.flats, flat{k: k, a: a, b: b, straight: n.clear(a, b)})
	}
	n.raiseArches()
}

// clear says whether only lines and borders stand between two vertices of a row.
func (n *net) clear(a, b int32) bool {
	for _, v := range n.rows[n.v[a].row][n.pos[a]+1 : n.pos[b]] {
		if k := n.v[v].kind; k != isBend && k != isLeft && k != isRight {
			return false
		}
	}
	return true
}

// raiseArches puts wider arches above those they span.
func (n *net) raiseArches() {
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
		for _, g := range n.flats[:i] {
			if !g.straight && n.v[g.a].row == n.v[f.a].row && n.pos[g.a] < n.pos[f.b] && n.pos[f.a] < n.pos[g.b] {
				f.height = math.Max(f.height, g.height+archStep+label)
			}
		}
		row := n.v[f.a].row
		n.arch[row] = math.Max(n.arch[row], f.height+label)
	}
}

// flatPaths draws the flat links. Arches leave the top of their boxes near the
// corner they lean to, the widest nearest to the middle.
func (n *net) flatPaths(x []float64, l *levels) []Path {
	paths := make([]Path, len(n.flats))
	beside := map[[2]int32]int{} // straight lines so far between two boxes
	count := map[[2]int32]int{}
	for _, f := range n.flats {
		if f.straight {
			count[[2]int32{f.a, f.b}]++
		}
	}
	foot := map[[2]int32]int{} // arches so far at a corner: vertex, side
	for i, f := range n.flats {
		y := l.y[n.v[f.a].row]
		a, b := &n.box[n.v[f.a].box], &n.box[n.v[f.b].box]
		link := &n.link[n.links[f.k]]
		if f.straight {
			key := [2]int32{f.a, f.b}
			at := y + 10*(float64(beside[key])-float64(count[key]-1)/2)
			beside[key]++
			from, to := Point{x[f.a] + a.main.r, at}, Point{x[f.b] - b.main.l, at}
			paths[i] = Path{Points: []Point{from, to}}
			if link.lw > 0 {
				paths[i].Label = Rect{(from.X+to.X)/2 - link.lw/2, at - link.lh/2, link.lw, link.lh}
			}
		} else {
			right, left := [2]int32{f.a, 1}, [2]int32{f.b, 0}
			x1 := x[f.a] + math.Max(0, a.half-4-8*float64(foot[right]))
			x2 := x[f.b] - math.Max(0, b.half-4-8*float64(foot[left]))
			foot[right]++
			foot[left]++
			rise := f.height * 4 / 3
			from, to := Point{x1, y - a.main.u}, Point{x2, y - b.main.u}
			top := math.Min(from.Y, to.Y) - rise
			paths[i] = Path{Curve: true, Points: []Point{from, {x1, top}, {x2, top}, to}}
			if link.lw > 0 {
				mid := (from.Y+to.Y)/8 + top*3/4
				paths[i].Label = Rect{(x1+x2)/2 - link.lw/2, mid - link.lh/2, link.lw, link.lh}
			}
		}
		if n.at[link.u] != f.a != link.rev {
			paths[i] = reversed(paths[i])
		}
	}
	return paths
}
