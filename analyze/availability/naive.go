package availability

import "github.com/taut-dev/taut/analyze/graph"

// naiveRows multiplies availabilities down the tree of dependencies, as people
// do by hand: what two branches share counts twice. A cycle of calls counts
// once; a cycle through alternatives has no tree, so it and what needs it are
// undefined.
func (s *structure) naiveRows() []graph.Value {
	value := make([]graph.Value, s.plane.Rows)
	for r := range int32(s.plane.Rows) { // providers have smaller numbers
		if s.plane.Cycle[r] != [2]int32{} {
			continue
		}
		a := 1.0
		ok := true
		for _, v := range s.fails.Out(r) {
			a *= s.up[v]
		}
		for _, t := range s.takes.Out(r) {
			a *= value[t].F
			ok = ok && value[t].OK
		}
		if h := s.plane.HubOf[r]; h >= 0 {
			hub := &s.plane.Hubs[h]
			members := make([]float64, len(hub.Members))
			for i, m := range hub.Members {
				members[i] = value[m].F
				ok = ok && value[m].OK
			}
			a *= atLeast(len(members)-hub.Need+1, members)
		}
		if ok {
			value[r] = graph.Number(a)
		}
	}
	return value
}

// atLeast is the probability that at least k of independent events happen.
func atLeast(k int, p []float64) float64 {
	exactly := make([]float64, k) // of fewer than k
	exactly[0] = 1
	for _, x := range p {
		for j := k - 1; j >= 0; j-- {
			exactly[j] = float64(exactly[j] * (1 - x))
			if j > 0 {
				exactly[j] += float64(exactly[j-1] * x)
			}
		}
	}
	fewer := 0.0
	for _, x := range exactly {
		fewer += x
	}
	return 1 - fewer
}

// naiveOf is the product over the nodes that a journey names.
func (s *structure) naiveOf(nodes []int32) graph.Value {
	a := graph.Number(1)
	for _, v := range nodes {
		x := s.naive[s.plane.RowOf[v]]
		a.F *= x.F
		a.OK = a.OK && x.OK
	}
	if !a.OK {
		return graph.Value{}
	}
	return a
}
