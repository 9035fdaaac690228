package metric

import (
	"cmp"
	"slices"
	"strconv"

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

// b2i makes an order of yes and no.
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

// top gives the places of the largest defined values above 0, largest first.
// Only what it picks becomes a term: labels of a million edges cost seconds.
func top(n int, value func(i int) graph.Value) []int {
	var picked []int
	values := make([]float64, n)
	for i := range n {
		if v := value(i); v.OK && v.F > 0 {
			picked, values[i] = append(picked, i), v.F
		}
	}
	slices.SortStableFunc(picked, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	return picked[:min(len(picked), maxTerms)]
}

// calls makes terms of the calls of the service graph with the largest values.
func (f *Facts) calls(value func(u, v int32) graph.Value, note func(u, v int32) string) []Term {
	c := f.Graph().Calls()
	from := make([]int32, 0, c.Edges())
	for u := range int32(c.Len()) {
		for range c.Out(u) {
			from = append(from, u)
		}
	}
	var out []Term
	for _, i := range top(len(from), func(i int) graph.Value { return value(from[i], c.To[i]) }) {
		u, v := from[i], c.To[i]
		out = append(out, f.edge(u, v, value(u, v), note(u, v)))
	}
	return out
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

// services makes terms of the services with the largest values.
func (f *Facts) services(value func(s int32) graph.Value, note string) []Term {
	var out []Term
	for _, i := range top(f.Graph().Services(), func(i int) graph.Value { return value(int32(i)) }) {
		out = append(out, f.node(int32(i), value(int32(i)), note))
	}
	return out
}

// reached puts the share that has what a metric asks for before the terms that
// are missing to 1.
func reached(label string, n, total int, missing []Term) []Term {
	if n == 0 {
		return missing
	}
	return append([]Term{{Label: label, Value: share(n, total), Note: strconv.Itoa(n) + " of " + strconv.Itoa(total)}}, missing...)
}

// share is n of total as a value.
func share(n, total int) graph.Value { return graph.Ratio(float64(n), float64(total)) }
