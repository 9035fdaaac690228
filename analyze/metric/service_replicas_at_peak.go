package metric

import "github.com/taut-dev/taut/analyze/graph"

// serviceReplicasAtPeak is the unit's where several services ship together.
// There is one term: the deployable.
func serviceReplicasAtPeak() Metric {
	return Metric{
		ID: "replicas_at_peak", Scope: Service, Title: "replicas at peak", Unit: "replicas", Better: Less,
		Definition: "Replicas of the unit or service when every entry is at its peak: the busy time offered, divided by concurrency and target utilisation, rounded up and kept within its bounds.",
		Source:     "utilisation law (Denning and Buzen 1978)",
		Values:     func(f *Facts) []graph.Value { return f.Scaling().ReplicasAtPeak },
		Terms: func(f *Facts, s int) []Term {
			d := f.deployable(s)
			if d == nil {
				return nil
			}
			return []Term{
				f.node(d.Node, d.ReplicasAtPeak, "replicas, of which busy "+busy(d.BusyAtPeak)),
			}
		},
	}
}

// busy writes a number of busy replicas, which stays a fraction.
func busy(v graph.Value) string {
	if !v.OK {
		return "n/a"
	}
	return Number(v.F)
}
