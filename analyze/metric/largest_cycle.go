package metric

import "github.com/taut-dev/taut/analyze/graph"

// largestCycle tells a slip between two services from a system that is one
// knot. It is 0 and not undefined without a cycle, so that a budget can ask for
// it.
func largestCycle() Metric {
	return Metric{
		ID: "largest_cycle", Scope: System, Title: "largest cyclic group", Unit: "services", Better: Less,
		Definition: "Number of services in the largest group of which each reaches every other over calls; 0 without a cycle.",
		Source:     "MacCormack, Rusnak and Baldwin 2006; Tarjan 1972",
		Values: func(f *Facts) []graph.Value {
			n := 0
			for _, group := range f.Cycles() {
				n = max(n, len(group))
			}
			return count(n)
		},
		Terms: func(f *Facts, _ int) []Term { return f.cycleTerms() },
	}
}
