package metric

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/scaling"
)

// costUsed is the bill when only work done is paid for. Free amounts of a month
// are taken off where the file gives them. Terms add up.
func costUsed() Metric {
	return Metric{
		ID: "cost.used", Scope: System, Title: "cost of what is used", Unit: "money/month", Better: Less,
		Definition: "Requests and memory-seconds of a month at the average load, at the file's prices for a million requests and a GB-second, less what is free. Undefined without such a price.",
		Ours:       true,
		Values:     func(f *Facts) []graph.Value { return one(f.Scaling().Cost.Used) },
		Terms: func(f *Facts, _ int) []Term {
			return f.costs(func(c scaling.CostItem) graph.Value { return c.Used })
		},
	}
}
