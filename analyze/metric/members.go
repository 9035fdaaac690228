package metric

import "github.com/taut-dev/taut/analyze/graph"

// members is undefined when the file does not say. Shared people are counted
// where the file counts them.
func members() Metric {
	return Metric{
		ID: "members", Scope: Team, Title: "members", Unit: "people", Better: Neither,
		Definition: "Number of people in the team, as the file gives it.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			return column(len(f.Teams()), func(t int32) graph.Value {
				n := f.Owners().Members[t]
				return graph.Value{F: float64(n), OK: n > 0}
			})
		},
		Terms: func(f *Facts, t int) []Term {
			for _, x := range f.System().Teams {
				if x.ID == f.Teams()[t] && x.Members > 0 {
					return []Term{{Label: x.ID, Value: graph.Number(float64(x.Members)), Note: "given in the file", Pos: x.At("members")}}
				}
			}
			return nil
		},
	}
}
