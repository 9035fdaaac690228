package metric

import (
	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
)

// blastRadiusMean is over services alone, so that a store more or less does not
// move it. Terms are the services whose failure hurts and add up.
func blastRadiusMean() Metric {
	return Metric{
		ID: "blast_radius.mean", Scope: System, Title: "mean blast radius", Unit: "share", Better: Less,
		Definition: "Mean over the failures of single services of the share of the other services that goes down. Over hard calls alone it equals propagation cost without the diagonal.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			if f.Graph().Services() == 0 {
				return one(graph.Value{})
			}
			return one(graph.Number(f.Blast().MeanOverServices()))
		},
		Terms: func(f *Facts, _ int) []Term {
			n := float64(f.Graph().Services())
			return f.failures(func(x *blast.Failure) graph.Value {
				return graph.Value{F: x.Radius / n, OK: f.Graph().Kind(x.Node) == graph.Service}
			})
		},
	}
}
