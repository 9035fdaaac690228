package layout

import (
	"cmp"
	"slices"
)

// firstOrder fills the rows in preferred order, frames held together.
func (n *net) firstOrder() {
	n.pos = make([]int32, len(n.v))
	place, sum, count := make([]float64, len(n.room)), make([]float64, len(n.room)), make([]float64, len(n.room))
	direct := make([][]int32, len(n.rows)*(len(n.room)+1)) // vertices by row and frame
	slot := func(r, f int32) int { return int(r)*(len(n.room)+1) + int(f) + 1 }
	for i := range n.v {
		v := &n.v[i]
		if v.kind == isLeft || v.kind == isRight {
			continue
		}
		direct[slot(v.row, v.frame)] = append(direct[slot(v.row, v.frame)], int32(i))
		for f := v.frame; f != None && (v.kind == isBox || v.kind == isPort); f = n.room[f].parent {
			if sum[f] += v.pref; count[f] == 0 || v.pref < place[f] {
				place[f] = v.pref
			}
			count[f]++
		}
	}
	// A frame stands where its first member does: a member more at its end changes
	// nothing. In a grid it stands among columns, in the middle of its own.
	for f := range place {
		if n.set.Grid != nil && count[f] > 0 {
			place[f] = sum[f] / count[f]
		}
		n.room[f].column = place[f] + float64(1e-9*float64(f)) // no two alike: the order is the same in every row
	}
	n.numberRooms(place)
	type item struct {
		key  float64
		room int32
		v    int32
	}
	var fill func(r, f int32)
	fill = func(r, f int32) {
		var items []item
		for _, v := range direct[slot(r, f)] {
			items = append(items, item{n.v[v].pref, None, v})
		}
		for _, g := range n.inner(f) {
			if n.room[g].first <= r && r <= n.room[g].last {
				items = append(items, item{place[g], g, None})
			}
		}
		slices.SortStableFunc(items, func(a, b item) int { return cmp.Compare(a.key, b.key) })
		for _, it := range items {
			if it.room == None {
				n.rows[r] = append(n.rows[r], it.v)
				continue
			}
			g := &n.room[it.room]
			n.rows[r] = append(n.rows[r], g.left[r-g.first])
			fill(r, it.room)
			n.rows[r] = append(n.rows[r], g.right[r-g.first])
		}
	}
	for r := range n.rows {
		fill(int32(r), None)
	}
	n.number()
}

// number notes the place of every vertex in its row.
func (n *net) number() {
	for _, row := range n.rows {
		for i, v := range row {
			n.pos[v] = int32(i)
		}
	}
}
