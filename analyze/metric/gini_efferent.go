package metric

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// giniEfferent finds systems where a few orchestrate everything. Terms are
// shares of calls, not of the coefficient, which is no sum.
func giniEfferent() Metric {
	return Metric{
		ID: "gini_efferent", Scope: System, Title: "inequality of calls", Unit: "share", Better: Less,
		Definition: "Gini coefficient of the number of services that each service calls: 0 when all call as many, towards 1 when one makes all calls.",
		Source:     "Gini 1912; Apolinário and de França 2021",
		Values:     func(f *Facts) []graph.Value { return one(coupling.Gini(efferents(f))) },
		Terms: func(f *Facts, _ int) []Term {
			e, calls := efferents(f), f.Graph().Calls().Edges()
			return f.services(func(s int32) graph.Value { return share(int(e[s]), calls) }, "of all calls start here")
		},
	}
}

// efferents is the number of services that each service calls.
func efferents(f *Facts) []int32 { return coupling.Degrees(f.Graph().Calls()) }
