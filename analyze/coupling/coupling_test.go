package coupling

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// drawSystem makes a small system with every way of coupling.
func drawSystem(t *rapid.T) *model.System {
	n := rapid.IntRange(1, 6).Draw(t, "services")
	sys := &model.System{
		Stores:   []*model.Store{{Entity: model.Entity{ID: "db"}}, {Entity: model.Entity{ID: "log"}}},
		Channels: []*model.Channel{{Entity: model.Entity{ID: "bus"}, Kind: model.Router}, {Entity: model.Entity{ID: "jobs"}, Kind: model.Queue}},
	}
	knows := []model.Knowledge{model.KnowsContract, model.KnowsModel, model.KnowsInternals}
	var events [][]string = [][]string{nil, {"x"}, {"y"}, {"x", "y"}}
	for i := range n {
		s := &model.Service{Entity: model.Entity{ID: fmt.Sprintf("s%d", i)}}
		for j := range n {
			if j != i && rapid.IntRange(0, 3).Draw(t, "call") == 0 {
				s.DependsOn = append(s.DependsOn, model.Dependency{
					To: []string{fmt.Sprintf("s%d", j)}, AtLeast: 1, Soft: rapid.Bool().Draw(t, "soft"),
					Knows: rapid.SampledFrom(knows).Draw(t, "knows"),
				})
			}
		}
		for _, store := range sys.Stores {
			if rapid.IntRange(0, 3).Draw(t, "use") == 0 {
				s.DependsOn = append(s.DependsOn, model.Dependency{
					To: []string{store.ID}, AtLeast: 1, Knows: rapid.SampledFrom(knows).Draw(t, "knows"),
					Access: rapid.SampledFrom([]model.Access{model.Read, model.Write}).Draw(t, "access"),
				})
			}
		}
		for _, c := range sys.Channels {
			if rapid.IntRange(0, 3).Draw(t, "publish") == 0 {
				s.Publishes = append(s.Publishes, model.Publication{To: c.ID, Events: rapid.SampledFrom(events).Draw(t, "events")})
			}
			if rapid.IntRange(0, 3).Draw(t, "consume") == 0 {
				s.Consumes = append(s.Consumes, model.Consumption{From: c.ID, Events: rapid.SampledFrom(events).Draw(t, "events")})
			}
		}
		sys.Services = append(sys.Services, s)
	}
	for u := range rapid.IntRange(0, 2).Draw(t, "units") {
		unit := &model.Unit{Entity: model.Entity{ID: fmt.Sprintf("u%d", u)}}
		for i := range n {
			if i%2 == u && rapid.Bool().Draw(t, "member") {
				unit.Services = append(unit.Services, fmt.Sprintf("s%d", i))
			}
		}
		sys.Units = append(sys.Units, unit)
	}
	return sys
}

// direct is the strongest single link between two services, written from the
// definition: no hubs, no graph.
func direct(sys *model.System, u, v int) float64 {
	best, scale := 0.0, NewScale(sys)
	for _, unit := range sys.Units {
		if slices.Contains(unit.Services, sys.Services[u].ID) && slices.Contains(unit.Services, sys.Services[v].ID) {
			return 1
		}
	}
	for _, d := range sys.Services[u].DependsOn {
		if d.To[0] == sys.Services[v].ID {
			best = max(best, scale.Strength(call(&d), knowledge(d.Knows)))
		}
		for _, e := range sys.Services[v].DependsOn {
			if d.To[0] == e.To[0] && d.To[0][0] != 's' {
				best = max(best, min(scale.Strength(use(d.Access), min(knowledge(d.Knows), Model)), scale.Strength(use(e.Access), min(knowledge(e.Knows), Model))))
			}
		}
	}
	for _, c := range sys.Services[u].Consumes {
		for _, p := range sys.Services[v].Publishes {
			shared := len(c.Events) == 0 || len(p.Events) == 0 || slices.ContainsFunc(c.Events, func(e string) bool { return slices.Contains(p.Events, e) })
			if c.From == p.To && shared {
				kind := Routed
				if c.From == "jobs" {
					kind = PointToPoint
				}
				best = max(best, scale.Strength(kind, Contract))
			}
		}
	}
	return best
}

// bestPath tries every simple path.
func bestPath(sys *model.System, u, v int, seen []bool) float64 {
	if u == v {
		return 1
	}
	seen[u] = true
	best := 0.0
	for w := range sys.Services {
		if !seen[w] {
			if d := direct(sys, u, w); d > 0 {
				best = max(best, d*bestPath(sys, w, v, seen))
			}
		}
	}
	seen[u] = false
	return best
}

