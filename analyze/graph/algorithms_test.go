package graph

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// everyGraph calls f with all graphs of four nodes and with random ones.
func everyGraph(t *testing.T, f func(t *testing.T, c *CSR)) {
	t.Helper()
	small(4, func(c *CSR) {
		if !t.Failed() {
			f(t, c)
		}
	})
	for seed := range uint64(300) {
		if !t.Failed() {
			n := 1 + int(seed%23)
			f(t, random(n, n*int(seed%5), seed))
		}
	}
}

func TestSCCAgainstReachability(t *testing.T) {
	everyGraph(t, func(t *testing.T, c *CSR) {
		reach := closureOracle(c)
		comp, n := SCC(c)
		for u := range comp {
			for v := range comp {
				if same := reach[u][v] && reach[v][u]; same != (comp[u] == comp[v]) {
					t.Fatalf("%v: %d and %d in components %d and %d", c, u, v, comp[u], comp[v])
				}
				if reach[u][v] && comp[u] < comp[v] {
					t.Fatalf("%v: %d depends on %d but has the smaller number", c, u, v)
				}
			}
		}
		if n > 0 && int(slices.Max(comp)) != n-1 {
			t.Fatalf("%v: %d components, numbers up to %d", c, n, slices.Max(comp))
		}
	})
}

func TestReachAgainstOracle(t *testing.T) {
	everyGraph(t, func(t *testing.T, c *CSR) {
		reach := closureOracle(c)
		for u := range c.Len() {
			if got := Reach(c, int32(u)); !slices.Equal(got, reach[u]) {
				t.Fatalf("%v: from %d got %v, want %v", c, u, got, reach[u])
			}
		}
	})
}

func TestVisibilityAgainstOracle(t *testing.T) {
	check := func(t *testing.T, c *CSR) {
		t.Helper()
		reach := closureOracle(c)
		out, in, err := Visibility(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		for u := range reach {
			var wantOut, wantIn int32
			for v := range reach {
				if reach[u][v] {
					wantOut++
				}
				if reach[v][u] {
					wantIn++
				}
			}
			if out[u] != wantOut || in[u] != wantIn {
				t.Fatalf("%d: got %d out, %d in; want %d, %d", u, out[u], in[u], wantOut, wantIn)
			}
		}
	}
	everyGraph(t, check)
	check(t, random(700, 900, 1)) // more than one block
	check(t, random(700, 2000, 2))
}

func TestVisibilityStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Visibility(ctx, random(10, 10, 1)); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}

func TestCondenseHasNoCycle(t *testing.T) {
	everyGraph(t, func(t *testing.T, c *CSR) {
		comp, n := SCC(c)
		d := Condense(c, comp, n)
		for u := range int32(n) {
			for _, v := range d.Out(u) {
				if v >= u {
					t.Fatalf("%v: edge %d to %d of the condensation", c, u, v)
				}
			}
		}
	})
}

func TestTopoOrder(t *testing.T) {
	everyGraph(t, func(t *testing.T, c *CSR) {
		order, ok := TopoOrder(c)
		_, n := SCC(c)
		loop := slices.ContainsFunc(slices.Collect(ids(c)), func(v int32) bool { return c.Has(v, v) })
		if want := n == c.Len() && !loop; ok != want {
			t.Fatalf("%v: ok is %v", c, ok)
		}
		at := map[int32]int{}
		for i, v := range order {
			at[v] = i
		}
		for _, u := range order {
			for _, v := range c.Out(u) {
				if i, in := at[v]; in && i <= at[u] {
					t.Fatalf("%v: %v has %d before %d", c, order, v, u)
				}
			}
		}
	})
}

func ids(c *CSR) func(func(int32) bool) {
	return func(yield func(int32) bool) {
		for v := range int32(c.Len()) {
			if !yield(v) {
				return
			}
		}
	}
}

func TestLongestPathAgainstSearch(t *testing.T) {
	everyGraph(t, func(t *testing.T, c *CSR) {
		comp, n := SCC(c)
		d := Condense(c, comp, n)
		var longest func(x int32) float64
		longest = func(x int32) float64 {
			var best float64
			for _, y := range d.Out(x) {
				best = max(best, 1+longest(y))
			}
			return best
		}
		sizes := Components(comp, n)
		for v, got := range LongestPath(c) {
			want := Value{}
			if len(sizes.Out(comp[v])) == 1 {
				want = Number(longest(comp[v]))
			}
			if c.Len() < 12 && got != want {
				t.Fatalf("%v: node %d got %v, want %v", c, v, got, want)
			}
		}
	})
}

