package metric

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
)

// serviceTightness is known only where every pair of services was looked at.
// Terms are the other services, which add up, and then the service's own links.
func serviceTightness() Metric {
	return Metric{
		ID: "tightness", Scope: Service, Title: "tightness", Unit: "share", Better: Less,
		Definition: "Mean of the best products of coupling strengths along paths to and from every other service, which may lead through others, stores and channels. Undefined above 2,000 services, where the system's is estimated from a sample.",
		Source:     "after propagation cost (MacCormack, Rusnak and Baldwin 2006)", Ours: true,
		Values: func(f *Facts) []graph.Value { return f.Tightness().Services },
		Terms: func(f *Facts, s int) []Term {
			return append(f.tightTo(int32(s)), f.linkTerms(int32(s))...)
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

// linkTerms is the links, or those of one service, with the part of all pairs
// whose paths may run over each: its strength times all that comes in before it
// times all that goes on behind it.
func (f *Facts) linkTerms(s int32) []Term {
	g, t, links := f.Graph(), f.Tightness(), f.Links()
	n := float64(g.Services())
	part := func(i int) graph.Value {
		l := &links[i]
		before, after := 1.0, 1.0
		switch {
		case g.Kind(l.To) == graph.External || s >= 0 && l.From != s && l.To != s:
			return graph.Value{}
		case s >= 0 || t.In == nil: // of one service, or from a sample: the link alone
		case int(l.To) < len(t.Out):
			before, after = 1+t.In[l.From], 1+t.Out[l.To]
		default: // what lies behind a store or channel has no sum of its own
			before = 1 + t.In[l.From]
		}
		return graph.Ratio(l.Strength*before*after, n*(n-1))
	}
	var out []Term
	for _, i := range top(len(links), part) {
		l := &links[i]
		note := l.Integration.String() + " × " + l.Knowledge.String() + " = " + Number(l.Strength)
		if l.Integration == coupling.InProcess {
			note = l.Integration.String() + " = " + Number(l.Strength)
		}
		out = append(out, Term{Label: g.ID(l.From) + " → " + g.ID(l.To), Value: part(i), Note: note, Pos: l.Pos, Edge: true})
	}
	return out
}
