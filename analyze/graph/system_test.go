package graph

import (
	"strings"

	"github.com/taut-dev/taut/model"
)

// system makes services and hard calls from "a>b", or lone services from "a".
func system(edges ...string) *model.System {
	sys := &model.System{}
	byID := map[string]*model.Service{}
	service := func(id string) *model.Service {
		if byID[id] == nil {
			byID[id] = &model.Service{Entity: model.Entity{ID: id, Tier: 3}, Runtime: model.Container}
			sys.Services = append(sys.Services, byID[id])
		}
		return byID[id]
	}
	for _, e := range edges {
		from, to, called := strings.Cut(e, ">")
		s := service(from)
		if called {
			service(to)
			s.DependsOn = append(s.DependsOn, model.Dependency{To: []string{to}, AtLeast: 1})
		}
	}
	return sys
}

// random makes a graph of n nodes with about m edges, self-edges among them.
func random(n, m int, seed uint64) *CSR {
	r := NewRandom(seed)
	var edges []Edge
	for range m {
		edges = append(edges, Edge{int32(r.Uint64() % uint64(n)), int32(r.Uint64() % uint64(n))})
	}
	return NewCSR(n, edges)
}

// small calls f with every graph of n nodes, self-edges left out.
func small(n int, f func(*CSR)) {
	var pairs []Edge
	for u := range int32(n) {
		for v := range int32(n) {
			if u != v {
				pairs = append(pairs, Edge{u, v})
			}
		}
	}
	for mask := range 1 << len(pairs) {
		var edges []Edge
		for i, e := range pairs {
			if mask>>i&1 == 1 {
				edges = append(edges, e)
			}
		}
		f(NewCSR(n, edges))
	}
}

// closureOracle is reachability by Floyd and Warshall, each node reaching itself.
func closureOracle(c *CSR) [][]bool {
	n := c.Len()
	r := make([][]bool, n)
	for u := range r {
		r[u] = make([]bool, n)
		r[u][u] = true
		for _, v := range c.Out(int32(u)) {
			r[u][v] = true
		}
	}
	for k := range n {
		for u := range n {
			for v := range n {
				r[u][v] = r[u][v] || r[u][k] && r[k][v]
			}
		}
	}
	return r
}
