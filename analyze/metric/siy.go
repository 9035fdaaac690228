package metric

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// siy counts the shortest cycles there are. Longer ones are left to cycles. A
// pair has two places; the term points at the call that leads back.
func siy() Metric {
	return Metric{
		ID: "siy", Scope: System, Title: "interdependent pairs", Unit: "pairs", Better: Less,
		Definition: "Pairs of services that call each other directly.",
		Source:     "Rud, Schmietendorf and Dumke 2006",
		Values:     func(f *Facts) []graph.Value { return count(len(coupling.Mutual(f.Graph().Calls()))) },
		Terms: func(f *Facts, _ int) []Term {
			var out []Term
			for _, e := range coupling.Mutual(f.Graph().Calls()) {
				out = append(out, f.edge(e.To, e.From, graph.Number(1), "and the other way round"))
			}
			return largest(out)
		},
	}
}
