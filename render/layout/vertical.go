package layout

import "math"

// levels are the heights of a net's rows. Lines bend only in the zones between
// rows; frames start and end between a zone and a row.
type levels struct {
	y           []float64 // middle of each row
	top, bottom []float64 // of what stands in the row
	start, end  []float64 // where the zone above ends, where the zone below starts
	height      float64
}

// vertical gives the rows their heights.
func (n *net) vertical(x []float64) levels {
	count := len(n.rows)
	l := levels{make([]float64, count), make([]float64, count), make([]float64, count), make([]float64, count), make([]float64, count), 0}
	up, down := make([]float64, count), make([]float64, count)
	for i := range n.v {
		v := &n.v[i]
		up[v.row], down[v.row] = math.Max(up[v.row], v.u), math.Max(down[v.row], v.d)
	}
	for r, h := range n.arch {
		up[r] += h
	}
	above, below := make([]float64, count), make([]float64, count)
	for i := range n.room {
		f := &n.room[i]
		if f.bar == None && len(f.left) > 0 {
			above[f.first] = math.Max(above[f.first], n.head(int32(i)))
			below[f.last] = math.Max(below[f.last], n.foot(int32(i)))
		}
	}
	gaps := n.gaps(x, above, below)
	at := 0.0
	// From the top: zone, heads of frames, row, feet of frames, zone.
	for r := range count {
		if r > 0 {
			at += gaps[r-1]
		}
		l.start[r] = at
		l.top[r] = at + above[r]
		l.y[r] = l.top[r] + up[r]
		l.bottom[r] = l.y[r] + down[r]
		l.end[r] = l.bottom[r] + below[r]
		at = l.end[r]
	}
	l.height = at
	return l
}

// head is the height of a frame's border and title band above its first row,
// with those of the frames that start in it; foot is the same below its last.
func (n *net) head(f int32) float64 {
	deepest := 0.0
	for _, g := range n.room[f].inner {
		if n.room[g].bar == None && n.room[g].first == n.room[f].first {
			deepest = math.Max(deepest, n.head(g))
		}
	}
	return deepest + n.room[f].pad.u
}

// foot is the height of a frame's border below its last row.
func (n *net) foot(f int32) float64 {
	deepest := 0.0
	for _, g := range n.room[f].inner {
		if n.room[g].bar == None && n.room[g].last == n.room[f].last {
			deepest = math.Max(deepest, n.foot(g))
		}
	}
	return deepest + n.room[f].pad.d
}

// gaps are the heights of the zones between rows: more where lines move far
// sideways, so that they do not lie flat upon each other, less where heads and
// feet of frames keep rows apart anyway.
func (n *net) gaps(x, above, below []float64) []float64 {
	count := len(n.rows)
	wide, bar := make([]float64, count), make([]float64, count)
	labels := make([]bool, count)
	for i := range wide {
		wide[i] = -1
	}
	// How far the widest line of each zone moves sideways.
	for _, s := range n.seg {
		if s.tie < 2 && !s.ghost {
			r := n.v[s.a].row
			wide[r] = math.Max(wide[r], math.Abs(x[s.a]-x[s.b]))
		}
	}
	for i := range n.v {
		if n.v[i].kind == isLabel {
			labels[n.v[i].row] = true
		}
	}
	for i := range n.room {
		if f := &n.room[i]; f.bar != None {
			b := &n.box[f.bar]
			bar[f.first] = math.Max(bar[f.first], b.u+b.d)
		}
	}
	gap := make([]float64, count)
	for r := range gap {
		base := n.set.RankGap
		switch {
		case bar[r] > 0:
			gap[r] = bar[r]
			continue
		case wide[r] < 0:
			gap[r] = n.set.NodeGap
			continue
		case labels[r] || r+1 < count && labels[r+1]:
			base *= 0.6
		case r+1 < count:
			base -= math.Min(float64(0.3*(below[r]+above[r+1])), 0.35*n.set.RankGap)
		}
		gap[r] = math.Round(base + clamp((wide[r]-200)*0.06, 0, 0.8*n.set.RankGap))
	}
	return gap
}
