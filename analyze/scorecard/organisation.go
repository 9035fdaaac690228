package scorecard

import (
	"slices"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Limits of the checks on teams.
const (
	twoPizzas  = 10 // people that two pizzas feed
	maxDomains = 3  // domains one team can hold in mind (Skelton and Pais 2019: two or three simple ones)
)

// organisation: one team builds and runs a service. There is no formula for what a
// team can carry; the bars below are rules of thumb with an author.
func organisation() Principle {
	return Principle{"organisation", "organise around services", []Check{
		{"every service has an owner", func(f *metric.Facts) Finding {
			return services(f, func(_ int, s *model.Service) (Verdict, model.Pos) { return holds(s.Owner != ""), s.Pos })
		}},
		{"teams are small enough for two pizzas", func(f *metric.Facts) Finding {
			t := tally{noun: "teams"}
			for i, n := range f.Owners().Members {
				v := Unknown
				if n > 0 {
					v = holds(n <= twoPizzas)
				}
				t.add(v, f.Teams()[i], teamPos(f, i))
			}
			return t.finding()
		}},
		{"no team has more than three domains in mind", func(f *metric.Facts) Finding {
			t := tally{noun: "teams"}
			for i := range f.Teams() {
				t.add(load(f, i), f.Teams()[i], teamPos(f, i))
			}
			return t.finding()
		}},
	}}
}

// load judges the domains that a team's services lie in.
func load(f *metric.Facts, team int) Verdict {
	var domains []string
	silent := false
	for _, s := range f.Owners().Owned[team] {
		d := f.System().Services[s].Domain
		if d == "" {
			silent = true
		} else if !slices.Contains(domains, d) {
			domains = append(domains, d)
		}
	}
	switch {
	case len(domains) > maxDomains:
		return Fail
	case silent:
		return Unknown
	}
	return Pass
}

// teamPos is where a team is declared or, failing that, its first service.
func teamPos(f *metric.Facts, team int) model.Pos {
	for _, t := range f.System().Teams {
		if t.ID == f.Teams()[team] {
			return t.Pos
		}
	}
	if owned := f.Owners().Owned[team]; len(owned) > 0 {
		return f.System().Services[owned[0]].At("owner")
	}
	return model.Pos{}
}
