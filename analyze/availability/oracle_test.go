package availability

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

// truth is a journey's structure function, worked out for every set of failed
// nodes by applying the failure rules until nothing changes.
type truth struct {
	g     *graph.Graph
	nodes []int32 // that may fail, then common causes
	seeds [][]int32
	up    []float64
	works []bool // of each set of failed nodes
}

func newTruth(g *graph.Graph, needs []string) *truth {
	t := &truth{g: g}
	s := newStructure(g)
	for v, a := range s.up {
		if a < 1 {
			t.nodes = append(t.nodes, int32(v))
			t.up = append(t.up, a)
			t.seeds = append(t.seeds, s.seedsOf(int32(v)))
		}
	}
	for set := range 1 << len(t.nodes) {
		t.works = append(t.works, t.try(set, needs))
	}
	return t
}

func (t *truth) try(set int, needs []string) bool {
	down := make([]bool, t.g.Len())
	for i := range t.nodes {
		if set>>i&1 == 1 {
			for _, s := range t.seeds[i] {
				down[s] = true
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for v := range int32(t.g.Len()) {
			for _, c := range t.g.Clauses(v) {
				bad := 0
				for _, m := range c.Members {
					if down[m] {
						bad++
					}
				}
				if c.Cap == graph.Down && bad > len(c.Members)-int(c.K) && !down[v] {
					down[v], changed = true, true
				}
			}
		}
	}
	return !slices.ContainsFunc(needs, func(id string) bool {
		v, _ := t.g.Lookup(id)
		return down[v]
	})
}

// probability of working, given the failure of the nodes in fixed (a mask of
// what is fixed, and of those which have failed).
func (t *truth) probability(fixed, failed int) float64 {
	sum := 0.0
	for set, works := range t.works {
		if !works || set&fixed != failed {
			continue
		}
		p := 1.0
		for i, a := range t.up {
			switch {
			case fixed>>i&1 == 1:
			case set>>i&1 == 1:
				p *= 1 - a
			default:
				p *= a
			}
		}
		sum += p
	}
	return sum
}

// cutSets are the minimal failing sets, by trying all subsets.
func (t *truth) cutSets() [][]int32 {
	var sets [][]int32
	for set, works := range t.works {
		minimal := !works
		var nodes []int32
		for i, v := range t.nodes {
			if set>>i&1 == 1 {
				nodes = append(nodes, v)
				minimal = minimal && t.works[set&^(1<<i)]
			}
		}
		if minimal {
			sets = append(sets, nodes)
		}
	}
	sortSets(sets)
	return sets
}

// occurs is the probability that a cut set with the node occurs.
func (t *truth) occurs(node int32, cuts [][]int32) float64 {
	sum := 0.0
	for set := range t.works {
		p, failed := 1.0, []int32{}
		for i, v := range t.nodes {
			if set>>i&1 == 1 {
				p *= 1 - t.up[i]
				failed = append(failed, v)
			} else {
				p *= t.up[i]
			}
		}
		if slices.ContainsFunc(cuts, func(c []int32) bool { return slices.Contains(c, node) && subset(c, failed) }) {
			sum += p
		}
	}
	return sum
}

// drawSystem draws what the down plane knows: hard and soft calls, any_of,
// ground, units, publications; at most ten nodes that may fail.
func drawSystem(t *rapid.T) *model.System {
	sys := &model.System{}
	number := func(what string, low, high int) int { return rapid.IntRange(low, high).Draw(t, what) }
	entity := func(id string, i int) model.Entity {
		a := float64(number("availability", 0, 10)) / 10
		return model.Entity{ID: fmt.Sprintf("%s%d", id, i), Availability: &a}
	}
	var ids, ground []string
	for i := range number("services", 1, 5) {
		sys.Services = append(sys.Services, &model.Service{Entity: entity("s", i), Runtime: model.Container})
		ids = append(ids, sys.Services[i].ID)
	}
	for i := range number("stores", 0, 2) {
		sys.Stores = append(sys.Stores, &model.Store{Entity: entity("d", i)})
		ids = append(ids, sys.Stores[i].ID)
	}
	for i := range number("platforms", 0, 2) {
		sys.Platforms = append(sys.Platforms, &model.Platform{Entity: entity("p", i)})
		ground = append(ground, sys.Platforms[i].ID)
	}
	if number("unit", 0, 1) == 1 {
		u := &model.Unit{Entity: entity("u", 0), Runtime: model.Server, Isolation: model.NoIsolation}
		if number("process", 0, 2) == 0 {
			u.Isolation = model.ProcessIsolation
		}
		for _, s := range sys.Services {
			if number("in unit", 0, 1) == 1 {
				u.Services = append(u.Services, s.ID)
				if number("own", 0, 2) > 0 {
					s.Availability = nil
				}
			}
		}
		sys.Units = append(sys.Units, u)
		ground = append(ground, u.ID)
	}
	causes := number("causes", 0, 1)
	pick := func(from []string) ([]string, int) {
		to := rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, min(4, len(from)), rapid.ID[string]).Draw(t, "to")
		return to, number("at least", 1, len(to))
	}
	for _, s := range sys.Services {
		for range number("calls", 0, 3) {
			to, k := pick(ids)
			d := model.Dependency{To: to, AnyOf: len(to) > 1, AtLeast: k, Soft: number("soft", 0, 3) == 0}
			d.CommonCause = float64(causes*number("common cause", 0, 4)) / 4
			s.DependsOn = append(s.DependsOn, d)
		}
		if len(ground) > 0 && number("stands", 0, 2) == 0 {
			to, k := pick(ground)
			s.RunsOn = append(s.RunsOn, model.Ground{To: to, AnyOf: true, AtLeast: k, CommonCause: float64(causes) / 10})
		}
	}
	for _, d := range sys.Stores {
		if len(ground) > 0 && number("stands", 0, 1) == 0 {
			to, k := pick(ground)
			d.RunsOn = append(d.RunsOn, model.Ground{To: to, AnyOf: true, AtLeast: k})
		}
	}
	j := &model.Journey{ID: "j", Entry: ids[0]}
	j.Requires, _ = pick(ids)
	j.Optional, _ = pick(ids)
	sys.Journeys = append(sys.Journeys, j)
	return sys
}

func TestAgainstEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		g := graph.Build(sys)
		j := sys.Journeys[0]
		results, err := Journeys(context.Background(), g, Options{Details: true, MaxOrder: 12})
		if err != nil {
			t.Fatal(err)
		}
		r := results[0]
		needs := append([]string{j.Entry}, j.Requires...)
		want := newTruth(g, needs)
		same := func(what string, got, want float64) {
			if math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) {
				t.Fatalf("%s: got %v, want %v", what, got, want)
			}
		}
		works := want.probability(0, 0)
		same("works", r.Works.Value, works)
		same("full", r.Full.Value, newTruth(g, append(needs, j.Optional...)).probability(0, 0))
		cuts := want.cutSets()
		if !r.CutsAll || !slices.EqualFunc(r.CutSets, cuts, slices.Equal) {
			t.Fatalf("cut sets %v, want %v", r.CutSets, cuts)
		}
		if r.NSingle != len(r.Single) || slices.ContainsFunc(r.Single, func(v int32) bool {
			return !slices.ContainsFunc(cuts, func(c []int32) bool { return slices.Equal(c, []int32{v}) })
		}) {
			t.Fatalf("single points %v, cut sets %v", r.Single, cuts)
		}
		if q := 1 - works; r.RareEvent.F < q-1e-12 || r.MCUB.F < q-1e-12 || r.MCUB.F > r.RareEvent.F+1e-12 {
			t.Fatalf("unavailability %v is above %v or %v", q, r.MCUB, r.RareEvent)
		}
		for _, m := range r.Importance {
			bit := 1 << slices.Index(want.nodes, m.Node)
			up, down := want.probability(bit, 0), want.probability(bit, bit)
			a := want.up[slices.Index(want.nodes, m.Node)]
			same("Shannon", r.Works.Value, float64(a*up)+float64((1-a)*down))
			same("Birnbaum", m.Birnbaum, up-down)
			if q := 1 - works; q > 1e-9 {
				same("achievement", m.Achievement.F, (1-down)/q)
				same("diagnosis", m.Diagnosis.F, (1-a)*(1-down)/q)
				same("criticality", m.Criticality.F, (1-a)*(up-down)/q)
				same("Fussell-Vesely", m.FussellVesely.F, want.occurs(m.Node, cuts)/q)
				if 1-up > 1e-9 {
					same("reduction", m.Reduction.F, q/(1-up))
				}
			}
		}
	})
}

