package metric

import "github.com/taut-dev/taut/analyze/graph"

// dependencies counts what the file declares; that a service is part of a unit
// is an edge of the graph, but nobody depends on anything by it.
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
			for v := range int32(f.Graph().Len()) {
				if n := declaredBy(f.Graph(), v); n > 0 {
					out = append(out, f.node(v, graph.Number(float64(n)), "depends on so many"))
				}
			}
			return largest(out)
		},
	}
}

func declaredBy(g *graph.Graph, v int32) int {
	n := len(g.Depends().Out(v))
	if int(v) < g.Services() && g.Unit(v) >= 0 {
		n--
	}
	return n
}
