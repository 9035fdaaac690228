package graph

// LongestPath gives, for every node, the number of edges on the longest path
// that starts there. Paths run over the condensation: a cyclic component is one
// point. For the nodes inside one the answer is undefined.
func LongestPath(c *CSR) []Value {
	comp, n := SCC(c)
	size := make([]int32, n)
	for _, x := range comp {
		size[x]++
	}
	members := Components(comp, n)
	depth := make([]int32, n)
	for x := range int32(n) { // what x depends on has smaller numbers
		for _, v := range members.Out(x) {
			for _, w := range c.Out(v) {
				if comp[w] != x {
					depth[x] = max(depth[x], depth[comp[w]]+1)
				}
			}
		}
	}
	values := make([]Value, c.Len())
	for v, x := range comp {
		if size[x] == 1 {
			values[v] = Number(float64(depth[x]))
		}
	}
	return values
}
