package metric

import "github.com/taut-dev/taut/analyze/graph"

// asynchronousShare adds queues to what brokerShare counts. Terms are those of
// broker_share: the same parts, added up differently.
func asynchronousShare() Metric {
	return Metric{
		ID: "asynchronous_share", Scope: System, Title: "asynchronous share", Unit: "share", Better: More,
		Definition: "Interconnections of two services over any channel, divided by all calls and messages between services.",
		Source:     "after Ntentos, Zdun, Plakidas and others 2020 (ACU)", Ours: true,
		Values: func(f *Facts) []graph.Value {
			c := f.Interconnections()
			return one(share(c.Messages(), c.Explicit()))
		},
		Terms: func(f *Facts, _ int) []Term { return f.interconnectionTerms() },
	}
}
