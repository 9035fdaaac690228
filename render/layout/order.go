package layout

import (
	"cmp"
	"slices"
)

// reduceCrossings orders the vertices of each row: sweeps by barycentre and
// median down and up (Sugiyama et al. 1981; Eades, Wormald 1994), exchanges of
// neighbours (Gansner et al. 1993), the best of all orders seen. The first order
// is the preferred one, and stays where it is not worse.
func (n *net) reduceCrossings() {
	if len(n.rows) < 2 {
		return
	}
	effort := n.effort()
	first := n.snapshot()
	best := first
	for start := range effort.starts {
		if start > 0 {
			n.restore(first)
			n.disturb(start)
		}
		s := n.descend(effort)
		if start > 0 && n.set.Grid == nil {
			s = n.mirrored(s)
		}
		if start == 0 && s.cost < best.cost || float64(s.cost) < worthwhile*float64(best.cost) {
			best = s
		}
		if best.crossings == 0 {
			break
		}
	}
	n.restore(best)
	n.exchangeRooms(effort)
	n.polish()
}

// mirrored is the present order, turned round as a whole if that is nearer to the
// preferred one: an order found from elsewhere may be either way round.
func (n *net) mirrored(before ordering) ordering {
	for r := range n.rows {
		row := n.rows[r]
		slices.Reverse(row)
		for i, v := range row { // left and right borders change roles
			f := n.v[v].frame
			switch n.v[v].kind {
			case isLeft:
				row[i] = n.room[f].right[int32(r)-n.room[f].first]
			case isRight:
				row[i] = n.room[f].left[int32(r)-n.room[f].first]
			}
		}
	}
	for i := range n.room {
		n.room[i].place = len(n.room) - n.room[i].place
	}
	n.number()
	if turned := n.snapshot(); turned.cost < before.cost {
		return turned
	}
	n.restore(before)
	return before
}

// turned is what the present order costs because it is not the preferred one.
// Without a price the frames and rows of systems that differ by one service would
// stand anyhow, wherever two orders cross equally often.
func (n *net) turned() int {
	sum := 0
	for i := range n.room {
		for j := max(0, i-orderSight); j < i; j++ {
			a, b := &n.room[i], &n.room[j]
			if a.parent == b.parent && (a.place < b.place) != (a.column < b.column) {
				sum += turnedRooms
			}
		}
	}
	for _, row := range n.rows {
		for i, v := range row {
			for _, w := range row[max(0, i-orderSight):i] {
				if n.v[v].kind == isBox && n.v[w].kind == isBox && n.v[w].pref > n.v[v].pref {
					sum += turnedBoxes
				}
			}
		}
	}
	return sum
}

const (
	crossed     = 10  // what a crossing costs in the choice of an order
	turnedRooms = 10  // two sibling frames that stand against the preferred order
	turnedBoxes = 3   // two boxes of a row that do
	orderSight  = 100 // places in a row up to which two of them are compared
)

// descend improves the present order as far as sweeps and exchanges go.
func (n *net) descend(e effort) ordering {
	n.exchange(e.rounds, false)
	best := n.snapshot()
	// Barycentres and medians take turns, and every other pair of turns also makes
	// swaps that change nothing: both lead out of places where one way alone stops.
	for turn, idle := 0, 0; turn < e.turns && idle < 4 && best.crossings > 0; turn++ {
		idle++
		for _, down := range [2]bool{true, false} {
			if down {
				n.sweepDown(turn%2 == 1)
			} else {
				n.sweepUp(turn%2 == 1)
			}
			n.exchange(e.rounds, turn%4 < 2)
			if s := n.snapshot(); s.cost < best.cost {
				if s.crossings < best.crossings {
					idle = 0
				}
				best = s
			}
		}
		if turn%3 == 2 {
			n.moveRooms()
		}
	}
	n.restore(best)
	if n.sift(e.sifts) {
		best = n.snapshot()
	}
	return best
}

// worthwhile is the share of crossings below which an order found from another
// start is taken: drawings of systems that differ little should look alike.
const worthwhile = 0.9

type effort struct{ starts, turns, rounds, sifts, rooms int }

