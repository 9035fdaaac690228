package blast

import (
	"context"
	"strconv"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// estate makes n services with 2.5 hard calls each, mostly to what many call
// already. A quarter as many calls back to young services tangle it: a third of
// the services then lie on one cycle, as in an old estate.
func estate(n int, tangled bool) *model.System {
	sys := services(n)
	r := graph.NewRandom(9)
	below := func(k int) int { return int(r.Uint64() % uint64(k)) }
	var popular []int
	for u := 1; u < n; u++ {
		for range 2 + u%2 {
			v := below(u)
			if len(popular) > 0 && below(3) > 0 {
				v = popular[below(len(popular))]
			}
			if v != u {
				call(sys, u, v)
				popular = append(popular, v)
			}
		}
		if tangled && u%4 == 0 {
			call(sys, below(n/2), n/2+below(n/2))
		}
	}
	return sys
}

func BenchmarkSingle(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		for _, tangled := range []bool{false, true} {
			name := strconv.Itoa(n) + "/sparse"
			if tangled {
				name = strconv.Itoa(n) + "/tangled"
			}
			g := graph.Build(estate(n, tangled))
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if _, err := Single(context.Background(), g, Options{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// One failure at a time, for comparison: the plain search.
func BenchmarkOneAtATime(b *testing.B) {
	g := graph.Build(estate(10_000, false))
	for b.Loop() {
		e := newEvaluator(g)
		for f := range int32(g.Len()) {
			clear(e.state)
			e.run([]int32{f})
		}
	}
}

func BenchmarkPairs(b *testing.B) {
	g := graph.Build(estate(1000, false))
	for b.Loop() {
		if _, err := Pairs(context.Background(), g, PairOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
