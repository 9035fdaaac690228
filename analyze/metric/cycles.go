package metric

import "github.com/taut-dev/taut/analyze/graph"

// cycles counts groups: listing every cycle would be exponential. Terms are the
// groups by size, each at the first call of a shortest cycle.
func cycles() Metric {
	return Metric{
		ID: "cycles", Scope: System, Title: "cycles", Unit: "groups", Better: Less,
		Definition: "Groups of at least two services of which each reaches every other over calls (strongly connected components).",
		Source:     "Tarjan 1972",
		Values:     func(f *Facts) []graph.Value { return count(len(f.Cycles())) },
		Terms:      func(f *Facts, _ int) []Term { return f.cycleTerms() },
	}
}

// cycleTerms is one term for each cyclic group: its size, and as a label one of
// its shortest cycles.
func (f *Facts) cycleTerms() []Term {
	var out []Term
	g := f.Graph()
	for _, group := range f.Cycles() {
		path := graph.ShortestCycle(g.Calls(), group)
		if len(path) < 2 {
			continue
		}
		t := f.edge(path[0], path[1], graph.Number(float64(len(group))), "services in the group")
		for _, v := range path[2:] {
			if v != path[0] {
				t.Label += " → " + g.ID(v)
			}
		}
		t.Label += " → " + g.ID(path[0])
		out = append(out, t)
	}
	return largest(out)
}
