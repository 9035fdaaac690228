package metric

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// instability has no better direction: leaves should be stable, edges need not.
// Terms are the calls of both sides.
func instability() Metric {
	return Metric{
		ID: "instability", Scope: Service, Title: "instability", Unit: "share", Better: Neither,
		Definition: "Calls ÷ (callers + calls): 0 for a service that others rely on and that relies on nobody, 1 for the reverse. Undefined for a service without either.",
		Source:     "Martin 1994",
		Values: func(f *Facts) []graph.Value {
			a, e := afferents(f), efferents(f)
			return column(len(a), func(s int32) graph.Value { return coupling.Instability(a[s], e[s]) })
		},
		Terms: func(f *Facts, s int) []Term { return f.around(int32(s), true, true) },
	}
}
