package graph

import (
	"slices"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/iterator"
)

// ordered shows links to gonum with everything in a fixed order, which its own
// map-based graphs do not keep.
type ordered struct {
	nodes  []graph.Node
	c      *CSR
	weight []float64 // of each entry of c
}

type node int64

func (n node) ID() int64 { return int64(n) }

// newOrdered adds up parallel links and leaves self-links out.
func newOrdered(n int, links []Link) *ordered {
	edges := make([]Edge, 0, 2*len(links))
	for _, l := range links {
		if l.A != l.B {
			edges = append(edges, Edge{l.A, l.B}, Edge{l.B, l.A})
		}
	}
	o := &ordered{c: NewCSR(n, edges)}
	o.weight = make([]float64, o.c.Edges())
	for _, l := range links {
		if l.A != l.B {
			o.weight[o.at(l.A, l.B)] += l.Weight
			o.weight[o.at(l.B, l.A)] += l.Weight
		}
	}
	for v := range n {
		o.nodes = append(o.nodes, node(v))
	}
	return o
}

// at gives the entry of the edge u → v, -1 when there is none.
func (o *ordered) at(u, v int32) int {
	i, ok := slices.BinarySearch(o.c.Out(u), v)
	if !ok {
		return -1
	}
	return int(o.c.Off[u]) + i
}

// Node and the methods below make ordered a gonum graph.
func (o *ordered) Node(id int64) graph.Node { return o.nodes[id] }

func (o *ordered) Nodes() graph.Nodes { return iterator.NewOrderedNodes(o.nodes) }

func (o *ordered) From(id int64) graph.Nodes {
	to := make([]graph.Node, 0, len(o.c.Out(int32(id))))
	for _, v := range o.c.Out(int32(id)) {
		to = append(to, o.nodes[v])
	}
	return iterator.NewOrderedNodes(to)
}

func (o *ordered) HasEdgeBetween(x, y int64) bool { return o.at(int32(x), int32(y)) >= 0 }

func (o *ordered) Edge(x, y int64) graph.Edge { return o.WeightedEdge(x, y) }

func (o *ordered) EdgeBetween(x, y int64) graph.Edge { return o.WeightedEdge(x, y) }

func (o *ordered) WeightedEdgeBetween(x, y int64) graph.WeightedEdge { return o.WeightedEdge(x, y) }

func (o *ordered) WeightedEdge(x, y int64) graph.WeightedEdge {
	w, ok := o.Weight(x, y)
	if !ok || x == y {
		return nil
	}
	return link{o.nodes[x], o.nodes[y], w}
}

// Weight is 0 between nodes without a link; a node has no link to itself.
func (o *ordered) Weight(x, y int64) (w float64, ok bool) {
	if i := o.at(int32(x), int32(y)); i >= 0 {
		return o.weight[i], true
	}
	return 0, x == y
}

type link struct {
	from, to graph.Node
	weight   float64
}

func (l link) From() graph.Node { return l.from }

func (l link) To() graph.Node { return l.to }

func (l link) Weight() float64 { return l.weight }

func (l link) ReversedEdge() graph.Edge { return link{l.to, l.from, l.weight} }
