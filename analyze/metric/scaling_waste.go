package metric

import "github.com/taut-dev/taut/analyze/graph"

// scalingWaste is the price of growing everything for the sake of one part.
// Terms are deployables and add up; what ships alone wastes nothing.
func scalingWaste() Metric {
	return Metric{
		ID: "scaling_waste", Scope: System, Title: "scaling waste", Unit: "share", Better: Less,
		Definition: "1 − memory needed ÷ memory provisioned at peak, where needed is what the services would take if each could be replicated alone.",
		Ours:       true,
		Values:     func(f *Facts) []graph.Value { return one(f.Scaling().Waste) },
		Terms: func(f *Facts, _ int) []Term {
			var out []Term
			r := f.Scaling()
			for _, d := range r.Deploy {
				if d.Footprint.OK && d.Needed.OK && d.Footprint.F > d.Needed.F {
					waste := graph.Ratio(d.Footprint.F-d.Needed.F, r.FootprintProvisioned.F)
					out = append(out, f.node(d.Node, waste, "provisioned but not needed"))
				}
			}
			return largest(out)
		},
	}
}
