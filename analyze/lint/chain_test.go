package lint

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// layered draws services that only call later ones, with retries.
func layered(t *rapid.T) *model.System {
	n := rapid.IntRange(1, 9).Draw(t, "services")
	sys := &model.System{Name: "s"}
	for i := range n {
		s := &model.Service{Entity: model.Entity{ID: fmt.Sprintf("s%d", i), Tier: 3}}
		for j := i + 1; j < n; j++ {
			if rapid.IntRange(0, 2).Draw(t, "edge") == 0 {
				s.DependsOn = append(s.DependsOn, model.Dependency{
					To: []string{fmt.Sprintf("s%d", j)}, AtLeast: 1, Calls: 1, Retries: rapid.IntRange(0, 3).Draw(t, "retries"),
				})
			}
		}
		sys.Services = append(sys.Services, s)
	}
	return sys
}

// walk follows every path of calls from service i and tells what it has made of
// the attempts and how long it is.
func walk(sys *model.System, i int, attempts float64, length int32, visit func(at int, attempts float64, length int32)) {
	visit(i, attempts, length)
	for _, d := range sys.Services[i].DependsOn {
		var j int
		_, _ = fmt.Sscanf(d.To[0], "s%d", &j)
		walk(sys, j, attempts*float64(d.Retries+1), length+1, visit)
	}
}

// TestChains compares attempts and lengths with every path, one by one.
func TestChains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sys := layered(t)
		p := &Pass{Sys: sys, Facts: metric.NewFacts(context.Background(), sys, metric.Options{})}
		attempts := make([]float64, len(sys.Services))
		depth := make([]int32, len(sys.Services))
		for i := range sys.Services {
			walk(sys, i, 1, 0, func(at int, a float64, length int32) {
				attempts[at] = max(attempts[at], a)
				depth[i] = max(depth[i], length)
			})
		}
		storm, chains := newStorm(p), newChains(p)
		for i := range sys.Services {
			if storm.attempts[i] != attempts[i] {
				t.Errorf("attempts at s%d: %v, every path: %v", i, storm.attempts[i], attempts[i])
			}
			if chains.depth[i] != depth[i] || !chains.bounded[i] {
				t.Errorf("depth of s%d: %v, every path: %v", i, chains.depth[i], depth[i])
			}
			if got := len(chains.from(int32(i))) - 1; got != int(depth[i]) {
				t.Errorf("the chain from s%d has %d calls, want %d", i, got, depth[i])
			}
		}
		retryStorm(p)
		worst := 0.0
		for _, a := range attempts {
			worst = max(worst, a)
		}
		if (len(p.found) > 0) != (worst > maxAttempts) {
			t.Errorf("%d findings for a worst of %v attempts", len(p.found), worst)
		}
	})
}

// TestCircularChains: what leads into a circle has no length and does not hang.
func TestCircularChains(t *testing.T) {
	sys := &model.System{Name: "s"}
	for i, to := range []string{"s1", "s2", "s1"} {
		sys.Services = append(sys.Services, &model.Service{
			Entity:    model.Entity{ID: fmt.Sprintf("s%d", i)},
			DependsOn: []model.Dependency{{To: []string{to}, AtLeast: 1, Calls: 1, Retries: 99}},
		})
	}
	p := &Pass{Sys: sys, Facts: metric.NewFacts(context.Background(), sys, metric.Options{})}
	for i, bounded := range newChains(p).bounded {
		if bounded {
			t.Errorf("s%d leads into a circle and has a length", i)
		}
	}
	for _, c := range []struct {
		check func(*Pass)
		want  int
	}{{deepCallChain, 0}, {retryStorm, 1}, {synchronousCycle, 1}} {
		p.found = nil
		if c.check(p); len(p.found) != c.want {
			t.Errorf("%d findings, want %d: %+v", len(p.found), c.want, p.found)
		}
	}
}
