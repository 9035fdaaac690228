package render

import (
	"github.com/taut-dev/taut/analyze/graph"
)

// htmlData is the graph as the page computes on it: the same clauses and the
// same seeds from which package blast computes states.
type htmlData struct {
	Designs []htmlDesign `json:"designs"`
	Fail    string       `json:"fail"` // what has failed when the page opens; empty: nothing
	Kinds   []string     `json:"kinds"`
	Reasons []string     `json:"reasons"`
}

// htmlDesign is the graph of one design. Numbers are those of graph.Graph.
type htmlDesign struct {
	Title    string        `json:"title"`
	Services int           `json:"services"`
	Nodes    []htmlNode    `json:"nodes"`
	Groups   [][]int32     `json:"groups"`  // of several members, from number len(Nodes): k, then the members
	Clauses  [][][3]int32  `json:"clauses"` // by node: group, cap, reason
	Seeds    [][]int32     `json:"seeds"`   // by node: what else is down at the start when it fails
	Journeys []htmlJourney `json:"journeys"`
}

type htmlNode struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Kind  int    `json:"kind"`
}

// htmlJourney works while none of its needs is down, in full while none of the
// extras is either.
type htmlJourney struct {
	ID    string  `json:"id"`
	Needs []int32 `json:"needs"`
	Extra []int32 `json:"extra"`
}

func newHTMLData(graphs ...*graph.Graph) *htmlData {
	d := &htmlData{}
	for _, k := range graph.Kinds() {
		d.Kinds = append(d.Kinds, k.String())
	}
	for r := graph.RunsOn; r <= graph.CrashesWith; r++ {
		d.Reasons = append(d.Reasons, r.String())
	}
	for _, g := range graphs {
		d.Designs = append(d.Designs, newHTMLDesign(g))
	}
	return d
}

func newHTMLDesign(g *graph.Graph) htmlDesign {
	d := htmlDesign{Services: g.Services(), Groups: [][]int32{}, Journeys: []htmlJourney{}}
	for v := range int32(g.Len()) {
		d.Nodes = append(d.Nodes, htmlNode{g.ID(v), show(g.Label(v)), int(g.Kind(v))})
		clauses := [][3]int32{}
		for _, c := range g.Clauses(v) {
			clauses = append(clauses, [3]int32{c.Group, int32(c.Cap), int32(c.Reason)})
		}
		d.Clauses = append(d.Clauses, clauses)
		seeds := []int32{}
		for _, s := range g.Seeds(v) {
			if s != v {
				seeds = append(seeds, s)
			}
		}
		d.Seeds = append(d.Seeds, seeds)
	}
	for i := g.Len(); i < g.Groups(); i++ {
		x := g.Group(int32(i))
		d.Groups = append(d.Groups, append([]int32{x.K}, x.Members...))
	}
	for _, j := range g.Sys.Journeys {
		d.Journeys = append(d.Journeys, htmlJourney{show(j.ID), numbers(g, append([]string{j.Entry}, j.Requires...)), numbers(g, j.Optional)})
	}
	return d
}

// numbers gives the nodes of some ids, without those that lead nowhere.
func numbers(g *graph.Graph, ids []string) []int32 {
	out := []int32{}
	for _, id := range ids {
		if v, ok := g.Lookup(id); ok {
			out = append(out, v)
		}
	}
	return out
}
