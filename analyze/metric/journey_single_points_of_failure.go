package metric

import (
	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/graph"
)

// journeySinglePoints are the minimal cut sets of order 1 of one journey. Terms
// list them, one each.
func journeySinglePoints() Metric {
	return Metric{
		ID: "single_points_of_failure", Scope: Journey, Title: "single points of failure", Unit: "things", Better: Less,
		Definition: "Things whose failure alone stops this journey: its minimal cut sets of order 1, the entry included.",
		Source:     "fault tree analysis (Vesely and others 1981)",
		Values: func(f *Facts) []graph.Value {
			return f.estimates(func(r *availability.Result) graph.Value { return graph.Number(float64(r.NSingle)) })
		},
		Terms: func(f *Facts, j int) []Term {
			var out []Term
			if j < len(f.Journeys()) {
				for _, v := range f.Journeys()[j].Single {
					out = append(out, f.node(v, graph.Number(1), "stops the journey alone"))
				}
			}
			return largest(out)
		},
	}
}