// With a diagram too small for the answer, bounds and interval must hold it,
// and single points of failure must still be found.
func TestBeyondTheLimit(t *testing.T) {
	missed := 0
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		g := graph.Build(sys)
		exact, _ := Journeys(context.Background(), g, Options{})
		limit := rapid.IntRange(1, 8).Draw(t, "limit")
		rough, _ := Journeys(context.Background(), g, Options{MaxNodes: limit, Samples: 2000, Seed: 3})
		want, got := exact[0], rough[0]
		if got.Works.Exact {
			if got.Works.Value != want.Works.Value {
				t.Fatalf("calls itself exact: %v, want %v", got.Works, want.Works)
			}
			return
		}
		if want.Works.Value < got.Works.Low-1e-12 || want.Works.Value > got.Works.High+1e-12 {
			t.Fatalf("%v is outside the bounds %v", want.Works.Value, got.Works)
		}
		if want.Works.Value < got.Works.SampleLow || want.Works.Value > got.Works.SampleHigh {
			missed++
		}
		if !slices.Equal(got.Single, want.Single) || got.NSingle != want.NSingle {
			t.Fatalf("single points %v, want %v", got.Single, want.Single)
		}
	})
	if missed > 20 { // of 100 at 95 %
		t.Errorf("the interval missed %d times", missed)
	}
}

