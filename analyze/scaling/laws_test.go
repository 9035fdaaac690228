package scaling

import (
	"math"
	"slices"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

// TestLoadTimesK: load × k multiplies load and utilisation, keeps the
// bottleneck and takes no replica away.
func TestLoadTimesK(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		k := float64(rapid.IntRange(1, 20).Draw(t, "k"))
		_, before := m.analyze()
		given := false
		for _, s := range m.Services {
			if s.Load != nil {
				given = given || s.Load.Rate.Count+s.Load.Peak.Count > 0
				s.Load.Rate.Count *= k
				s.Load.Peak.Count *= k
			}
		}
		_, after := m.analyze()
		if !given {
			k = 1 // unit demand stays what it is
		}
		for s := range before.Load {
			scaled(t, "load", before.Load[s], after.Load[s], k)
			scaled(t, "peak", before.Peak[s], after.Peak[s], k)
			scaled(t, "utilisation", before.Utilisation[s], after.Utilisation[s], k)
			if before.ReplicasAtPeak[s].F > after.ReplicasAtPeak[s].F && after.ReplicasAtPeak[s].OK {
				t.Fatalf("replicas of %d fell from %v to %v", s, before.ReplicasAtPeak[s], after.ReplicasAtPeak[s])
			}
		}
		scaled(t, "share", before.Bottleneck.Share, after.Bottleneck.Share, k)
		if before.Bottleneck.Node != after.Bottleneck.Node {
			t.Fatalf("the bottleneck moved from %d to %d", before.Bottleneck.Node, after.Bottleneck.Node)
		}
	})
}

func scaled(t *rapid.T, what string, before, after graph.Value, k float64) {
	if before.OK != after.OK || math.Abs(before.F*k-after.F) > 1e-12*max(1, after.F) {
		t.Fatalf("%s: %v × %v is not %v", what, before, k, after)
	}
}

// TestMergingUnits: putting services into one unit never raises the number of
// scaling units, nor lowers what a spike forces to scale.
func TestMergingUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		_, before := m.analyze()
		m.Units = nil
		var all []string
		for _, s := range m.Services {
			all = append(all, s.ID)
		}
		m.unit("all", all...)
		_, after := m.analyze()
		if len(after.Units) > len(before.Units) || len(after.Units) != 1 || len(after.Deploy) != 1 {
			t.Fatalf("%d scaling units became %d", len(before.Units), len(after.Units))
		}
		for i := range before.Surge {
			if after.Surge[i].Forced < before.Surge[i].Forced {
				t.Fatalf("forced at %d fell from %d to %d", i, before.Surge[i].Forced, after.Surge[i].Forced)
			}
		}
		for s := range before.Load {
			if before.Load[s] != after.Load[s] {
				t.Fatalf("load of %d changed", s)
			}
		}
	})
}

// TestOrder: the order of services in the file changes no number.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		m.Channels = nil // where a loop of events begins may depend on order
		g, before := m.analyze()
		m.Services = rapid.Permutation(m.Services).Draw(t, "order")
		h, after := m.analyze()
		if before.Waste != after.Waste || before.TotalReplicasAtPeak != after.TotalReplicasAtPeak || len(before.Units) != len(after.Units) {
			t.Fatal("a total changed")
		}
		for _, s := range m.Services {
			a, b := lookup(g, s.ID), lookup(h, s.ID)
			if before.Load[a] != after.Load[b] || before.ReplicasAtPeak[a] != after.ReplicasAtPeak[b] ||
				before.Attempts[a] != after.Attempts[b] || before.Utilisation[a] != after.Utilisation[b] {
				t.Fatalf("%s changed", s.ID)
			}
			x, y := Spike(g, before, a), Spike(h, after, b)
			if x.Added != y.Added || x.Waste != y.Waste || x.Domain.Share != y.Domain.Share {
				t.Fatalf("spike at %s changed", s.ID)
			}
		}
	})
}

func lookup(g *graph.Graph, id string) int32 {
	v, _ := g.Lookup(id)
	return v
}

// TestZeroCalls: an edge with no calls is no edge for the load.
func TestZeroCalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		_, with := m.analyze()
		for _, s := range m.Services {
			s.DependsOn = slices.DeleteFunc(s.DependsOn, func(d model.Dependency) bool { return d.Calls == 0 })
		}
		_, without := m.analyze()
		for s := range with.Load {
			if with.Load[s] != without.Load[s] && len(m.Journeys) == 0 && !with.Relative {
				t.Fatalf("load of %d: %v with, %v without", s, with.Load[s], without.Load[s])
			}
		}
	})
}

// TestRanges checks what holds for every system and every spike.
func TestRanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		g, r := m.analyze()
		within := func(what string, v graph.Value, low, high float64) {
			if v.OK && !(v.F >= low && v.F <= high) {
				t.Fatalf("%s = %v, not in %v..%v", what, v.F, low, high)
			}
		}
		within("waste", r.Waste, 0, 1)
		for i := range r.Deploy {
			d := &r.Deploy[i]
			within("replicas", d.Replicas, 1, math.MaxFloat64)
			within("replicas at peak", d.ReplicasAtPeak, d.Replicas.F, math.MaxFloat64)
			if d.Max > 0 {
				within("bounded replicas", d.ReplicasAtPeak, float64(d.Min), float64(d.Max))
			}
		}
		for s := range r.Load {
			within("load", r.Load[s], 0, math.MaxFloat64)
			within("peak", r.Peak[s], r.Load[s].F, math.MaxFloat64)
			within("attempts", r.Attempts[s], 1, math.MaxFloat64)
			sp := Spike(g, r, int32(s))
			within("waste", sp.Waste, 0, 1)
			within("added", sp.Added, 0, math.MaxFloat64)
			for i, c := range sp.Deploy {
				if c.Added.F > 0 && !c.Hit {
					t.Fatalf("deployable %d grows outside the domain", i)
				}
			}
			for _, b := range append(sp.Buffers, r.Buffers...) {
				if b.Backlog < 0 || b.Lost < 0 || b.Capacity < 0 || !known(b.Drain) || !known(b.OldestAge) || !known(b.Lost) {
					t.Fatalf("buffer %+v", b)
				}
			}
		}
	})
}

// TestSplitWastesNothing: where nothing is shared, a spike wastes nothing.
func TestSplitWastesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawSystem(t)
		m.Units = nil
		g, r := m.analyze()
		if r.Waste.OK && r.Waste.F != 0 {
			t.Fatalf("waste %v", r.Waste)
		}
		if s := Spike(g, r, 0); s.Waste.OK && s.Waste.F != 0 {
			t.Fatalf("waste in a spike %v", s.Waste)
		}
	})
}
