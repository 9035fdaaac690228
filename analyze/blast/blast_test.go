package blast

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

// checkStates compares both evaluators with the oracle for every failure.
func checkStates(t interface{ Fatalf(string, ...any) }, sys *model.System) {
	g := graph.Build(sys)
	r, err := Single(context.Background(), g, Options{KeepSets: true})
	if err != nil {
		t.Fatalf("%v", err)
	}
	by := map[string][]int32{"down": make([]int32, g.Services()), "degraded": make([]int32, g.Services()), "delayed": make([]int32, g.Services())}
	for f := range int32(g.Len()) {
		want := oracleStates(sys, g.ID(f))
		got := States(g, f)
		sets := map[string][]int32{"up": {}, "down": {}, "degraded": {}, "delayed": {}}
		for v := range int32(g.Len()) {
			if got[v] != want[g.ID(v)] {
				t.Fatalf("%s fails: %s is %v, want %v", g.ID(f), g.ID(v), got[v], want[g.ID(v)])
			}
			if int(v) < g.Services() && v != f {
				word := got[v].String()
				sets[word] = append(sets[word], v)
				if int(f) < g.Services() && word != "up" {
					by[word][v]++
				}
			}
		}
		x := r.Of(f)
		if !slices.Equal(x.Down, sets["down"]) || !slices.Equal(x.Degraded, sets["degraded"]) || !slices.Equal(x.Delayed, sets["delayed"]) {
			t.Fatalf("%s fails: all at once %v %v %v, one by one %v", g.ID(f), x.Down, x.Degraded, x.Delayed, sets)
		}
		if int(x.NDown) != len(x.Down) || int(x.NDegraded) != len(x.Degraded) || int(x.NDelayed) != len(x.Delayed) {
			t.Fatalf("%s fails: counts %d %d %d, sets %v %v %v", g.ID(f), x.NDown, x.NDegraded, x.NDelayed, x.Down, x.Degraded, x.Delayed)
		}
		if want := weightedOracle(g, f, x.Down); x.Weighted != want {
			t.Fatalf("%s fails: weighted %v, want %v", g.ID(f), x.Weighted, want)
		}
	}
	if !slices.Equal(r.DownBy, by["down"]) || !slices.Equal(r.DegradedBy, by["degraded"]) || !slices.Equal(r.DelayedBy, by["delayed"]) {
		t.Fatalf("hit by %v %v %v, want %v", r.DownBy, r.DegradedBy, r.DelayedBy, by)
	}
}

// weightedOracle is for systems whose journeys have no rates.
func weightedOracle(g *graph.Graph, f int32, down []int32) float64 {
	hit, all := 0, 0
	for v, s := range g.Sys.Services {
		if int32(v) == f {
			continue
		}
		all += 5 - s.Tier
		if slices.Contains(down, int32(v)) {
			hit += 5 - s.Tier
		}
	}
	if all == 0 {
		return 0
	}
	return float64(hit) / float64(all)
}

func TestAgainstOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkStates(t, drawSystem(t, 7)) })
}

// Every way to connect three services by nothing, a soft or a hard call.
func TestAllLabelledGraphsOfThree(t *testing.T) {
	for code := range 729 {
		sys := services(3)
		for i, c := 0, code; i < 6; i, c = i+1, c/3 {
			u, v := i/2, (i/2+1+i%2)%3
			if c%3 > 0 {
				call(sys, u, v).Soft = c%3 == 1
			}
		}
		checkStates(t, sys)
	}
}

// Every directed graph of four services with hard calls.
func TestAllGraphsOfFour(t *testing.T) {
	for code := range 4096 {
		sys := services(4)
		for i := range 12 {
			if u, v := i/3, (i/3+1+i%3)%4; code>>i&1 == 1 {
				call(sys, u, v)
			}
		}
		g := graph.Build(sys)
		r, _ := Single(context.Background(), g, Options{})
		for f := range int32(4) {
			n := -1
			for _, s := range States(g, f) {
				if s == graph.Down {
					n++
				}
			}
			if int(r.Failures[f].NDown) != n {
				t.Fatalf("graph %d, %d fails: %d down, want %d", code, f, r.Failures[f].NDown, n)
			}
		}
	}
}

