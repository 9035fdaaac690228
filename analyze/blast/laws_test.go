package blast

import (
	"context"
	"slices"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

// statesOf gives the states of all nodes for every failure, by id.
func statesOf(sys *model.System) map[string]map[string]graph.State {
	g := graph.Build(sys)
	all := map[string]map[string]graph.State{}
	for f := range int32(g.Len()) {
		s := map[string]graph.State{}
		for v, x := range States(g, f) {
			s[g.ID(int32(v))] = x
		}
		all[g.ID(f)] = s
	}
	return all
}

// notBetter fails when a node fares better after than before in any failure
// that both have.
func notBetter(t *rapid.T, before, after map[string]map[string]graph.State) {
	t.Helper()
	for f, states := range before {
		for v, s := range states {
			if x, both := after[f][v]; both && x < s {
				t.Fatalf("%s fails: %s was %v and is %v", f, v, s, x)
			}
		}
	}
}

// drawCall picks a service and one of its dependencies; ok is false when it has
// none.
func drawCall(t *rapid.T, sys *model.System) (*model.Service, *model.Dependency, bool) {
	s := rapid.SampledFrom(sys.Services).Draw(t, "of")
	if len(s.DependsOn) == 0 {
		return s, nil, false
	}
	return s, &s.DependsOn[rapid.IntRange(0, len(s.DependsOn)-1).Draw(t, "which")], true
}

func TestAddingAHardDependencyNeverImproves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t, 6)
		before := statesOf(sys)
		s := rapid.SampledFrom(sys.Services).Draw(t, "from")
		to := rapid.SampledFrom(sys.Services).Draw(t, "to")
		s.DependsOn = append(s.DependsOn, model.Dependency{To: []string{to.ID}, AtLeast: 1})
		notBetter(t, before, statesOf(sys))
	})
}

func TestSofteningNeverWorsens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t, 6)
		before := statesOf(sys)
		if _, d, ok := drawCall(t, sys); ok {
			d.Soft = true
		}
		notBetter(t, statesOf(sys), before)
	})
}

func TestAnAlternativeNeverWorsens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t, 6)
		before := statesOf(sys)
		_, d, ok := drawCall(t, sys)
		more := rapid.SampledFrom(sys.Services).Draw(t, "more").ID
		if ok && !slices.Contains(d.To, more) {
			d.To, d.AnyOf = append(slices.Clone(d.To), more), true
		}
		notBetter(t, statesOf(sys), before)
	})
}

func TestRaisingAtLeastNeverImproves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t, 6)
		before := statesOf(sys)
		if _, d, ok := drawCall(t, sys); ok && d.AtLeast < len(d.To) {
			d.AtLeast++
		}
		notBetter(t, before, statesOf(sys))
	})
}

// A call turned into an event over a new router is no worse in any failure that
// was there before.
func TestAnEventOverANewRouterNeverWorsens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t, 6)
		before := statesOf(sys)
		s, d, ok := drawCall(t, sys)
		if !ok {
			return
		}
		i := slices.IndexFunc(sys.Services, func(x *model.Service) bool { return x.ID == d.To[0] })
		if i < 0 || len(d.To) > 1 {
			return
		}
		to := slices.Clone(d.To)
		sys.Channels = append(sys.Channels, &model.Channel{Entity: model.Entity{ID: "router"}})
		s.DependsOn = slices.DeleteFunc(s.DependsOn, func(x model.Dependency) bool { return slices.Equal(x.To, to) })
		s.Publishes = append(s.Publishes, model.Publication{To: "router", Outbox: true})
		sys.Services[i].Consumes = append(sys.Services[i].Consumes, model.Consumption{From: "router"})
		after := statesOf(sys)
		delete(after, "router")
		notBetter(t, after, before)
	})
}

func TestMergingUnitsNeverImproves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t, 6)
		sys.Units = nil
		for _, x := range sys.Services {
			x.RunsOn = nil
		}
		before := statesOf(dropGround(sys))
		n := rapid.IntRange(1, len(sys.Services)).Draw(t, "size")
		u := &model.Unit{Entity: model.Entity{ID: "merged"}, Isolation: model.NoIsolation}
		for _, s := range sys.Services[:n] {
			u.Services = append(u.Services, s.ID)
		}
		sys.Units = []*model.Unit{u}
		notBetter(t, before, statesOf(sys))
	})
}

// dropGround takes away what stood on units that are gone.
func dropGround(sys *model.System) *model.System {
	for _, x := range sys.Stores {
		x.RunsOn = nil
	}
	for _, x := range sys.Channels {
		x.RunsOn = nil
	}
	for _, x := range sys.Platforms {
		x.RunsOn = nil
	}
	return sys
}

