package scene

import (
	"github.com/taut-dev/taut/analyze/graph"
)

// carry marks the edges over which a failure spreads with what it does to the
// end that depends: the same rules that give the states (package blast) are
// asked again, one by one. All other edges carry nothing.
func (c *canvas) carry(states []graph.State) {
	if len(states) == 0 {
		return
	}
	at := map[[2]int][]int{}
	for i := range c.Edges {
		e := &c.Edges[i]
		e.Carries = Works
		at[[2]int{e.From, e.To}] = append(at[[2]int{e.From, e.To}], i)
	}
	for v := range int32(c.g.Len()) {
		for _, k := range c.g.Clauses(v) {
			if s := min(k.Cap, kthBest(states, &k)); s > graph.Up {
				c.carryOver(at, v, &k, states)
			}
		}
	}
	c.calmUnits()
}

// calmUnits takes the marks from edges inside a unit that is down as a whole: it
// is the crash that takes its services down, whatever they call.
func (c *canvas) calmUnits() {
	for i := range c.Edges {
		e := &c.Edges[i]
		if e.From < 0 || e.To < 0 {
			continue
		}
		if f := c.Nodes[e.From].Frame; f >= 0 && f == c.Nodes[e.To].Frame && c.Frames[f].Kind == UnitFrame && c.Frames[f].Impact >= Down {
			e.Carries = Works
		}
	}
}

// kthBest is the state of the K-th best member of a rule.
func kthBest(states []graph.State, k *graph.Clause) graph.State {
	for s := graph.Up; s < graph.Down; s++ {
		n := int32(0)
		for _, m := range k.Members {
			if states[m] <= s {
				n++
			}
		}
		if n >= k.K {
			return s
		}
	}
	return graph.Down
}

// carryOver marks the edges of one rule that a failure meets. Who waits for
// events of others has them over the channels that both use.
func (c *canvas) carryOver(at map[[2]int][]int, v int32, k *graph.Clause, states []graph.State) {
	for _, m := range k.Members {
		hit := impactOf(min(k.Cap, states[m]))
		if hit == Works || m == v {
			continue
		}
		switch k.Reason {
		case graph.Consumes:
			c.mark(at, m, v, hit)
		case graph.Awaits:
			from, to := c.g.Range(graph.Channel)
			for ch := from; ch < to; ch++ {
				if len(c.between(at, m, ch)) > 0 && len(c.between(at, ch, v)) > 0 {
					c.mark(at, m, ch, hit)
					c.mark(at, ch, v, hit)
				}
			}
		default:
			c.mark(at, v, m, hit)
		}
	}
}

// between lists the edges from one graph node to another.
func (c *canvas) between(at map[[2]int][]int, from, to int32) []int {
	a, okA := c.end(from)
	b, okB := c.end(to)
	if !okA || !okB {
		return nil
	}
	return at[[2]int{a, b}]
}

// mark notes what edges carry; the worst counts.
func (c *canvas) mark(at map[[2]int][]int, from, to int32, hit Impact) {
	for _, i := range c.between(at, from, to) {
		c.Edges[i].Carries = max(c.Edges[i].Carries, hit)
	}
}

// impactOf is a state as it is drawn.
func impactOf(s graph.State) Impact { return [...]Impact{Works, Delayed, Degraded, Down}[s] }
