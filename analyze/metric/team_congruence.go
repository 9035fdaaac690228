package metric

import "github.com/taut-dev/taut/analyze/graph"

// teamCongruence cannot see who talks to whom. A published contract on every
// service called between two teams stands in for that talk; without a word
// about any API the figure is unknown, not 0. Terms are what has it, and what is missing to 1.
func teamCongruence() Metric {
	return Metric{
		ID: "team_congruence", Scope: System, Title: "team congruence", Unit: "share", Better: More,
		Definition: "Pairs of teams that must coordinate because services of one call services of the other, and whose calls all rest on published contracts, divided by all such pairs. Undefined when no such pair says anything about its APIs.",
		Source:     "after Cataldo, Herbsleb and Carley 2008", Ours: true,
		Values: func(f *Facts) []graph.Value {
			met, known := 0, false
			pacts := f.Owners().Pacts(f.Graph())
			for _, p := range pacts {
				known = known || p.Known
				if p.Contracts {
					met++
				}
			}
			if !known {
				return one(graph.Value{})
			}
			return one(share(met, len(pacts)))
		},
		Terms: teamPacts,
	}
}

// teamPacts lists the pairs that rest on no contract, with the call to mend.
func teamPacts(f *Facts, _ int) []Term {
	o := f.Owners()
	pacts := o.Pacts(f.Graph())
	var out []Term
	for _, p := range pacts {
		if !p.Contracts {
			note := o.Teams[p.A] + " and " + o.Teams[p.B] + ": no published contract"
			out = append(out, f.edge(p.Open.From, p.Open.To, share(1, len(pacts)), note))
		}
	}
	return reached("pairs of teams with contracts", len(pacts)-len(out), len(pacts), largest(out))
}
