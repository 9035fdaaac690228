package graph

import (
	"slices"

	"github.com/taut-dev/taut/model"
)

// Build makes the graph of a system. References are expected to be resolved;
// one that leads nowhere is left out.
func Build(sys *model.System) *Graph {
	g := &Graph{Sys: sys}
	g.number()
	g.units()
	g.resolve()
	b := builder{g: g, shared: map[string]int32{}}
	b.indexPublishers()
	b.room()
	g.clauseOff = make([]int32, 1, g.Len()+1)
	for v := range int32(g.Len()) {
		b.node(v)
		g.clauseOff = append(g.clauseOff, int32(len(g.clauses)))
	}
	g.depends = NewCSR(g.Len(), b.depends)
	g.calls = NewCSR(g.Services(), b.calls)
	g.hardCalls = NewCSR(g.Services(), b.hard)
	g.dependents, g.callers = g.depends.Reverse(), g.calls.Reverse()
	g.indexGroups()
	return g
}

// number gives every entity its number.
func (g *Graph) number() {
	s := g.Sys
	for _, x := range s.Services {
		g.entities = append(g.entities, &x.Entity)
	}
	g.first[Store] = int32(len(g.entities))
	for _, x := range s.Stores {
		g.entities = append(g.entities, &x.Entity)
	}
	g.first[Channel] = int32(len(g.entities))
	for _, x := range s.Channels {
		g.entities = append(g.entities, &x.Entity)
	}
	g.first[External] = int32(len(g.entities))
	for _, x := range s.Externals {
		g.entities = append(g.entities, &x.Entity)
	}
	g.first[Platform] = int32(len(g.entities))
	for _, x := range s.Platforms {
		g.entities = append(g.entities, &x.Entity)
	}
	g.first[Unit] = int32(len(g.entities))
	for _, x := range s.Units {
		g.entities = append(g.entities, &x.Entity)
	}
	g.first[Unit+1] = int32(len(g.entities))
	g.byID = make(map[string]int32, len(g.entities))
	g.self = make([]int32, len(g.entities))
	for i, e := range g.entities {
		g.self[i] = int32(i)
		if _, taken := g.byID[e.ID]; !taken {
			g.byID[e.ID] = int32(i)
		}
	}
}

// units finds the unit of every service. The first that names it has it.
func (g *Graph) units() {
	g.unit = slices.Repeat([]int32{-1}, g.Services())
	var in []Edge
	for i, u := range g.Sys.Units {
		for _, id := range u.Services {
			s, ok := g.byID[id]
			if ok && int(s) < g.Services() && g.unit[s] < 0 {
				g.unit[s] = g.first[Unit] + int32(i)
				in = append(in, Edge{int32(i), s})
			}
		}
	}
	g.members = NewCSR(len(g.Sys.Units), in)
}

// needs holds what dependencies lead to. Names are looked up once, as a map of a
// large system is slow to search.
type needs struct {
	first []int32 // of each service: its first dependency, counted over all services
	off   []int32 // of each dependency: its first target
	to    []int32
}

// resolve looks up the targets of all dependencies.
func (g *Graph) resolve() {
	n := needs{off: []int32{0}}
	for _, s := range g.Sys.Services {
		n.first = append(n.first, int32(len(n.off))-1)
		for i := range s.DependsOn {
			for _, id := range s.DependsOn[i].To {
				v, ok := g.byID[id]
				if !ok {
					v = -1
				}
				n.to = append(n.to, v)
			}
			n.off = append(n.off, int32(len(n.to)))
		}
	}
	g.needs = n
}

// find looks up ids; -1 for one that leads nowhere.
func (g *Graph) find(ids ...string) []int32 {
	nodes := make([]int32, len(ids))
	for i, id := range ids {
		v, ok := g.byID[id]
		if !ok {
			v = -1
		}
		nodes[i] = v
	}
	return nodes
}

// builder collects edges and clauses while the nodes are walked once.
type builder struct {
	g                    *Graph
	depends, calls, hard []Edge
	publishers           [][]publisher    // of each channel
	shared               map[string]int32 // groups of publishers that consumers share
}

