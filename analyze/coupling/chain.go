package coupling

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
)

// LongestChain gives the edges of a longest path from a node, from its start,
// over the condensation: inside a cyclic group it is the edges of no path, only
// those that lead from one group to the next.
func LongestChain(c *graph.CSR, from int32) []graph.Edge {
	comp, n := graph.SCC(c)
	members := graph.Components(comp, n)
	depth, next := make([]int32, n), make([]graph.Edge, n)
	for x := range int32(n) { // what x depends on has smaller numbers
		for _, u := range members.Out(x) {
			for _, v := range c.Out(u) {
				if y := comp[v]; y != x && depth[y]+1 > depth[x] {
					depth[x], next[x] = depth[y]+1, graph.Edge{From: u, To: v}
				}
			}
		}
	}
	var chain []graph.Edge
	for x := comp[from]; depth[x] > 0; x = comp[next[x].To] {
		chain = append(chain, next[x])
	}
	return slices.Clip(chain)
}
