package scaling

import "github.com/taut-dev/taut/analyze/graph"

// arrange finds the cycles among calls.
func (t *traffic) arrange() {
	var calls []graph.Edge
	selfish := make([]bool, t.services)
	for v := range int32(t.services) {
		for _, e := range t.out(v) {
			switch {
			case e.to == v:
				selfish[v] = true
			case int(e.to) < t.services:
				calls = append(calls, graph.Edge{From: v, To: e.to})
			}
		}
	}
	t.calls = graph.NewCSR(t.services, calls)
	comp, n := graph.SCC(t.calls)
	t.comp, t.members = comp, graph.Components(comp, n)
	t.local = make([]int32, t.services)
	t.loops, t.endless = make([]bool, n), make([]bool, n)
	for c := range int32(n) {
		row := t.members.Out(c)
		t.loops[c] = len(row) > 1 || selfish[row[0]]
		for i, v := range row {
			t.local[v] = int32(i)
		}
	}
}

// markAnswers finds consumption that completes what its consumer began: it
// awaits, and the event can be a consequence of the consumer's own requests.
func (t *traffic) markAnswers() {
	if len(t.hubs) == 0 {
		return
	}
	all := make([]graph.Edge, 0, len(t.edges))
	for v := range int32(t.nodes()) {
		for _, e := range t.out(v) {
			all = append(all, graph.Edge{From: v, To: e.to})
		}
	}
	t.ring, _ = graph.SCC(graph.NewCSR(t.nodes(), all))
	for v := int32(t.services); v < int32(t.nodes()); v++ {
		edges := t.out(v)
		for i := range edges {
			if f := edges[i].feed; f >= 0 && t.feeds[f].awaits && t.ring[v] == t.ring[edges[i].to] {
				edges[i].mode = answer
			}
		}
	}
}

// sequence orders components and hubs so that all flow but that of loops
// through channels comes from earlier ones, and marks those loops' last edges.
// It searches depth first: from the entries, then from the rest in file order.
func (t *traffic) sequence(g *graph.Graph) {
	n := t.members.Len() + len(t.hubs)
	s := sequencer{traffic: t, colour: make([]uint8, n), cursor: make([]int32, n), member: make([]int32, n)}
	for _, v := range entryPoints(g) {
		s.search(t.group(v))
	}
	for v := range int32(t.nodes()) {
		s.search(t.group(v))
	}
	for i, j := 0, len(s.done)-1; i < j; i, j = i+1, j-1 {
		s.done[i], s.done[j] = s.done[j], s.done[i]
	}
	t.order = s.done
}

// group is the component of a service, or the hub, as numbered in order.
func (t *traffic) group(v int32) int32 {
	if int(v) < t.services {
		return t.comp[v]
	}
	return int32(t.members.Len()) + v - int32(t.services)
}

// nodesOf lists the nodes of a group.
func (t *traffic) nodesOf(group int32) []int32 {
	if int(group) < t.members.Len() {
		return t.members.Out(group)
	}
	return []int32{group - int32(t.members.Len()) + int32(t.services)}
}

const (
	unseen uint8 = iota
	open
	finished
)

// sequencer is the state of the depth-first search over groups.
type sequencer struct {
	*traffic
	colour []uint8
	member []int32 // group: which of its nodes is followed
	cursor []int32 // group: which edge of that node is next
	path   []int32
	done   []int32 // groups whose consequences are all in before them
}

func (s *sequencer) search(root int32) {
	s.enter(root)
	for len(s.path) > 0 {
		top := s.path[len(s.path)-1]
		if !s.step(top) {
			s.colour[top] = finished
			s.done = append(s.done, top)
			s.path = s.path[:len(s.path)-1]
		}
	}
}

func (s *sequencer) enter(group int32) {
	if s.colour[group] == unseen {
		s.colour[group] = open
		s.path = append(s.path, group)
	}
}

// step follows one more edge of a group; false when none is left.
func (s *sequencer) step(group int32) bool {
	nodes := s.nodesOf(group)
	for int(s.member[group]) < len(nodes) {
		edges := s.out(nodes[s.member[group]])
		if int(s.cursor[group]) == len(edges) {
			s.member[group]++
			s.cursor[group] = 0
			continue
		}
		e := &edges[s.cursor[group]]
		s.cursor[group]++
		to := s.group(e.to)
		if to == group || e.mode == answer {
			continue
		}
		if s.colour[to] == open {
			e.mode = work
		}
		s.enter(to)
		return true
	}
	return false
}
