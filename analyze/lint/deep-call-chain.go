package lint

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// maxChain is how many hard calls one request may wait for in a row. Ours: at
// the assumed 99.9 % a service, six of them in a row are down four hours a month.
const maxChain = 5

// deepCallChain reports where a chain of more than maxChain hard synchronous
// calls starts. Calls inside a unit do not count. Chains that lead into a cycle
// have no length; the cycle is reported by a rule of its own.
func deepCallChain(p *Pass) {
	g := p.Graph()
	c := newChains(p)
	callers := c.calls.Reverse()
	for v := range int32(g.Services()) {
		if !c.bounded[v] || c.depth[v] <= maxChain || c.longerAbove(callers, v) {
			continue
		}
		stops, ends := p.chain(c.from(v))
		p.Report(g.Entity(v).Pos, "services."+g.ID(v),
			fmt.Sprintf("%q waits for a chain of %d calls, more than %d: %s", g.ID(v), c.depth[v], maxChain, route(stops)),
			"answer later by an event, or let the caller fetch what the middle only passes on", ends...)
	}
}

// chain names the services on a path and points at the calls between them.
func (p *Pass) chain(path []int32) (stops []string, ends []model.Related) {
	g := p.Graph()
	for i, u := range path {
		stops = append(stops, g.ID(u))
		if i+1 < len(path) && i < shown {
			if e, ok := p.find(u, path[i+1]); ok {
				ends = append(ends, related(e.dep.Pos, "%q waits for %q", g.ID(u), e.to))
			}
		}
	}
	return stops, ends
}

// chains holds, for every service, the calls in its longest chain of hard calls
// between deployables, and whether there is one: a chain that can enter a cycle
// has no end.
type chains struct {
	pass    *Pass
	calls   *graph.CSR
	depth   []int32
	bounded []bool
}

// newChains measures all chains in one pass over the components of the calls.
func newChains(p *Pass) *chains {
	calls := p.Graph().HardCalls()
	comp, n := graph.SCC(calls)
	members := graph.Components(comp, n)
	c := &chains{p, calls, make([]int32, len(comp)), make([]bool, len(comp))}
	// Components are numbered callees first, so every callee is known in time.
	for k := range int32(n) {
		for _, v := range members.Out(k) {
			c.bounded[v] = len(members.Out(k)) == 1
			for _, w := range calls.Out(v) {
				c.bounded[v] = c.bounded[v] && c.bounded[w]
				c.depth[v] = max(c.depth[v], c.depth[w]+c.hop(v, w))
			}
		}
	}
	return c
}

// hop is 1 for a call that leaves its deployable, else 0.
func (c *chains) hop(u, v int32) int32 {
	if c.pass.deployable(u) == c.pass.deployable(v) {
		return 0
	}
	return 1
}

// longerAbove says whether the chain of a caller holds that of v.
func (c *chains) longerAbove(callers *graph.CSR, v int32) bool {
	for _, u := range callers.Out(v) {
		if c.bounded[u] && c.depth[u] >= c.depth[v] {
			return true
		}
	}
	return false
}

// from follows a longest chain, the first in file order of several.
func (c *chains) from(v int32) []int32 {
	path := []int32{v}
	for c.depth[v] > 0 {
		for _, w := range c.calls.Out(v) {
			if c.depth[w] == c.depth[v]-c.hop(v, w) {
				v = w
				break
			}
		}
		path = append(path, v)
	}
	return path
}
