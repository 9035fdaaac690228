// Package bench measures the algorithms on the generated systems that the
// whole-process comparison uses. Set TAUT_BENCH to their folder; see run.
package bench

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
	"github.com/taut-dev/taut/model"
)

// estates are the systems that are there: N for a sparse one, N-tangled for one
// with a cyclic core of a third.
var estates = []string{"10000", "100000", "10000-tangled", "100000-tangled"}

// load reads one generated system in which everything is a service and every
// dependency a hard call, as the other programs see it.
func load(b *testing.B, estate string) *model.System {
	b.Helper()
	dir := os.Getenv("TAUT_BENCH")
	if dir == "" {
		b.Skip("TAUT_BENCH names no folder of generated systems; testdata/bench/run makes one")
	}
	limits := model.DefaultLimits()
	for _, s := range []string{"file=1GiB", "total=1GiB", "nodes=100000000", "elements=10000000", "dependencies=50000000"} {
		if err := limits.Set(s); err != nil {
			b.Fatal(err)
		}
	}
	system, found := model.Load(os.DirFS(filepath.Join(dir, estate)), "taut-plain.yaml", model.LoadOptions{Limits: limits})
	if system == nil {
		b.Skipf("%s: %v", estate, found[0].Message)
	}
	return system
}

// each runs a benchmark on all estates.
func each(b *testing.B, run func(b *testing.B, g *graph.Graph)) {
	for _, estate := range estates {
		b.Run(estate, func(b *testing.B) {
			g := graph.Build(load(b, estate))
			runtime.GC()
			b.ReportAllocs()
			b.ResetTimer()
			run(b, g)
		})
	}
}

// BenchmarkBlast is every single failure. The sum and the greatest number of
// services down are what the other programs print as their check values.
func BenchmarkBlast(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		var r *blast.Result
		for b.Loop() {
			var err error
			if r, err = blast.Single(context.Background(), g, blast.Options{}); err != nil {
				b.Fatal(err)
			}
		}
		sum := 0
		for i := range r.Failures {
			sum += int(r.Failures[i].NDown)
		}
		b.ReportMetric(float64(sum), "sum")
		b.ReportMetric(float64(r.Max().NDown), "max")
	})
}

func BenchmarkBuild(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		for b.Loop() {
			graph.Build(g.Sys)
		}
	})
}

func BenchmarkSCC(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		for b.Loop() {
			graph.SCC(g.Calls())
		}
	})
}

func BenchmarkVisibility(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		for b.Loop() {
			if _, _, err := graph.Visibility(context.Background(), g.Calls()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkTightness(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		scale := coupling.NewScale(g.Sys)
		network := coupling.NewNetwork(g, scale, coupling.Links(g, scale))
		for b.Loop() {
			if _, err := network.Measure(context.Background(), g, coupling.TightnessOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkModularity(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		for b.Loop() {
			coupling.Modularity(g)
		}
	})
}

func BenchmarkScaling(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		for b.Loop() {
			scaling.Analyze(g)
		}
	})
}

func BenchmarkWholeReport(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		for b.Loop() {
			metric.Compute(metric.NewFacts(context.Background(), g.Sys, metric.Options{}))
		}
	})
}
