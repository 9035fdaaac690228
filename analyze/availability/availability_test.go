package availability

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// build makes a system of services with one journey that enters at the first.
// "a>b" is a hard call, "a>b|c" an any_of, "a>2:b|c|d" one of which two must be
// up. up gives availabilities; the rest never fails.
func build(up map[string]float64, edges ...string) *model.System {
	sys := &model.System{}
	one := 1.0
	find := func(id string) *model.Service {
		for _, s := range sys.Services {
			if s.ID == id {
				return s
			}
		}
		s := &model.Service{Entity: model.Entity{ID: id, Availability: &one}, Runtime: model.Container}
		if a, ok := up[id]; ok {
			s.Availability = &a
		}
		sys.Services = append(sys.Services, s)
		return s
	}
	for _, e := range edges {
		from, to, called := strings.Cut(e, ">")
		find(from)
		if !called {
			continue
		}
		d := model.Dependency{AtLeast: 1}
		if k, rest, ok := strings.Cut(to, ":"); ok {
			d.AtLeast, to = int(k[0]-'0'), rest
		}
		d.To = strings.Split(to, "|")
		d.AnyOf = len(d.To) > 1
		for _, id := range d.To {
			find(id)
		}
		s := find(from)
		s.DependsOn = append(s.DependsOn, d)
	}
	sys.Journeys = []*model.Journey{{ID: "j", Entry: sys.Services[0].ID}}
	return sys
}

