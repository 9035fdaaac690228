package metric

import "github.com/taut-dev/taut/analyze/graph"

// blastRadius is what this service does to others; exposure is the reverse.
// Terms are the dependencies through which the failure spreads: they overlap.
func blastRadius() Metric {
	return Metric{
		ID: "blast_radius", Scope: Service, Title: "blast radius", Unit: "share", Better: Less,
		Definition: "Share of the other services that are down when this one fails; 0 when there is no other.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			out := make([]graph.Value, f.Graph().Services())
			for i := range f.Blast().Failures {
				if x := &f.Blast().Failures[i]; int(x.Node) < len(out) {
					out[x.Node] = graph.Number(x.Radius)
				}
			}
			return out
		},
		Terms: func(f *Facts, s int) []Term { return f.spread(int32(s)) },
	}
}
