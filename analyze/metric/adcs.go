package metric

import "github.com/taut-dev/taut/analyze/graph"

// adcs does not depend on the number of services, unlike scf. Terms are
// services with their own calls and add up.
func adcs() Metric {
	return Metric{
		ID: "adcs", Scope: System, Title: "average calls of a service", Unit: "services", Better: Less,
		Definition: "Mean number of other services that a service calls, E ÷ N.",
		Source:     "Rud, Schmietendorf and Dumke 2006; Bogner, Wagner and Zimmermann 2017",
		Values: func(f *Facts) []graph.Value {
			return one(share(f.Graph().Calls().Edges(), f.Graph().Services()))
		},
		Terms: func(f *Facts, _ int) []Term {
			n := f.Graph().Services()
			return f.services(func(s int32) graph.Value { return share(len(f.Graph().Calls().Out(s)), n) }, "its calls")
		},
	}
}
