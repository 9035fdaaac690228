package blast

import "github.com/taut-dev/taut/analyze/graph"

// Step is one link of the chain that carries a failure: the node, and the rule
// by which the next step's node hurts it. The last step is the failed node; its
// Clause is nil.
type Step struct {
	Node   int32
	Clause *graph.Clause
}

// Witness gives a shortest chain of dependencies that carries the failure to
// the victim at the state it ends in, from the victim to the failed node; nil
// when the victim stays up. Where several alternatives must fail, the chain
// follows the one that is reached last. Among equals the first declared wins.
// Equal arguments give equal chains.
func Witness(g *graph.Graph, states []graph.State, failed, victim int32) []Step {
	if states[victim] == graph.Up {
		return nil
	}
	return Trace(g, states[victim], failed).Chain(victim)
}

// Tracing tells how a failure reaches nodes at one level of badness.
type Tracing struct {
	g      *graph.Graph
	level  graph.State
	failed int32
	round  []int32 // when a node is reached, from 1; 0: never
}

// Trace follows a failure outward, rule by rule: in each round fall the nodes
// whose rules are met by those of earlier rounds. One Trace answers for all
// victims at its level.
func Trace(g *graph.Graph, level graph.State, failed int32) *Tracing {
	t := &Tracing{g: g, level: level, failed: failed, round: make([]int32, g.Len())}
	bad := make([]int32, g.Groups()-g.Len())
	t.round[failed] = 1
	reached := []int32{failed}
	for _, v := range g.Seeds(failed) {
		if v != failed {
			t.round[v] = 2 // crashed by the failed node
			reached = append(reached, v)
		}
	}
	for i := 0; i < len(reached); i++ {
		v := reached[i]
		reached = t.fall(v, v, reached)
		for _, group := range g.MemberOf(v) {
			x := g.Group(group)
			n := &bad[int(group)-g.Len()]
			*n++
			if *n == int32(len(x.Members))-x.K+1 {
				reached = t.fall(v, group, reached)
			}
		}
	}
	return t
}

// fall lets the readers of a group fall one round after v, whose fall filled it.
// Nodes are taken in the order of their rounds, so no later fall is earlier.
func (t *Tracing) fall(v, group int32, reached []int32) []int32 {
	users, caps := t.g.Users(group)
	for i, u := range users {
		if caps[i] >= t.level && t.round[u] == 0 {
			t.round[u] = t.round[v] + 1
			reached = append(reached, u)
		}
	}
	return reached
}

// Chain gives the chain from a victim to the failed node; nil when the failure
// does not reach it at this level.
func (t *Tracing) Chain(victim int32) []Step {
	if t.round[victim] == 0 {
		return nil
	}
	var chain []Step
	for v := victim; v != t.failed; {
		c, next := t.cause(v)
		chain = append(chain, Step{v, c})
		v = next
	}
	return append(chain, Step{Node: t.failed})
}

// cause finds the first declared rule that was met just before v fell, and its
// member that fell last.
func (t *Tracing) cause(v int32) (*graph.Clause, int32) {
	clauses := t.g.Clauses(v)
	for i := range clauses {
		c := &clauses[i]
		if c.Cap < t.level {
			continue
		}
		if m, ok := t.met(c, t.round[v]); ok {
			return c, m
		}
	}
	return &graph.Clause{
		Members: t.g.Seeds(t.failed)[:1], Group: t.failed, K: 1, Cap: graph.Down,
		Reason: graph.CrashesWith, Origin: &t.g.Entity(v).Origin,
	}, t.failed
}

// met says whether a rule was met in the round before the given one, and by
// which member: the first of those that fell in that round.
func (t *Tracing) met(c *graph.Clause, round int32) (member int32, ok bool) {
	earlier := int32(0)
	member = -1
	for _, m := range c.Members {
		r := t.round[m]
		if r == 0 || r >= round {
			continue
		}
		earlier++
		if r == round-1 && member < 0 {
			member = m
		}
	}
	return member, member >= 0 && earlier > int32(len(c.Members))-c.K
}
