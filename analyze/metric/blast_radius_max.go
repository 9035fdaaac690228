package metric

import (
	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
)

// blastRadiusMax is the headline of a system: the worst that one failure does.
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
	for i := range all {
		if v := value(&all[i]); v.OK && v.F > 0 {
			out = append(out, f.node(all[i].Node, v, f.Graph().Kind(all[i].Node).String()+" fails"))
		}
	}
	return largest(out)
}

// spread says through which dependencies on a failed node the failure leaves
// it: one term for each service that goes down first, with all that go down
// behind it. The terms add up to the radius.
func (f *Facts) spread(failed int32) []Term {
	g := f.Graph()
	states := blast.States(g, failed)
	at := map[int32]int{}
	var out []Term
	n := g.Services()
	if int(failed) < n {
		n--
	}
	for v := range int32(g.Services()) {
		if v == failed || states[v] != graph.Down {
			continue
		}
		chain := blast.Witness(g, states, failed, v)
		if len(chain) < 2 {
			continue
		}
		first := chain[len(chain)-2] // whom the failure hits first on its way to v
		i, seen := at[first.Node]
		if !seen {
			i = len(out)
			at[first.Node] = i
			t := f.node(first.Node, graph.Number(0), first.Clause.Reason.String())
			t.Label, t.Edge = t.Label+" → "+g.ID(failed), first.Clause.Reason != graph.PartOf
			if first.Clause.Origin != nil && !first.Clause.Origin.Pos.IsZero() {
				t.Pos = first.Clause.Origin.Pos
			}
			out = append(out, t)
		}
		out[i].Value.F += float64(1) / float64(n)
	}
	return largest(out)
}