func measure(t interface{ Fatal(...any) }, sys *model.System, o TightnessOptions) *Tightness {
	g := graph.Build(sys)
	scale := NewScale(sys)
	result, err := NewNetwork(g, scale, Links(g, scale)).Measure(context.Background(), g, o)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-12 }

func TestTightnessAgainstAllSimplePaths(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		n := len(sys.Services)
		got := measure(t, sys, TightnessOptions{})
		total := 0.0
		both := make([]float64, n)
		for u := range n {
			for v := range n {
				if u != v {
					x := bestPath(sys, u, v, make([]bool, n))
					total += x
					both[u] += x
					both[v] += x
				}
			}
		}
		if n < 2 {
			if got.System.OK {
				t.Fatalf("defined for one service: %v", got.System)
			}
			return
		}
		if want := total / float64(n*(n-1)); !near(got.System.F, want) {
			t.Fatalf("system %v, want %v", got.System.F, want)
		}
		for s := range n {
			if want := both[s] / float64(2*(n-1)); !near(got.Services[s].F, want) {
				t.Fatalf("service %d: %v, want %v", s, got.Services[s].F, want)
			}
		}
	})
}

func TestMergingUnitsNeverLowersTightness(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		if len(sys.Units) != 2 || len(sys.Services) < 2 {
			t.Skip("needs two units")
		}
		before := measure(t, sys, TightnessOptions{}).System.F
		merged := *sys
		merged.Units = []*model.Unit{{Entity: model.Entity{ID: "u"}, Services: append(slices.Clone(sys.Units[0].Services), sys.Units[1].Services...)}}
		if after := measure(t, &merged, TightnessOptions{}).System.F; after < before {
			t.Fatalf("%v before, %v after", before, after)
		}
		all := *sys
		all.Units = []*model.Unit{{Entity: model.Entity{ID: "u"}}}
		for _, s := range sys.Services {
			all.Units[0].Services = append(all.Units[0].Services, s.ID)
		}
		if x := measure(t, &all, TightnessOptions{}).System.F; x != 1 {
			t.Fatalf("all in one unit: %v", x)
		}
	})
}

// Making every call soft never raises tightness.
func TestSoftCallsNeverRaiseTightness(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		before := measure(t, sys, TightnessOptions{}).System.F
		for _, s := range sys.Services {
			for i := range s.DependsOn {
				s.DependsOn[i].Soft = true
			}
		}
		if after := measure(t, sys, TightnessOptions{}).System.F; after > before {
			t.Fatalf("%v before, %v after", before, after)
		}
	})
}

// Renaming and reordering services and changing the number of workers change no
// bit of the result.
func TestTightnessIgnoresOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		want := measure(t, sys, TightnessOptions{Workers: 1}).System
		turned := *sys
		turned.Services = slices.Clone(sys.Services)
		slices.Reverse(turned.Services)
		if got := measure(t, &turned, TightnessOptions{Workers: 3}).System; got != want {
			t.Fatalf("%v, reversed %v", want, got)
		}
	})
}

// strongCalls makes a system whose only links are calls of strength 1.
func strongCalls(n int, calls float64, seed uint64) *model.System {
	random := rand.New(rand.NewPCG(seed, 1))
	sys := &model.System{Strengths: []model.Strength{{Factor: "synchronous-hard", Value: 1}}}
	for i := range n {
		s := &model.Service{Entity: model.Entity{ID: fmt.Sprintf("s%d", i)}}
		for range int(calls) {
			if j := random.IntN(n); j != i {
				s.DependsOn = append(s.DependsOn, model.Dependency{To: []string{fmt.Sprintf("s%d", j)}, AtLeast: 1, Knows: model.KnowsInternals})
			}
		}
		sys.Services = append(sys.Services, s)
	}
	return sys
}

func TestTightnessOfStrongCallsIsPropagationCost(t *testing.T) {
	for seed := range uint64(20) {
		sys := strongCalls(12, 1, seed)
		g := graph.Build(sys)
		out, _, err := graph.Visibility(context.Background(), g.Calls())
		if err != nil {
			t.Fatal(err)
		}
		pairs := 0
		for _, x := range out {
			pairs += int(x) - 1
		}
		if got, want := measure(t, sys, TightnessOptions{}).System.F, float64(pairs)/(12*11); got != want {
			t.Errorf("tightness %v, propagation cost without the diagonal %v", got, want)
		}
	}
}

