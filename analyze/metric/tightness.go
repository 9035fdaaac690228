package metric

import "github.com/taut-dev/taut/analyze/graph"

// tightness needs one search for each service; see coupling.Network. Terms are
// links; as paths share them they overlap, so they rank and do not add up.
func tightness() Metric {
	return Metric{
		ID: "tightness", Scope: System, Title: "tightness", Unit: "share", Better: Less,
		Definition: "Mean over ordered pairs of services of the best product of coupling strengths along a path between them: 0 when nothing is linked, 1 when everything is one unit. Exact up to 2,000 services, estimated from a sample beyond.",
		Source:     "after propagation cost (MacCormack, Rusnak and Baldwin 2006)", Ours: true,
		Values: func(f *Facts) []graph.Value { return one(f.Tightness().System) },
		Terms:  func(f *Facts, _ int) []Term { return f.linkTerms(-1) },
	}
}
