package metric_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// draw makes a small system that uses most of the language.
func draw(t *rapid.T) *model.System {
	n := rapid.IntRange(1, 7).Draw(t, "services")
	chance := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name) == 0 }
	sys := &model.System{
		Stores:   []*model.Store{{Entity: model.Entity{ID: "db"}}},
		Channels: []*model.Channel{{Entity: model.Entity{ID: "bus"}, Kind: model.Router}},
		Teams:    []*model.Team{{ID: "t0", Members: 4}},
	}
	for i := range n {
		s := &model.Service{Entity: model.Entity{ID: fmt.Sprintf("s%d", i), Tier: 3}, Runtime: model.Container}
		s.Owner = rapid.SampledFrom([]string{"", "t0", "t1"}).Draw(t, "owner")
		s.Domain = rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "domain")
		for j := range n {
			if i != j && chance("call") {
				s.DependsOn = append(s.DependsOn, model.Dependency{
					To: []string{fmt.Sprintf("s%d", j)}, AtLeast: 1, Calls: 0.1, Soft: rapid.Bool().Draw(t, "soft"), Knows: model.KnowsContract,
				})
			}
		}
		if chance("store") {
			s.DependsOn = append(s.DependsOn, model.Dependency{To: []string{"db"}, AtLeast: 1, Calls: 1, Access: model.Write})
		}
		if chance("publish") {
			s.Publishes = append(s.Publishes, model.Publication{To: "bus", Calls: 1})
		}
		if chance("consume") {
			s.Consumes = append(s.Consumes, model.Consumption{From: "bus"})
		}
		sys.Services = append(sys.Services, s)
	}
	if chance("unit") {
		u := &model.Unit{Entity: model.Entity{ID: "u"}, Runtime: model.Server}
		for i := range n {
			if rapid.Bool().Draw(t, "member") {
				u.Services = append(u.Services, fmt.Sprintf("s%d", i))
			}
		}
		sys.Units = append(sys.Units, u)
	}
	sys.Services[0].Exposed = true // demand enters at one known place
	sys.Journeys = []*model.Journey{{ID: "j", Entry: "s0"}}
	return sys
}

// signed are the shares that may be negative.
var signed = []string{"modularity", "objective_margin"}

func table(t *rapid.T, sys *model.System) *metric.Table {
	f := metric.NewFacts(t.Context(), sys, metric.Options{})
	out := metric.Compute(f)
	if err := f.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// Shares lie in 0..1 (a share that must be able to exceed it is utilisation),
// and every term that is a dependency has a label of two ends.
func TestRanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := table(t, draw(t))
		for _, scope := range metric.Scopes() {
			for _, c := range values.Columns(scope) {
				for i, v := range c.Values {
					over := v.F > 1 && c.Metric.Unit == "share" && c.Metric.ID != "utilisation"
					if v.F < 0 && !slices.Contains(signed, c.Metric.ID) || over {
						t.Fatalf("%s of %q is %v", c.Metric.Key(), values.Subjects(scope)[i], v.F)
					}
				}
			}
		}
	})
}

// Reordering and renaming services change no number. Modularity is left out:
// which of several best divisions Louvain finds depends on the order. So is what
// follows from load where it goes round through a channel: see scaling.
func TestOrderAndNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := draw(t)
		turned := renamed(sys)
		a, b := table(t, sys), table(t, turned)
		free := []string{"modularity"}
		if len(metric.NewFacts(t.Context(), sys, metric.Options{}).Scaling().Problems) > 0 {
			free = append(free, "load", "utilisation", "replicas_at_peak", "scaling_waste")
		}
		for _, scope := range metric.Scopes() {
			for _, c := range a.Columns(scope) {
				for i, subject := range a.Subjects(scope) {
					if scope == metric.Service {
						subject = "z" + subject
					}
					got, known := b.Value(scope, c.Metric.ID, subject)
					if !slices.Contains(free, c.Metric.ID) && (!known || !same(scope, got, c.Values[i])) {
						t.Fatalf("%s of %q: %v, renamed and reordered %v", c.Metric.Key(), subject, c.Values[i], got)
					}
				}
			}
		}
	})
}

// same is equal to the bit, but for the products of journeys, whose factors come
// in the order of the file.
func same(scope metric.Scope, a, b graph.Value) bool {
	return a == b || scope == metric.Journey && a.OK && b.OK && math.Abs(a.F-b.F) <= 1e-12*max(1, math.Abs(a.F))
}

// renamed puts a z before every service's id and turns their order round.
func renamed(sys *model.System) *model.System {
	out := *sys
	out.Services = nil
	for _, s := range slices.Backward(sys.Services) {
		c := *s
		c.ID, c.DependsOn = "z"+s.ID, slices.Clone(s.DependsOn)
		for i, d := range c.DependsOn {
			if d.To[0] != "db" {
				c.DependsOn[i].To = []string{"z" + d.To[0]}
			}
		}
		out.Services = append(out.Services, &c)
	}
	out.Units = nil
	for _, u := range sys.Units {
		c := *u
		c.Services = nil
		for _, id := range u.Services {
			c.Services = append(c.Services, "z"+id)
		}
		out.Units = append(out.Units, &c)
	}
	out.Journeys = []*model.Journey{{ID: "j", Entry: "zs0"}}
	return &out
}

// Turning every call round swaps callers with calls and fan-in with fan-out.
func TestReversal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := draw(t)
		turned := *sys
		turned.Services = nil
		for _, s := range sys.Services {
			c := *s
			c.DependsOn = nil
			turned.Services = append(turned.Services, &c)
		}
		for _, s := range sys.Services {
			for _, d := range s.DependsOn {
				if i := slices.IndexFunc(sys.Services, func(x *model.Service) bool { return x.ID == d.To[0] }); i >= 0 {
					d.To = []string{s.ID}
					turned.Services[i].DependsOn = append(turned.Services[i].DependsOn, d)
				}
			}
		}
		a, b := table(t, sys), table(t, &turned)
		for _, pair := range [][2]string{{"afferent", "efferent"}, {"visibility_in", "visibility_out"}} {
			for _, s := range a.Subjects(metric.Service) {
				x, _ := a.Value(metric.Service, pair[0], s)
				y, _ := b.Value(metric.Service, pair[1], s)
				if x != y {
					t.Fatalf("%s of %s is %v, but reversed %s is %v", pair[0], s, x, pair[1], y)
				}
			}
		}
		for _, id := range []string{"propagation_cost", "scf", "cycles", "largest_cycle"} {
			x, _ := a.Value(metric.System, id, "")
			y, _ := b.Value(metric.System, id, "")
			if x != y {
				t.Fatalf("%s is %v, reversed %v", id, x, y)
			}
		}
	})
}
