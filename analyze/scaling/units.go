package scaling

import "github.com/taut-dev/taut/analyze/graph"

// classes is a partition of the services that only grows coarser (Galler and
// Fischer, 1964). The root of a class is its smallest member, so the result
// does not depend on the order of the joins.
type classes []int32

func newClasses(n int) classes {
	c := make(classes, n)
	for i := range c {
		c[i] = int32(i)
	}
	return c
}

// find gives the root and halves the path to it.
func (c classes) find(v int32) int32 {
	for c[v] != v {
		c[v] = c[c[v]]
		v = c[v]
	}
	return v
}

func (c classes) join(a, b int32) {
	a, b = c.find(a), c.find(b)
	c[max(a, b)] = min(a, b)
}

// joinAll puts all members into one class.
func (c classes) joinAll(members []int32) {
	for i := 1; i < len(members); i++ {
		c.join(members[0], members[i])
	}
}

// lists gives the classes, each ascending, in the order of their first members,
// and the class of each service.
func (c classes) lists() (list [][]int32, of []int32) {
	of = make([]int32, len(c))
	for v := range int32(len(c)) {
		root := c.find(v)
		if root == v {
			of[v] = int32(len(list))
			list = append(list, nil)
		}
		of[v] = of[root]
		list[of[v]] = append(list[of[v]], v)
	}
	return list, of
}

// partitions computes scaling units and demand groups.
func (r *Result) partitions(g *graph.Graph) {
	c := newClasses(g.Services())
	from, to := g.Range(graph.Unit)
	for u := from; u < to; u++ {
		c.joinAll(g.Members(u))
	}
	for _, users := range storeUsers(g) {
		c.joinAll(users)
	}
	r.Units, r.UnitOf = c.lists()
	calls := g.HardCalls()
	for v := range int32(calls.Len()) {
		for _, w := range calls.Out(v) {
			c.join(v, w)
		}
	}
	r.Demand, _ = c.lists()
}

// storeUsers lists the services that use each store which is not partitioned.
func storeUsers(g *graph.Graph) [][]int32 {
	first, _ := g.Range(graph.Store)
	users := make([][]int32, len(g.Sys.Stores))
	for s, x := range g.Sys.Services {
		for i := range x.DependsOn {
			for _, v := range g.Needs(int32(s), i) {
				if v >= 0 && g.Kind(v) == graph.Store && !g.Sys.Stores[v-first].Partitioned {
					users[v-first] = append(users[v-first], int32(s))
				}
			}
		}
	}
	return users
}
