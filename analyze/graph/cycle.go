package graph

import "slices"

// ShortestCycle gives a shortest cycle of at least two nodes inside a cyclic
// component (ascending), starting at its smallest node, without the return to it; nil when
// there is none. Among equals the one found from the smallest node wins.
//
// A node whose cycles have been looked at is taken out, and with it all nodes
// that then lie on no cycle, so that a long ring costs one search.
func ShortestCycle(c *CSR, component []int32) []int32 {
	s := newCycleSearch(c, component)
	var best []int32
	for v := range int32(len(component)) {
		if !s.in[v] {
			continue
		}
		if found := s.through(v, len(best)); found != nil {
			best = found
		}
		if len(best) == 2 {
			break
		}
		s.remove(v)
	}
	if best == nil {
		return nil
	}
	low := slices.Index(best, slices.Min(best))
	best = slices.Concat(best[low:], best[:low])
	for i, v := range best {
		best[i] = component[v]
	}
	return best
}

// cycleSearch looks for cycles among the nodes that are in. Nodes are numbered
// by their places in the component, so that a search costs what the component
// does, not what the graph does.
type cycleSearch struct {
	c, back *CSR
	in      []bool
	degree  [2][]int32 // edges out and in among the nodes that are in
	parent  []int32    // -1: not seen in this search
	queue   []int32
}

func newCycleSearch(c *CSR, component []int32) *cycleSearch {
	n := len(component)
	var edges []Edge
	for i, u := range component {
		for _, v := range c.Out(u) {
			if j, ok := slices.BinarySearch(component, v); ok && v != u {
				edges = append(edges, Edge{int32(i), int32(j)})
			}
		}
	}
	s := &cycleSearch{c: NewCSR(n, edges), in: slices.Repeat([]bool{true}, n), parent: slices.Repeat([]int32{-1}, n)}
	s.back = s.c.Reverse()
	s.degree = [2][]int32{make([]int32, n), make([]int32, n)}
	for v := range int32(n) {
		s.degree[0][v], s.degree[1][v] = int32(len(s.c.Out(v))), int32(len(s.back.Out(v)))
	}
	return s
}

// through finds a shortest cycle through v that has fewer nodes than limit; a
// limit of 0 is none.
func (s *cycleSearch) through(v int32, limit int) []int32 {
	defer s.forget()
	s.queue = append(s.queue[:0], v)
	s.parent[v] = v
	end := 1 // of the nodes at this depth
	for i, depth := 0, 1; i < len(s.queue); i++ {
		if i == end {
			depth++
			end = len(s.queue)
		}
		if limit > 0 && depth >= limit {
			return nil
		}
		u := s.queue[i]
		for _, w := range s.c.Out(u) {
			if w == v && u != v {
				return s.path(u)
			}
			if s.in[w] && s.parent[w] < 0 {
				s.parent[w] = u
				s.queue = append(s.queue, w)
			}
		}
	}
	return nil
}

// path gives the way from the start of the search to u.
func (s *cycleSearch) path(u int32) []int32 {
	path := []int32{u}
	for s.parent[u] != u {
		u = s.parent[u]
		path = append(path, u)
	}
	slices.Reverse(path)
	return path
}

func (s *cycleSearch) forget() {
	for _, v := range s.queue {
		s.parent[v] = -1
	}
}

// remove takes v out, and then every node left without an edge in or out.
func (s *cycleSearch) remove(v int32) {
	s.in[v] = false
	gone := []int32{v}
	for len(gone) > 0 {
		u := gone[len(gone)-1]
		gone = gone[:len(gone)-1]
		for side, c := range []*CSR{s.back, s.c} {
			for _, w := range c.Out(u) {
				if !s.in[w] {
					continue
				}
				s.degree[side][w]--
				if s.degree[side][w] == 0 {
					s.in[w] = false
					gone = append(gone, w)
				}
			}
		}
	}
}
