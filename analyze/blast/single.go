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
	NDown, NDegraded, NDelayed int     // services in exactly this state
	Down, Degraded, Delayed    []int32 // which, ascending; nil when not kept
	Radius                     float64 // services down ÷ services other than the failed node, 0..1; 0 when there is no other
	Weighted                   float64 // the same with every service counted by its weight, see Weights
}

// Single computes all single failures. The answer is exact and does not depend
// on the number of workers. It stops within 100 ms of ctx being cancelled.
//
// Failures are solved 512 at a time, one bit each, over the condensation of the
// failure rules; only rows that a failure reaches are touched, and only cycles
// through alternatives are iterated. Memory is 64 bytes a node and worker.
func Single(ctx context.Context, g *graph.Graph, o Options) (*Result, error) {
	s := newSolver(g, o)
	blocks := (len(s.order) + graph.LaneCount - 1) / graph.LaneCount
	workers := o.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var done sync.WaitGroup
	var adding sync.Mutex
	for range min(workers, blocks) {
		done.Go(func() {
			w := newWorker(s)
			for b := int(next.Add(1)) - 1; b < blocks && ctx.Err() == nil; b = int(next.Add(1)) - 1 {
				w.block(ctx, s.order[b*graph.LaneCount:min((b+1)*graph.LaneCount, len(s.order))])
			}
			adding.Lock()
			defer adding.Unlock()
			s.addHits(w)
		})
	}
	done.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.finish(), nil
}

// solver is what all workers share: they write to disjoint failures.
type solver struct {
	g       *graph.Graph
	o       Options
	weights []int64
	total   int64 // of weights
	planes  []*plane
	order   []int32 // indices of failures, neighbours side by side
	hits    [][]int64
	r       *Result
}

func newSolver(g *graph.Graph, o Options) *solver {
	s := &solver{g: g, o: o, weights: weightUnits(g), r: &Result{services: g.Services()}}
	for _, w := range s.weights {
		s.total += w
	}
	s.planes = planes(g, s.weights)
	for _, p := range s.planes {
		s.hits = append(s.hits, make([]int64, p.Rows))
	}
	for v := range int32(g.Len()) {
		if o.Kinds == nil || slices.Contains(o.Kinds, g.Kind(v)) {
			s.r.Failures = append(s.r.Failures, Failure{Node: v})
		}
	}
	s.order = byRow(s.planes[0], s.r.Failures)
	return s
}

// byRow puts failures with neighbouring rows together. They reach much the same
// rows, so that a block of them touches fewer.
func byRow(p *plane, failures []Failure) []int32 {
	keys := make([]int64, len(failures))
	for i, f := range failures {
		keys[i] = int64(p.RowOf[f.Node])<<32 | int64(i)
	}
	slices.Sort(keys)
	order := make([]int32, len(keys))
	for i, k := range keys {
		order[i] = int32(k)
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
}

// finish turns hits of rows at each level into hits of services in each state.
func (s *solver) finish() *Result {
	var by [graph.Down + 1][]int32
	for i, p := range s.planes {
		by[p.Level] = make([]int32, s.g.Services())
		for v := range by[p.Level] {
			// A service's own failure hits its own row.
			by[p.Level][v] = max(int32(s.hits[i][p.RowOf[v]])-1, 0)
		}
	}
	for level := graph.Degraded; level > graph.Up; level-- {
		if by[level] == nil {
			by[level] = by[level+1]
		}
	}
	r := s.r
	r.DownBy = by[graph.Down]
	r.DegradedBy = less(by[graph.Degraded], by[graph.Down])
	r.DelayedBy = less(by[graph.Delayed], by[graph.Degraded])
	return r
}

// less subtracts element by element.
func less(a, b []int32) []int32 {
	d := make([]int32, len(a))
	for i := range a {
		d[i] = a[i] - b[i]
	}
	return d
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
	down, n := 0, 0
	for i := range r.Failures {
		if f := &r.Failures[i]; int(f.Node) < r.services {
			down += f.NDown
			n++
		}
	}
	if n == 0 || r.services < 2 {
		return 0
	}
	return float64(down) / (float64(n) * float64(r.services-1))
}
