package metric

import (
	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// blastRadiusExpected weighs every failure by how often it is there. Coinciding
// failures are the business of journeys. Terms are failures and add up.
func blastRadiusExpected() Metric {
	return Metric{
		ID: "blast_radius.expected", Scope: System, Title: "expected blast radius", Unit: "share", Better: Less,
		Definition: "Sum over all single failures of unavailability times blast radius: the share of services expected to be down at a moment because something else has failed, as long as failures do not coincide.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			var sum coupling.Sum
			for i := range f.Blast().Failures {
				sum.Add(expected(f, &f.Blast().Failures[i]))
			}
			return one(graph.Number(sum.Float()))
		},
		Terms: func(f *Facts, _ int) []Term {
			return f.failures(func(x *blast.Failure) graph.Value { return graph.Number(expected(f, x)) })
		},
	}
}

// expected is the share of time times the share of services.
func expected(f *Facts, x *blast.Failure) float64 {
	a, _ := availability.Of(f.Graph(), x.Node)
	return (1 - a) * x.Radius
}
