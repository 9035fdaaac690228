package metric

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/scaling"
)

// utilisation is of what always runs, so that it can exceed 1. Terms are the
// two sides of the division.
func utilisation() Metric {
	return Metric{
		ID: "utilisation", Scope: Service, Title: "utilisation", Unit: "share", Better: Less,
		Definition: "Busy replicas divided by the least replicas of the unit or service, at ordinary load; above 1 it must grow.",
		Source:     "utilisation law (Denning and Buzen 1978)",
		Values:     func(f *Facts) []graph.Value { return f.Scaling().Utilisation },
		Terms: func(f *Facts, s int) []Term {
			d := f.deployable(s)
			if d == nil {
				return nil
			}
			return []Term{
				f.node(d.Node, d.Busy, "busy replicas"),
				f.node(d.Node, graph.Number(float64(max(d.Min, 1))), "replicas that always run"),
			}
		},
	}
}

// deployable is what a service ships in; nil when nothing is known of it.
func (f *Facts) deployable(s int) *scaling.Deployable {
	r := f.Scaling()
	if s >= len(r.DeployOf) {
		return nil
	}
	return &r.Deploy[r.DeployOf[s]]
}
