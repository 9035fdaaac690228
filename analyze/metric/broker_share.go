package metric

import "github.com/taut-dev/taut/analyze/graph"

// brokerShare leaves queues out: they join a fixed pair, see asynchronousShare.
// Terms begin with the three kinds, which add up to 1; the calls after them are
// candidates, not parts.
func brokerShare() Metric {
	return Metric{
		ID: "broker_share", Scope: System, Title: "broker share", Unit: "share", Better: More,
		Definition: "Interconnections of two services over a router, topic or stream, divided by all calls and messages between services.",
		Source:     "Ntentos, Zdun, Plakidas and others 2020 (SIC)",
		Values: func(f *Facts) []graph.Value {
			c := f.Interconnections()
			return one(share(c.Broker, c.Explicit()))
		},
		Terms: func(f *Facts, _ int) []Term { return f.interconnectionTerms() },
	}
}

// interconnectionTerms is the three kinds of explicit interconnection, and then
// the calls that could be events because their answer may come later.
func (f *Facts) interconnectionTerms() []Term {
	c := f.Interconnections()
	kinds := []Term{
		{Label: "calls", Value: share(c.Calls, c.Explicit())},
		{Label: "over queues", Value: share(c.Queue, c.Explicit())},
		{Label: "over routers, topics and streams", Value: share(c.Broker, c.Explicit())},
	}
	return append(kinds, f.calls(
		func(u, v int32) graph.Value {
			if d := declared(f.Graph(), u, v); d == nil || !d.AnswerLater {
				return graph.Value{}
			}
			return share(1, c.Explicit())
		},
		func(_, _ int32) string { return "could be an event: its answer may come later" },
	)...)
}