// room makes room for all clauses and edges, so that nothing is copied.
func (b *builder) room() {
	n := len(b.g.needs.to)
	b.calls, b.hard = make([]Edge, 0, n), make([]Edge, 0, n)
	for v, e := range b.g.entities {
		n += 1 + len(e.RunsOn)
		if v < b.g.Services() {
			n += len(b.g.Sys.Services[v].Publishes) + len(b.g.Sys.Services[v].Consumes)
		}
	}
	b.depends, b.g.clauses = make([]Edge, 0, n), make([]Clause, 0, n)
}

// node turns the declarations of one node into edges and clauses.
func (b *builder) node(v int32) {
	g := b.g
	e := g.entities[v]
	if int(v) < g.Services() && g.unit[v] >= 0 {
		u := g.unit[v]
		b.depends = append(b.depends, Edge{v, u})
		b.clause(v, g.self[u:u+1], 1, Down, PartOf, &g.entities[u].Origin)
	}
	for i := range e.RunsOn {
		x := &e.RunsOn[i]
		b.targets(v, g.find(x.To...), x.AnyOf, x.AtLeast, Down, RunsOn, &x.Origin)
	}
	if int(v) >= g.Services() {
		return
	}
	s := g.Sys.Services[v]
	for i := range s.DependsOn {
		d := &s.DependsOn[i]
		limit := Down
		if d.Soft || d.Fallback != "" {
			limit = Degraded
		}
		to := g.Needs(v, i)
		b.callEdges(v, to, limit)
		b.targets(v, to, d.AnyOf, d.AtLeast, limit, Needs, &d.Origin)
	}
	for i := range s.Publishes {
		p := &s.Publishes[i]
		limit := Down
		switch {
		case p.Outbox:
			limit = Delayed
		case p.Soft:
			limit = Degraded
		}
		b.targets(v, g.find(p.To), false, 1, limit, Publishes, &p.Origin)
	}
	for i := range s.Consumes {
		c := &s.Consumes[i]
		b.targets(v, g.find(c.From), false, 1, Delayed, Consumes, &c.Origin)
		for _, part := range c.Parts() {
			if part.Awaits {
				b.awaits(v, c, part.Events)
			}
		}
	}
}

// callEdges adds the calls among a dependency's targets to the service graph.
func (b *builder) callEdges(v int32, to []int32, limit State) {
	for _, t := range to {
		if t < 0 || int(t) >= b.g.Services() || t == v {
			continue
		}
		b.calls = append(b.calls, Edge{v, t})
		if limit == Down {
			b.hard = append(b.hard, Edge{v, t})
		}
	}
}

// targets adds one declared dependency: one clause for an any_of, else one for
// each target.
func (b *builder) targets(v int32, to []int32, anyOf bool, atLeast int, limit State, why Reason, at *model.Origin) {
	members := to
	if slices.Contains(to, -1) {
		members = slices.DeleteFunc(slices.Clone(to), func(t int32) bool { return t < 0 })
	}
	for _, t := range members {
		if t != v {
			b.depends = append(b.depends, Edge{v, t})
		}
	}
	if anyOf {
		b.clause(v, distinct(members), atLeast, limit, why, at)
		return
	}
	for i := range members {
		b.clause(v, members[i:i+1], 1, limit, why, at)
	}
}

// distinct leaves members as they are unless one of them is there twice.
func distinct(members []int32) []int32 {
	sorted := slices.Compact(slices.Sorted(slices.Values(members)))
	if len(sorted) < len(members) {
		return sorted
	}
	return members
}

// clause adds one rule, with k brought into 1..len(members).
func (b *builder) clause(v int32, members []int32, k int, limit State, why Reason, at *model.Origin) {
	if len(members) == 0 {
		return
	}
	b.onGroup(v, b.group(members, min(max(k, 1), len(members))), limit, why, at)
}

// group numbers a list of members. Lists of one are the node itself.
func (b *builder) group(members []int32, k int) int32 {
	if len(members) == 1 {
		return members[0]
	}
	b.g.groups = append(b.g.groups, Group{Members: members, K: int32(k)})
	return int32(b.g.Groups() - 1)
}

// onGroup adds a clause that reads a numbered group.
func (b *builder) onGroup(v, group int32, limit State, why Reason, at *model.Origin) {
	x := b.g.Group(group)
	b.g.clauses = append(b.g.clauses, Clause{
		Members: x.Members, Group: group, K: x.K, Cap: limit, Reason: why, Origin: at,
	})
}
