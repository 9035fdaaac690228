package metric

import "github.com/taut-dev/taut/analyze/graph"

// serviceCallDepth is undefined inside a cycle: a chain there has no end. Terms
// are the calls of one longest chain, in its order.
func serviceCallDepth() Metric {
	return Metric{
		ID: "call_depth", Scope: Service, Title: "call depth", Unit: "calls", Better: Less,
		Definition: "Calls on the longest chain of hard synchronous calls that starts here, a cyclic group counting as one point; undefined inside one.",
		Source:     "Engel and others 2018 (M4); Apel and others 2019 (MLASCH)",
		Values:     func(f *Facts) []graph.Value { return f.Depths() },
		Terms: func(f *Facts, s int) []Term {
			if !f.Depths()[s].OK {
				return nil
			}
			return f.chainTerms(int32(s))
		},
	}
}
