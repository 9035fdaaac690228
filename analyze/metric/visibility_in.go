package metric

import "github.com/taut-dev/taut/analyze/graph"

// visibilityIn includes the service itself, as published. Terms are callers
// with all that comes in through each, which overlap, and itself.
func visibilityIn() Metric {
	return Metric{
		ID: "visibility_in", Scope: Service, Title: "visibility fan-in", Unit: "services", Better: Less,
		Definition: "Number of services that reach this one over calls, directly or not, itself included.",
		Source:     "Baldwin, MacCormack and Rusnak 2014 (VFI)",
		Values:     func(f *Facts) []graph.Value { return counts(f.Visibility().In) },
		Terms: func(f *Facts, s int) []Term {
			var out []Term
			for _, u := range f.Graph().Callers().Out(int32(s)) {
				out = append(out, f.edge(u, int32(s), graph.Number(float64(f.Visibility().In[u])), "services reach it through this caller"))
			}
			return largest(append(out, f.node(int32(s), graph.Number(1), "itself")))
		},
	}
}
