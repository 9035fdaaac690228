package metric

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// callDepth of the system is that of its deepest service. Soft calls end a
// chain: nobody has to wait for them. Terms are the calls of one longest chain,
// in its order.
func callDepth() Metric {
	return Metric{
		ID: "call_depth", Scope: System, Title: "call depth", Unit: "calls", Better: Less,
		Definition: "Calls on the longest chain of hard synchronous calls, a cyclic group counting as one point.",
		Source:     "Engel and others 2018 (M4); Apel and others 2019 (MLASCH)",
		Values: func(f *Facts) []graph.Value {
			if s := deepest(f); s >= 0 {
				return one(f.Depths()[s])
			}
			return one(graph.Value{})
		},
		Terms: func(f *Facts, _ int) []Term { return f.chainTerms(deepest(f)) },
	}
}

// deepest is the first service with the longest chain; -1 when every service is
// inside a cycle.
func deepest(f *Facts) int32 {
	best := int32(-1)
	for s, d := range f.Depths() {
		if d.OK && (best < 0 || d.F > f.Depths()[best].F) {
			best = int32(s)
		}
	}
	return best
}

// longestChains is kept: a budget may ask for the chain of every service.
func (f *Facts) longestChains() *coupling.Chains {
	return f.chains.get(func() *coupling.Chains { return coupling.LongestChains(f.Graph().HardCalls()) })
}

// chainTerms lists the calls of a longest chain from a service, from its start.
func (f *Facts) chainTerms(s int32) []Term {
	if s < 0 {
		return nil
	}
	var out []Term
	for _, e := range f.longestChains().From(s) {
		out = append(out, f.edge(e.From, e.To, graph.Number(1), "hard call"))
	}
	return out
}
