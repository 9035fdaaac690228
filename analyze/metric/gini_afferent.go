package metric

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// giniAfferent finds systems where everybody needs the same few. Terms are
// shares of calls, not of the coefficient, which is no sum.
func giniAfferent() Metric {
	return Metric{
		ID: "gini_afferent", Scope: System, Title: "inequality of callers", Unit: "share", Better: Less,
		Definition: "Gini coefficient of the number of callers of each service: 0 when all have as many, towards 1 when one has all of them.",
		Source:     "Gini 1912; Apolinário and de França 2021",
		Values:     func(f *Facts) []graph.Value { return one(coupling.Gini(afferents(f))) },
		Terms: func(f *Facts, _ int) []Term {
			a, calls := afferents(f), f.Graph().Calls().Edges()
			return f.services(func(s int32) graph.Value { return share(int(a[s]), calls) }, "of all calls come here")
		},
	}
}

// afferents is the number of callers of each service.
func afferents(f *Facts) []int32 { return coupling.Degrees(f.Graph().Callers()) }
