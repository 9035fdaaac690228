package blast

import (
	"context"

	"github.com/taut-dev/taut/analyze/graph"
)

// sparse is the number of bits up to which a row is counted bit by bit.
const sparse = 24

// worker solves blocks of failures, each in all planes.
type worker struct {
	s        *solver
	searches []*search // one a plane; nil until they are needed
	board    *board    // nil until it is needed
	hits     [][]int32 // of each plane and row: failures of services that hit it
	tallies  []tally
	count    [graph.LaneCount]int32
	weight   [graph.LaneCount]int64
	cols     [][]int32
	sets     [][]int32 // of each column: services at least so bad
}

func newWorker(s *solver) *worker {
	w := &worker{s: s}
	for _, p := range s.planes {
		w.hits = append(w.hits, make([]int32, p.Rows))
	}
	return w
}

// block solves the given failures and writes their results.
func (w *worker) block(ctx context.Context, failures []int32) {
	w.open()
	w.cols = w.cols[:0]
	var services graph.Lanes
	for i, f := range failures {
		v := w.s.r.Failures[f].Node
		w.cols = append(w.cols, w.s.g.Seeds(v))
		if int(v) < w.s.g.Services() {
			services.Set(i)
		}
	}
	var worse []int32 // of each failure: services at the last level or worse
	var sets [][]int32
	for i, p := range w.s.planes {
		w.board.solve(ctx, p, w.cols)
		if ctx.Err() != nil {
			return
		}
		w.measure(p, w.hits[i], &services)
		if w.s.o.KeepSets {
			w.collect(p)
		}
		w.board.clear()
		worse, sets = w.write(p.Level, failures, worse, sets)
	}
}

// open makes the memory for lanes.
func (w *worker) open() {
	if w.board == nil {
		w.board, w.tallies = newBoard(w.s.planes), make([]tally, maxClasses)
	}
}

// measure counts the hit services of every failure and the hits of every row.
func (w *worker) measure(p *plane, hits []int32, services *graph.Lanes) {
	b := w.board
	w.count, w.weight = [graph.LaneCount]int32{}, [graph.LaneCount]int64{}
	for r := b.touched.Next(0); r >= 0; r = b.touched.Next(r + 1) {
		c := &p.rows[r]
		if c.services == 0 {
			continue
		}
		row := &b.rows[r]
		hits[r] += int32(row.CountOf(services))
		if k := p.class[r]; k >= 0 && row.Count() > sparse {
			w.tallies[k].add(row)
			continue
		}
		eachBit(row, func(col int) {
			w.count[col] += c.services
			w.weight[col] += c.weight
		})
	}
	for k, weight := range p.weight {
		w.tallies[k].drain(func(col int, rows int32) {
			w.count[col] += rows
			w.weight[col] += int64(rows) * weight
		})
	}
}

// collect lists, for every failure, the services hit at this level or worse.
func (w *worker) collect(p *plane) {
	w.sets = make([][]int32, len(w.cols))
	for i := range w.cols {
		w.sets[i] = make([]int32, 0, w.count[i])
	}
	for v := range int32(w.s.g.Services()) {
		if r := p.RowOf[v]; w.board.touched.Has(r) {
			eachBit(&w.board.rows[r], func(col int) { w.sets[col] = append(w.sets[col], v) })
		}
	}
}

// write notes the results of one level. What is at least so bad and not at the
// last, worse level is in exactly this state.
func (w *worker) write(level graph.State, failures, worse []int32, worseSets [][]int32) ([]int32, [][]int32) {
	count := make([]int32, len(failures))
	if worse == nil {
		worse = make([]int32, len(failures))
	}
	for i, at := range failures {
		f := &w.s.r.Failures[at]
		count[i] = w.s.note(f, level, w.count[i], worse[i], w.weight[i])
		if w.s.o.KeepSets {
			var before []int32
			if worseSets != nil {
				before = worseSets[i]
			}
			f.keep(level, without(w.sets[i], before, f.Node))
		}
	}
	return count, w.sets
}

// note writes how many services are at this level, of those that are at it or
// worse; it gives these without the failed node. worse is what it gave for the
// level before.
func (s *solver) note(f *Failure, level graph.State, services, worse int32, weight int64) int32 {
	if int(f.Node) < s.g.Services() {
		services--
	}
	n := services - worse
	switch level {
	case graph.Down:
		f.NDown = n
		s.radius(f, weight)
	case graph.Degraded:
		f.NDegraded = n
	case graph.Delayed:
		f.NDelayed = n
	}
	return services
}

// radius computes the shares from what is down; weight includes the failed node.
func (s *solver) radius(f *Failure, weight int64) {
	others, total := s.g.Services(), s.total
	if int(f.Node) < s.g.Services() {
		others--
		weight -= s.weights[f.Node]
		total -= s.weights[f.Node]
	}
	if others > 0 {
		f.Radius = float64(f.NDown) / float64(others)
	}
	if total > 0 {
		f.Weighted = float64(weight) / float64(total)
	}
}

// keep stores who is in a state.
func (f *Failure) keep(level graph.State, set []int32) {
	switch level {
	case graph.Down:
		f.Sets = &Sets{Down: set}
	case graph.Degraded:
		f.Degraded = set
	case graph.Delayed:
		f.Delayed = set
	}
}

// without gives the members of a sorted set that are not in the sorted set b
// and are not the node.
func without(a, b []int32, node int32) []int32 {
	kept := make([]int32, 0, len(a)-len(b))
	for _, v := range a {
		for len(b) > 0 && b[0] < v {
			b = b[1:]
		}
		if v != node && (len(b) == 0 || b[0] != v) {
			kept = append(kept, v)
		}
	}
	return kept
}
