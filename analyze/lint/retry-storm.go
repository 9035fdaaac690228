package lint

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// maxAttempts is how many attempts one request may turn into at one place. Two
// layers of three attempts each make 9; five make 243 (Brooker, Amazon Builders'
// Library) and three of four make 64 (Site Reliability Engineering, ch. 22).
const maxAttempts = 10

// retryStorm reports, at the end of each chain of calls, that the attempts of
// all its layers multiply to more than maxAttempts when the end fails.
func retryStorm(p *Pass) {
	s := newStorm(p)
	for v := range s.attempts {
		last := s.last[v]
		if s.attempts[v] <= maxAttempts || last.dep.Retries == 0 || s.worseBelow(int32(v)) {
			continue // attempts above 1 mean that there is a last call
		}
		var stops []string
		var ends []model.Related
		layers := s.layers(int32(v))
		for i, e := range layers {
			stops = append(stops, e.from.ID)
			if i < len(layers)-1 && i < shown && e.dep.Retries > 0 {
				ends = append(ends, related(e.dep.At("retries"), "%q makes %d attempts at %q", e.from.ID, e.dep.Retries+1, e.to))
			}
		}
		p.Report(last.dep.At("retries"), last.subject(),
			fmt.Sprintf("one request at %q can become %s attempts at %q, more than %d: %s",
				stops[0], number(s.attempts[v]), last.to, maxAttempts, route(append(stops, last.to))),
			"retry in one layer only, or give retries a budget", ends...)
	}
}

// storm holds, for every node, the worst product of attempts along a chain of
// calls into it, and the last call of that chain. Calls inside a circle of calls
// are left out: round it there is no worst product, and another rule reports it.
type storm struct {
	pass     *Pass
	attempts []float64
	last     []edge
	comp     []int32 // of each service: services of one circle share it
}

// newStorm follows all chains in one pass, callers before what they call.
func newStorm(p *Pass) *storm {
	g := p.Graph()
	s := &storm{p, make([]float64, g.Len()), make([]edge, g.Len()), nil}
	for v := range s.attempts {
		s.attempts[v] = 1
	}
	comp, n := graph.SCC(g.Calls())
	s.comp = comp
	members := graph.Components(comp, n)
	// Components are numbered callees first; going down, callers come first.
	for k := int32(n) - 1; k >= 0; k-- {
		for _, u := range members.Out(k) {
			s.spread(u)
		}
	}
	return s
}

// spread passes the attempts that arrive at a service on to what it calls.
func (s *storm) spread(u int32) {
	from := s.pass.Sys.Services[u]
	for i := range from.DependsOn {
		d := &from.DependsOn[i]
		for k, v := range s.pass.Graph().Needs(u, i) {
			if int(v) < len(s.comp) && s.comp[u] == s.comp[v] {
				continue
			}
			if x := s.attempts[u] * float64(d.Retries+1); x > s.attempts[v] {
				s.attempts[v], s.last[v] = x, edge{from, d, d.To[k], u, v}
			}
		}
	}
}

// worseBelow says whether the chain into v goes on and multiplies further.
func (s *storm) worseBelow(v int32) bool {
	if int(v) >= s.pass.Graph().Services() {
		return false
	}
	from := s.pass.Sys.Services[v]
	for i := range from.DependsOn {
		for _, w := range s.pass.Graph().Needs(v, i) {
			if s.last[w].from == from && s.attempts[w] > s.attempts[v] {
				return true
			}
		}
	}
	return false
}

// layers gives the calls of the chain into v, first call first.
func (s *storm) layers(v int32) []edge {
	var calls []edge
	for s.last[v].dep != nil {
		calls = append(calls, s.last[v])
		v = s.last[v].u
	}
	slices.Reverse(calls)
	return calls
}
