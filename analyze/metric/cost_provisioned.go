package metric

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/scaling"
)

// costProvisioned is undefined unless the file has prices: none are built in.
// Terms are what has such a price and add up.
func costProvisioned() Metric {
	return Metric{
		ID: "cost.provisioned", Scope: System, Title: "cost provisioned for peak", Unit: "money/month", Better: Less,
		Definition: "Replicas at peak, running all month (730 hours), at the file's prices for a replica and hour. Undefined without such a price.",
		Ours:       true,
		Values:     func(f *Facts) []graph.Value { return one(f.Scaling().Cost.Provisioned) },
		Terms: func(f *Facts, _ int) []Term {
			return f.costs(func(c scaling.CostItem) graph.Value { return c.Provisioned })
		},
	}
}

// costs makes a term for everything that has a price of the asked kind.
func (f *Facts) costs(value func(scaling.CostItem) graph.Value) []Term {
	var out []Term
	for _, c := range f.Scaling().Cost.Items {
		if v := value(c); v.OK {
			out = append(out, f.node(c.Node, v, "a month"))
		}
	}
	return largest(out)
}
