package availability

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"pgregory.net/rapid"
)

// A ring in which each service can do without the next one while its spare is
// up, and one needs z. Where that one is decides how often the ring must be
// gone round until the states settle.
func TestRingOfAlternatives(t *testing.T) {
	for start := range 5 {
		up := every(.7, "z", "y")
		edges := []string{"top>s0|y"}
		for i := range 5 {
			spare := fmt.Sprintf("x%d", i)
			up[spare] = .5 + float64(i)/10
			edges = append(edges, fmt.Sprintf("s%d>s%d|%s", i, (i+1)%5, spare))
		}
		edges = append(edges, fmt.Sprintf("s%d>z", start))
		sys := build(up, edges...)
		_, r := only(t, sys, Options{})
		want := newTruth(graph.Build(sys), []string{"top"}).probability(0, 0)
		near(t, fmt.Sprintf("starting at %d", start), r.Works.Value, want, 1e-12)
	}
}

// Cut sets up to the order that the result names must all be there, and no
// others.
func TestCutSetsUpToAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		g := graph.Build(sys)
		o := Options{Details: true, MaxOrder: rapid.IntRange(1, 3).Draw(t, "order"), MaxCuts: rapid.IntRange(1, 4).Draw(t, "cuts")}
		results, err := Journeys(context.Background(), g, o)
		if err != nil {
			t.Fatal(err)
		}
		r := results[0]
		all := newTruth(g, append([]string{sys.Journeys[0].Entry}, sys.Journeys[0].Requires...)).cutSets()
		want := slices.DeleteFunc(slices.Clone(all), func(c []int32) bool { return len(c) > r.CutOrder })
		if !slices.EqualFunc(r.CutSets, want, slices.Equal) {
			t.Fatalf("up to %d: %v, want %v", r.CutOrder, r.CutSets, want)
		}
		if r.CutsAll && len(want) != len(all) {
			t.Fatalf("%v is not all of %v", r.CutSets, all)
		}
		if r.CutsAll != r.MCUB.OK || math.IsNaN(r.MCUB.F) {
			t.Fatalf("bound %v of cut sets %v", r.MCUB, r.CutSets)
		}
	})
}
