package graph

// indexGroups makes the ways back: from a node to the groups it is in, and from
// a group to the nodes that read it.
func (g *Graph) indexGroups() {
	var in []Edge
	for i, x := range g.groups {
		for _, m := range x.Members {
			in = append(in, Edge{m, int32(g.Len() + i)})
		}
	}
	g.memberOf = NewCSR(g.Len(), in)
	reads := make([]Edge, 0, len(g.clauses))
	for v := range int32(g.Len()) {
		for i := range g.Clauses(v) {
			reads = append(reads, Edge{g.Clauses(v)[i].Group, v})
		}
	}
	g.users = NewCSR(g.Groups(), reads)
	g.userCap = make([]State, g.users.Edges())
	next := make([]int32, g.Groups())
	for v := range int32(g.Len()) {
		g.capUsers(v, next)
	}
}

// capUsers notes the caps of one node's clauses. Nodes come in ascending order,
// so each group's next free entry is the node's own.
func (g *Graph) capUsers(v int32, next []int32) {
	clauses := g.Clauses(v)
	for i := range clauses {
		c := &clauses[i]
		at := g.users.Off[c.Group] + next[c.Group]
		g.userCap[at] = max(g.userCap[at], c.Cap)
	}
	for i := range clauses {
		group := clauses[i].Group
		if at := g.users.Off[group] + next[group]; at < g.users.Off[group+1] && g.users.To[at] == v {
			next[group]++
		}
	}
}