// TestSample asserts that the interval of a sample holds the exact value, and
// that the sample does not depend on the order of services.
func TestSample(t *testing.T) {
	missed := 0
	for seed := range uint64(20) {
		sys := strongCalls(400, 2, seed)
		for _, s := range sys.Services {
			for i := range s.DependsOn {
				s.DependsOn[i].Knows = model.KnowsContract
			}
		}
		exact, sampled := measure(t, sys, TightnessOptions{}), measure(t, sys, TightnessOptions{Limit: 100})
		if sampled.Sources >= 400 && sampled.Low != sampled.High {
			t.Errorf("%d sources and still an interval", sampled.Sources)
		}
		if exact.System.F < sampled.Low || exact.System.F > sampled.High {
			missed++
		}
		if sampled.Services[0].OK {
			t.Error("a service's tightness is not known from a sample")
		}
	}
	if missed > 4 {
		t.Errorf("%d of 20 intervals of 95 %% miss the value", missed)
	}
}

func TestSumIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOf(rapid.Float64Range(0, 1)).Draw(t, "shares")
		var a, b Sum
		naive := 0.0
		for i, x := range xs {
			a.Add(x)
			b.Add(xs[len(xs)-1-i])
			naive += x
		}
		if a != b {
			t.Fatal("the order matters")
		}
		if math.Abs(a.Float()-naive) > 1e-9 {
			t.Fatalf("%v, want %v", a.Float(), naive)
		}
	})
	for _, x := range []float64{0.3, 1, 0.1, 0x1p-40, 0.999999999} {
		var s Sum
		s.Add(x)
		if s.Float() != x {
			t.Errorf("sum of %v alone is %v", x, s.Float())
		}
	}
}

func TestScale(t *testing.T) {
	s := NewScale(&model.System{})
	for i := StoreWrite; i < integrations; i++ {
		if s.Integration(i) >= s.Integration(i-1) {
			t.Errorf("%v is not weaker than %v", i, i-1)
		}
	}
	for k := Model; k < knowledges; k++ {
		if s.Knowledge(k) >= s.Knowledge(k-1) {
			t.Errorf("%v is not weaker than %v", k, k-1)
		}
	}
	s = NewScale(&model.System{Strengths: []model.Strength{{Factor: "router", Value: 0.2}, {Factor: "in-process", Value: 0}, {Factor: "queue", Value: 7}}})
	if s.Integration(Routed) != 0.2 || s.Integration(InProcess) != 1 || s.Integration(PointToPoint) != 0.25 {
		t.Errorf("overrides: %+v", s)
	}
}

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		factor string
		value  float64
		want   string // of the message and the hint; empty: no finding
	}{
		{"router", 0.2, ""},
		{"routr", 0.2, `did you mean "router"?`},
		{"in-process", 0.9, "is 1 by definition"},
		{"queue", 1.5, "must lie in 0..1, not 1.5"},
		{"queue", math.NaN(), "must lie in 0..1"},
	} {
		d := Validate(&model.System{Strengths: []model.Strength{{Factor: c.factor, Value: c.value}}})
		if c.want == "" {
			if len(d) > 0 {
				t.Errorf("%s: %v", c.factor, d)
			}
			continue
		}
		if len(d) != 1 || d[0].Severity != model.Error || !strings.Contains(d[0].Message+" "+d[0].Hint, c.want) {
			t.Errorf("%s %v: %v, want %q", c.factor, c.value, d, c.want)
		}
	}
}

// TestBalance is Khononov's truth table: only 001 and 111 are out of balance.
func TestBalance(t *testing.T) {
	for bits := range 8 {
		s, d, v := bits&4 != 0, bits&2 != 0, bits&1 != 0
		if got, want := IsBalanced(s, d, v), bits != 0b001 && bits != 0b111; got != want {
			t.Errorf("khononov: (%v, %v, %v): %v", s, d, v, got)
		}
	}
}

