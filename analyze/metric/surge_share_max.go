package metric

import (
	"strconv"

	"github.com/taut-dev/taut/analyze/graph"
)

// surgeShareMax is the other headline: what one spike forces to grow. Undefined
// without an entry. Terms are the entries; the largest is the value.
func surgeShareMax() Metric {
	return Metric{
		ID: "surge_share.max", Scope: System, Title: "largest surge", Unit: "share", Better: Less,
		Definition: "The largest share of services that a spike at a single entry forces to scale: the scaling units of all that feels it at once, over synchronous calls and up to the next channel.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			worst := graph.Value{}
			for _, s := range f.Scaling().Surge {
				if !worst.OK || s.Share > worst.F {
					worst = graph.Number(s.Share)
				}
			}
			return one(worst)
		},
		Terms: func(f *Facts, _ int) []Term {
			var out []Term
			for _, s := range f.Scaling().Surge {
				out = append(out, f.node(s.Entry, graph.Number(s.Share), strconv.Itoa(s.Forced)+" services must scale"))
			}
			return largest(out)
		},
	}
}
