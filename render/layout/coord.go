package layout

import (
	"math"
	"slices"
)

// horizontal gives every vertex its x: four extreme alignments and their
// balance (Brandes, Köpf 2001), where the borders of a frame are straight lines
// that nothing may cross, then a local improvement.
func (n *net) horizontal() []float64 {
	if len(n.v) == 0 {
		return nil
	}
	bad := n.conflicts()
	runs := make([][]float64, 0, 4)
	for _, down := range []bool{true, false} {
		for _, left := range []bool{true, false} {
			root := n.align(bad, down, left)
			runs = append(runs, n.compact(root, left))
		}
	}
	x := balance(n, runs)
	n.relax(x)
	return x
}

// gap is the least distance between the anchors of neighbours in a row.
func (n *net) gap(a, b int32) float64 {
	v, w := &n.v[a], &n.v[b]
	return v.r + w.l + n.air(v, w)
}

// air is the free space between neighbours: less beside lines than beside boxes,
// a frame's padding at its borders.
func (n *net) air(v, w *vertex) float64 {
	switch {
	case v.kind == isLeft && w.kind == isRight:
		return 2 * portEdge // an empty row of the frame
	case v.kind == isLeft:
		return n.room[v.frame].pad.l
	case w.kind == isRight:
		return n.room[w.frame].pad.r
	case v.kind == isPort || w.kind == isPort:
		return 0
	case v.kind == isRight && w.kind == isLeft:
		return n.set.NodeGap
	case v.kind == isBend && w.kind == isBend:
		return n.set.EdgeGap
	case n.thin(v) || n.thin(w):
		return math.Max(n.set.EdgeGap, n.set.NodeGap/2)
	}
	return n.set.NodeGap
}

// thin says whether a vertex is only a line or the end of one.
func (n *net) thin(v *vertex) bool {
	return v.kind == isBend || v.kind == isBox && n.box[v.box].tip
}

// conflicts marks the segments that may not be aligned, because a segment with a
// stronger wish to be straight crosses them.
func (n *net) conflicts() []bool {
	bad := make([]bool, len(n.seg))
	for _, level := range []uint8{2, 1} {
		for r := 0; r+1 < len(n.rows); r++ {
			n.markRow(bad, r, level)
		}
	}
	return bad
}

// markRow scans the segments between rows r and r+1 from left to right: between
// two of at least the level, weaker ones may not leave the stretch between them.
func (n *net) markRow(bad []bool, r int, level uint8) {
	low := n.rows[r+1]
	from, left := 0, int32(0)
	for i, v := range low {
		right, inner := int32(len(n.rows[r])-1), false
		for k, w := range n.up.of(v) {
			if n.seg[n.up.segs(v)[k]].tie >= level {
				right, inner = n.pos[w], true
			}
		}
		if !inner && i < len(low)-1 {
			continue
		}
		for ; from <= i; from++ {
			for k, w := range n.up.of(low[from]) {
				s := n.up.segs(low[from])[k]
				if n.seg[s].tie < level && (n.pos[w] < left || n.pos[w] > right) {
					bad[s] = true
				}
			}
		}
		left = right
	}
}

// align joins vertices to vertical blocks, each with a median neighbour, from the
// top or the bottom, preferring left or right. It returns each vertex's block.
func (n *net) align(bad []bool, down, left bool) []int32 {
	root, next := make([]int32, len(n.v)), make([]int32, len(n.v))
	for i := range root {
		root[i], next[i] = int32(i), int32(i)
	}
	near := &n.up
	if !down {
		near = &n.down
	}
	for k := 1; k < len(n.rows); k++ {
		r := k
		if !down {
			r = len(n.rows) - 1 - k
		}
		limit := int32(math.MinInt32)
		for i := range n.rows[r] {
			v := n.rows[r][i]
			if !left {
				v = n.rows[r][len(n.rows[r])-1-i]
			}
			// Two segments that cross are never both straight: each must end right
			// of the last one taken.
			for _, s := range n.medians(near, v, left) {
				w := n.seg[s].a + n.seg[s].b - v
				at := n.pos[w]
				if !left {
					at = -at
				}
				if next[v] != v || bad[s] || at <= limit {
					continue
				}
				next[w] = v
				root[v] = root[w]
				next[v] = root[v]
				limit = at
			}
		}
	}
	return root
}

// medians are the one or two middle segments among those that most want to be straight.
func (n *net) medians(near *adjacency, v int32, left bool) []int32 {
	segs := near.segs(v)
	if len(segs) <= 1 {
		return segs
	}
	top := uint8(0)
	for _, s := range segs {
		top = max(top, n.seg[s].tie)
	}
	pick := make([]int32, 0, len(segs))
	for _, s := range segs {
		if n.seg[s].tie == top {
			pick = append(pick, s)
		}
	}
	slices.SortStableFunc(pick, func(s, t int32) int {
		return int(n.pos[n.seg[s].a+n.seg[s].b-v] - n.pos[n.seg[t].a+n.seg[t].b-v])
	})
	m := len(pick)
	mid := pick[(m-1)/2 : m/2+1]
	if !left {
		slices.Reverse(mid)
	}
	return mid
}

// compact places blocks as far left (or right) as the fences allow, then takes up
// the slack towards the other side.
func (n *net) compact(root []int32, left bool) []float64 {
	g := newFenceGraph(len(n.v), n.fences(root, nil))
	at := make([]float64, len(n.v))
	if left {
		g.pushRight(at)
		g.pullRight(at)
	} else {
		g.pushLeft(at)
		g.pullLeft(at)
	}
	x := make([]float64, len(n.v))
	for v := range x {
		x[v] = at[root[v]]
	}
	return x
}

// balance aligns the four placements with the narrowest and takes the mean of the
// two middle values of each vertex, which keeps all distances.
func balance(n *net, runs [][]float64) []float64 {
	type extent struct{ lo, hi float64 }
	ext := make([]extent, len(runs))
	narrow := 0
	for k, x := range runs {
		e := extent{math.Inf(1), math.Inf(-1)}
		for v := range x {
			e.lo = math.Min(e.lo, x[v]-n.v[v].l)
			e.hi = math.Max(e.hi, x[v]+n.v[v].r)
		}
		ext[k] = e
		if e.hi-e.lo < ext[narrow].hi-ext[narrow].lo {
			narrow = k
		}
	}
	for k, x := range runs {
		shift := ext[narrow].lo - ext[k].lo
		if k%2 == 1 {
			shift = ext[narrow].hi - ext[k].hi
		}
		for v := range x {
			x[v] += shift
		}
	}
	out := make([]float64, len(n.v))
	for v := range out {
		// Order statistics of four placements keep every distance all four keep.
		four := []float64{runs[0][v], runs[1][v], runs[2][v], runs[3][v]}
		slices.Sort(four)
		out[v] = (four[1] + four[2]) / 2
	}
	return out
}
