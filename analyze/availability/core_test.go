package availability

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// entangled draws a system in which most services need a large cycle.
func entangled(t *testing.T, services int, seed uint64) *graph.Graph {
	t.Helper()
	r := graph.NewRandom(seed)
	pick := func(n int) int { return int(r.Uint64() % uint64(n)) }
	var b strings.Builder
	b.WriteString("system: x\nplatforms: {p: {}}\nservices:\n")
	for s := range services {
		fmt.Fprintf(&b, "  s%d: {exposed: true, runs_on: [p], depends_on: [", s)
		switch {
		case s < services/4:
			fmt.Fprintf(&b, "s%d, ", (s+1)%(services/4))
		case s%5 == 0:
			fmt.Fprintf(&b, "{any_of: [s%d, s%d]}, ", s-1, s-2)
		}
		fmt.Fprintf(&b, "s%d]}\n", s+1+pick(services-s))
	}
	fmt.Fprintf(&b, "  s%d: {}\n", services)
	b.WriteString("units: {u: {services: [s1, s7]}, w: {services: [s90, s3]}}\n")
	sys, d := model.Parse("x.yaml", []byte(b.String()), model.DefaultLimits())
	if sys == nil {
		t.Fatal(d)
	}
	return graph.Build(sys)
}

// Exploring the core once must change nothing but the last bits of products.
func TestCoreChangesNothing(t *testing.T) {
	used := 0
	for seed := range uint64(6) {
		g := entangled(t, 300, seed)
		with, without := newStructure(g), newStructure(g)
		without.core = nil
		if with.core == nil {
			continue
		}
		o := Options{Details: true, MaxNodes: 3_000, Samples: 100}.withDefaults()
		a, b := newWorker(with, o), newWorker(without, o)
		for _, j := range g.Sys.Journeys {
			x, y := a.journey(context.Background(), j), b.journey(context.Background(), j)
			if a.cone.core != nil {
				used++
			}
			exact := x.Works.Exact && y.Works.Exact
			if exact && math.Abs(x.Works.Value-y.Works.Value) > 1e-12 || exact && !reflect.DeepEqual(x.CutSets, y.CutSets) ||
				x.NSingle != y.NSingle || x.NAssumed != y.NAssumed || !slices.Equal(x.Single, y.Single) || !slices.Equal(x.Assumed, y.Assumed) {
				t.Fatalf("seed %d, %s: %+v, without the core %+v", seed, j.ID, x, y)
			}
		}
	}
	if used == 0 {
		t.Error("no journey had a core")
	}
}
