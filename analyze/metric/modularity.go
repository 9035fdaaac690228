package metric

import "github.com/taut-dev/taut/analyze/graph"

// modularity is relative to what an algorithm reaches: the absolute figure
// depends on the graph more than on the domains. Terms show both figures, then
// calls that cross domains.
func modularity() Metric {
	return Metric{
		ID: "modularity", Scope: System, Title: "modularity of domains", Unit: "share", Better: More,
		Definition: "Modularity of the declared domains over calls, divided by the best that Louvain's method finds or they reach. 1 is as good as found; below 0 is worse than chance. Undefined without domains and above 20,000 services.",
		Source:     "after Newman and Girvan 2004; Blondel and others 2008", Ours: true,
		Values: func(f *Facts) []graph.Value { return one(f.Domains().Share()) },
		Terms: func(f *Facts, _ int) []Term {
			d, sys := f.Domains(), f.System()
			out := []Term{
				{Label: "modularity of the declared domains", Value: d.Given},
				{Label: "best modularity found", Value: d.Best},
			}
			return append(out, f.calls(
				func(u, v int32) graph.Value {
					if a := sys.Services[u].Domain; a != "" && a == sys.Services[v].Domain {
						return graph.Value{}
					}
					return share(1, f.Graph().Calls().Edges())
				},
				func(_, _ int32) string { return "crosses domains" },
			)...)
		},
	}
}
