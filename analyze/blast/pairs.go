package blast

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/taut-dev/taut/analyze/graph"
)

// PairOptions says which pairs of failures to look at.
type PairOptions struct {
	Workers int          // goroutines; 0: all cores. Results do not depend on it.
	Kinds   []graph.Kind // kinds of nodes that fail; nil: all
	Limit   int          // nodes that may fail; default 5,000, which is 12.5 million pairs
	Top     int          // pairs to list; default 20
}

// Pair is two nodes that fail together.
type Pair struct {
	A, B   int32   // A is the smaller number
	NDown  int     // services down, the two themselves left out
	Beyond int     // of these, services that neither failure alone takes down
	Radius float64 // services down ÷ services other than the two, 0..1; 0 when there is none
}

// PairResult is what all pairs of failures do.
type PairResult struct {
	Nodes   int     // that were to fail
	TooMany bool    // more than the limit: nothing was computed
	Pairs   int64   // that were looked at
	Beyond  int64   // of these, pairs that are worse than either failure alone
	Mean    float64 // radius over all pairs, 0 when there is none
	Worst   []Pair  // largest radius first
	Hidden  []Pair  // most services beyond the single failures first; those with none are left out
}

// Pairs computes the failure of every two nodes, exactly, unless there are more
// nodes than the limit. Two failures take down what each does, and what had
// alternatives that only both of them reach.
func Pairs(ctx context.Context, g *graph.Graph, o PairOptions) (*PairResult, error) {
	if o.Limit <= 0 {
		o.Limit = 5000
	}
	if o.Top <= 0 {
		o.Top = 20
	}
	s := newSolver(g, Options{Kinds: o.Kinds})
	r := &PairResult{Nodes: len(s.order), TooMany: len(s.order) > o.Limit}
	if r.TooMany {
		return r, nil
	}
	p := newPairing(ctx, s, o)
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var done sync.WaitGroup
	for range min(workers, len(p.blocks)) {
		done.Go(func() {
			w := &pairWorker{p: p, worker: newWorker(s)}
			w.open()
			for b := int(next.Add(1)) - 1; b < len(p.blocks) && ctx.Err() == nil; b = int(next.Add(1)) - 1 {
				w.block(ctx, b)
			}
			p.add(w)
		})
	}
	done.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.finish(r)
	return r, nil
}

// pairing is what all workers share: the single failures, solved.
type pairing struct {
	s      *solver
	o      PairOptions
	blocks []pairBlock
	alone  [][]int32 // of each failure, by its place in order: rows that it takes down

	adding        sync.Mutex
	down, pairs   [3]int64 // by how many of the two are services
	beyond        int64
	worst, hidden []Pair
}

// pairBlock is the second failures of up to 512 pairs, solved each alone.
type pairBlock struct {
	first   int // place in order
	size    int
	touched []int32
	rows    []graph.Lanes // of each touched row
}

func newPairing(ctx context.Context, s *solver, o PairOptions) *pairing {
	p := &pairing{s: s, o: o, alone: make([][]int32, len(s.order))}
	w := newWorker(s)
	w.open()
	for first := 0; first < len(s.order) && ctx.Err() == nil; first += graph.LaneCount {
		b := pairBlock{first: first, size: min(graph.LaneCount, len(s.order)-first)}
		w.cols = w.cols[:0]
		for _, f := range s.order[first : first+b.size] {
			w.cols = append(w.cols, s.g.Seeds(s.r.Failures[f].Node))
		}
		w.board.solve(ctx, s.planes[0], w.cols)
		for r := w.board.touched.Next(0); r >= 0; r = w.board.touched.Next(r + 1) {
			b.touched = append(b.touched, r)
			b.rows = append(b.rows, w.board.rows[r])
			eachBit(&w.board.rows[r], func(col int) { p.alone[first+col] = append(p.alone[first+col], r) })
		}
		w.board.clear()
		p.blocks = append(p.blocks, b)
	}
	return p
}

// add merges what a worker has found. Lists are sorted and sums are whole
// numbers, so the order of workers does not matter.
func (p *pairing) add(w *pairWorker) {
	p.adding.Lock()
	defer p.adding.Unlock()
	for i := range p.down {
		p.down[i] += w.down[i]
		p.pairs[i] += w.pairs[i]
	}
	p.beyond += w.beyond
	p.worst = top(append(p.worst, w.worst...), p.o.Top, byRadius)
	p.hidden = top(append(p.hidden, w.hidden...), p.o.Top, byBeyond)
}

