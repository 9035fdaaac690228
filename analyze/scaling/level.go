package scaling

import (
	"math/big"

	"github.com/taut-dev/taut/analyze/graph"
)

// level is a load of the whole system, in 1/s.
type level struct {
	value []graph.Value // of every service
	rat   []*big.Rat    // the same exactly, nil for zero; the list is nil above exactLimit
	hub   []float64     // of every hub; 0 where undefined
}

// exact says whether a traffic is small enough for rationals.
func (t *traffic) exact() bool {
	for c := range t.loops {
		if t.loops[c] && len(t.members.Out(int32(c))) > exactCycle {
			return false
		}
	}
	return t.nodes()+len(t.edges) <= exactLimit
}

// level carries what enters at the services through the system, or over calls
// alone.
func (t *traffic) level(inject []*big.Rat, channels bool) level {
	if t.exact() {
		over := false
		c := newCarrier(t, rationals{&over}, inject)
		run(c, channels)
		if !over {
			return newLevel(c, toFloat)
		}
	}
	entering := make([]float64, len(inject))
	for i, x := range inject {
		entering[i] = toFloat(x)
	}
	c := newCarrier(t, floats{}, entering)
	c.large = iterate
	run(c, channels)
	l := newLevel(c, func(x float64) float64 { return x })
	l.rat = nil
	return l
}

func run[T any](c *carrier[T], channels bool) {
	if channels {
		c.everywhere()
	} else {
		c.overCalls()
	}
}

// newLevel reads a finished carrier.
func newLevel[T any](c *carrier[T], float func(T) float64) level {
	l := level{value: make([]graph.Value, c.services), hub: make([]float64, len(c.hubs))}
	sums := make([]T, c.services)
	for v := range c.nodes() {
		x := c.add(c.flow[v], c.extra[v])
		f := float(x)
		switch {
		case c.unknown[v] || !known(f):
		case v >= c.services:
			l.hub[v-c.services] = f
		default:
			l.value[v], sums[v] = graph.Number(f), x
		}
	}
	l.rat, _ = any(sums).([]*big.Rat)
	return l
}

// plus adds two levels.
func (l level) plus(m level) level {
	sum := level{value: make([]graph.Value, len(l.value)), hub: make([]float64, len(l.hub))}
	for v := range l.value {
		if l.value[v].OK && m.value[v].OK {
			sum.value[v] = graph.Number(l.value[v].F + m.value[v].F)
		}
	}
	for h := range l.hub {
		sum.hub[h] = l.hub[h] + m.hub[h]
	}
	if l.rat == nil || m.rat == nil {
		return sum
	}
	sum.rat = make([]*big.Rat, len(l.rat))
	over := false
	for v := range l.rat {
		sum.rat[v] = rationals{&over}.add(l.rat[v], m.rat[v])
		if sum.value[v].OK {
			sum.value[v].F = toFloat(sum.rat[v])
		}
	}
	if over {
		sum.rat = nil
	}
	return sum
}
