package metric

import (
	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/graph"
)

// naiveAvailability is shown to be compared, not believed. Terms show the exact
// value and the error.
func naiveAvailability() Metric {
	return Metric{
		ID: "naive_availability", Scope: Journey, Title: "naive availability", Unit: "share", Better: Neither,
		Definition: "The product of availabilities down the tree of dependencies, in which what several branches share counts again for each. Undefined where alternatives form a cycle.",
		Source:     "the usual arithmetic of composite service levels",
		Values: func(f *Facts) []graph.Value {
			return f.estimates(func(r *availability.Result) graph.Value { return r.Naive })
		},
		Terms: func(f *Facts, j int) []Term {
			if j >= len(f.Journeys()) {
				return nil
			}
			r := &f.Journeys()[j]
			out := []Term{{Label: "exact", Value: graph.Number(r.Works.Value)}}
			if r.Naive.OK {
				out = append(out, Term{Label: "error", Value: graph.Number(r.Naive.F - r.Works.Value)})
			}
			return out
		},
	}
}
