package blast

import "github.com/taut-dev/taut/analyze/graph"

// States gives the state of every node while the given nodes have failed, by
// node number: the least fixed point of the failure rules. It takes time linear
// in what the failures reach.
func States(g *graph.Graph, failed ...int32) []graph.State {
	e := newEvaluator(g)
	e.run(failed)
	return e.state
}

// evaluator computes states one failure at a time. It counts, for every group,
// how many members are at least so bad, so that a rule is looked at only when
// its threshold is crossed.
type evaluator struct {
	g     *graph.Graph
	state []graph.State
	bad   [graph.Down + 1][]int32 // of each group with several members, counted from 0
	queue []raise
	first int32 // number of the first group with several members
}

// raise is a node whose state has risen above an earlier one.
type raise struct {
	node     int32
	from, to graph.State
}

func newEvaluator(g *graph.Graph) *evaluator {
	e := &evaluator{g: g, state: make([]graph.State, g.Len()), first: int32(g.Len())}
	for s := graph.Delayed; s <= graph.Down; s++ {
		e.bad[s] = make([]int32, g.Groups()-g.Len())
	}
	return e
}

func (e *evaluator) run(failed []int32) {
	for _, f := range failed {
		for _, v := range e.g.Seeds(f) {
			e.worsen(v, graph.Down)
		}
	}
	for len(e.queue) > 0 {
		r := e.queue[len(e.queue)-1]
		e.queue = e.queue[:len(e.queue)-1]
		e.reach(r.node, r.to)
		for _, group := range e.g.MemberOf(r.node) {
			e.count(group, r)
		}
	}
}

// worsen raises a node to at least state s.
func (e *evaluator) worsen(v int32, s graph.State) {
	if old := e.state[v]; s > old {
		e.state[v] = s
		e.queue = append(e.queue, raise{v, old, s})
	}
}

// count notes that a member of the group has become worse.
func (e *evaluator) count(group int32, r raise) {
	x := e.g.Group(group)
	enough := int32(len(x.Members)) - x.K + 1
	for s := r.from + 1; s <= r.to; s++ {
		n := &e.bad[s][group-e.first]
		*n++
		if *n == enough {
			e.reach(group, s)
		}
	}
}

// reach passes the state of a group on to the nodes that read it.
func (e *evaluator) reach(group int32, s graph.State) {
	users, caps := e.g.Users(group)
	for i, u := range users {
		e.worsen(u, min(s, caps[i]))
	}
}
