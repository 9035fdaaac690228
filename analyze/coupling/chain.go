package coupling

import "github.com/taut-dev/taut/analyze/graph"

// Chains knows a longest path from every node of a graph, over the
// condensation: of a cyclic group it holds only the edge that leads on.
type Chains struct {
	comp, depth []int32
	next        []graph.Edge // by component; unused where depth is 0
}

// LongestChains finds them in one pass.
func LongestChains(c *graph.CSR) *Chains {
	comp, n := graph.SCC(c)
	members := graph.Components(comp, n)
	x := &Chains{comp: comp, depth: make([]int32, n), next: make([]graph.Edge, n)}
	for i := range int32(n) { // what i depends on has smaller numbers
		for _, u := range members.Out(i) {
			for _, v := range c.Out(u) {
				if j := comp[v]; j != i && x.depth[j]+1 > x.depth[i] {
					x.depth[i], x.next[i] = x.depth[j]+1, graph.Edge{From: u, To: v}
				}
			}
		}
	}
	return x
}

// From gives the edges of a longest path from a node, from its start.
func (x *Chains) From(v int32) []graph.Edge {
	var chain []graph.Edge
	for i := x.comp[v]; x.depth[i] > 0; i = x.comp[x.next[i].To] {
		chain = append(chain, x.next[i])
	}
	return chain
}
