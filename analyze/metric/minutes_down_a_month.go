package metric

import (
	"strings"

	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/graph"
)

// minutesDown is availability in a unit that people feel. Terms are those of
// availability in minutes.
func minutesDown() Metric {
	return Metric{
		ID: "minutes_down_a_month", Scope: Journey, Title: "minutes down a month", Unit: "minutes/month", Better: Less,
		Definition: "Expected minutes in a mean month of 30.4375 days in which the journey does not work.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			return f.estimates(func(r *availability.Result) graph.Value { return graph.Number(r.MinutesDown) })
		},
		Terms: func(f *Facts, j int) []Term {
			terms := f.unavailable(j)
			for i := range terms {
				terms[i].Value.F *= availability.MinutesPerMonth
				terms[i].Note = strings.Replace(terms[i].Note, "of the time", "minutes", 1)
			}
			return terms
		},
	}
}
