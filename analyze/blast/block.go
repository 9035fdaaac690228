package blast

import (
	"context"

	"github.com/taut-dev/taut/analyze/graph"
)

// board is one worker's memory while it solves 512 failures at once: a row of
// bits for every row of a plane, one bit a failure.
type board struct {
	rows    []graph.Lanes
	dirty   graph.Bitmap // rows that have changed and not yet been passed on
	touched graph.Bitmap // rows with any bit
	work    int          // rows handled since the last look at ctx
}

func newBoard(planes []*plane) *board {
	most := 0
	for _, p := range planes {
		most = max(most, p.Rows)
	}
	return &board{rows: make([]graph.Lanes, most), dirty: graph.NewBitmap(most), touched: graph.NewBitmap(most)}
}

// checkEvery is after how many rows a worker looks whether it should stop: a
// few milliseconds.
const checkEvery = 1 << 16

// stop says, now and then, whether ctx is cancelled.
func (b *board) stop(ctx context.Context) bool {
	if b.work < checkEvery {
		return false
	}
	b.work = 0
	return ctx.Err() != nil
}

// solve finds who is bad in every failure; cols[i] is what is down at the start
// of failure i. It gives up early, with a wrong board, when ctx is cancelled.
func (b *board) solve(ctx context.Context, p *plane, cols [][]int32) {
	for i, seeds := range cols {
		for _, v := range seeds {
			r := p.RowOf[v]
			b.rows[r].Set(i)
			b.touched.Add(r)
			b.dirty.Add(r)
		}
	}
	for r := b.dirty.Next(0); r >= 0; r = b.dirty.Next(r) {
		if p.Cycle[r][1] == 0 {
			b.pass(p, r)
		} else {
			b.settle(ctx, p, p.Cycle[r])
		}
		if b.stop(ctx) {
			return
		}
	}
}

// settle passes bits round a cycle until nothing changes. Bits only ever get
// set, so it ends at the least solution.
func (b *board) settle(ctx context.Context, p *plane, cycle [2]int32) {
	for {
		r := b.dirty.Next(cycle[0])
		if r < 0 || r >= cycle[1] {
			return
		}
		for ; r >= 0 && r < cycle[1]; r = b.dirty.Next(r) {
			b.pass(p, r)
			if b.stop(ctx) {
				clear(b.dirty)
				return
			}
		}
	}
}

// pass hands the bits of one row on.
func (b *board) pass(p *plane, r int32) {
	b.dirty.Remove(r)
	row := &b.rows[r]
	b.work += 1 + len(p.Gives.Out(r)) + len(p.Watch.Out(r))
	if h := p.HubOf[r]; h >= 0 {
		b.work += len(p.Hubs[h].Members)
		bits := evaluate(&p.Hubs[h], b.rows)
		if bits == *row {
			return
		}
		*row = bits
		b.touched.Add(r)
	}
	own := p.Cycle[r]
	for _, t := range p.Gives.Out(r) {
		b.touched.Add(t)
		if t < own[0] || t >= own[1] {
			b.rows[t].Or(row)
			b.dirty.Add(t)
			continue
		}
		if before := b.rows[t]; b.gained(t, row, &before) {
			b.dirty.Add(t)
		}
	}
	for _, t := range p.Watch.Out(r) {
		b.dirty.Add(t)
	}
}

// gained adds bits to a row and says whether that changed it.
func (b *board) gained(t int32, bits, before *graph.Lanes) bool {
	b.rows[t].Or(bits)
	return b.rows[t] != *before
}

// clear empties the board for the next block.
func (b *board) clear() {
	for r := b.touched.Next(0); r >= 0; r = b.touched.Next(r) {
		b.rows[r] = graph.Lanes{}
		b.touched.Remove(r)
	}
	clear(b.dirty)
}

// evaluate gives the failures in which at least need members are bad.
func evaluate(h *graph.Hub, rows []graph.Lanes) graph.Lanes {
	live := 0
	for _, m := range h.Members {
		if rows[m] != (graph.Lanes{}) {
			live++
		}
	}
	if live < h.Need {
		return graph.Lanes{}
	}
	if h.Need == len(h.Members) {
		return allOf(rows, h.Members)
	}
	return atLeast(h, rows)
}

// allOf gives the bits that all members have.
func allOf(rows []graph.Lanes, members []int32) graph.Lanes {
	bits := rows[members[0]]
	for _, m := range members[1:] {
		for i := range bits {
			bits[i] &= rows[m][i]
		}
	}
	return bits
}

// atLeast counts in every lane, one binary digit in each of count's rows, and
// compares with need from the highest digit down.
func atLeast(h *graph.Hub, rows []graph.Lanes) graph.Lanes {
	var count [32]graph.Lanes
	digits := 0
	for len(h.Members)>>digits > 0 {
		digits++
	}
	for _, m := range h.Members {
		carry := rows[m]
		for d := 0; d < digits && carry != (graph.Lanes{}); d++ {
			for i := range carry {
				count[d][i], carry[i] = count[d][i]^carry[i], count[d][i]&carry[i]
			}
		}
	}
	var more graph.Lanes
	var equal graph.Lanes
	for i := range equal {
		equal[i] = ^uint64(0)
		for d := digits - 1; d >= 0; d-- {
			c := count[d][i]
			if h.Need>>d&1 == 1 {
				equal[i] &= c
			} else {
				more[i] |= equal[i] & c
				equal[i] &^= c
			}
		}
		more[i] |= equal[i]
	}
	return more
}
