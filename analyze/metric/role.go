package metric

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// role is a word; its value is the place in coupling.RoleNames. Terms show the
// two visibilities beside the pivots that divide the roles.
func role() Metric {
	return Metric{
		ID: "role", Scope: Service, Title: "role", Better: Neither, Words: coupling.RoleNames(),
		Definition: "Place in the hidden structure: core (in, or as exposed as, the cyclic group that everything runs through), shared (many reach it), control (it reaches many), periphery (neither).",
		Source:     "Baldwin, MacCormack and Rusnak 2014",
		Values: func(f *Facts) []graph.Value {
			roles := f.Hidden().Roles
			return column(len(roles), func(s int32) graph.Value { return graph.Number(float64(roles[s])) })
		},
		Terms: func(f *Facts, s int) []Term {
			h, v := f.Hidden(), f.Visibility()
			if s >= len(h.Roles) {
				return nil
			}
			return []Term{
				{Label: "visibility_in", Value: graph.Number(float64(v.In[s])), Note: "many from " + Number(h.PivotIn)},
				{Label: "visibility_out", Value: graph.Number(float64(v.Out[s])), Note: "many from " + Number(h.PivotOut)},
				{Label: "largest cyclic group", Value: largestCycle().Values(f)[0], Note: "the system is " + h.Shape.String()},
			}
		},
	}
}
