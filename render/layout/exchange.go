package layout

import "slices"

// manner says which swaps are made besides those that take crossings away.
type manner uint8

const (
	onlyGains manner = iota
	alsoOrder        // equal ones that follow the preferred order
	alsoEqual        // all equal ones, which leads the search on
)

// exchange swaps neighbours in a row as long as that takes crossings away. If
// restless, swaps that change nothing are made too, once.
func (n *net) exchange(rounds int, restless bool) {
	for k := range rounds {
		how := onlyGains
		if restless && k == 0 {
			how = alsoEqual
		}
		gained := false
		for r := range n.rows {
			gained = n.exchangeRow(n.rows[r], how) || gained
		}
		if !gained {
			return
		}
	}
}

// polish swaps neighbours that stand against the preferred order where that
// costs nothing.
func (n *net) polish() {
	for range 4 {
		gained := false
		for r := range n.rows {
			gained = n.exchangeRow(n.rows[r], alsoOrder) || gained
		}
		if !gained {
			return
		}
	}
}

// exchangeRow makes one pass over a stretch of a row.
func (n *net) exchangeRow(row []int32, how manner) bool {
	gained := false
	runs := n.runs(row)
	for _, t := range runs {
		if t.room != None {
			gained = n.exchangeRow(row[t.lo+1:t.hi-1], how) || gained
		}
	}
	for i := 0; i+1 < len(runs); i++ {
		a, b := runs[i], runs[i+1]
		if n.holds(row, a) && n.holds(row, b) {
			continue
		}
		delta := n.swapGain(row[a.lo:a.hi], row[b.lo:b.hi])
		if delta < 0 || delta == 0 && how != alsoEqual && !(how == alsoOrder && n.unsorted(row, a, b)) {
			continue
		}
		gained = true
		n.swapRuns(row, a.lo, a.hi, b.hi)
		runs[i] = run{lo: a.lo, hi: a.lo + b.hi - b.lo, room: b.room}
		runs[i+1] = run{lo: runs[i].hi, hi: b.hi, room: a.room}
	}
	return gained
}

// sift moves every run of every row to its best place there (Matuszewski,
// Schönfeld, Molitor 1999), which finds ways that no single swap shows.
func (n *net) sift(rounds int) bool {
	moved := false
	for range rounds {
		gained := false
		for r := range n.rows {
			gained = n.siftRow(n.rows[r]) || gained
		}
		if !gained {
			break
		}
		moved = true
	}
	return moved
}

// siftRow sifts the inside of frames first, then the runs of the row.
func (n *net) siftRow(row []int32) bool {
	gained := false
	runs := n.runs(row)
	heads := make([]int32, 0, len(runs))
	for _, t := range runs {
		if t.room != None {
			gained = n.siftRow(row[t.lo+1:t.hi-1]) || gained
		}
		heads = append(heads, row[t.lo])
	}
	for _, v := range heads {
		if n.siftRun(row, runs, v) {
			gained = true
			runs = n.runs(row)
		}
	}
	return gained
}

// siftRun moves the run that starts with v to where it crosses least.
func (n *net) siftRun(row []int32, runs []run, v int32) bool {
	at := slices.IndexFunc(runs, func(t run) bool { return row[t.lo] == v })
	me := runs[at]
	mine := row[me.lo:me.hi]
	best, to, sum := 0, at, 0
	for i := at + 1; i < len(runs) && !(n.holds(row, me) && n.holds(row, runs[i])); i++ {
		if sum += n.swapGain(mine, row[runs[i].lo:runs[i].hi]); sum > best {
			best, to = sum, i
		}
	}
	sum = 0
	for i := at - 1; i >= 0 && !(n.holds(row, me) && n.holds(row, runs[i])); i-- {
		if sum += n.swapGain(row[runs[i].lo:runs[i].hi], mine); sum > best {
			best, to = sum, i
		}
	}
	switch {
	case to > at:
		n.swapRuns(row, me.lo, me.hi, runs[to].hi)
	case to < at:
		n.swapRuns(row, runs[to].lo, me.lo, me.hi)
	}
	return to != at
}

