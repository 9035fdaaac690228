package coupling

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
)

// Network is the coupling graph: the paths along which a change of one service
// reaches another. Nodes are the services and, after them, hubs for stores,
// units and topics, so that its size is linear in the file: a clique of users
// is a star here. Arcs carry strengths in (0, 1].
type Network struct {
	services int
	off, to  []int32
	strength []float64
}

// arc is one step of a path; strength 1 out of a hub, that of the link into it.
type arc struct {
	from, to int32
	strength float64
}

// NewNetwork builds the coupling graph from the calls, the events (consumer →
// publisher), the users of one store (both ways, at the weaker of the two
// accesses) and the services of one unit (both ways, strength 1).
func NewNetwork(g *graph.Graph, scale Scale, links []Link) *Network {
	b := networkBuilder{scale: scale, nodes: int32(g.Services())}
	uses := make([][]Link, g.Len())
	for _, l := range links {
		switch g.Kind(l.To) {
		case graph.Service:
			b.arc(l.From, l.To, l.Strength)
		case graph.Store:
			uses[l.To] = append(uses[l.To], l)
		}
	}
	for from, to := g.Range(graph.Store); from < to; from++ {
		b.store(uses[from])
	}
	for from, to := g.Range(graph.Unit); from < to; from++ {
		b.unit(g.Members(from))
	}
	for _, t := range allTraffic(g) {
		for _, x := range t.topics() {
			b.topic(&t, x)
		}
	}
	return b.network(g.Services())
}

type networkBuilder struct {
	scale Scale
	nodes int32
	arcs  []arc
}

func (b *networkBuilder) arc(from, to int32, strength float64) {
	if strength > 0 && from != to {
		b.arcs = append(b.arcs, arc{from, to, strength})
	}
}

func (b *networkBuilder) hub() int32 {
	b.nodes++
	return b.nodes - 1
}

// store joins its users at the weaker of two accesses, which a product cannot
// say: one hub for each strength that occurs joins those at least that strong.
func (b *networkBuilder) store(users []Link) {
	var levels []float64
	for _, u := range users {
		levels = append(levels, u.Strength)
	}
	slices.Sort(levels)
	for _, level := range slices.Compact(levels) {
		hub := b.hub()
		for _, u := range users {
			if u.Strength >= level {
				b.arc(u.From, hub, level)
				b.arc(hub, u.From, 1)
			}
		}
	}
}

func (b *networkBuilder) unit(members []int32) {
	if len(members) < 2 {
		return
	}
	hub := b.hub()
	for _, m := range members {
		b.arc(m, hub, b.scale.Integration(InProcess))
		b.arc(hub, m, 1)
	}
}

func (b *networkBuilder) topic(t *traffic, x topic) {
	hub := b.hub()
	for _, c := range x.cons {
		b.arc(t.cons[c].service, hub, b.scale.Strength(t.kind, Contract))
	}
	for _, p := range x.pubs {
		b.arc(hub, t.pubs[p].service, 1)
	}
}

func (b *networkBuilder) network(services int) *Network {
	n := &Network{
		services: services, off: make([]int32, b.nodes+1),
		to: make([]int32, len(b.arcs)), strength: make([]float64, len(b.arcs)),
	}
	for _, a := range b.arcs {
		n.off[a.from+1]++
	}
	for v := range b.nodes {
		n.off[v+1] += n.off[v]
	}
	next := slices.Clone(n.off[:b.nodes])
	for _, a := range b.arcs {
		n.to[next[a.from]], n.strength[next[a.from]] = a.to, a.strength
		next[a.from]++
	}
	return n
}

// Reverse turns every arc round: paths to a service become paths from it.
func (n *Network) Reverse() *Network {
	b := networkBuilder{nodes: int32(n.nodes())}
	for v := range int32(n.nodes()) {
		for i := n.off[v]; i < n.off[v+1]; i++ {
			b.arcs = append(b.arcs, arc{n.to[i], v, n.strength[i]})
		}
	}
	return b.network(n.services)
}

func (n *Network) nodes() int { return len(n.off) - 1 }
