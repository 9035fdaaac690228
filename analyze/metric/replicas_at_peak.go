package metric

import "github.com/taut-dev/taut/analyze/graph"

// replicasAtPeak adds up deployables, not services: a unit counts once. Terms
// are the deployables and add up.
func replicasAtPeak() Metric {
	return Metric{
		ID: "replicas_at_peak", Scope: System, Title: "replicas at peak", Unit: "replicas", Better: Less,
		Definition: "Replicas of all units and services when every entry is at its peak: for each the busy time offered, divided by concurrency and target utilisation, rounded up and kept within its bounds.",
		Source:     "utilisation law (Denning and Buzen 1978)",
		Values:     func(f *Facts) []graph.Value { return one(f.Scaling().TotalReplicasAtPeak) },
		Terms: func(f *Facts, _ int) []Term {
			var out []Term
			for _, d := range f.Scaling().Deploy {
				out = append(out, f.node(d.Node, d.ReplicasAtPeak, "replicas"))
			}
			return largest(out)
		},
	}
}
