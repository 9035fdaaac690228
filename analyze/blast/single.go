package blast

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/taut-dev/taut/analyze/graph"
)

// Options says which failures to look at and what to keep.
type Options struct {
	Workers  int          // goroutines; 0: all cores. Results do not depend on it.
	Kinds    []graph.Kind // kinds of nodes that fail; nil: all
	KeepSets bool         // keep who is hit, not only how many
}

// Result is what all single failures do.
type Result struct {
	Failures []Failure // by node number; only the asked kinds

	// Per service: how many failures of other services take it down, degrade
	// it, delay it (exactly so far). Zero when services were not asked for.
	DownBy, DegradedBy, DelayedBy []int32

	services int
}

// Failure is what one failed node does to the services, itself left out.
type Failure struct {
	Node                       int32
	NDown, NDegraded, NDelayed int32   // services in exactly this state
	Radius                     float64 // services down ÷ services other than the failed node, 0..1; 0 when there is no other
	Weighted                   float64 // the same with every service counted by its weight, see Weights
	*Sets                              // which services; nil when not kept
}

// Sets is the services in each state, ascending.
type Sets struct {
	Down, Degraded, Delayed []int32
}

// Single computes all single failures. The answer is exact and does not depend
// on the number of workers. It stops within 100 ms of ctx being cancelled.
//
// Failures are solved 512 at a time, one bit each, over the condensation of the
// failure rules; only rows that a failure reaches are touched, and only cycles
// through alternatives are iterated. Memory is 64 bytes a node and worker.
func Single(ctx context.Context, g *graph.Graph, o Options) (*Result, error) {
	s := newSolver(g, o)
	n := len(s.order)
	if !o.KeepSets {
		s.share(ctx, n, func(w *worker, from, to int) { w.probe(n-to, n-from) })
		s.leave()
	}
	s.share(ctx, len(s.order), func(w *worker, from, to int) { w.block(ctx, s.order[from:to]) })
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, w := range s.workers {
		s.addHits(w)
	}
	return s.finish(), nil
}

// share deals n things out to all workers, 512 at a time.
func (s *solver) share(ctx context.Context, n int, do func(w *worker, from, to int)) {
	workers := s.o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	workers = min(workers, (n+graph.LaneCount-1)/graph.LaneCount)
	for len(s.workers) < workers {
		s.workers = append(s.workers, newWorker(s))
	}
	var next atomic.Int64
	var done sync.WaitGroup
	for _, w := range s.workers[:workers] {
		done.Go(func() {
			for ctx.Err() == nil {
				to := int(next.Add(graph.LaneCount))
				if to >= n+graph.LaneCount {
					return
				}
				do(w, to-graph.LaneCount, min(to, n))
			}
		})
	}
	done.Wait()
}

// leave keeps in order what was left by search.
func (s *solver) leave() {
	order := s.order[:0]
	for i, f := range s.order {
		if s.left[i] {
			order = append(order, f)
		}
	}
	s.order = order
}

// solver is what all workers share: they write to disjoint failures.
type solver struct {
	g       *graph.Graph
	o       Options
	weights []int64
	total   int64 // of weights
	planes  []*plane
	order   []int32 // indices of failures, neighbours side by side
	left    []bool  // of each place in order: not solved by search
	large   []marks // of each plane: rows that reach too much for search
	workers []*worker
	hits    [][]int32
	r       *Result
}

func newSolver(g *graph.Graph, o Options) *solver {
	s := &solver{g: g, o: o, r: &Result{services: g.Services()}}
	var rules sync.WaitGroup
	rules.Go(func() { s.planes = planes(g) })
	s.weights = weightUnits(g)
	for _, w := range s.weights {
		s.total += w
	}
	rules.Wait()
	for _, p := range s.planes {
		p.weigh(s.weights)
		s.hits = append(s.hits, make([]int32, p.Rows))
		s.large = append(s.large, make(marks, (p.Rows+63)/64))
	}
	s.r.Failures = make([]Failure, 0, g.Len())
	for v := range int32(g.Len()) {
		if o.Kinds == nil || slices.Contains(o.Kinds, g.Kind(v)) {
			s.r.Failures = append(s.r.Failures, Failure{Node: v})
		}
	}
	s.order = byRow(s.planes[0], s.r.Failures)
	s.left = make([]bool, len(s.order))
	return s
}

// byRow puts failures with neighbouring rows together. They reach much the same
// rows, so that a block of them touches fewer.
func byRow(p *plane, failures []Failure) []int32 {
	at := make([]int32, p.Rows+1) // where the failures of each row begin
	for i := range failures {
		at[p.RowOf[failures[i].Node]+1]++
	}
	for r := range p.Rows {
		at[r+1] += at[r]
	}
	order := make([]int32, len(failures))
	for i := range failures {
		r := p.RowOf[failures[i].Node]
		order[at[r]] = int32(i)
		at[r]++
	}
	return order
}

// addHits adds up how often rows were hit; integers, so order does not matter.
func (s *solver) addHits(w *worker) {
	for i, hits := range w.hits {
		for r, n := range hits {
			s.hits[i][r] += n
		}
	}
	for i, q := range w.searches {
		for r := range q.seen {
			s.hits[i][r] += q.seen[r].hits
		}
	}
}

// finish turns hits of rows at each level into hits of services in each state.
func (s *solver) finish() *Result {
	var by [graph.Down + 1][]int32
	for i, p := range s.planes {
		by[p.Level] = make([]int32, s.g.Services())
		for v := range by[p.Level] {
			// A service's own failure hits its own row.
			by[p.Level][v] = max(s.hits[i][p.RowOf[v]]-1, 0)
		}
	}
	for level := graph.Degraded; level > graph.Up; level-- {
		if by[level] == nil {
			by[level] = by[level+1]
		}
	}
	r := s.r
	r.DownBy = by[graph.Down]
	r.DegradedBy, r.DelayedBy = make([]int32, s.g.Services()), make([]int32, s.g.Services())
	for v := range r.DownBy {
		r.DegradedBy[v] = by[graph.Degraded][v] - by[graph.Down][v]
		r.DelayedBy[v] = by[graph.Delayed][v] - by[graph.Degraded][v]
	}
	return r
}

// Of gives the failure of a node, nil when its kind was not asked for.
func (r *Result) Of(node int32) *Failure {
	i, ok := sort.Find(len(r.Failures), func(i int) int { return cmp.Compare(node, r.Failures[i].Node) })
	if !ok {
		return nil
	}
	return &r.Failures[i]
}

// Max gives the failure with the largest radius, the first of equals; nil when
// there is none.
func (r *Result) Max() *Failure {
	var best *Failure
	for i := range r.Failures {
		if f := &r.Failures[i]; best == nil || f.Radius > best.Radius {
			best = f
		}
	}
	return best
}

// MeanOverServices is the mean radius over the failures of services, 0 when
// there is none. Over hard calls alone it equals propagation cost without the
// diagonal.
func (r *Result) MeanOverServices() float64 {
	down, n := int64(0), int64(0)
	for i := range r.Failures {
		if f := &r.Failures[i]; int(f.Node) < r.services {
			down += int64(f.NDown)
			n++
		}
	}
	if n == 0 || r.services < 2 {
		return 0
	}
	return float64(down) / (float64(n) * float64(r.services-1))
}
