package blast

import (
	"context"

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
	// it, delay it. Needs Kinds to contain services.
	DownBy, DegradedBy, DelayedBy []int32
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
func Single(ctx context.Context, g *graph.Graph, o Options) (*Result, error) {
	r := &Result{}
	return r, ctx.Err()
}

// Of gives the failure of a node, nil when its kind was not asked for.
func (r *Result) Of(node int32) *Failure {
	for i := range r.Failures {
		if r.Failures[i].Node == node {
			return &r.Failures[i]
		}
	}
	return nil
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
func (r *Result) MeanOverServices() float64 { return 0 }
