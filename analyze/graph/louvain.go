package graph

import (
	"cmp"
	"math"
	"slices"
)

// MaxCommunityNodes is the largest graph that Communities takes on.
const MaxCommunityNodes = 20_000

// Link is an undirected edge with a weight above 0.
type Link struct {
	A, B   int32
	Weight float64
}

// Communities divides n nodes into groups of the highest modularity found
// (Louvain: Blondel, Guillaume, Lambiotte and Lefebvre, 2008). Groups are
// numbered in the order of their first nodes. Links to itself count for nothing.
//
// Nodes are visited in an order that the seed and the shape of the graph decide,
// so that neither names nor the order of a file matter, and all sums of whole
// weights are exact. ok is false above MaxCommunityNodes.
func Communities(n int, links []Link, seed uint64) (group []int32, ok bool) {
	if n > MaxCommunityNodes {
		return nil, false
	}
	order := byShape(newWeighted(n, links, nil), seed)
	place := make([]int32, n)
	for i, v := range order {
		place[v] = int32(i)
	}
	w := newWeighted(n, links, place)
	at := make([]int32, n) // of each place: its group
	for i := range at {
		at[i] = int32(i)
	}
	// Once groups have settled, single nodes may fit better elsewhere: each round
	// begins with them again.
	for range communityRounds {
		if !w.refine(at) {
			break
		}
	}
	group = make([]int32, n)
	for v := range group {
		group[v] = at[place[v]]
	}
	numbered(group)
	return group, true
}

// communityRounds bounds the rounds of Communities; two or three settle.
const communityRounds = 10

// refine moves nodes between the groups, then whole groups, as long as that
// helps; false when no node moved.
func (w *weighted) refine(group []int32) bool {
	m := newMover(w, group)
	if !m.settle() {
		return false
	}
	groups := numbered(m.group)
	copy(group, m.group)
	for {
		m = newMover(m.merged(m.group, groups), nil)
		if !m.settle() {
			return true
		}
		groups = numbered(m.group)
		for v, x := range group {
			group[v] = m.group[x]
		}
	}
}

// numbered gives groups their numbers in the order of their first nodes and
// says how many there are.
func numbered(group []int32) int {
	number := slices.Repeat([]int32{-1}, len(group))
	next := int32(0)
	for v, x := range group {
		if number[x] < 0 {
			number[x] = next
			next++
		}
		group[v] = number[x]
	}
	return int(next)
}

// weighted is an undirected graph with weights in compressed rows. Every edge is
// in the rows of both its ends.
type weighted struct {
	off, to []int32
	weight  []float64
	degree  []float64 // of each node, with what merged nodes had among each other
	total   float64   // of all degrees
}

// newWeighted builds the graph; place renumbers the nodes unless it is nil.
// Parallel links stay apart.
func newWeighted(n int, links []Link, place []int32) *weighted {
	w := &weighted{off: make([]int32, n+1), degree: make([]float64, n)}
	ends := func(l Link) (a, b int32) {
		if place == nil {
			return l.A, l.B
		}
		return place[l.A], place[l.B]
	}
	for _, l := range links {
		if l.A != l.B {
			a, b := ends(l)
			w.off[a+1]++
			w.off[b+1]++
			w.degree[a] += l.Weight
			w.degree[b] += l.Weight
			w.total += 2 * l.Weight
		}
	}
	for v := range n {
		w.off[v+1] += w.off[v]
	}
	next := slices.Clone(w.off[:n])
	w.to, w.weight = make([]int32, w.off[n]), make([]float64, w.off[n])
	for _, l := range links {
		if l.A != l.B {
			a, b := ends(l)
			w.to[next[a]], w.weight[next[a]] = b, l.Weight
			w.to[next[b]], w.weight[next[b]] = a, l.Weight
			next[a]++
			next[b]++
		}
	}
	w.sortRows()
	return w
}

// sortRows puts neighbours in ascending order, so that the order of links
// does not matter.
func (w *weighted) sortRows() {
	type half struct {
		to     int32
		weight float64
	}
	var row []half
	for v := range w.degree {
		row = row[:0]
		for i := w.off[v]; i < w.off[v+1]; i++ {
			row = append(row, half{w.to[i], w.weight[i]})
		}
		slices.SortFunc(row, func(a, b half) int { return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.weight, b.weight)) })
		for i, h := range row {
			w.to[int(w.off[v])+i], w.weight[int(w.off[v])+i] = h.to, h.weight
		}
	}
}

