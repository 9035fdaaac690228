package metric

import (
	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/graph"
)

// fullAvailability asks the same of what a journey can do without. Terms part
// the time in which the journey works.
func fullAvailability() Metric {
	return Metric{
		ID: "full_availability", Scope: Journey, Title: "full availability", Unit: "share", Better: More,
		Definition: "Probability that the journey works and nothing of what it lists as optional is down.",
		Source:     "fault tree analysis (Vesely and others 1981)",
		Values: func(f *Facts) []graph.Value {
			return f.estimates(func(r *availability.Result) graph.Value { return graph.Number(r.Full.Value) })
		},
		Terms: func(f *Facts, j int) []Term {
			if j >= len(f.Journeys()) {
				return nil
			}
			r := &f.Journeys()[j]
			return []Term{
				{Label: "works", Value: graph.Number(r.Works.Value)},
				{Label: "works, but not in full", Value: graph.Number(r.Works.Value - r.Full.Value)},
			}
		},
	}
}
