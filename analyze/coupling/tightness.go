package coupling

import (
	"context"
	"hash/fnv"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/taut-dev/taut/analyze/graph"
)

// ExactLimit is the number of services up to which tightness looks at every
// pair: about a quarter of a second on two cores.
const ExactLimit = 2000

// Tightness (this project's own measure) says how far a change of one service
// is felt: t(u,v) is the best product of strengths along a path from u to v in
// the coupling graph, 0 without a path.
type Tightness struct {
	System    graph.Value   // mean of t over ordered pairs of services; undefined for fewer than two
	Low, High float64       // 95 % interval of System; equal to it when every pair was looked at
	Sources   int           // services from which paths were followed
	Services  []graph.Value // mean of t(s,·) and t(·,s); undefined unless every pair was looked at
	Out, In   []float64     // sums of t(s,·) and t(·,s), the other services only; nil unless exact
}

// TightnessOptions tunes the computation.
type TightnessOptions struct {
	Limit   int // services up to which every pair is looked at; 0: ExactLimit
	Workers int // goroutines; 0: one a processor. The result does not depend on it
}

// Measure computes tightness: exactly up to the limit, and beyond it from a
// sample of services chosen by a hash of their ids, so that the designs of one
// system are compared on the same sample. It fails only with its context.
func (n *Network) Measure(ctx context.Context, g *graph.Graph, o TightnessOptions) (*Tightness, error) {
	t := &Tightness{Services: make([]graph.Value, n.services), Sources: n.services}
	if n.services < 2 {
		return t, nil
	}
	if o.Limit == 0 {
		o.Limit = ExactLimit
	}
	sources := make([]int32, n.services)
	for i := range sources {
		sources[i] = int32(i)
	}
	exact := n.services <= o.Limit
	if !exact {
		sources = n.sample(g, sources)
		t.Sources = len(sources)
	}
	out, in, err := n.sums(ctx, sources, o.Workers, exact)
	if err != nil {
		return nil, err
	}
	t.mean(out, n.services)
	if exact {
		t.services(out, in)
	}
	return t, nil
}

// services fills in what is known when every service was a source.
func (t *Tightness) services(out, in []Sum) {
	others := float64(len(in) - 1)
	t.Out, t.In = make([]float64, len(in)), make([]float64, len(in))
	for s := range in {
		t.Out[s], t.In[s] = out[s].Float(), in[s].Float()
		both := out[s]
		both.Merge(in[s])
		t.Services[s] = graph.Number(both.Float() / (2 * others))
	}
}

// mean fills in the system's value and its interval: the mean of the sources'
// rows, with the standard error of a sample drawn without replacement.
func (t *Tightness) mean(out []Sum, services int) {
	var total Sum
	for _, s := range out {
		total.Merge(s)
	}
	k, n, others := float64(len(out)), float64(services), float64(services-1)
	mean := total.Float() / float64(k*others)
	var squares float64
	for _, s := range out {
		d := s.Float()/others - mean
		squares += float64(d * d)
	}
	margin := 0.0
	if len(out) < services {
		margin = 1.96 * math.Sqrt(squares/(k-1)/k*(1-k/n))
	}
	t.System, t.Low, t.High = graph.Number(mean), max(0, mean-margin), min(1, mean+margin)
}

// sample picks the sources whose hashed ids are smallest, as many as keep the
// work near that of the exact limit, and 64 at least.
func (n *Network) sample(g *graph.Graph, sources []int32) []int32 {
	size := min(max(64, 20_000_000/(n.nodes()+len(n.to))), ExactLimit, len(sources))
	hash := make([]uint64, len(sources))
	for i := range hash {
		h := fnv.New64a()
		_, _ = h.Write([]byte(g.ID(int32(i)))) // never fails: hash.Hash says so
		hash[i] = h.Sum64()
	}
	slices.SortFunc(sources, func(a, b int32) int {
		switch {
		case hash[a] != hash[b]:
			if hash[a] < hash[b] {
				return -1
			}
			return 1
		}
		return int(a - b)
	})
	return slices.Sorted(slices.Values(sources[:size]))
}

// sums follows the paths from every source: out by source and, if asked for, in
// by service. The additions are exact, so the division of work changes no bit.
func (n *Network) sums(ctx context.Context, sources []int32, workers int, both bool) (out, in []Sum, err error) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	workers = min(workers, len(sources))
	out = make([]Sum, len(sources))
	parts := make([][]Sum, workers)
	var next atomic.Int64
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() {
			p := newPaths(n)
			if both {
				parts[w] = make([]Sum, n.services)
			}
			for i := next.Add(1) - 1; int(i) < len(sources) && ctx.Err() == nil; i = next.Add(1) - 1 {
				p.from(sources[i])
				out[i] = p.sum(sources[i], parts[w])
			}
		})
	}
	group.Wait()
	if both {
		in = make([]Sum, n.services)
	}
	for _, part := range parts {
		for v := range in {
			in[v].Merge(part[v])
		}
	}
	return out, in, ctx.Err()
}

// sum adds up the paths to other services, each to its place in a list too
// unless that is nil.
func (p *paths) sum(source int32, each []Sum) Sum {
	var sum Sum
	for _, v := range p.reached {
		if int(v) >= p.n.services || v == source {
			continue
		}
		sum.Add(p.best[v])
		if each != nil {
			each[v].Add(p.best[v])
		}
	}
	return sum
}

// Row gives t(s, ·) for every service; t(s,s) is 0.
func (n *Network) Row(s int32) []float64 {
	p := newPaths(n)
	p.from(s)
	p.best[s] = 0
	return p.best[:n.services]
}
