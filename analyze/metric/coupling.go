package metric

import "github.com/taut-dev/taut/analyze/graph"

// serviceCoupling is high only where both sides are: the crossroads. Terms are
// the calls of both sides; the value is the product of their numbers.
func serviceCoupling() Metric {
	return Metric{
		ID: "coupling", Scope: Service, Title: "absolute criticality", Better: Less,
		Definition: "Callers times calls (ACS): high for services that many need and that need many.",
		Source:     "Rud, Schmietendorf and Dumke 2006",
		Values: func(f *Facts) []graph.Value {
			a, e := afferents(f), efferents(f)
			return column(len(a), func(s int32) graph.Value { return graph.Number(float64(a[s]) * float64(e[s])) })
		},
		Terms: func(f *Facts, s int) []Term { return f.around(int32(s), true, true) },
	}
}