// merged makes one node of each group.
func (w *weighted) merged(group []int32, groups int) *weighted {
	members := Components(group, groups)
	m := &weighted{off: make([]int32, 1, groups+1), degree: make([]float64, groups), total: w.total}
	sum := make([]float64, groups)
	var met []int32
	for x := range int32(groups) {
		met = met[:0]
		for _, v := range members.Out(x) {
			m.degree[x] += w.degree[v]
			for i := w.off[v]; i < w.off[v+1]; i++ {
				y := group[w.to[i]]
				if y == x {
					continue
				}
				if sum[y] == 0 {
					met = append(met, y)
				}
				sum[y] += w.weight[i]
			}
		}
		slices.Sort(met)
		for _, y := range met {
			m.to, m.weight = append(m.to, y), append(m.weight, sum[y])
			sum[y] = 0
		}
		m.off = append(m.off, int32(len(m.to)))
	}
	return m
}

// shapeRounds is how far byShape looks around a node.
const shapeRounds = 6

// byShape orders nodes by a hash of what their surroundings look like, and
// nodes that look the same by their numbers.
func byShape(w *weighted, seed uint64) []int32 {
	n := len(w.degree)
	look, next := make([]uint64, n), make([]uint64, n)
	for v, d := range w.degree {
		look[v] = NewRandom(seed ^ math.Float64bits(d)).Uint64()
	}
	for range shapeRounds {
		for v := range next {
			var sum uint64 // does not depend on the order of neighbours
			for i := w.off[v]; i < w.off[v+1]; i++ {
				sum += NewRandom(look[w.to[i]] ^ math.Float64bits(w.weight[i])).Uint64()
			}
			next[v] = NewRandom(look[v] + sum).Uint64()
		}
		look, next = next, look
	}
	order := make([]int32, n)
	for v := range order {
		order[v] = int32(v)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(look[a], look[b]), cmp.Compare(a, b)) })
	return order
}

// mover moves single nodes to the neighbouring group where they raise
// modularity most, until none can.
type mover struct {
	*weighted
	group  []int32
	degree []float64 // of each group
	near   []float64 // of each group: weight between it and the node looked at
	met    []int32   // groups with near
	queue  []int32
	queued []bool
}

// newMover begins with the given groups, or with each node alone.
func newMover(w *weighted, group []int32) *mover {
	n := len(w.degree)
	m := &mover{
		weighted: w, group: make([]int32, n), degree: make([]float64, n),
		near: make([]float64, n), queue: make([]int32, n), queued: make([]bool, n),
	}
	for v := range n {
		m.group[v], m.queue[v], m.queued[v] = int32(v), int32(v), true
		if group != nil {
			m.group[v] = group[v]
		}
		m.degree[m.group[v]] += w.degree[v]
	}
	return m
}

// movesPerNode bounds the moves where fractions round: with whole weights each
// one raises modularity, and they end long before.
const movesPerNode = 1000

// settle moves nodes until nothing changes; false when nothing did.
func (m *mover) settle() bool {
	moves := 0
	for len(m.queue) > 0 && moves < movesPerNode*len(m.group) {
		v := m.queue[0]
		m.queue, m.queued[v] = m.queue[1:], false
		if m.move(v) {
			moves++
		}
	}
	return moves > 0
}

// move takes one node where it fits best and looks at its neighbours again.
func (m *mover) move(v int32) bool {
	own := m.group[v]
	for i := m.off[v]; i < m.off[v+1]; i++ {
		x := m.group[m.to[i]]
		if m.near[x] == 0 {
			m.met = append(m.met, x)
		}
		m.near[x] += m.weight[i]
	}
	// Modularity times total² over 2, less what is equal for all groups.
	weight := m.weighted.degree[v]
	gain := func(x int32, degree float64) float64 {
		return float64(m.near[x]*m.total) - float64(weight*degree)
	}
	best, most := own, gain(own, m.degree[own]-weight)
	for _, x := range m.met {
		if g := gain(x, m.degree[x]); x != own && g > most {
			best, most = x, g
		}
	}
	for _, x := range m.met {
		m.near[x] = 0
	}
	m.met = m.met[:0]
	if best == own {
		return false
	}
	m.group[v] = best
	m.degree[own] -= weight
	m.degree[best] += weight
	for i := m.off[v]; i < m.off[v+1]; i++ {
		if u := m.to[i]; m.group[u] != best && !m.queued[u] {
			m.queue, m.queued[u] = append(m.queue, u), true
		}
	}
	return true
}

// Modularity is how much more weight falls inside the groups than chance would
// put there, -1/2..1 (Newman and Girvan, 2004); undefined without links.
// Groups are numbered from 0. Sums of whole weights are exact, so that the
// order of links and nodes changes no bit.
func Modularity(group []int32, links []Link) Value {
	var total, inside, squares float64
	degree := make([]float64, len(group)) // of each group
	for _, l := range links {
		total += l.Weight
		degree[group[l.A]] += l.Weight
		degree[group[l.B]] += l.Weight
		if group[l.A] == group[l.B] {
			inside += l.Weight
		}
	}
	if total == 0 {
		return Value{}
	}
	for _, d := range degree {
		squares += float64(d * d)
	}
	return Number(inside/total - squares/float64(4*total*total))
}
