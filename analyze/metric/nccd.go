package metric

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// nccd is propagation cost freed of the system's size. An empty system has no
// tree to compare with. Terms are those of propagation cost: the order of calls
// is the same.
func nccd() Metric {
	return Metric{
		ID: "nccd", Scope: System, Title: "normalised cumulative dependency", Better: Less,
		Definition: "Pairs of services joined by a path of calls, each with itself included, divided by their number in a balanced binary tree of as many services. Above 1 is more entangled than a tree, above 2 probably cyclic.",
		Source:     "Lakos 1996",
		Values: func(f *Facts) []graph.Value {
			n := f.Graph().Services()
			if n == 0 {
				return one(graph.Value{})
			}
			return one(graph.Ratio(float64(cumulative(f)), coupling.TreeCCD(n)))
		},
		Terms: func(f *Facts, _ int) []Term { return f.pathTerms() },
	}
}