func (p *pairing) finish(r *PairResult) {
	r.Worst, r.Hidden, r.Beyond = p.worst, p.hidden, p.beyond
	sum, n := 0.0, int64(0)
	for i, down := range p.down {
		n += p.pairs[i]
		if others := p.s.g.Services() - i; others > 0 {
			sum += float64(down) / float64(others)
		}
	}
	r.Pairs = n
	if n > 0 {
		r.Mean = sum / float64(n)
	}
}

func byRadius(a, b Pair) int {
	return cmp.Or(cmp.Compare(b.Radius, a.Radius), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
}

func byBeyond(a, b Pair) int {
	return cmp.Or(cmp.Compare(b.Beyond, a.Beyond), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
}

// top keeps the first n in the given order.
func top(pairs []Pair, n int, order func(a, b Pair) int) []Pair {
	slices.SortFunc(pairs, order)
	return slices.Clone(pairs[:min(n, len(pairs))])
}

// pairWorker solves one first failure with 512 second ones at a time.
type pairWorker struct {
	p *pairing
	*worker
	single        [graph.LaneCount]int32 // services down by either failure alone
	down, pairs   [3]int64
	beyond        int64
	worst, hidden []Pair
}

// block solves all pairs whose second failure is in a block; the first comes
// before it in order.
func (w *pairWorker) block(ctx context.Context, at int) {
	b := &w.p.blocks[at]
	for first := range b.first + b.size - 1 {
		var live graph.Lanes // columns whose failure comes after the first one
		for col := max(0, first+1-b.first); col < b.size; col++ {
			live.Set(col)
		}
		w.union(b, first, &live)
		w.measure(w.p.s.planes[0], w.worker.hits[0], &graph.Lanes{})
		w.single = w.count
		if w.board.join(ctx, w.p.s.planes[0]) {
			w.measure(w.p.s.planes[0], w.worker.hits[0], &graph.Lanes{})
		}
		w.board.clear()
		if ctx.Err() != nil {
			return
		}
		eachBit(&live, func(col int) { w.note(first, b.first+col, col) })
		w.worst = trim(w.worst, w.p.o.Top, byRadius)
		w.hidden = trim(w.hidden, w.p.o.Top, byBeyond)
	}
}

// trim keeps a growing list short.
func trim(pairs []Pair, n int, order func(a, b Pair) int) []Pair {
	if len(pairs) < 4096 {
		return pairs
	}
	return top(pairs, n, order)
}

// union sets the rows that either failure of each pair takes down.
func (w *pairWorker) union(b *pairBlock, first int, live *graph.Lanes) {
	for i, r := range b.touched {
		row := b.rows[i]
		for k := range row {
			row[k] &= live[k]
		}
		if row != (graph.Lanes{}) {
			w.board.rows[r] = row
			w.board.touched.Add(r)
		}
	}
	for _, r := range w.p.alone[first] {
		w.board.rows[r].Or(live)
		w.board.touched.Add(r)
	}
}

// join continues from a union of solved failures: only groups of alternatives
// can have lost more than the failures alone took. It says whether any did.
func (b *board) join(ctx context.Context, p *plane) bool {
	changed := false
	for r, h := range p.HubOf {
		if h < 0 || evaluate(&p.Hubs[h], b.rows) == b.rows[r] {
			continue
		}
		b.dirty.Add(int32(r))
		changed = true
	}
	b.solve(ctx, p, nil)
	return changed
}

// note records the pair in one column.
func (w *pairWorker) note(first, second, col int) {
	s := w.p.s
	a, b := s.r.Failures[s.order[first]].Node, s.r.Failures[s.order[second]].Node
	x := Pair{A: min(a, b), B: max(a, b), NDown: int(w.count[col]), Beyond: int(w.count[col] - w.single[col])}
	services := 0
	for _, v := range []int32{a, b} {
		if int(v) < s.g.Services() {
			services++
		}
	}
	x.NDown -= services // both are down themselves
	w.down[services] += int64(x.NDown)
	w.pairs[services]++
	if others := s.g.Services() - services; others > 0 {
		x.Radius = float64(x.NDown) / float64(others)
	}
	w.worst = append(w.worst, x)
	if x.Beyond > 0 {
		w.beyond++
		w.hidden = append(w.hidden, x)
	}
}
