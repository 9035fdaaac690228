package metric

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// crossTeamShare leaves calls out whose ends have no owner: they are unknown.
// Terms are the calls that cross and add up.
func crossTeamShare() Metric {
	return Metric{
		ID: "cross_team_share", Scope: System, Title: "calls across teams", Unit: "share", Better: Less,
		Definition: "Calls between services of different teams, divided by the calls between services that have an owner.",
		Source:     "after Conway 1968", Ours: true,
		Values: func(f *Facts) []graph.Value {
			return one(f.teamCalls().all.Share())
		},
		Terms: func(f *Facts, _ int) []Term { return f.crossings(-1) },
	}
}

// crossed counts calls between owned services: all, and those of each team.
type crossed struct {
	all   coupling.Crossing
	teams []coupling.Crossing
}

func (f *Facts) teamCalls() crossed {
	return f.crossed.get(func() crossed {
		all, teams := f.Owners().Crossings(f.Graph().Calls())
		return crossed{all, teams}
	})
}

// crossings makes a term for every call between two teams, or those of one team.
func (f *Facts) crossings(team int32) []Term {
	o, g := f.Owners(), f.Graph()
	all, teams := f.teamCalls().all, f.teamCalls().teams
	if team < 0 {
		return f.calls(
			func(u, v int32) graph.Value {
				if a, b := o.Of[u], o.Of[v]; a < 0 || b < 0 || a == b {
					return graph.Value{}
				}
				return share(1, all.Owned)
			},
			func(u, v int32) string { return o.Teams[o.Of[u]] + " calls " + o.Teams[o.Of[v]] },
		)
	}
	var out []Term
	for _, s := range o.Owned[team] {
		for _, v := range g.Calls().Out(s) {
			if b := o.Of[v]; b >= 0 && b != team {
				out = append(out, f.edge(s, v, share(1, teams[team].Owned), "calls "+o.Teams[b]))
			}
		}
		for _, u := range g.Callers().Out(s) {
			if a := o.Of[u]; a >= 0 && a != team {
				out = append(out, f.edge(u, s, share(1, teams[team].Owned), "called by "+o.Teams[a]))
			}
		}
	}
	return largest(out)
}
