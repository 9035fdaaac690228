package metric

import "github.com/taut-dev/taut/analyze/graph"

// dependencies counts what the file declares; that a service is part of a unit
// is an edge of the graph, but nobody depends on anything by it. Terms are the
// things that depend on most; together with those not listed they add up.
func dependencies() Metric {
	return Metric{
		ID: "dependencies", Scope: System, Title: "dependencies", Unit: "dependencies", Better: Less,
		Definition: "Distinct pairs of things of which one depends on the other: calls, use of stores, ground, and channels published to or consumed from.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			n := 0
			for v := range int32(f.Graph().Len()) {
				n += declaredBy(f.Graph(), v)
			}
			return count(n)
		},
		Terms: func(f *Facts, _ int) []Term {
			var out []Term
			number := func(v int) graph.Value { return graph.Number(float64(declaredBy(f.Graph(), int32(v)))) }
			for _, v := range top(f.Graph().Len(), number) {
				out = append(out, f.node(int32(v), number(v), "depends on so many"))
			}
			return out
		},
	}
}

// declaredBy is the number of things a node depends on, its unit left out.
func declaredBy(g *graph.Graph, v int32) int {
	n := len(g.Depends().Out(v))
	if int(v) < g.Services() && g.Unit(v) >= 0 {
		n--
	}
	return n
}