// All services in one unit: each failure of a service takes all others down.
func TestOneUnitMeansRadiusOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t, 6)
		u := &model.Unit{Entity: model.Entity{ID: "all"}, Isolation: model.NoIsolation}
		for _, s := range sys.Services {
			u.Services = append(u.Services, s.ID)
		}
		sys.Units = []*model.Unit{u}
		r, err := Single(context.Background(), graph.Build(sys), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Failures[:len(sys.Services)] {
			if len(sys.Services) > 1 && (f.Radius != 1 || f.Weighted != 1) {
				t.Fatalf("%+v", f)
			}
		}
	})
}

// A hard edge u → w beside u → v → w changes no state.
func TestTransitiveEdgeChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t, 6)
		u, v, w := rapid.SampledFrom(sys.Services).Draw(t, "u"), rapid.SampledFrom(sys.Services).Draw(t, "v"), rapid.SampledFrom(sys.Services).Draw(t, "w")
		u.DependsOn = append(u.DependsOn, model.Dependency{To: []string{v.ID}, AtLeast: 1})
		v.DependsOn = append(v.DependsOn, model.Dependency{To: []string{w.ID}, AtLeast: 1})
		before := statesOf(sys)
		u.DependsOn = append(u.DependsOn, model.Dependency{To: []string{w.ID}, AtLeast: 1})
		notBetter(t, before, statesOf(sys))
		notBetter(t, statesOf(sys), before)
	})
}

// Order in the file changes no number.
func TestReorderingChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t, 7)
		before := byID(t, sys)
		slices.Reverse(sys.Services)
		slices.Reverse(sys.Stores)
		slices.Reverse(sys.Channels)
		slices.Reverse(sys.Units)
		for _, s := range sys.Services {
			slices.Reverse(s.DependsOn)
			slices.Reverse(s.Publishes)
			slices.Reverse(s.Consumes)
			for i := range s.DependsOn {
				slices.Reverse(s.DependsOn[i].To)
			}
		}
		for id, f := range byID(t, sys) {
			if f != before[id] {
				t.Fatalf("%s: %+v was %+v", id, f, before[id])
			}
		}
	})
}

type numbers struct {
	down, degraded, delayed int
	radius, weighted        float64
}

func byID(t *rapid.T, sys *model.System) map[string]numbers {
	g := graph.Build(sys)
	r, err := Single(context.Background(), g, Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]numbers{}
	for _, f := range r.Failures {
		all[g.ID(f.Node)] = numbers{int(f.NDown), int(f.NDegraded), int(f.NDelayed), f.Radius, f.Weighted}
	}
	return all
}

// Two copies side by side: the same services fall, ratios shrink by (N-1)/(2N-1).
func TestDisjointCopy(t *testing.T) {
	g := graph.Build(large(300))
	once, _ := Single(context.Background(), g, Options{})
	twice, _ := Single(context.Background(), graph.Build(double(large(300))), Options{})
	for i, f := range once.Failures[:300] {
		x := twice.Failures[i]
		if x.NDown != f.NDown || x.NDegraded != f.NDegraded || x.NDelayed != f.NDelayed {
			t.Fatalf("%d: %+v was %+v", i, x, f)
		}
		if f.Radius != float64(f.NDown)/299 || x.Radius != float64(f.NDown)/599 {
			t.Fatalf("%d: radius %v was %v", i, x.Radius, f.Radius)
		}
	}
}

func double(sys *model.System) *model.System {
	n := len(sys.Services)
	other := large(n)
	other.Channels[0].ID = "bus'"
	for _, s := range other.Services {
		s.ID += "'"
		for i := range s.DependsOn {
			for k := range s.DependsOn[i].To {
				s.DependsOn[i].To[k] += "'"
			}
		}
		for i := range s.Publishes {
			s.Publishes[i].To += "'"
		}
		for i := range s.Consumes {
			s.Consumes[i].From += "'"
		}
	}
	sys.Services = append(sys.Services, other.Services...)
	sys.Channels = append(sys.Channels, other.Channels...)
	return sys
}

// Over hard calls alone the mean radius is propagation cost without the
// diagonal.
func TestMeanIsPropagationCost(t *testing.T) {
	sys := services(200)
	r := graph.NewRandom(11)
	for range 420 {
		call(sys, int(r.Uint64()%200), int(r.Uint64()%200))
	}
	g := graph.Build(sys)
	result, _ := Single(context.Background(), g, Options{})
	out, _, _ := graph.Visibility(context.Background(), g.Calls())
	sum := 0
	for _, n := range out {
		sum += int(n) - 1
	}
	if got, want := result.MeanOverServices(), float64(sum)/(200*199); got != want {
		t.Errorf("mean %v, propagation cost %v", got, want)
	}
}