// unsorted says whether two single boxes stand against the preferred order.
func (n *net) unsorted(row []int32, a, b run) bool {
	if a.room != None || b.room != None {
		return false
	}
	v, w := &n.v[row[a.lo]], &n.v[row[b.lo]]
	return v.kind == isBox && w.kind == isBox && v.pref > w.pref
}

// swapRuns exchanges row[lo:mid] and row[mid:hi].
func (n *net) swapRuns(row []int32, lo, mid, hi int) {
	base := n.pos[row[lo]]
	slices.Reverse(row[lo:mid])
	slices.Reverse(row[mid:hi])
	slices.Reverse(row[lo:hi])
	for i := lo; i < hi; i++ {
		n.pos[row[i]] = base + int32(i-lo)
	}
}

// swapGain is how many crossings go away when the vertices b, right of a, move
// to the left of them.
func (n *net) swapGain(a, b []int32) int {
	gain := 0
	for _, v := range a {
		for _, w := range b {
			gain += n.pairGain(&n.up, v, w) + n.pairGain(&n.down, v, w)
		}
	}
	return gain
}

// pairGain is the crossings of v left of w, less those of w left of v, with the
// lines to one neighbouring row.
func (n *net) pairGain(near *adjacency, v, w int32) int {
	gain := 0
	// Counted once, not for each of the two neighbouring rows.
	if n.set.Grid != nil && near == &n.up {
		gain = n.detour(v, w) - n.detour(w, v)
	}
	to, costs := near.of(w), near.costs(w)
	for i, x := range near.of(v) {
		at, sum := n.pos[x], 0
		for j, y := range to {
			switch d := at - n.pos[y]; {
			case d > 0:
				sum += costs[j]
			case d < 0:
				sum -= costs[j]
			}
		}
		gain += sum * near.cost[int(near.off[v])+i]
	}
	return gain
}

// detour is what it costs, in a grid, that v stands left of w when one is a box
// and the other a bend that should not go round it.
func (n *net) detour(v, w int32) int {
	a, b := n.cellOf(v), n.cellOf(w)
	switch {
	case a.Row != None && n.v[w].kind == isBend && n.v[v].pref > n.v[w].home.hi,
		b.Row != None && n.v[v].kind == isBend && n.v[w].pref < n.v[v].home.lo:
		return 2
	}
	return 0
}

// detours is the sum of all detours of a grid.
func (n *net) detours() int {
	sum := 0
	if n.set.Grid == nil {
		return 0
	}
	for _, row := range n.rows {
		for i, v := range row {
			for _, w := range row[i+1:] {
				sum += n.detour(v, w)
			}
		}
	}
	return sum
}

// cost is a segment's factor in what a crossing with it counts: a line through
// the side of a frame it has no business with is worse than two lines that cross.
func (s segment) cost() int {
	if s.tie == 2 {
		return borderCost
	}
	return int(s.many)
}

// borderCost is what crossing a frame's side counts in crossings of two lines.
const borderCost = 4

// crossings counts the crossings of all segments, weighted by cost, with a tree
// of partial sums over the places of the lower row (Barth, Jünger, Mutzel 2002).
func (n *net) crossings() int {
	total := n.detours()
	var tree []int
	for r := 0; r+1 < len(n.rows); r++ {
		width := len(n.rows[r+1])
		if cap(tree) < width+1 {
			tree = make([]int, width+1)
		}
		tree = tree[:width+1]
		clear(tree)
		sum := 0
		for _, v := range n.rows[r] {
			to, cost := n.down.of(v), n.down.costs(v)
			for i, w := range to { // those left of or at the place do not cross
				left := 0
				for k := int(n.pos[w]) + 1; k > 0; k -= k & -k {
					left += tree[k]
				}
				total += (sum - left) * cost[i]
			}
			for i, w := range to {
				c := cost[i]
				sum += c
				for k := int(n.pos[w]) + 1; k <= width; k += k & -k {
					tree[k] += c
				}
			}
		}
	}
	return total
}