// TestRequirements is the worked example of Cataldo, Herbsleb and Carley 2008.
func TestRequirements(t *testing.T) {
	workers := [][]int32{{2}, {0, 1, 2}, {1}} // the columns of TA
	depends := graph.NewCSR(3, []graph.Edge{{From: 0, To: 1}, {From: 1, To: 0}, {From: 1, To: 2}, {From: 2, To: 1}})
	got := make([][]int, 3)
	for i := range got {
		got[i] = make([]int, 3)
	}
	for _, r := range Requirements(workers, depends) {
		got[r.From][r.To] = r.Count
	}
	if want := [][]int{{1, 2, 2}, {2, 4, 3}, {2, 3, 4}}; !reflect.DeepEqual(got, want) {
		t.Errorf("cataldo: %v, want %v", got, want)
	}
}

func TestLinks(t *testing.T) {
	service := func(id, owner string, v model.Volatility, deps ...model.Dependency) *model.Service {
		return &model.Service{Entity: model.Entity{ID: id, Owner: owner}, Volatility: v, DependsOn: deps}
	}
	to := func(id string) model.Dependency { return model.Dependency{To: []string{id}, AtLeast: 1} }
	sys := &model.System{
		Services: []*model.Service{
			service("web", "front", model.HighVolatility, to("cart"), to("orders"), to("stripe"), to("own-db")),
			service("cart", "front", model.LowVolatility, to("legacy"), to("db")),
			service("orders", "checkout", model.HighVolatility, to("db"), to("billing")),
			service("billing", "checkout", model.LowVolatility),
			service("legacy", "", model.LowVolatility),
		},
		Stores:    []*model.Store{{Entity: model.Entity{ID: "db"}}, {Entity: model.Entity{ID: "own-db"}}},
		Externals: []*model.External{{Entity: model.Entity{ID: "stripe"}}},
		Units:     []*model.Unit{{Entity: model.Entity{ID: "shop"}, Services: []string{"orders", "billing"}}},
	}
	g := graph.Build(sys)
	var got []string
	for _, l := range Links(g, NewScale(sys)) {
		got = append(got, fmt.Sprintf("%s→%s %v×%v %v %v", g.ID(l.From), g.ID(l.To), l.Integration, l.Knowledge, l.Distance, l.Balance()))
	}
	want := []string{
		"web→cart synchronous-hard×contract same team balanced",
		"web→orders synchronous-hard×contract other team balanced",
		"web→stripe synchronous-hard×contract external balanced",
		"cart→legacy synchronous-hard×contract unknown balanced",
		"cart→db shared-store-read×model other team unbalanced",
		"orders→db shared-store-read×model other team balanced",
		"orders→billing in-process×contract same unit balanced",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestPairs asserts the counting of consumer and publisher pairs by groups
// against looking at each pair.
func TestPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		want := 0
		for _, c := range sys.Channels {
			for i, u := range sys.Services {
				for j, v := range sys.Services {
					if i != j && hears(u, v, c.ID) {
						want++
					}
				}
			}
		}
		if got := Interconnect(graph.Build(sys)).Messages(); got != want {
			t.Fatalf("%d pairs, want %d", got, want)
		}
	})
}

func hears(u, v *model.Service, channel string) bool {
	for _, c := range u.Consumes {
		for _, p := range v.Publishes {
			if c.From != channel || p.To != channel {
				continue
			}
			if len(c.Events) == 0 || len(p.Events) == 0 || slices.ContainsFunc(c.Events, func(e string) bool { return slices.Contains(p.Events, e) }) {
				return true
			}
		}
	}
	return false
}

// TestReversal: turning every call round swaps callers with calls.
func TestReversal(t *testing.T) {
	g := graph.Build(strongCalls(30, 2, 7))
	turned := g.Calls().Reverse()
	if !slices.Equal(Degrees(turned), Degrees(g.Callers())) || Gini(Degrees(turned)) != Gini(Degrees(g.Callers())) {
		t.Error("degrees do not swap")
	}
}

func TestRolesWithoutCycle(t *testing.T) {
	g := graph.Build(strongCalls(9, 0, 1))
	ones := slices.Repeat([]int32{1}, 9)
	for s, r := range Roles(g.Calls(), ones, ones).Roles {
		if r == Core {
			t.Errorf("service %d is core without a cycle", s)
		}
	}
}

func TestLongestChain(t *testing.T) {
	c := graph.NewCSR(5, []graph.Edge{{From: 0, To: 1}, {From: 1, To: 2}, {From: 0, To: 2}, {From: 2, To: 3}, {From: 3, To: 2}, {From: 3, To: 4}})
	want := []graph.Edge{{From: 0, To: 1}, {From: 1, To: 2}, {From: 3, To: 4}}
	if got := LongestChains(c).From(0); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
