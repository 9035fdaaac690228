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
	same, rows, plain, watched := g.planeEdges(level)
	p := &Plane{Level: level, Rows: rows}
	row := p.order(plain, watched)
	p.RowOf = make([]int32, len(same))
	for v, x := range same {
		p.RowOf[v] = row[x]
	}
	p.Gives = turned(rows, plain, row)
	p.Watch = turned(rows, watched, row)
	p.addHubs(g)
	return p
}

// planeEdges puts nodes and groups that always agree together and gives the
// edges among the rest, from reader to what it reads: those that one bad end is
// enough for, and those from hubs to their members.
func (g *Graph) planeEdges(level State) (same []int32, rows int, plain, watched []Edge) {
	n := int32(g.Groups())
	takes := make([]Edge, 0, g.users.Edges())
	for i := range n {
		users, caps := g.Users(i)
		for j, u := range users {
			if caps[j] >= level {
				takes = append(takes, Edge{u, i})
			}
		}
		if int(i) >= g.Len() && !g.Group(i).redundant() {
			for _, m := range g.Group(i).Members {
				takes = append(takes, Edge{i, m})
			}
		}
	}
	same, rows = SCC(NewCSR(int(n), takes))
	plain = make([]Edge, 0, len(takes))
	for _, e := range takes {
		if same[e.From] != same[e.To] {
			plain = append(plain, Edge{same[e.From], same[e.To]})
		}
	}
	for i := int32(g.Len()); i < n; i++ {
		if x := g.Group(i); x.redundant() {
			for _, m := range x.Members {
				watched = append(watched, Edge{same[i], same[m]})
			}
		}
	}
	return same, rows, plain, watched
}

// redundant says whether the group stays well when one member is bad.
func (x Group) redundant() bool { return int(x.K) < len(x.Members) }

// order numbers the rows and finds the cycles that are left. Without groups of
// alternatives there is none, and the rows come providers first already.
func (p *Plane) order(plain, watched []Edge) (row []int32) {
	p.Cycle = make([][2]int32, p.Rows)
	if len(watched) == 0 {
		row = make([]int32, p.Rows)
		for i := range row {
			row[i] = int32(i)
		}
		return row
	}
	comp, n := SCC(NewCSR(p.Rows, slices.Concat(plain, watched)))
	members := Components(comp, n)
	row = make([]int32, p.Rows)
	next := int32(0)
	for x := range int32(n) {
		first := next
		for _, v := range members.Out(x) {
			row[v] = next
			next++
		}
		if next-first > 1 {
			for r := first; r < next; r++ {
				p.Cycle[r] = [2]int32{first, next}
			}
		}
	}
	return row
}

// turned turns edges from reader to read into edges from row to reading row.
func turned(rows int, reads []Edge, row []int32) *CSR {
	edges := make([]Edge, len(reads))
	for i, e := range reads {
		edges[i] = Edge{row[e.To], row[e.From]}
	}
	return NewCSR(rows, edges)
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