func services(n int) *model.System {
	sys := &model.System{}
	for i := range n {
		sys.Services = append(sys.Services, &model.Service{Entity: model.Entity{ID: "s" + strconv.Itoa(i), Tier: 3}, Runtime: model.Container})
	}
	return sys
}

func call(sys *model.System, u, v int) *model.Dependency {
	s := sys.Services[u]
	s.DependsOn = append(s.DependsOn, model.Dependency{To: []string{sys.Services[v].ID}, AtLeast: 1})
	return &s.DependsOn[len(s.DependsOn)-1]
}

// edges makes services and hard calls from "a>b" and "a".
func edges(list ...string) *model.System {
	sys := services(0)
	at := map[string]int{}
	number := func(id string) int {
		if _, ok := at[id]; !ok {
			at[id] = len(sys.Services)
			sys.Services = append(sys.Services, &model.Service{Entity: model.Entity{ID: id, Tier: 3}, Runtime: model.Container})
		}
		return at[id]
	}
	for _, e := range list {
		from, to, called := strings.Cut(e, ">")
		u := number(from)
		if called {
			call(sys, u, number(to))
		}
	}
	return sys
}

// Vector blast-1, derived by hand: the mean is 10/42.
func TestPublishedBlastRadius(t *testing.T) {
	g := graph.Build(edges("web>order", "web>cat", "order>pay", "order>inv", "inv>db", "cat>db", "mail"))
	r, err := Single(context.Background(), g, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"db": 4. / 6, "pay": 2. / 6, "inv": 2. / 6, "order": 1. / 6, "cat": 1. / 6, "web": 0, "mail": 0}
	for _, f := range r.Failures {
		if f.Radius != want[g.ID(f.Node)] {
			t.Errorf("%s: %v, want %v", g.ID(f.Node), f.Radius, want[g.ID(f.Node)])
		}
	}
	if got := r.MeanOverServices(); got != 10./42 {
		t.Errorf("mean %v", got)
	}
	if got := g.ID(r.Max().Node); got != "db" {
		t.Errorf("max at %s", got)
	}
}

// large is a system large enough for several blocks, with cycles and every kind
// of rule.
func large(n int) *model.System {
	sys := services(n)
	sys.Channels = []*model.Channel{{Entity: model.Entity{ID: "bus"}}}
	r := graph.NewRandom(5)
	pick := func() int { return int(r.Uint64() % uint64(n)) }
	for u, s := range sys.Services {
		s.Tier = 1 + pick()%4
		for range pick() % 3 {
			call(sys, u, pick()).Soft = pick()%5 == 0
		}
		if pick()%4 == 0 {
			to := []string{sys.Services[pick()].ID, sys.Services[pick()].ID, sys.Services[pick()].ID}
			s.DependsOn = append(s.DependsOn, model.Dependency{To: to, AnyOf: true, AtLeast: 1 + pick()%2})
		}
		if pick()%9 == 0 {
			s.Publishes = append(s.Publishes, model.Publication{To: "bus", Outbox: pick()%2 == 0})
		}
		if pick()%9 == 0 {
			s.Consumes = append(s.Consumes, model.Consumption{From: "bus", Awaits: true})
		}
	}
	return sys
}

func TestSeveralBlocks(t *testing.T) {
	g := graph.Build(large(1300))
	r, err := Single(context.Background(), g, Options{KeepSets: true})
	if err != nil {
		t.Fatal(err)
	}
	for f := range int32(g.Len()) {
		var sets [graph.Down + 1][]int32
		for v, s := range States(g, f)[:g.Services()] {
			if int32(v) != f {
				sets[s] = append(sets[s], int32(v))
			}
		}
		x := r.Of(f)
		if !slices.Equal(x.Down, sets[graph.Down]) || !slices.Equal(x.Degraded, sets[graph.Degraded]) || !slices.Equal(x.Delayed, sets[graph.Delayed]) {
			t.Fatalf("%s fails: all at once %d %d %d, one by one %d %d %d", g.ID(f), x.NDown, x.NDegraded, x.NDelayed,
				len(sets[graph.Down]), len(sets[graph.Degraded]), len(sets[graph.Delayed]))
		}
		if want := weightedOracle(g, f, x.Down); x.Weighted != want {
			t.Fatalf("%s fails: weighted %v, want %v", g.ID(f), x.Weighted, want)
		}
	}
}

