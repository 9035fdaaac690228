package metric

import "github.com/taut-dev/taut/analyze/graph"

// teamCrossTeamShare counts calls in both directions: either needs talk. Terms
// are the calls that cross and add up.
func teamCrossTeamShare() Metric {
	return Metric{
		ID: "cross_team_share", Scope: Team, Title: "calls across teams", Unit: "share", Better: Less,
		Definition: "Of the calls from or to the team's services, those whose other end another team owns, divided by those whose other end has an owner.",
		Source:     "after Conway 1968", Ours: true,
		Values: func(f *Facts) []graph.Value {
			teams := f.teamCalls().teams
			return column(len(teams), func(t int32) graph.Value { return teams[t].Share() })
		},
		Terms: func(f *Facts, t int) []Term { return f.crossings(int32(t)) },
	}
}
