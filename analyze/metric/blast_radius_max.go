package metric

import (
	"slices"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
)

// blastRadiusMax is the headline of a system: the worst that one failure does.
// Terms are two lists: the failures by radius, then the ways out of the worst
// one.
func blastRadiusMax() Metric {
	return Metric{
		ID: "blast_radius.max", Scope: System, Title: "largest blast radius", Unit: "share", Better: Less,
		Definition: "The largest share of the other services that a single failure takes down, over every service, store, channel, external, platform and unit.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			worst := f.Blast().Max()
			if worst == nil {
				return one(graph.Value{})
			}
			return one(graph.Number(worst.Radius))
		},
		Terms: func(f *Facts, _ int) []Term {
			worst := f.Blast().Max()
			if worst == nil {
				return nil
			}
			return append(f.failures(func(x *blast.Failure) graph.Value { return graph.Number(x.Radius) }), f.spread(worst.Node)...)
		},
	}
}

// failures ranks single failures by a value above 0.
func (f *Facts) failures(value func(*blast.Failure) graph.Value) []Term {
	var out []Term
	all := f.Blast().Failures
	for _, i := range top(len(all), func(i int) graph.Value { return value(&all[i]) }) {
		out = append(out, f.node(all[i].Node, value(&all[i]), f.Graph().Kind(all[i].Node).String()+" fails"))
	}
	return out
}

// spread says through which dependencies on a failed node the failure leaves
// it: those that go down first, each with what their own failure takes down. A
// service behind two of them counts for both.
func (f *Facts) spread(failed int32) []Term {
	g := f.Graph()
	failures := f.Blast().Failures
	if len(failures) != g.Len() {
		return nil
	}
	states := blast.States(g, failed)
	n := float64(max(g.Services()-int(holdsOne(g, failed)), 1))
	var out []Term
	for _, v := range g.Dependents().Out(failed) {
		if c := through(g, v, failed); c != nil && states[v] == graph.Down {
			down := float64(failures[v].NDown) + holdsOne(g, v)
			t := f.node(v, graph.Number(min(down/n, 1)), c.Reason.String()+" it, and takes down as many")
			t.Label, t.Edge = t.Label+" → "+g.ID(failed), c.Reason != graph.PartOf
			if !c.Origin.Pos.IsZero() {
				t.Pos = c.Origin.Pos
			}
			out = append(out, t)
		}
	}
	if seeds := g.Seeds(failed); len(seeds) > 1 {
		crowd := float64(len(g.Members(seeds[1])) - 1)
		out = append(out, f.node(seeds[1], graph.Number(crowd/n), "the unit crashes with it"))
	}
	return largest(out)
}

// holdsOne is 1 for a service, which counts among the services down, else 0.
func holdsOne(g *graph.Graph, v int32) float64 {
	if int(v) < g.Services() {
		return 1
	}
	return 0
}

// through finds the rule by which one node reads another; nil when it does not.
func through(g *graph.Graph, v, provider int32) *graph.Clause {
	clauses := g.Clauses(v)
	i := slices.IndexFunc(clauses, func(c graph.Clause) bool { return slices.Contains(c.Members, provider) })
	if i < 0 {
		return nil
	}
	return &clauses[i]
}