// Making anything more available never makes a journey less so. That is a law of
// independent failures: what never fails has none in common with the others any
// more, and where these are needed together, failing together was their luck.
func TestMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		for _, s := range sys.Services {
			for i := range s.DependsOn {
				s.DependsOn[i].CommonCause = 0
			}
			for i := range s.RunsOn {
				s.RunsOn[i].CommonCause = 0
			}
		}
		before, _ := Journeys(context.Background(), graph.Build(sys), Options{})
		s := rapid.SampledFrom(sys.Services).Draw(t, "service")
		better := 1.0
		s.Availability = &better
		after, _ := Journeys(context.Background(), graph.Build(sys), Options{})
		if after[0].Works.Value < before[0].Works.Value-1e-12 {
			t.Fatalf("%v fell to %v", before[0].Works.Value, after[0].Works.Value)
		}
		sys.Journeys[0].Requires = nil
		fewer, _ := Journeys(context.Background(), graph.Build(sys), Options{})
		if fewer[0].Works.Value < after[0].Works.Value-1e-12 {
			t.Fatalf("requiring less made %v of %v", fewer[0].Works.Value, after[0].Works.Value)
		}
	})
}

// Large alternatives: exact where the structure allows it, the same with any
// number of workers, and a simulation that agrees.
func TestManyAlternatives(t *testing.T) {
	edges := []string{"top>alt0"}
	up := map[string]float64{"base": .99}
	for i := range 40 {
		a, b, next := fmt.Sprintf("a%d", i), fmt.Sprintf("b%d", i), fmt.Sprintf("alt%d", i+1)
		edges = append(edges, fmt.Sprintf("alt%d>%s|%s", i, a, b), a+">base", b+">base", fmt.Sprintf("alt%d>%s", i, next))
		up[a], up[b] = .9, .95
	}
	sys := build(up, edges...)
	_, r := only(t, sys, Options{})
	want := .99 * math.Pow(1-.1*.05, 40)
	near(t, "works", r.Works.Value, want, 1e-12)
	if !r.Works.Exact || r.NSingle != 1 {
		t.Errorf("got %+v", r)
	}
	_, rough := only(t, sys, Options{MaxNodes: 20, Samples: 100_000, Seed: 4})
	if rough.Works.Exact || rough.Works.SampleLow > want || rough.Works.SampleHigh < want || rough.Works.Low > want || rough.Works.High < want {
		t.Errorf("%+v does not hold %v", rough.Works, want)
	}
	_, one := only(t, sys, Options{MaxNodes: 20, Samples: 100_000, Seed: 4, Workers: 1})
	if one.Works != rough.Works {
		t.Errorf("%+v and %+v", one.Works, rough.Works)
	}
}
