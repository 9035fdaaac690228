package metric

import "github.com/taut-dev/taut/analyze/graph"

// visibilityOut includes the service itself, as published. Terms are calls with
// all that is reached through each, which overlap, and itself.
func visibilityOut() Metric {
	return Metric{
		ID: "visibility_out", Scope: Service, Title: "visibility fan-out", Unit: "services", Better: Less,
		Definition: "Number of services that this one reaches over calls, directly or not, itself included.",
		Source:     "Baldwin, MacCormack and Rusnak 2014 (VFO)",
		Values:     func(f *Facts) []graph.Value { return counts(f.Visibility().Out) },
		Terms: func(f *Facts, s int) []Term {
			var out []Term
			for _, v := range f.Graph().Calls().Out(int32(s)) {
				out = append(out, f.edge(int32(s), v, graph.Number(float64(f.Visibility().Out[v])), "services are reached through this call"))
			}
			return largest(append(out, f.node(int32(s), graph.Number(1), "itself")))
		},
	}
}
