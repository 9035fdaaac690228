package availability

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

// definition works a system out by the words of the definition: every group has
// a number in 0..1 that hits all members whose common failures are at least as
// frequent, and every member fails by itself for what is left.
type definition struct {
	*truth
	groups []kindred
	alone  []float64 // of each node
	levels [][]float64
}

func newDefinition(g *graph.Graph, needs []string) *definition {
	d := &definition{truth: &truth{g: g}, groups: kin(g)}
	for v := range int32(g.Len()) {
		a, _ := Of(g, v)
		d.nodes = append(d.nodes, v)
		d.seeds = append(d.seeds, g.Seeds(v))
		d.alone = append(d.alone, a)
	}
	for _, k := range d.groups {
		levels := []float64{0, 1}
		for _, m := range k.members {
			levels = append(levels, k.share*(1-d.alone[m]))
		}
		slices.Sort(levels)
		d.levels = append(d.levels, slices.Compact(levels))
	}
	for set := range 1 << len(d.nodes) {
		d.works = append(d.works, d.try(set, needs))
	}
	return d
}

// probability sums over all outcomes of the groups from one on: hit are the
// nodes that earlier ones have taken down.
func (d *definition) probability(group, hit int) float64 {
	if group == len(d.groups) {
		return d.alonePart(hit)
	}
	sum := 0.0
	k, levels := d.groups[group], d.levels[group]
	for i, low := range levels[:len(levels)-1] {
		now := hit
		for _, m := range k.members {
			if low < k.share*(1-d.alone[m]) {
				now |= 1 << m
			}
		}
		sum += (levels[i+1] - low) * d.probability(group+1, now)
	}
	return sum
}

// alonePart sums over the failures by themselves, of what is not hit already.
func (d *definition) alonePart(hit int) float64 {
	sum := 0.0
	for set, works := range d.works {
		p := 1.0
		for v, a := range d.alone {
			for _, k := range d.groups {
				if slices.Contains(k.members, int32(v)) && a > 0 {
					a /= 1 - k.share*(1-d.alone[v])
				}
			}
			switch {
			case hit>>v&1 == 1 && set>>v&1 == 0:
				p = 0
			case hit>>v&1 == 1:
			case set>>v&1 == 1:
				p *= 1 - a
			default:
				p *= a
			}
		}
		if works {
			sum += p
		}
	}
	return sum
}

func TestCommonCauseByDefinition(t *testing.T) {
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		g := graph.Build(sys)
		if g.Len() > 7 || len(kin(g)) > 3 {
			t.Skip("too large to enumerate")
		}
		j := sys.Journeys[0]
		r, err := Journeys(context.Background(), g, Options{})
		if err != nil {
			t.Fatal(err)
		}
		want := newDefinition(g, append([]string{j.Entry}, j.Requires...)).probability(0, 0)
		if math.Abs(r[0].Works.Value-want) > 1e-12 {
			t.Fatalf("works %v, want %v", r[0].Works.Value, want)
		}
		if len(r[0].Causes) > 0 {
			seen++
		}
	})
	if seen == 0 {
		t.Error("no system had a common cause")
	}
}

// Two alternatives at 99 % with a tenth of their failures in common: the pair
// fails by the cause, or by both alone.
func TestCommonCause(t *testing.T) {
	sys := build(every(.99, "b", "c"), "a>b|c")
	sys.Services[0].DependsOn[0].CommonCause = .1
	g, r := only(t, sys, Options{Details: true})
	alone := 1 - .99/.999
	near(t, "works", r.Works.Value, .999*(1-alone*alone), 1e-15)
	if r.NSingle != 0 || len(r.Single) != 0 {
		t.Errorf("a common cause is no single point of failure: %v", r.Single)
	}
	if len(r.CutSets) != 2 || !r.CutsAll || r.Name(g, r.CutSets[0][0]) != "b + c at once" {
		t.Errorf("cut sets %v", r.CutSets)
	}
	near(t, "rare event", r.RareEvent.F, .001+alone*alone, 1e-15)
	if len(r.Importance) != 3 || r.Importance[2].Node != r.Causes[0].Node {
		t.Errorf("importance %v", r.Importance)
	}
}

// Whatever the shares, every member fails as often as the file says.
func TestCommonCauseKeepsAvailabilities(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := drawSystem(t)
		g := graph.Build(sys)
		s := newStructure(g)
		for v := range int32(g.Len()) {
			want, _ := Of(g, v)
			got := s.up[v]
			for _, c := range s.causes {
				if slices.Contains(c.Members, v) {
					got *= c.up
				}
			}
			if math.Abs(got-want) > 1e-12 {
				t.Fatalf("%s works %v of the time, not %v", g.ID(v), got, want)
			}
		}
	})
}

// A larger share in common never helps alternatives of which one is enough.
func TestMoreInCommonIsNoBetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		up := map[string]float64{}
		for _, id := range []string{"b", "c", "d"} {
			up[id] = float64(rapid.IntRange(0, 10).Draw(t, id)) / 10
		}
		sys := build(up, "a>b|c|d")
		last := 2.0
		for i := range 5 {
			sys.Services[0].DependsOn[0].CommonCause = float64(i) / 4
			r, err := Journeys(context.Background(), graph.Build(sys), Options{})
			if err != nil || r[0].Works.Value > last+1e-12 {
				t.Fatalf("%v in common: %v after %v, %v", float64(i)/4, r[0].Works.Value, last, err)
			}
			last = r[0].Works.Value
		}
	})
}

// Members of a unit fail with it, so it is the units that have a cause in common.
func TestCommonCauseOfUnits(t *testing.T) {
	sys := build(nil, "a>b|c")
	for i, id := range []string{"b", "c"} {
		up := .9
		sys.Services[1+i].Availability = nil
		sys.Units = append(sys.Units, &model.Unit{Entity: model.Entity{ID: "u" + id, Availability: &up}, Isolation: model.NoIsolation, Services: []string{id}})
	}
	sys.Services[0].DependsOn[0].CommonCause = 1
	g, r := only(t, sys, Options{Details: true})
	near(t, "works", r.Works.Value, .9, 1e-15)
	if len(r.CutSets) != 1 || r.Name(g, r.CutSets[0][0]) != "ub + uc at once" {
		t.Errorf("cut sets %v", r.CutSets)
	}
}