func TestShortestCycleAgainstSearch(t *testing.T) {
	everyGraph(t, func(t *testing.T, c *CSR) {
		for _, component := range Cyclic(c) {
			got := ShortestCycle(c, component)
			if want := girth(c, component); len(got) != want {
				t.Fatalf("%v: %v has %d nodes, want %d", c, got, len(got), want)
			}
			for i, u := range got {
				if v := got[(i+1)%len(got)]; !c.Has(u, v) {
					t.Fatalf("%v: %v has no edge %d to %d", c, got, u, v)
				}
			}
			if got[0] != slices.Min(got) {
				t.Fatalf("%v does not start at its smallest node", got)
			}
		}
	})
}

// girth is the length of a shortest cycle of at least two nodes, from walks
// counted out one step at a time.
func girth(c *CSR, component []int32) int {
	for length := 2; ; length++ {
		for _, start := range component {
			at := map[int32]bool{start: true}
			for range length {
				next := map[int32]bool{}
				for u := range at {
					for _, v := range c.Out(u) {
						if u != v {
							next[v] = true
						}
					}
				}
				at = next
			}
			if at[start] {
				return length
			}
		}
	}
}

func TestReverseTwiceIsTheSame(t *testing.T) {
	everyGraph(t, func(t *testing.T, c *CSR) {
		twice := c.Reverse().Reverse()
		if !slices.Equal(twice.Off, c.Off) || !slices.Equal(twice.To, c.To) {
			t.Fatalf("%v became %v", c, twice)
		}
		for u := range int32(c.Len()) {
			for _, v := range c.Out(u) {
				if !c.Reverse().Has(v, u) {
					t.Fatalf("%v: %d to %d is lost", c, u, v)
				}
			}
		}
	})
}

// A chain of a million nodes must neither overflow a stack nor take long.
func TestMillionChain(t *testing.T) {
	const n = 1_000_000
	edges := make([]Edge, n-1)
	for i := range edges {
		edges[i] = Edge{int32(i), int32(i + 1)}
	}
	c := NewCSR(n, edges)
	if _, count := SCC(c); count != n {
		t.Errorf("%d components", count)
	}
	if d := LongestPath(c)[0]; d != Number(n-1) {
		t.Errorf("longest path is %v", d)
	}
	if _, ok := TopoOrder(c); !ok {
		t.Error("no order")
	}
	ring := NewCSR(n, append(edges, Edge{n - 1, 0}))
	if cycles := Cyclic(ring); len(cycles) != 1 || len(ShortestCycle(ring, cycles[0])) != n {
		t.Errorf("%d cycles", len(cycles))
	}
}

func TestCommunities(t *testing.T) {
	var links []Link
	for clique := range int32(3) {
		for a := range int32(5) {
			for b := range a {
				links = append(links, Link{clique*5 + a, clique*5 + b, 1})
			}
		}
	}
	links = append(links, Link{0, 5, 1}, Link{5, 10, 1}, Link{10, 0, 1})
	want := []int32{0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2}
	for range 5 {
		got, ok := Communities(15, links, 7)
		if !ok || !slices.Equal(got, want) {
			t.Fatalf("got %v", got)
		}
	}
	// 30 of 33 links inside; each group has 22 of 66 ends.
	if q := Modularity(want, links); q.F < 30./33-1./3-1e-12 || q.F > 30./33-1./3+1e-12 {
		t.Errorf("modularity is %v", q)
	}
	if q := Modularity([]int32{0, 1}, nil); q.OK {
		t.Errorf("modularity without links is %v", q)
	}
	if lone, ok := Communities(2, nil, 1); !ok || !slices.Equal(lone, []int32{0, 1}) {
		t.Errorf("without links: %v", lone)
	}
	if _, ok := Communities(MaxCommunityNodes+1, nil, 1); ok {
		t.Error("no limit")
	}
}

// Louvain must give the same groups in every run.
func TestCommunitiesRepeat(t *testing.T) {
	c := random(200, 600, 3)
	var links []Link
	for u := range int32(200) {
		for _, v := range c.Out(u) {
			links = append(links, Link{u, v, 1 + float64(v%3)})
		}
	}
	first, _ := Communities(200, links, 1)
	for range 5 {
		if again, _ := Communities(200, links, 1); !slices.Equal(first, again) {
			t.Fatal("two runs differ")
		}
	}
}