// effort is how much work a net of this size gets.
func (n *net) effort() effort {
	switch size := len(n.v); {
	case size <= 150:
		return effort{starts: 12, turns: 16, rounds: 8, sifts: 20, rooms: 60}
	case size <= 800:
		return effort{starts: 4, turns: 12, rounds: 4, sifts: 8, rooms: 20}
	case size <= 2500:
		return effort{starts: 2, turns: 8, rounds: 3, sifts: 2}
	case size <= 8000:
		return effort{starts: 1, turns: 5, rounds: 1}
	}
	if len(n.v) > 60_000 {
		return effort{starts: 1, turns: 2}
	}
	return effort{starts: 1, turns: 4, rounds: 1}
}

// ordering is one order of all rows with what it costs.
type ordering struct {
	rows      [][]int32
	places    []int // of the frames
	crossings int
	cost      int // of crossings, and of standing against the preferred order
}

// snapshot copies the present order, restore brings a copy back.
func (n *net) snapshot() ordering {
	o := ordering{crossings: n.crossings()}
	o.cost = crossed*o.crossings + n.turned()
	o.rows = make([][]int32, len(n.rows))
	for r := range n.rows {
		o.rows[r] = slices.Clone(n.rows[r])
	}
	for i := range n.room {
		o.places = append(o.places, n.room[i].place)
	}
	return o
}

// restore brings back a copy made by snapshot.
func (n *net) restore(o ordering) {
	for r := range n.rows {
		copy(n.rows[r], o.rows[r])
	}
	for i, place := range o.places {
		n.room[i].place = place
	}
	n.number()
}

// disturb gives the search another place to start from: the order in which a
// search from the top, or from the bottom, meets the vertices; then rows shuffled
// by a fixed sequence.
func (n *net) disturb(start int) {
	// A search keeps what is linked together, which is a better start than chance.
	if start <= 2 {
		n.searchOrder(start == 1)
		return
	}
	state := uint64(start)*0x9E3779B97F4A7C15 + 1
	keys := make([]float64, len(n.v))
	for i := range keys {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		keys[i] = float64(state >> 40)
	}
	if len(n.room) > 0 {
		mean := make([]float64, len(n.room))
		for f := range mean {
			mean[f] = keys[n.room[f].left[0]]
		}
		n.numberRooms(mean)
	}
	for r := range n.rows {
		n.sortRow(n.rows[r], keys)
	}
	n.number()
}

// searchOrder sorts every row by when a breadth-first search meets its vertices.
func (n *net) searchOrder(down bool) {
	near, rows := &n.down, slices.Clone(n.rows)
	if !down {
		near = &n.up
		slices.Reverse(rows)
	}
	keys := make([]float64, len(n.v))
	met := make([]bool, len(n.v))
	clock := 0.0
	for _, row := range rows {
		for _, v := range row {
			if met[v] {
				continue
			}
			queue := []int32{v}
			met[v] = true
			for k := 0; k < len(queue); k++ {
				clock++
				keys[queue[k]] = clock
				for _, w := range near.of(queue[k]) {
					if !met[w] {
						met[w] = true
						queue = append(queue, w)
					}
				}
			}
		}
	}
	for r := range n.rows {
		n.sortRow(n.rows[r], keys)
	}
	n.number()
}

// sweepDown orders each row by the one above, sweepUp by the one below.
func (n *net) sweepDown(median bool) {
	keys := make([]float64, len(n.v))
	for r := 1; r < len(n.rows); r++ {
		n.orderRow(n.rows[r], &n.up, keys, median)
	}
}

// sweepUp orders each row by the one below it, from the foot to the top.
func (n *net) sweepUp(median bool) {
	keys := make([]float64, len(n.v))
	for r := len(n.rows) - 2; r >= 0; r-- {
		n.orderRow(n.rows[r], &n.down, keys, median)
	}
}

// orderRow sorts one row by where the neighbours in the row before stand. What
// has no neighbour there keeps its place.
func (n *net) orderRow(row []int32, near *adjacency, keys []float64, median bool) {
	for _, v := range row {
		to := near.of(v)
		switch {
		case len(to) == 0 || n.v[v].kind >= isLeft:
			keys[v] = unmoved
		case median:
			keys[v] = n.median(to)
		default:
			sum, weight := 0.0, 0.0
			for i, w := range to {
				k := float64(n.seg[near.segs(v)[i]].weight)
				sum += float64(k * float64(n.pos[w]))
				weight += k
			}
			keys[v] = sum / weight
		}
	}
	n.sortRow(row, keys)
	for i, v := range row {
		n.pos[v] = int32(i)
	}
}

