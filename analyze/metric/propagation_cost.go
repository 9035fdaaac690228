package metric

import "github.com/taut-dev/taut/analyze/graph"

// propagationCost keeps the diagonal, as it was published. A size-corrected
// form is nccd. Terms are calls with the pairs each may join: they overlap.
func propagationCost() Metric {
	return Metric{
		ID: "propagation_cost", Scope: System, Title: "propagation cost", Unit: "share", Better: Less,
		Definition: "Share of ordered pairs of services, each with itself included, of which the first reaches the second over calls.",
		Source:     "MacCormack, Rusnak and Baldwin 2006",
		Values: func(f *Facts) []graph.Value {
			n := f.Graph().Services()
			return one(share(cumulative(f), n*n))
		},
		Terms: func(f *Facts, _ int) []Term { return f.pathTerms() },
	}
}

// cumulative is the number of ordered pairs joined by a path, each service with
// itself included: Lakos' cumulative component dependency.
func cumulative(f *Facts) int {
	n := 0
	for _, x := range f.Visibility().Out {
		n += int(x)
	}
	return n
}

// pathTerms says of every call which share of pairs may be joined through it:
// those that reach the caller times those the callee reaches.
func (f *Facts) pathTerms() []Term {
	v := f.Visibility()
	if f.Err() != nil {
		return nil
	}
	n := float64(f.Graph().Services())
	return f.calls(
		func(u, w int32) graph.Value { return graph.Ratio(float64(v.In[u])*float64(v.Out[w]), n*n) },
		func(_, _ int32) string { return "pairs whose path may run over it" },
	)
}