func only(t *testing.T, sys *model.System, o Options) (*graph.Graph, Result) {
	t.Helper()
	g := graph.Build(sys)
	r, err := Journeys(context.Background(), g, o)
	if err != nil {
		t.Fatal(err)
	}
	return g, r[0]
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if math.Abs(got-want) > within {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func failing(p map[string]float64) map[string]float64 {
	up := map[string]float64{}
	for id, q := range p {
		up[id] = 1 - q
	}
	return up
}

func every(a float64, ids ...string) map[string]float64 {
	up := map[string]float64{}
	for _, id := range ids {
		up[id] = a
	}
	return up
}

// Published and hand-derived answers, by the ids of the list of known answers.
func TestPublishedAnswers(t *testing.T) {
	pumps := []string{"top>one|two", "one>V1", "one>P1", "two>V2", "two>P2"}
	for _, c := range []struct {
		id                string
		sys               *model.System
		works, naive      float64 // 0: not given
		mcub, rare        float64 // of the unavailability; 0: not given
		within            float64
		nSingle, nCutSets int // -1: not given
	}{
		{id: "scram-chain-pumps", sys: build(failing(map[string]float64{"V1": .4, "V2": .5, "P1": .6, "P2": .7}), pumps...), works: 1 - .646, mcub: .766144, within: 1e-9, nCutSets: 4},
		{id: "scram T2", sys: build(failing(map[string]float64{"V1": .5, "V2": .5, "P1": .7, "P2": .7}), pumps...), works: 1 - .7225, rare: 1, within: 1e-9, nCutSets: 4},
		{id: "scram T3", sys: build(failing(map[string]float64{"V1": .04, "V2": .05, "P1": .06, "P2": .07}), pumps...), works: 1 - .0113704, rare: .012, within: 1e-9, nCutSets: 4},
		{id: "scram-vote", sys: build(failing(map[string]float64{"a": .1, "b": .2, "c": .3}), "top>2:a|b|c"), works: 1 - .098, rare: .11, within: 1e-9, nCutSets: 3},
		{id: "theatre", sys: build(failing(map[string]float64{"a": .03, "b": .02, "c": .05}), "top>a|backup", "backup>b", "backup>c"), works: 1 - .00207, rare: .0021, within: 1e-9, nCutSets: 2},
		{id: "diamond", sys: build(every(.9, "A", "B", "C", "D"), "A>B", "A>C", "B>D", "C>D"), works: .6561, naive: .59049, within: 1e-12, nSingle: 4, nCutSets: 4},
		{id: "diamond-any", sys: build(every(.9, "A", "B", "C", "D"), "A>B|C", "B>D", "C>D"), works: .8019, naive: .86751, within: 1e-12, nSingle: 2, nCutSets: 3},
		{id: "aws-hard", sys: build(every(.9999, "a", "b", "c"), "a>b", "b>c"), works: .999700029999, naive: .999700029999, within: 1e-12, nSingle: 3, nCutSets: 3},
		{id: "aws-redundant", sys: build(every(.999, "b", "c"), "a>b|c"), works: .999999, naive: .999999, within: 1e-12, nCutSets: 1},
		{id: "azure-web-sql", sys: build(map[string]float64{"web": .9995, "sql": .9999}, "web>sql"), works: .99940005, within: 1e-12, nSingle: 2, nCutSets: 2},
		{id: "azure-web-sql with queue", sys: build(map[string]float64{"web": .9995, "sql": .9999, "queue": .999}, "web>sql|queue"), works: .99949990005, within: 1e-12, nSingle: 1, nCutSets: 2},
	} {
		t.Run(c.id, func(t *testing.T) {
			_, r := only(t, c.sys, Options{Details: true})
			if !r.Works.Exact || !r.CutsAll {
				t.Fatalf("not exact: %+v", r)
			}
			near(t, "works", r.Works.Value, c.works, c.within)
			near(t, "bounds", r.Works.Low+r.Works.High, 2*c.works, c.within)
			if c.naive > 0 {
				near(t, "naive", r.Naive.F, c.naive, c.within)
			}
			if c.mcub > 0 {
				near(t, "minimal cut upper bound", r.MCUB.F, c.mcub, c.within)
			}
			if c.rare > 0 {
				near(t, "rare event", r.RareEvent.F, c.rare, c.within)
			}
			if r.NSingle != c.nSingle || len(r.CutSets) != c.nCutSets {
				t.Errorf("%d single points, cut sets %v", r.NSingle, r.CutSets)
			}
		})
	}
}

// SCRAM's importance factors of the two-train tree; its tests print 4 digits.
func TestPublishedImportance(t *testing.T) {
	sys := build(failing(map[string]float64{"V1": .4, "V2": .5, "P1": .6, "P2": .7}), "top>one|two", "one>V1", "one>P1", "two>V2", "two>P2")
	g, r := only(t, sys, Options{Details: true})
	want := map[string][5]float64{ // Birnbaum, criticality, diagnosis, achievement, reduction
		"P1": {.51, .4737, .7895, 1.316, 1.9}, "P2": {.38, .4118, .8235, 1.176, 1.7},
		"V1": {.34, .2105, .5263, 1.316, 1.267}, "V2": {.228, .1765, .5882, 1.176, 1.214},
	}
	if len(r.Importance) != len(want) {
		t.Fatalf("importance of %d nodes", len(r.Importance))
	}
	for _, i := range r.Importance {
		id := g.ID(i.Node)
		for n, got := range []float64{i.Birnbaum, i.Criticality.F, i.Diagnosis.F, i.Achievement.F, i.Reduction.F} {
			near(t, id, got, want[id][n], 1e-3)
		}
	}
}

// The inline answers are those of the list of known answers.
func TestPublishedAnswersAgree(t *testing.T) {
	data, err := os.ReadFile("../../../shared/vectors/known-answers.json")
	if err != nil {
		t.Skip("no list of published answers beside the repository")
	}
	var list struct {
		Vectors []struct {
			ID     string
			Expect json.RawMessage
		}
	}
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	exact := map[string]float64{
		"scram-chain-pumps": .646, "scram-vote": .098, "theatre": .00207, "diamond": .6561, "diamond-any": .8019,
		"aws-hard": .9997, "aws-redundant": .999999, "azure-web-sql": .9994,
	}
	for _, v := range list.Vectors {
		var expect struct{ Exact float64 }
		if want, ok := exact[v.ID]; ok {
			if err := json.Unmarshal(v.Expect, &expect); err != nil || expect.Exact != want {
				t.Errorf("%s: %v, %v", v.ID, expect.Exact, err)
			}
			delete(exact, v.ID)
		}
	}
	if len(exact) > 0 {
		t.Errorf("not in the list: %v", exact)
	}
}

// Vector treynor-budget: five dependencies at 99.999 % use half of 99.99 %.
func TestPublishedBudget(t *testing.T) {
	sys := build(every(.99999, "a", "b", "c", "d", "e"), "s>a", "s>b", "a>c", "b>c", "c>d", "s>e")
	objective := .9999
	sys.Journeys[0].Objective = &objective
	_, r := only(t, sys, Options{})
	const year = 365 * 24 * 60
	near(t, "treynor-budget: allowed", r.Budget.Allowed*year, 52.56, 1e-6)
	near(t, "treynor-budget: from dependencies", r.Budget.FromDependencies*year, 26.28, 1e-6)
	near(t, "treynor-budget: own", r.Budget.Own*year, 26.28, 1e-6)
	if len(r.Budget.Dependencies) != 5 {
		t.Fatalf("%d dependencies", len(r.Budget.Dependencies))
	}
	near(t, "left", r.Budget.Dependencies[0].Left*year, 52.56-4*5.256, 1e-6)
	near(t, "margin", r.Margin.F, math.Pow(.99999, 5)-.9999, 1e-12)
}

func TestAssumedAvailabilities(t *testing.T) {
	sys := &model.System{
		Services: []*model.Service{
			{Entity: model.Entity{ID: "a"}, Runtime: model.Server},
			{Entity: model.Entity{ID: "b"}, Runtime: model.Function},
			{Entity: model.Entity{ID: "c"}, Runtime: model.Container},
		},
		Stores:    []*model.Store{{Entity: model.Entity{ID: "d"}}},
		Channels:  []*model.Channel{{Entity: model.Entity{ID: "e"}, Runtime: model.Managed}, {Entity: model.Entity{ID: "f"}, Runtime: model.Server}},
		Externals: []*model.External{{Entity: model.Entity{ID: "x"}}},
		Platforms: []*model.Platform{{Entity: model.Entity{ID: "p"}}},
		Units:     []*model.Unit{{Entity: model.Entity{ID: "u"}, Runtime: model.Server, Services: []string{"b"}}},
	}
	g := graph.Build(sys)
	want := map[string]float64{"a": .995, "b": 1, "c": .999, "d": .999, "e": .9999, "f": .999, "x": .999, "p": .9999, "u": .995}
	for v := range int32(g.Len()) {
		if a, assumed := Of(g, v); a != want[g.ID(v)] || !assumed {
			t.Errorf("%s: %v, %v", g.ID(v), a, assumed)
		}
	}
	given := .5
	sys.Services[1].Availability = &given
	if a, assumed := Of(g, 1); a != .5 || assumed {
		t.Errorf("a given availability gave way: %v, %v", a, assumed)
	}
	for _, r := range []model.Runtime{model.Server, model.Container, model.Function, model.Managed} {
		if Assumed(graph.Service, r) != Assumed(graph.Unit, r) {
			t.Errorf("units and services differ for %s", r)
		}
	}
}

// A service of a unit adds nothing of its own; the unit counts once.
func TestUnitCountsOnce(t *testing.T) {
	sys := build(nil, "a>b", "b")
	sys.Services[0].Availability, sys.Services[1].Availability = nil, nil
	sys.Units = []*model.Unit{{Entity: model.Entity{ID: "u"}, Runtime: model.Server, Isolation: model.NoIsolation, Services: []string{"a", "b"}}}
	g, r := only(t, sys, Options{})
	near(t, "works", r.Works.Value, .995, 1e-15)
	if r.NSingle != 1 || g.ID(r.Single[0]) != "u" || r.NAssumed != 1 {
		t.Errorf("single points %v, %d assumed", r.Single, r.NAssumed)
	}
	near(t, "minutes down", r.MinutesDown, .005*43_830, 1e-9)
}

// A mate that fails by itself crashes the unit, but only without isolation.
func TestCrashOfAUnitMate(t *testing.T) {
	for _, c := range []struct {
		isolation model.Isolation
		want      float64
	}{{model.NoIsolation, .9 * .8 * .7}, {model.ProcessIsolation, .9 * .7}} {
		sys := build(map[string]float64{"a": .9, "mate": .8}, "a", "mate")
		up := .7
		sys.Units = []*model.Unit{{Entity: model.Entity{ID: "u", Availability: &up}, Isolation: c.isolation, Services: []string{"a", "mate"}}}
		_, r := only(t, sys, Options{})
		near(t, string(c.isolation), r.Works.Value, c.want, 1e-15)
	}
}

func TestOptionalCountsForFull(t *testing.T) {
	sys := build(map[string]float64{"a": .9, "b": .8, "c": .7}, "a", "b", "c")
	sys.Journeys[0].Requires, sys.Journeys[0].Optional = []string{"b"}, []string{"c"}
	_, r := only(t, sys, Options{})
	near(t, "works", r.Works.Value, .72, 1e-15)
	near(t, "full", r.Full.Value, .504, 1e-15)
}

func TestNaiveIsUndefinedOnCyclesOfAlternatives(t *testing.T) {
	sys := build(every(.9, "a", "b", "c"), "a>b|c", "b>a")
	if _, r := only(t, sys, Options{}); r.Naive.OK || !r.Works.Exact {
		t.Errorf("got %+v", r)
	}
	sys = build(every(.9, "a", "b"), "a>b", "b>a")
	_, r := only(t, sys, Options{})
	near(t, "a plain cycle counts once", r.Naive.F, .81, 1e-15)
}

func TestJourneysStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Journeys(ctx, graph.Build(build(nil, "a")), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestOnly(t *testing.T) {
	sys := build(nil, "a>b")
	sys.Journeys = append(sys.Journeys, &model.Journey{ID: "second", Entry: "b"})
	r, err := Journeys(context.Background(), graph.Build(sys), Options{Only: []int{1}})
	if err != nil || len(r) != 1 || r[0].Journey.ID != "second" {
		t.Errorf("got %v, %v", r, err)
	}
}

func TestSortSets(t *testing.T) {
	sets := [][]int32{{2, 3}, {9}, {1, 4}}
	sortSets(sets)
	if !slices.EqualFunc(sets, [][]int32{{9}, {1, 4}, {2, 3}}, slices.Equal) {
		t.Errorf("got %v", sets)
	}
}
