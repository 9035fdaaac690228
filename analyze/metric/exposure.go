package metric

import (
	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
)

// exposure has the same mean over services as blast radius. Terms are services
// and add up, as far as they are listed.
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

// maxExposed is the number of services up to which it is kept who takes whom
// down: as many numbers as pairs.
const maxExposed = 2000

// takenDownBy lists, for every service, the services whose failure takes it
// down; nil above maxExposed.
func (f *Facts) takenDownBy() [][]int32 {
	return f.downBy.get(func() [][]int32 {
		g := f.Graph()
		if g.Services() > maxExposed {
			return nil
		}
		o := blast.Options{Workers: f.options.Workers, Kinds: []graph.Kind{graph.Service}, KeepSets: true}
		r, err := blast.Single(f.ctx, g, o)
		if err != nil {
			f.fail(err)
			return nil
		}
		out := make([][]int32, g.Services())
		for i := range r.Failures {
			for _, s := range r.Failures[i].Down {
				out[s] = append(out[s], r.Failures[i].Node)
			}
		}
		return out
	})
}

// exposed lists services whose failure takes s down, each with a chain.
func (f *Facts) exposed(s int32) []Term {
	by := f.takenDownBy()
	if by == nil {
		return nil
	}
	g := f.Graph()
	var out []Term
	for _, v := range by[s][:min(len(by[s]), maxTerms)] {
		t := f.node(v, graph.Ratio(1, float64(g.Services()-1)), "")
		chain := blast.Witness(g, blast.States(g, v), v, s)
		for i, step := range chain {
			if i > 0 {
				t.Note += " → "
			}
			t.Note += g.ID(step.Node)
		}
		if len(chain) > 1 && !chain[0].Clause.Origin.Pos.IsZero() {
			t.Pos, t.Edge = chain[0].Clause.Origin.Pos, chain[0].Clause.Reason != graph.PartOf
		}
		out = append(out, t)
	}
	return out
}
