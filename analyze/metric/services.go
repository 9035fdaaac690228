package metric

import "github.com/taut-dev/taut/analyze/graph"

// countServices is the size that most other figures are relative to. Terms list
// the services, one each.
func countServices() Metric {
	return Metric{
		ID: "services", Scope: System, Title: "services", Unit: "services", Better: Neither,
		Definition: "Number of services in the file.",
		Ours:       true,
		Values:     func(f *Facts) []graph.Value { return count(f.Graph().Services()) },
		Terms: func(f *Facts, _ int) []Term {
			return f.services(func(int32) graph.Value { return graph.Number(1) }, "a service")
		},
	}
}
