package blast

import (
	"math/bits"

	"github.com/taut-dev/taut/analyze/graph"
)

// tally counts, in each of 512 columns, how many rows have the bit: eight rows
// at a time through carry-save adders (Harley and Seal), so that a dense row
// costs a few operations a word and not one a bit.
type tally struct {
	pending [8]*graph.Lanes
	n       int
	low     [3]graph.Lanes  // ones, twos, fours
	high    [29]graph.Lanes // eights and up
	top     int             // digits of high in use
}

// add counts a row. The row must stay as it is until the tally is drained.
func (t *tally) add(row *graph.Lanes) {
	t.pending[t.n] = row
	t.n++
	if t.n == len(t.pending) {
		t.fold()
		t.n = 0
	}
}

// sum3 adds three bits in every lane.
func sum3(a, b, c uint64) (carry, sum uint64) {
	return a&b | (a^b)&c, a ^ b ^ c
}

// fold adds the eight pending rows to the digits.
func (t *tally) fold() {
	p := &t.pending
	var eights graph.Lanes
	for i := range eights {
		twoA, one := sum3(t.low[0][i], p[0][i], p[1][i])
		twoB, one := sum3(one, p[2][i], p[3][i])
		fourA, two := sum3(t.low[1][i], twoA, twoB)
		twoA, one = sum3(one, p[4][i], p[5][i])
		twoB, one = sum3(one, p[6][i], p[7][i])
		fourB, two := sum3(two, twoA, twoB)
		eights[i], t.low[2][i] = sum3(t.low[2][i], fourA, fourB)
		t.low[0][i], t.low[1][i] = one, two
	}
	for d := 0; eights != (graph.Lanes{}); d++ {
		for i := range eights {
			t.high[d][i], eights[i] = t.high[d][i]^eights[i], t.high[d][i]&eights[i]
		}
		t.top = max(t.top, d+1)
	}
}

// drain calls count with the number of rows in every column that has any, and
// empties the tally.
func (t *tally) drain(count func(col int, rows int32)) {
	for _, row := range t.pending[:t.n] {
		eachBit(row, func(col int) { count(col, 1) })
	}
	for d := range t.low {
		eachBit(&t.low[d], func(col int) { count(col, 1<<d) })
	}
	for d := range t.high[:t.top] {
		eachBit(&t.high[d], func(col int) { count(col, 8<<d) })
	}
	clear(t.high[:t.top])
	t.low, t.n, t.top = [3]graph.Lanes{}, 0, 0
}

// eachBit calls f with the number of every bit set, ascending.
func eachBit(row *graph.Lanes, f func(col int)) {
	for i, w := range row {
		for w != 0 {
			f(i<<6 + bits.TrailingZeros64(w))
			w &= w - 1
		}
	}
}
