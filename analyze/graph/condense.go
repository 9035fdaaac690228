package graph

import "slices"

// Condense makes one node of every component. Edges inside components vanish,
// so the result has no cycle; see SCC for comp and n.
func Condense(c *CSR, comp []int32, n int) *CSR {
	d := &CSR{Off: make([]int32, n+1)}
	each := func(edge func(from, to int32)) {
		for u := range int32(c.Len()) {
			for _, v := range c.Out(u) {
				if comp[u] != comp[v] {
					edge(comp[u], comp[v])
				}
			}
		}
	}
	each(func(from, _ int32) { d.Off[from+1]++ })
	for v := range n {
		d.Off[v+1] += d.Off[v]
	}
	d.To = make([]int32, d.Off[n])
	next := slices.Clone(d.Off[:n])
	each(func(from, to int32) {
		d.To[next[from]] = to
		next[from]++
	})
	d.sortRows()
	return d
}

// Components lists the nodes of every component, ascending: row i is component i.
func Components(comp []int32, n int) *CSR {
	c := &CSR{Off: make([]int32, n+1), To: make([]int32, len(comp))}
	for _, x := range comp {
		c.Off[x+1]++
	}
	for i := range n {
		c.Off[i+1] += c.Off[i]
	}
	next := append([]int32(nil), c.Off[:n]...)
	for v, x := range comp {
		c.To[next[x]] = int32(v)
		next[x]++
	}
	return c
}

// Cyclic lists the components of at least two nodes, each ascending, in the
// order of their first nodes.
func Cyclic(c *CSR) [][]int32 {
	comp, n := SCC(c)
	members := Components(comp, n)
	var cyclic [][]int32
	for v := range int32(c.Len()) {
		if row := members.Out(comp[v]); len(row) > 1 && row[0] == v {
			cyclic = append(cyclic, row)
		}
	}
	return cyclic
}
