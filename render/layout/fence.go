package layout

import (
	"math"
	"slices"
)

// fence is a constraint: block b is at least d to the right of block a.
type fence struct {
	a, b int32
	d    float64
}

// fences are the constraints between blocks: neighbours in a row keep their
// distance, frames are at least as wide as they must be, and labels inside a row
// get their room. x are the present places of vertices that may stand beside their
// block's root; nil: none does.
func (n *net) fences(root []int32, x []float64) []fence {
	out := make([]fence, 0, len(n.v))
	add := func(a, b int32, d float64) {
		if x != nil {
			d += (x[a] - x[root[a]]) - (x[b] - x[root[b]])
		}
		if root[a] != root[b] { // within a stiff block distances cannot change
			out = append(out, fence{root[a], root[b], d})
		}
	}
	for _, row := range n.rows {
		for i := 1; i < len(row); i++ {
			add(row[i-1], row[i], n.gap(row[i-1], row[i]))
		}
	}
	for _, f := range n.flats {
		if l := &n.link[n.links[f.k]]; f.straight && l.lw > 0 {
			add(f.a, f.b, n.v[f.a].r+n.v[f.b].l+l.lw+4*portEdge)
		}
	}
	for i := range n.room {
		if f := &n.room[i]; len(f.left) > 0 {
			add(f.left[0], f.right[0], f.minSpan)
		}
	}
	return out
}

// fenceGraph is the fences by their ends, with the blocks in topological order.
type fenceGraph struct {
	fence    []fence
	order    []int32
	offOut   []int32
	offIn    []int32
	byA, byB []int32
}

// newFenceGraph orders the blocks so that fences point forward. Blocks on a
// contradiction (a circle of fences) are missing in the order.
func newFenceGraph(n int, fences []fence) *fenceGraph {
	g := &fenceGraph{fence: fences}
	g.offOut, g.byA = bucket(n, len(fences), func(i int) int32 { return fences[i].a })
	g.offIn, g.byB = bucket(n, len(fences), func(i int) int32 { return fences[i].b })
	wait := make([]int32, n)
	for i := range wait {
		wait[i] = g.offIn[i+1] - g.offIn[i]
		if wait[i] == 0 {
			g.order = append(g.order, int32(i))
		}
	}
	// Kahn again, over blocks.
	for k := 0; k < len(g.order); k++ {
		for _, i := range g.after(g.order[k]) {
			b := fences[i].b
			if wait[b]--; wait[b] == 0 {
				g.order = append(g.order, b)
			}
		}
	}
	return g
}

// bucket groups m things by a key below n: offsets and the things in order.
func bucket(n, m int, key func(i int) int32) (off, things []int32) {
	off = make([]int32, n+1)
	for i := range m {
		off[key(i)+1]++
	}
	for i := range n {
		off[i+1] += off[i]
	}
	next := slices.Clone(off)
	things = make([]int32, m)
	for i := range m {
		k := key(i)
		things[next[k]] = int32(i)
		next[k]++
	}
	return off, things
}

// after are the fences to the right of a block, before those to its left.
func (g *fenceGraph) after(v int32) []int32  { return g.byA[g.offOut[v]:g.offOut[v+1]] }
func (g *fenceGraph) before(v int32) []int32 { return g.byB[g.offIn[v]:g.offIn[v+1]] }

// pushRight is the least solution: every block as far left as can be.
func (g *fenceGraph) pushRight(x []float64) {
	for _, v := range g.order {
		for _, i := range g.before(v) {
			f := &g.fence[i]
			x[v] = math.Max(x[v], x[f.a]+f.d)
		}
	}
}

// pullRight moves blocks up to what stands right of them.
func (g *fenceGraph) pullRight(x []float64) {
	for k := len(g.order) - 1; k >= 0; k-- {
		v := g.order[k]
		least := math.Inf(1)
		for _, i := range g.after(v) {
			f := &g.fence[i]
			least = math.Min(least, x[f.b]-f.d)
		}
		if !math.IsInf(least, 1) {
			x[v] = math.Max(x[v], least)
		}
	}
}

// pushLeft is the mirror image of pushRight: every block as far right as can be.
func (g *fenceGraph) pushLeft(x []float64) {
	for k := len(g.order) - 1; k >= 0; k-- {
		v := g.order[k]
		for _, i := range g.after(v) {
			f := &g.fence[i]
			x[v] = math.Min(x[v], x[f.b]-f.d)
		}
	}
}

// pullLeft is the mirror image of pullRight.
func (g *fenceGraph) pullLeft(x []float64) {
	for _, v := range g.order {
		most := math.Inf(-1)
		for _, i := range g.before(v) {
			f := &g.fence[i]
			most = math.Max(most, x[f.a]+f.d)
		}
		if !math.IsInf(most, -1) {
			x[v] = math.Min(x[v], most)
		}
	}
}
