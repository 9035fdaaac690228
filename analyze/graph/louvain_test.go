package graph

import (
	"strconv"
	"testing"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"pgregory.net/rapid"
)

// planted draws a graph of some groups with more links inside than between.
func planted(n, groups, degree int, seed uint64) []Link {
	r := NewRandom(seed)
	links := make([]Link, n*degree)
	for i := range links {
		a := int32(r.Uint64() % uint64(n))
		b := int32(r.Uint64() % uint64(n))
		if r.Uint64()%4 > 0 {
			b = b/int32(groups)*int32(groups) + a%int32(groups)
			b %= int32(n)
		}
		links[i] = Link{a, b, float64(1 + r.Uint64()%3)}
	}
	return links
}

// simple leaves out links to the same node, which gonum does not have.
func simple(links []Link) []Link {
	var out []Link
	for _, l := range links {
		if l.A != l.B {
			out = append(out, l)
		}
	}
	return out
}

func byGroup(group []int32) [][]graph.Node {
	sets := make([][]graph.Node, len(group))
	for v, x := range group {
		sets[x] = append(sets[x], node(v))
	}
	return sets
}

// gonum's own measure of a division, and its own Louvain, are the yardstick.
func TestCommunitiesAgainstGonum(t *testing.T) {
	for _, c := range []struct{ n, groups, degree int }{{30, 3, 2}, {120, 6, 3}, {400, 20, 2}, {400, 10, 5}} {
		links := simple(planted(c.n, c.groups, c.degree, uint64(c.n)))
		o := newOrdered(c.n, links)
		ours, _ := Communities(c.n, links, 1)
		q := Modularity(ours, links)
		if want := community.Q(o, byGroup(ours), 1); q.F < want-1e-12 || q.F > want+1e-12 {
			t.Errorf("%d nodes: modularity %v, by gonum %v", c.n, q.F, want)
		}
		if want := community.Q(o, community.Modularize(o, 1, NewRandom(1)).Communities(), 1); q.F < want-0.03 {
			t.Errorf("%d nodes: a division of %v, gonum finds one of %v", c.n, q.F, want)
		}
	}
}

// Neither the numbers of the nodes nor the order of the links may matter.
func TestCommunitiesOfRenumberedGraphs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 60).Draw(t, "nodes")
		links := simple(planted(n, 4, 2, rapid.Uint64().Draw(t, "seed")))
		number := rapid.Permutation(identity(n)).Draw(t, "numbers")
		var turned []Link
		for _, l := range rapid.Permutation(links).Draw(t, "links") {
			turned = append(turned, Link{number[l.B], number[l.A], l.Weight})
		}
		a, _ := Communities(n, links, 1)
		b, _ := Communities(n, turned, 1)
		if x, y := Modularity(a, links), Modularity(b, turned); x != y {
			t.Fatalf("%v, renumbered %v", x, y)
		}
	})
}

func identity(n int) []int32 {
	list := make([]int32, n)
	for i := range list {
		list[i] = int32(i)
	}
	return list
}

func BenchmarkCommunities(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		links := simple(planted(n, 40, 3, 1))
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				Communities(n, links, 1)
			}
		})
	}
}

func BenchmarkCommunitiesByGonum(b *testing.B) {
	links := simple(planted(1_000, 40, 3, 1))
	for b.Loop() {
		community.Modularize(newOrdered(1_000, links), 1, NewRandom(1))
	}
}
