package metric

import "github.com/taut-dev/taut/analyze/graph"

// teamServices is a team's load in the plainest sense. A team that owns nothing
// has 0. Terms list the services, one each.
func teamServices() Metric {
	return Metric{
		ID: "services", Scope: Team, Title: "services owned", Unit: "services", Better: Less,
		Definition: "Number of services that the team owns.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			return column(len(f.Teams()), func(t int32) graph.Value { return graph.Number(float64(len(f.Owners().Owned[t]))) })
		},
		Terms: func(f *Facts, t int) []Term {
			var out []Term
			for _, s := range f.Owners().Owned[t] {
				out = append(out, f.node(s, graph.Number(1), "owned"))
			}
			return largest(out)
		},
	}
}
