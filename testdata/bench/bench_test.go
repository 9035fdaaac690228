// Package bench measures the algorithms on the generated systems that the
// whole-process comparison uses. Set TAUT_BENCH to their folder; see run.
package bench

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"gonum.org/v1/gonum/graph/traverse"

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
	system, found := model.Load(os.DirFS(filepath.Join(dir, estate)), "taut-plain.yaml", model.LoadOptions{Limits: raised(b)})
	if system == nil {
		b.Skipf("%s: %v", estate, found[0].Message)
	}
	return system
}

// raised lets in what is larger than anybody writes.
func raised(b *testing.B) model.Limits {
	limits := model.DefaultLimits()
	for _, s := range []string{"file=1GiB", "total=1GiB", "nodes=100000000", "elements=10000000", "dependencies=50000000"} {
		if err := limits.Set(s); err != nil {
			b.Fatal(err)
		}
	}
	return limits
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
		// What a pass over all rows of bits would take, a word of 64 failures at a time.
		words := float64(g.Len()) * float64(g.HardCalls().Edges()) / 64
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/words, "ns/word")
	})
}

// BenchmarkMemory copies far more than the caches hold, on all cores: what the
// machine's memory gives at most.
func BenchmarkMemory(b *testing.B) {
	const size = 1 << 28
	from, to := make([]byte, size), make([]byte, size)
	cores := runtime.GOMAXPROCS(0)
	b.SetBytes(2 * size) // read and written
	for b.Loop() {
		var group sync.WaitGroup
		for i := range cores {
			group.Go(func() { copy(to[i*size/cores:(i+1)*size/cores], from[i*size/cores:(i+1)*size/cores]) })
		}
		group.Wait()
	}
}

func BenchmarkBuild(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		for b.Loop() {
			graph.Build(g.Sys)
		}
	})
}

// gonumOf is the service graph as gonum has it.
func gonumOf(g *graph.Graph) *simple.DirectedGraph {
	d := simple.NewDirectedGraph()
	for v := range g.Services() {
		d.AddNode(simple.Node(v))
	}
	for u := range int32(g.Services()) {
		for _, v := range g.HardCalls().Out(u) {
			d.SetEdge(d.NewEdge(simple.Node(u), simple.Node(v)))
		}
	}
	return d
}

// BenchmarkGonumBlast walks backwards from every service with gonum.
func BenchmarkGonumBlast(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		d := gonumOf(g)
		callers := simple.NewDirectedGraph()
		for nodes := d.Nodes(); nodes.Next(); {
			callers.AddNode(nodes.Node())
		}
		for edges := d.Edges(); edges.Next(); {
			callers.SetEdge(edges.Edge().ReversedEdge())
		}
		b.ResetTimer()
		sum, most := 0, 0
		for b.Loop() {
			sum, most = 0, 0
			for v := range g.Services() {
				n := -1
				walk := traverse.BreadthFirst{Visit: func(gonum.Node) { n++ }}
				walk.Walk(callers, simple.Node(v), nil)
				sum, most = sum+n, max(most, n)
			}
		}
		b.ReportMetric(float64(sum), "sum")
		b.ReportMetric(float64(most), "max")
	})
}

func BenchmarkGonumSCC(b *testing.B) {
	each(b, func(b *testing.B, g *graph.Graph) {
		d := gonumOf(g)
		b.ResetTimer()
		for b.Loop() {
			topo.TarjanSCC(d)
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
