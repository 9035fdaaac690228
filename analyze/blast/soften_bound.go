package blast

import "github.com/taut-dev/taut/analyze/graph"

// bound fills in the most that softening can gain: every failure that may reach
// the dependency, times every service that may hang on its user.
func (s *softener) bound(x *candidate, above map[int32]int64, below map[int32]below) {
	if _, ok := above[x.Node]; !ok {
		above[x.Node] = s.hanging(x.Node)
	}
	var reach int64
	var time float64
	for _, m := range x.Clause.Members {
		b, ok := below[m]
		if !ok {
			b = s.reaching(m)
			below[m] = b
		}
		reach += b.services
		time += b.time
	}
	x.most.pairs = reach * above[x.Node]
	x.most.Expected = time * float64(above[x.Node]) / float64(max(1, s.g.Services()-1))
}

// reaching sums up the failures that may take a node down. Where no group lets
// its users off, the single failures say already how many services do; the time
// is then a loose bound.
func (s *softener) reaching(v int32) below {
	if s.simple && int(v) < s.g.Services() {
		return below{int64(s.r.DownBy[v]) + 1, s.longest}
	}
	var b below
	for _, f := range s.culprits(v) {
		if int(f) < s.g.Services() {
			b.services++
		}
		b.time += s.o.Down[f]
	}
	return b
}

// hanging counts the services that may be down when a node is, it included.
func (s *softener) hanging(v int32) int64 {
	if s.simple {
		return int64(s.r.Of(v).NDown) + 1
	}
	n := int64(0)
	s.walk([]int32{v}, func(v int32) {
		if int(v) < s.g.Services() {
			n++
		}
		s.eachUser(v, s.mark)
		for _, group := range s.g.MemberOf(v) {
			s.eachUser(group, s.mark)
		}
	})
	return n
}

// culprits lists the failures that may take a node down, its own included.
func (s *softener) culprits(v int32) []int32 {
	var out []int32
	s.walk([]int32{v}, func(v int32) {
		out = append(out, v)
		clauses := s.g.Clauses(v)
		for i := range clauses {
			if clauses[i].Cap == graph.Down {
				for _, m := range clauses[i].Members {
					s.mark(m)
				}
			}
		}
		if s.g.Kind(v) == graph.Unit {
			for _, m := range s.g.Members(v) {
				if len(s.g.Seeds(m)) > 1 { // its failure crashes the unit
					s.mark(m)
				}
			}
		}
	})
	return out
}

// walk visits what mark marks, from some nodes on.
func (s *softener) walk(from []int32, visit func(v int32)) {
	for _, v := range from {
		s.mark(v)
	}
	for i := 0; i < len(s.queue); i++ {
		visit(s.queue[i])
	}
	s.clear()
}

func (s *softener) mark(v int32) {
	s.steps++
	if !s.down[v] {
		s.down[v] = true
		s.queue = append(s.queue, v)
	}
}

// eachUser calls f with the nodes that are down when a group is.
func (s *softener) eachUser(group int32, f func(v int32)) {
	users, caps := s.g.Users(group)
	for i, u := range users {
		if caps[i] == graph.Down {
			f(u)
		}
	}
}

func (s *softener) clear() {
	for _, v := range s.queue {
		s.down[v] = false
	}
	for _, group := range s.groups {
		s.bad[group] = 0
	}
	s.queue, s.groups, s.failed = s.queue[:0], s.groups[:0], false
}
