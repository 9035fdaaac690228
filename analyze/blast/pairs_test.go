package blast

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

func TestPairsAgainstStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkPairs(t, graph.Build(drawSystem(t, 6))) })
}

func TestPairsOverSeveralBlocks(t *testing.T) {
	sys := large(600)
	for _, s := range sys.Services[:100] {
		s.DependsOn = append(s.DependsOn, model.Dependency{To: []string{"s598", "s599"}, AnyOf: true, AtLeast: 1})
	}
	g := graph.Build(sys)
	r, err := Pairs(context.Background(), g, PairOptions{Top: 40})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Worst) != 40 || len(r.Hidden) != 40 {
		t.Fatalf("%d worst, %d hidden", len(r.Worst), len(r.Hidden))
	}
	for _, p := range append(r.Worst, r.Hidden...) {
		checkPair(t, g, p)
	}
	one, _ := Pairs(context.Background(), g, PairOptions{Top: 40, Workers: 1})
	if !reflect.DeepEqual(r, one) {
		t.Error("the number of workers makes a difference")
	}
}

// checkPairs lists all pairs and compares each.
func checkPairs(t *rapid.T, g *graph.Graph) {
	n := g.Len()
	r, err := Pairs(context.Background(), g, PairOptions{Top: n * n})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Worst) != n*(n-1)/2 {
		t.Fatalf("%d pairs of %d nodes", len(r.Worst), n)
	}
	hidden := 0
	for _, p := range r.Worst {
		checkPair(t, g, p)
		if p.Beyond > 0 {
			hidden++
		}
	}
	if hidden != len(r.Hidden) || r.Beyond != int64(hidden) || r.Pairs != int64(len(r.Worst)) {
		t.Fatalf("%d hidden, %d counted of %d, want %d", len(r.Hidden), r.Beyond, r.Pairs, hidden)
	}
}

func checkPair(t interface{ Fatalf(string, ...any) }, g *graph.Graph, p Pair) {
	a, b, both := States(g, p.A), States(g, p.B), States(g, p.A, p.B)
	down, beyond := 0, 0
	for v := range int32(g.Services()) {
		if both[v] != graph.Down || v == p.A || v == p.B {
			continue
		}
		down++
		if a[v] != graph.Down && b[v] != graph.Down {
			beyond++
		}
	}
	if p.NDown != down || p.Beyond != beyond {
		t.Fatalf("%s and %s: %+v, want %d down, %d beyond", g.ID(p.A), g.ID(p.B), p, down, beyond)
	}
}

func TestPairsLimit(t *testing.T) {
	r, err := Pairs(context.Background(), graph.Build(services(6)), PairOptions{Limit: 5})
	if err != nil || !r.TooMany || r.Nodes != 6 || r.Worst != nil {
		t.Errorf("got %+v, %v", r, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Pairs(ctx, graph.Build(services(6)), PairOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Two alternatives: nobody falls with one, the caller with both.
func TestPairsFindHiddenRisk(t *testing.T) {
	sys := edges("a", "b", "c")
	sys.Services[0].DependsOn = []model.Dependency{{To: []string{"b", "c"}, AnyOf: true, AtLeast: 1}}
	r, err := Pairs(context.Background(), graph.Build(sys), PairOptions{})
	if err != nil || len(r.Hidden) != 1 || r.Hidden[0] != (Pair{A: 1, B: 2, NDown: 1, Beyond: 1, Radius: 1}) || r.Mean != 1./3 {
		t.Errorf("got %+v, %v", r, err)
	}
}