// unmoved is the key of what keeps its place when a row is sorted.
const unmoved = -1

// median is the middle place of the neighbours; of an even number the mean of
// the two middle ones, weighted towards the side where they stand closer
// (Gansner et al. 1993).
func (n *net) median(to []int32) float64 {
	var buf [16]int32
	p := buf[:0]
	for _, w := range to {
		p = append(p, n.pos[w])
	}
	slices.Sort(p)
	m := len(p) / 2
	if len(p)%2 == 1 {
		return float64(p[m])
	}
	if len(p) == 2 {
		return float64(p[0]+p[1]) / 2
	}
	left, right := float64(p[m-1]-p[0]), float64(p[len(p)-1]-p[m])
	if left+right == 0 {
		return float64(p[m-1]+p[m]) / 2
	}
	return (float64(float64(p[m-1])*right) + float64(float64(p[m])*left)) / (left + right)
}

// run is a vertex, or a frame with all it has in a row: what moves as one.
type run struct {
	lo, hi int // half-open places in the row
	key    float64
	room   int32 // the frame, or None
}

// runs splits a stretch of a row into what moves as one.
func (n *net) runs(row []int32) []run {
	out := make([]run, 0, len(row))
	for i := 0; i < len(row); i++ {
		v := &n.v[row[i]]
		if v.kind != isLeft {
			out = append(out, run{lo: i, hi: i + 1, room: None})
			continue
		}
		f := &n.room[v.frame]
		close := f.right[v.row-f.first]
		j := i + 1
		for row[j] != close {
			j++
		}
		out = append(out, run{lo: i, hi: j + 1, room: v.frame})
		i = j
	}
	return out
}

// sortRow sorts a row by keys. Frames stay in one piece, and stand in the order
// of their places, the same in every row.
func (n *net) sortRow(row []int32, keys []float64) {
	if len(n.room) == 0 && n.set.Grid == nil {
		sortSome(row, func(v int32) float64 { return keys[v] })
		return
	}
	runs := n.runs(row)
	held := false // frames, and boxes in cells, keep their order
	for i := range runs {
		t := &runs[i]
		held = held || n.holds(row, *t)
		t.key = keys[row[t.lo]]
		if t.room == None {
			continue
		}
		inner := row[t.lo+1 : t.hi-1]
		n.sortRow(inner, keys)
		sum, count := 0.0, 0.0
		for _, v := range inner {
			if n.v[v].kind < isLeft && keys[v] != unmoved {
				sum += keys[v]
				count++
			}
		}
		if t.key = unmoved; count > 0 {
			t.key = sum / count
		}
	}
	sortSome(runs, func(t run) float64 { return t.key })
	if held {
		n.placeHeld(row, runs)
	}
	old := slices.Clone(row)
	at := 0
	for _, t := range runs {
		at += copy(row[at:], old[t.lo:t.hi])
	}
}

// sortSome sorts a list by key; what has none stays where it is.
func sortSome[T any](list []T, key func(T) float64) {
	some := make([]T, 0, len(list))
	for _, t := range list {
		if key(t) != unmoved {
			some = append(some, t)
		}
	}
	slices.SortStableFunc(some, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
	k := 0
	for i, t := range list {
		if key(t) != unmoved {
			list[i] = some[k]
			k++
		}
	}
}

// holds says whether a run may not pass others that hold: frames do so to stand
// in the same order in all rows, boxes with a cell to stay in it.
func (n *net) holds(row []int32, t run) bool {
	return t.room != None || n.cellOf(row[t.lo]).Row != None
}

// placeHeld puts the frames and boxes that hold back in the order of their
// places or columns.
func (n *net) placeHeld(row []int32, runs []run) {
	var held []run
	for _, t := range runs {
		if n.holds(row, t) {
			held = append(held, t)
		}
	}
	place := func(t run) float64 {
		switch {
		case t.room == None:
			return n.v[row[t.lo]].pref
		case n.set.Grid != nil:
			return n.room[t.room].column
		}
		return float64(n.room[t.room].place)
	}
	slices.SortStableFunc(held, func(a, b run) int { return cmp.Compare(place(a), place(b)) })
	k := 0
	for i := range runs {
		if n.holds(row, runs[i]) {
			runs[i] = held[k]
			k++
		}
	}
}
