package availability

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// MinutesPerMonth is the length of a mean month of 30.4375 days.
const MinutesPerMonth = 30.4375 * 24 * 60

// Options bounds the work. Zero values take the defaults.
type Options struct {
	Workers  int    // goroutines; 0: all cores. Results do not depend on it.
	MaxNodes int    // of one decision diagram; default 2,000,000
	MaxOrder int    // of the cut sets listed; default 4
	MaxCuts  int    // cut sets of two and more listed for a journey; default 1,000
	Samples  int    // of the simulation where the exact answer is out of reach; default 200,000
	Seed     uint64 // of that simulation
	Only     []int  // places in System.Journeys to look at; nil: all
	Details  bool   // cut sets of two and more, bounds, importance; ignored above DetailJourneys
}

func (o Options) withDefaults() Options {
	for _, d := range []struct {
		value *int
		or    int
	}{{&o.Workers, runtime.GOMAXPROCS(0)}, {&o.MaxNodes, 2_000_000}, {&o.MaxOrder, 4}, {&o.MaxCuts, 1000}, {&o.Samples, 200_000}} {
		if *d.value <= 0 {
			*d.value = d.or
		}
	}
	return o
}

// Estimate is a probability. When Exact, Value is it and Low and High equal it.
// Otherwise it certainly lies in Low..High, and Value is the mean of a
// simulation with the 95 % interval SampleLow..SampleHigh.
type Estimate struct {
	Value                 float64
	Exact                 bool
	Low, High             float64
	SampleLow, SampleHigh float64
	Samples               int // 0 when exact
}

// Result is what is known of one journey. Availabilities are shares of time,
// 0..1. Nodes with availability 1 never fail and so are in no list. Lists of
// nodes are cut short when a system has very many journeys, the counts are not.
type Result struct {
	Journey *model.Journey
	Works   Estimate    // the entry and all it requires are not down
	Full    Estimate    // the optional ones neither
	Naive   graph.Value // product down the tree, shared things counted again; undefined where alternatives form a cycle

	NAssumed int     // nodes of Works whose availability is assumed
	Assumed  []int32 // which, ascending

	Causes []Cause // common causes in the file: numbers from the graph's length up in the lists below mean these

	NSingle int     // single points of failure: nodes each of which stops the journey, the entry too
	Single  []int32 // which, ascending

	CutSets   [][]int32   // minimal sets of nodes that stop it, small ones first, Single among them; only with Details
	CutOrder  int         // no set up to this size is missing
	CutsAll   bool        // no set at all is missing
	RareEvent graph.Value // Σ of the cut sets' probabilities, at most 1: an upper bound of the unavailability; needs CutsAll
	MCUB      graph.Value // 1 - ∏(1-P) over the cut sets: a closer upper bound; needs CutsAll

	Importance  []Importance // by node; only with Details and when exact; the most critical when there are very many
	MinutesDown float64      // in a mean month, see MinutesPerMonth
	Margin      graph.Value  // Works - objective; undefined without objective
	Budget      *Budget      // nil without objective
}

// DetailJourneys is the number of journeys up to which there are details.
const DetailJourneys = 2_000

const (
	listed   = 2_000_000 // nodes that all lists of one kind hold together at most
	detailed = 100_000   // the same for cut sets and importance
)

// Journeys computes the journeys of the system, in file order. What is beyond
// the limits is said to be inexact, never silently wrong. It stops soon after
// ctx is cancelled.
func Journeys(ctx context.Context, g *graph.Graph, o Options) ([]Result, error) {
	o = o.withDefaults()
	if o.Only == nil {
		for i := range g.Sys.Journeys {
			o.Only = append(o.Only, i)
		}
	}
	o.Details = o.Details && len(o.Only) <= DetailJourneys
	results := make([]Result, len(o.Only))
	s := newStructure(g)
	var next atomic.Int64
	var done sync.WaitGroup
	for range min(o.Workers, len(results)) {
		done.Go(func() {
			w := newWorker(s, o)
			for i := int(next.Add(1)) - 1; i < len(results) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				results[i] = w.journey(ctx, g.Sys.Journeys[o.Only[i]])
			}
		})
	}
	done.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return results, nil
}

// roots finds the nodes of ids, each once.
func (w *worker) roots(ids ...string) []int32 {
	var nodes []int32
	for _, id := range ids {
		if v, ok := w.s.g.Lookup(id); ok && !slices.Contains(nodes, v) {
			nodes = append(nodes, v)
		}
	}
	return nodes
}

func (w *worker) journey(ctx context.Context, j *model.Journey) Result {
	r := Result{Journey: j, CutOrder: 1, Causes: w.s.causes}
	required := slices.Concat([]string{j.Entry}, j.Requires)
	if len(j.Optional) > 0 {
		w.cone.find(w.roots(slices.Concat(required, j.Optional)...))
		r.Full = w.estimate(ctx, w.solve(ctx))
	}
	needs := w.roots(required...)
	w.cone.find(needs)
	x := w.solve(ctx)
	r.Works = w.estimate(ctx, x)
	if len(j.Optional) == 0 {
		r.Full = r.Works
	}
	r.Naive = w.s.naiveOf(needs)
	r.MinutesDown = (1 - r.Works.Value) * MinutesPerMonth
	free := w.single(&r, x)
	w.assumed(&r)
	if w.o.Details {
		w.details(&r, x, free)
	}
	if j.Objective != nil {
		r.Margin = graph.Number(r.Works.Value - *j.Objective)
		r.Budget = w.budget(j, free)
	}
	return r
}

// most is how many nodes one journey may list.
func (w *worker) most() int { return max(100, listed/max(1, len(w.o.Only))) }

// single fills in the single points of failure and gives those among the free
// nodes.
func (w *worker) single(r *Result, x *solution) (free []int32) {
	if r.Works.Exact {
		free = x.critical(w.cone.nodes)
	} else {
		free = w.critical()
	}
	r.NSingle = int(w.cone.facts.nodes)
	most := w.most()
	note := func(v int32) bool {
		if !w.s.isCause(v) {
			if len(r.Single) >= most {
				return false
			}
			r.Single = append(r.Single, v)
		}
		return true
	}
	for _, v := range free {
		r.NSingle += int(w.s.counted(v))
		note(v)
	}
	w.cone.eachCritical(note)
	slices.Sort(r.Single)
	return free
}

// assumed fills in which availabilities were assumed.
func (w *worker) assumed(r *Result) {
	most := w.most()
	note := func(v int32) bool {
		if w.s.assumed[v] && len(r.Assumed) < most {
			r.Assumed = append(r.Assumed, v)
		}
		return len(r.Assumed) < most
	}
	r.NAssumed = int(w.cone.facts.assumed)
	w.cone.eachCritical(note)
	for _, v := range w.cone.nodes {
		if w.s.assumed[v] {
			r.NAssumed++
		}
		note(v)
	}
	for _, v := range w.assumedCauses() {
		r.NAssumed++
		if len(r.Assumed) < most {
			r.Assumed = append(r.Assumed, v)
		}
	}
	slices.Sort(r.Assumed)
}
