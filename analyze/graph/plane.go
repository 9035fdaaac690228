package graph

import "slices"

// Plane is the failure rules at one level of badness ("at least degraded"),
// where every rule is a plain threshold. Levels do not influence each other, so
// the states of a failure are its answers in up to three planes.
//
// Nodes, and groups of which one bad member is enough, take over whatever their
// providers have; those that form a cycle among each other always agree and
// share a row. Groups that need several bad members have rows of their own.
// Rows are numbered providers first, with the rows of a remaining cycle (one
// through a group of alternatives) side by side.
type Plane struct {
	Level State
	Rows  int
	RowOf []int32    // of each node, then of each group with several members
	Gives *CSR       // row to the rows that are bad when it is
	Watch *CSR       // row to the hub rows that it is a member of
	Cycle [][2]int32 // of each row: the range [from, to) of its cycle; zero outside one
	HubOf []int32    // of each row: its index in Hubs; -1: a plain row
	Hubs  []Hub
}

// Hub is a group that is bad when at least Need of its members are.
type Hub struct {
	Members []int32 // rows; one row may stand for several members
	Need    int     // 2..len(Members)
}

// Plane builds the plane of one level.
func (g *Graph) Plane(level State) *Plane {
	readers := g.readers(level)
	same, rows := SCC(readers)
	for v, x := range same {
		same[v] = int32(rows) - 1 - x // providers first
	}
	p := &Plane{Level: level, Rows: rows, RowOf: same, Cycle: make([][2]int32, rows)}
	if watched := g.watched(same); len(watched) > 0 {
		p.reorder(Condense(readers, same, rows), watched)
	}
	p.Gives, p.Watch = Condense(readers, p.RowOf, rows), NewCSR(rows, g.watched(p.RowOf))
	p.addHubs(g)
	return p
}

// readers gives, of each node and group, the nodes and groups that are bad when
// it is: one bad member of these is enough.
func (g *Graph) readers(level State) *CSR {
	n := int32(g.Groups())
	c := &CSR{Off: make([]int32, 1, n+1), To: make([]int32, 0, g.users.Edges()+g.memberOf.Edges())}
	for i := range n {
		users, caps := g.Users(i)
		for j, u := range users {
			if caps[j] >= level {
				c.To = append(c.To, u)
			}
		}
		if int(i) < g.Len() {
			for _, x := range g.MemberOf(i) {
				if !g.Group(x).redundant() {
					c.To = append(c.To, x)
				}
			}
		}
		c.Off = append(c.Off, int32(len(c.To)))
	}
	return c
}

// watched gives the edges from members to the groups that stay well when one
// of them is bad.
func (g *Graph) watched(row []int32) (edges []Edge) {
	for i := int32(g.Len()); int(i) < g.Groups(); i++ {
		if x := g.Group(i); x.redundant() {
			for _, m := range x.Members {
				edges = append(edges, Edge{row[m], row[i]})
			}
		}
	}
	return edges
}

// redundant says whether the group stays well when one member is bad.
func (x Group) redundant() bool { return int(x.K) < len(x.Members) }

// reorder numbers the rows once more where groups of alternatives may close
// cycles, so that the rows of a cycle come side by side.
func (p *Plane) reorder(plain *CSR, edges []Edge) {
	for u := range int32(plain.Len()) {
		for _, v := range plain.Out(u) {
			edges = append(edges, Edge{u, v})
		}
	}
	comp, n := SCC(NewCSR(p.Rows, edges))
	members := Components(comp, n)
	row := make([]int32, p.Rows)
	next := int32(0)
	for x := int32(n) - 1; x >= 0; x-- {
		first := next
		for _, v := range members.Out(x) {
			row[v] = next
			next++
		}
		for r := first; next-first > 1 && r < next; r++ {
			p.Cycle[r] = [2]int32{first, next}
		}
	}
	for v, r := range p.RowOf {
		p.RowOf[v] = row[r]
	}
}

func (p *Plane) addHubs(g *Graph) {
	p.HubOf = slices.Repeat([]int32{-1}, p.Rows)
	for i := int32(g.Len()); int(i) < g.Groups(); i++ {
		x := g.Group(i)
		if !x.redundant() {
			continue
		}
		h := Hub{Need: len(x.Members) - int(x.K) + 1}
		for _, m := range x.Members {
			h.Members = append(h.Members, p.RowOf[m])
		}
		p.HubOf[p.RowOf[i]] = int32(len(p.Hubs))
		p.Hubs = append(p.Hubs, h)
	}
}
