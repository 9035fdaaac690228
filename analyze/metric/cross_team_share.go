package metric

import "github.com/taut-dev/taut/analyze/graph"

// crossTeamShare leaves calls out whose ends have no owner: they are unknown.
func crossTeamShare() Metric {
	return Metric{
		ID: "cross_team_share", Scope: System, Title: "calls across teams", Unit: "share", Better: Less,
		Definition: "Calls between services of different teams, divided by the calls between services that have an owner.",
		Source:     "after Conway 1968", Ours: true,
		Values: func(f *Facts) []graph.Value {
			all, _ := f.Owners().Crossings(f.Graph().Calls())
			return one(all.Share())
		},
		Terms: func(f *Facts, _ int) []Term { return f.crossings(-1) },
	}
}

// crossings makes a term for every call between two teams, or those of one team.
func (f *Facts) crossings(team int32) []Term {
	o := f.Owners()
	all, teams := o.Crossings(f.Graph().Calls())
	if team >= 0 {
		all = teams[team]
	}
	return f.calls(func(u, v int32) (graph.Value, string, bool) {
		a, b := o.Of[u], o.Of[v]
		if a < 0 || b < 0 || a == b || team >= 0 && team != a && team != b {
			return graph.Value{}, "", false
		}
		return share(1, all.Owned), o.Teams[a] + " calls " + o.Teams[b], true
	})
}
