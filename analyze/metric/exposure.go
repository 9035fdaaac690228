package metric

import (
	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
)

// exposure has the same mean over services as blast radius.
func exposure() Metric {
	return Metric{
		ID: "exposure", Scope: Service, Title: "exposure", Unit: "share", Better: Less,
		Definition: "Share of the other services whose failure takes this one down; 0 when there is no other.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			n := f.Graph().Services()
			return column(len(f.Blast().DownBy), func(s int32) graph.Value {
				return graph.Number(float64(f.Blast().DownBy[s]) / float64(max(n-1, 1)))
			})
		},
		Terms: func(f *Facts, s int) []Term { return f.exposed(int32(s)) },
	}
}

// maxExposed bounds the failures that are played through one by one.
const maxExposed = 5000

// exposed lists the services whose failure takes s down, with the chain.
func (f *Facts) exposed(s int32) []Term {
	g := f.Graph()
	if g.Services() > maxExposed {
		return nil
	}
	var out []Term
	for v := range int32(g.Services()) {
		if v == s || f.Err() != nil {
			continue
		}
		states := blast.States(g, v)
		if states[s] != graph.Down {
			continue
		}
		t := f.node(v, graph.Ratio(1, float64(g.Services()-1)), "")
		for i, step := range blast.Witness(g, states, v, s) {
			if i > 0 {
				t.Note += " → "
			}
			t.Note += g.ID(step.Node)
			if i == 0 && step.Clause != nil && step.Clause.Origin != nil {
				t.Pos, t.Edge = step.Clause.Origin.Pos, step.Clause.Reason != graph.PartOf
			}
		}
		out = append(out, t)
	}
	return largest(out)
}
