package metric

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// serviceTightness is known only where every pair of services was looked at.
func serviceTightness() Metric {
	return Metric{
		ID: "tightness", Scope: Service, Title: "tightness", Unit: "share", Better: Less,
		Definition: "Mean of the best products of coupling strengths along paths to and from every other service. Undefined above 2,000 services, where the system's is estimated from a sample.",
		Source:     "after propagation cost (MacCormack, Rusnak and Baldwin 2006)", Ours: true,
		Values: func(f *Facts) []graph.Value { return f.Tightness().Services },
		Terms: func(f *Facts, s int) []Term {
			return append(f.tightTo(int32(s)), largest(f.linkTerms(int32(s)))...)
		},
	}
}

// tightTo is the part that each other service has in the tightness of s.
func (f *Facts) tightTo(s int32) []Term {
	n := f.Graph().Services()
	if n < 2 {
		return nil
	}
	back := f.backward.get(func() *coupling.Network { return f.Network().Reverse() })
	out, in := f.Network().Row(s), back.Row(s)
	var terms []Term
	for v := range int32(n) {
		if out[v]+in[v] > 0 {
			note := "to it " + Number(out[v]) + ", from it " + Number(in[v])
			terms = append(terms, f.node(v, graph.Number((out[v]+in[v])/float64(2*(n-1))), note))
		}
	}
	return largest(terms)
}

// linkTerms is every link, or those of one service, with the part of all pairs
// whose paths may run over it: its strength times all that comes in before it
// times all that goes on behind it.
func (f *Facts) linkTerms(s int32) []Term {
	g, t := f.Graph(), f.Tightness()
	n := g.Services()
	var out []Term
	for _, l := range f.Links() {
		if g.Kind(l.To) == graph.External || s >= 0 && l.From != s && l.To != s {
			continue
		}
		before, after := 1.0, 1.0
		if t.In != nil && s < 0 {
			before += t.In[l.From]
		}
		if t.Out != nil && s < 0 && int(l.To) < n {
			after += t.Out[l.To]
		}
		note := l.Integration.String() + " × " + l.Knowledge.String() + " = " + Number(l.Strength)
		if l.Integration == coupling.InProcess {
			note = l.Integration.String() + " = " + Number(l.Strength)
		}
		out = append(out, Term{
			Label: g.ID(l.From) + " → " + g.ID(l.To), Note: note, Pos: l.Pos, Edge: true,
			Value: graph.Ratio(l.Strength*before*after, float64(n)*float64(n-1)),
		})
	}
	return out
}
