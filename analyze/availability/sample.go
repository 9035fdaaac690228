package availability

import (
	"context"
	"math"
	"math/bits"

	"github.com/taut-dev/taut/analyze/graph"
)

// bitwise combines 64 samples at once.
type bitwise struct{}

func (bitwise) or(a, b uint64) uint64 { return a | b }

func (bitwise) and(a, b uint64) uint64 { return a & b }

// downIn gives the samples in which some waiting group is down, when variable i
// has failed in the samples fail[i].
func (w *worker) downIn(fail []uint64) uint64 {
	e := evaluator[uint64, bitwise]{c: w.cone, down: w.bits, fail: fail}
	var down uint64
	for i, h := range w.cone.waiting {
		e.rows(w.cone.groups[i])
		down |= e.hub(h)
	}
	for _, rows := range w.cone.groups {
		for _, r := range rows {
			w.bits[r] = 0
		}
	}
	return down
}

// sample simulates what alternatives leave open. The same seed gives the same
// numbers on every machine. The interval is Wilson's (1927) at 95 %.
func (w *worker) sample(ctx context.Context) Estimate {
	r := graph.NewRandom(w.o.Seed)
	fail := make([]uint64, len(w.cone.nodes))
	n, up := 0, 0
	for n < w.o.Samples && ctx.Err() == nil {
		for i, v := range w.cone.nodes {
			fail[i] = coins(r, 1-w.s.up[v])
		}
		up += 64 - bits.OnesCount64(w.downIn(fail))
		n += 64
	}
	e := Estimate{Samples: n, Value: float64(up) / float64(max(n, 1))}
	e.SampleLow, e.SampleHigh = wilson(up, n)
	return e
}

// coins gives 64 bits, each set with probability q: the binary digits of q from
// the last one up decide between "or" and "and" with a fair coin.
func coins(r *graph.Random, q float64) uint64 {
	if q >= 1 {
		return ^uint64(0)
	}
	digits := uint64(q * (1 << 53))
	if digits == 0 {
		return 0
	}
	var x uint64
	for i := bits.TrailingZeros64(digits); i < 53; i++ {
		if digits>>i&1 == 1 {
			x |= r.Uint64()
		} else {
			x &= r.Uint64()
		}
	}
	return x
}

// wilson is the 95 % interval of a share of n.
func wilson(hits, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.959963984540054
	p, m := float64(hits)/float64(n), float64(n)
	center := p + z*z/(2*m)
	spread := float64(z * math.Sqrt(float64(p*(1-p))/m+z*z/(4*m*m)))
	whole := 1 + z*z/m
	return max(0, (center-spread)/whole), min(1, (center+spread)/whole)
}

// critical lists the free nodes whose failure alone brings a waiting group
// down: tried 64 at a time, so that it needs no diagram.
func (w *worker) critical() []int32 {
	var single []int32
	fail := make([]uint64, len(w.cone.nodes))
	for from := 0; from < len(fail); from += 64 {
		to := min(from+64, len(fail))
		for i := from; i < to; i++ {
			fail[i] = 1 << (i - from)
		}
		down := w.downIn(fail)
		for i := from; i < to; i++ {
			fail[i] = 0
			if down>>(i-from)&1 == 1 {
				single = append(single, w.cone.nodes[i])
			}
		}
	}
	return single
}
