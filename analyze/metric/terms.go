package metric

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// maxTerms is how many terms of one value are worth reading.
const maxTerms = 50

// one is the column of a metric of the whole system.
func one(v graph.Value) []graph.Value { return []graph.Value{v} }

// count is one with a number of things.
func count(n int) []graph.Value { return one(graph.Number(float64(n))) }

// counts is a column of numbers of things.
func counts(x []int32) []graph.Value {
	out := make([]graph.Value, len(x))
	for i, n := range x {
		out[i] = graph.Number(float64(n))
	}
	return out
}

// column asks for each of n subjects.
func column(n int, value func(i int32) graph.Value) []graph.Value {
	out := make([]graph.Value, n)
	for i := range out {
		out[i] = value(int32(i))
	}
	return out
}

// largest orders terms by value, equal ones as they came, undefined ones last,
// and keeps what a person can read.
func largest(terms []Term) []Term {
	slices.SortStableFunc(terms, func(a, b Term) int {
		if a.Value.OK != b.Value.OK {
			return cmp.Compare(b2i(b.Value.OK), b2i(a.Value.OK))
		}
		return cmp.Compare(b.Value.F, a.Value.F)
	})
	return terms[:min(len(terms), maxTerms)]
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// node is a term about one thing of the file.
func (f *Facts) node(v int32, value graph.Value, note string) Term {
	g := f.Graph()
	return Term{Label: g.ID(v), Value: value, Note: note, Pos: g.Entity(v).Pos}
}

// edge is a term about one call, at the place where it is declared.
func (f *Facts) edge(u, v int32, value graph.Value, note string) Term {
	g := f.Graph()
	t := Term{Label: g.ID(u) + " → " + g.ID(v), Value: value, Note: note, Pos: g.Entity(u).Pos, Edge: true}
	if d := declared(g, u, v); d != nil {
		t.Pos = d.Pos
	}
	return t
}

// declared finds the dependency of a service that names a node; nil: none does.
func declared(g *graph.Graph, u, v int32) *model.Dependency {
	id := g.ID(v)
	deps := g.Sys.Services[u].DependsOn
	i := slices.IndexFunc(deps, func(d model.Dependency) bool { return slices.Contains(d.To, id) })
	if i < 0 {
		return nil
	}
	return &deps[i]
}

// calls makes a term for every call of the service graph that value admits.
func (f *Facts) calls(value func(u, v int32) (x graph.Value, note string, ok bool)) []Term {
	var out []Term
	c := f.Graph().Calls()
	for u := range int32(c.Len()) {
		for _, v := range c.Out(u) {
			if x, note, ok := value(u, v); ok {
				out = append(out, f.edge(u, v, x, note))
			}
		}
	}
	return largest(out)
}

// around makes a term for every call out of and into one service.
func (f *Facts) around(s int32, out, in bool) []Term {
	var terms []Term
	g := f.Graph()
	if out {
		for _, v := range g.Calls().Out(s) {
			terms = append(terms, f.edge(s, v, graph.Number(1), "calls"))
		}
	}
	if in {
		for _, u := range g.Callers().Out(s) {
			terms = append(terms, f.edge(u, s, graph.Number(1), "is called"))
		}
	}
	return terms[:min(len(terms), maxTerms)]
}

// services makes a term for every service with a value above 0.
func (f *Facts) services(value func(s int32) graph.Value, note string) []Term {
	var out []Term
	for s := range int32(f.Graph().Services()) {
		if v := value(s); v.OK && v.F > 0 {
			out = append(out, f.node(s, v, note))
		}
	}
	return largest(out)
}

// share is n of total as a value.
func share(n, total int) graph.Value { return graph.Ratio(float64(n), float64(total)) }