func TestWorkersMakeNoDifference(t *testing.T) {
	g := graph.Build(large(1300))
	var first *Result
	for _, workers := range []int{1, 2, 5} {
		r, err := Single(context.Background(), g, Options{Workers: workers, KeepSets: true})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = r
		}
		if !reflect.DeepEqual(first, r) {
			t.Fatalf("%d workers give another answer", workers)
		}
	}
}

func TestKinds(t *testing.T) {
	sys := edges("a>b")
	sys.Externals = []*model.External{{Entity: model.Entity{ID: "x"}}}
	sys.Services[1].DependsOn = []model.Dependency{{To: []string{"x"}, AtLeast: 1}}
	g := graph.Build(sys)
	r, err := Single(context.Background(), g, Options{Kinds: []graph.Kind{graph.External}})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Failures) != 1 || r.Failures[0].NDown != 2 || r.Failures[0].Radius != 1 || r.Failures[0].Sets != nil {
		t.Errorf("got %+v", r.Failures)
	}
	if r.Of(0) != nil || r.MeanOverServices() != 0 {
		t.Error("services were not asked for")
	}
}

func TestNothingToFail(t *testing.T) {
	r, err := Single(context.Background(), graph.Build(services(0)), Options{})
	if err != nil || r.Max() != nil || r.MeanOverServices() != 0 {
		t.Errorf("got %+v, %v", r, err)
	}
	r, _ = Single(context.Background(), graph.Build(services(1)), Options{})
	if f := r.Max(); f.Radius != 0 || f.Weighted != 0 {
		t.Errorf("a lone service has radius %v, %v", f.Radius, f.Weighted)
	}
}

// An empty system has no worst failure; a cancelled run has no answer.
func TestCancellation(t *testing.T) {
	g := graph.Build(large(20_000))
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	if r, err := Single(ctx, g, Options{}); err != nil && (r != nil || !errors.Is(err, context.Canceled)) {
		t.Errorf("got %v, %v", r, err)
	}
	cancel()
	if _, err := Single(ctx, g, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// With rates, a service counts by the share of requests that its journeys have.
func TestWeightsByTraffic(t *testing.T) {
	sys := edges("web>orders", "orders>pay", "admin>orders", "idle")
	sys.Services[0].Tier = 1
	sys.Journeys = []*model.Journey{
		{ID: "buy", Entry: "web", Rate: model.Rate{Count: 3, Per: time.Minute}},
		{ID: "run", Entry: "admin", Rate: model.Rate{Count: 60, Per: time.Hour}},
	}
	g := graph.Build(sys)
	want := []float64{4 * 0.75, 2, 2, 2 * 0.25, 0}
	if got := Weights(g); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	r, err := Single(context.Background(), g, Options{})
	if err != nil {
		t.Fatal(err)
	}
	pay, _ := g.Lookup("pay")
	if got := r.Of(pay).Weighted; got != 1 {
		t.Errorf("pay takes all traffic with it, got %v", got)
	}
}

func TestAwkwardRates(t *testing.T) {
	sys := edges("a", "b")
	sys.Journeys = []*model.Journey{
		{ID: "a", Entry: "a", Rate: model.Rate{Count: 1e-9, Per: 24 * time.Hour}},
		{ID: "b", Entry: "b", Rate: model.Rate{Count: 7e9, Per: time.Second}},
	}
	w := Weights(graph.Build(sys))
	if w[0] < 0 || w[0] > 1e-9 || w[1] < 2-1e-9 || w[1] > 2+1e-9 {
		t.Errorf("got %v", w)
	}
}
