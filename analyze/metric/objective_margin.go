package metric

import (
	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/graph"
)

// objectiveMargin is undefined without an objective: nothing was promised.
// Terms show both numbers, then what takes most of the time.
func objectiveMargin() Metric {
	return Metric{
		ID: "objective_margin", Scope: Journey, Title: "margin to the objective", Unit: "share", Better: More,
		Definition: "Availability of the journey less its objective; below 0 the promise is broken. Undefined without an objective.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			return f.estimates(func(r *availability.Result) graph.Value { return r.Margin })
		},
		Terms: func(f *Facts, j int) []Term {
			if j >= len(f.Journeys()) || f.Journeys()[j].Journey.Objective == nil {
				return nil
			}
			r := &f.Journeys()[j]
			return append([]Term{
				{Label: "availability", Value: graph.Number(r.Works.Value)},
				{Label: "objective", Value: graph.Number(*r.Journey.Objective), Pos: r.Journey.At("objective")},
			}, f.unavailable(j)...)
		},
	}
}
