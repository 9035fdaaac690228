package metric

import "github.com/taut-dev/taut/analyze/graph"

// scf is density; a graph of one service has no room for a call. Terms are
// services with their own calls and add up.
func scf() Metric {
	return Metric{
		ID: "scf", Scope: System, Title: "service coupling factor", Unit: "share", Better: Less,
		Definition: "Calls of the service graph divided by the calls there could be, E ÷ (N² − N).",
		Source:     "Qingqing and others 2009",
		Values: func(f *Facts) []graph.Value {
			n := f.Graph().Services()
			return one(share(f.Graph().Calls().Edges(), n*n-n))
		},
		Terms: func(f *Facts, _ int) []Term {
			n := f.Graph().Services()
			return f.services(func(s int32) graph.Value { return share(len(f.Graph().Calls().Out(s)), n*n-n) }, "its calls")
		},
	}
}
