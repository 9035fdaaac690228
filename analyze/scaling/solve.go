package scaling

import (
	"math"
	"math/big"
)

// Limits of the ways to solve calls that come round.
const (
	// exactLimit is the most nodes and edges that are computed in rationals.
	exactLimit = 50_000
	// exactCycle is the largest component that is solved in rationals.
	exactCycle = 16
	// denseCycle is the largest that is solved by elimination at all.
	denseCycle = 64
)

// carried is a flow: what every node handles and hands on, and what services
// handle beyond that because it came round.
type carried[T any] struct {
	flow, extra []T
	unknown     []bool
}

// carrier moves flow along a traffic.
type carrier[T any] struct {
	*traffic
	numbers[T]
	carried[T]
	large func(c *carrier[T], comp int32) // solves a component beyond elimination
}

func newCarrier[T any](t *traffic, a numbers[T], inject []T) *carrier[T] {
	c := &carrier[T]{traffic: t, numbers: a}
	c.flow, c.extra = make([]T, t.nodes()), make([]T, t.nodes())
	c.unknown = make([]bool, t.nodes())
	copy(c.flow, inject)
	return c
}

// everywhere carries flow over calls and through channels.
func (c *carrier[T]) everywhere() {
	for _, group := range c.order {
		c.settle(group)
		for _, v := range c.nodesOf(group) {
			c.push(v, group)
		}
	}
	c.echo()
}

// echo delivers the events that came round. Hubs of listeners have the higher
// numbers, so they come last.
func (c *carrier[T]) echo() {
	for h := int32(c.services); h < int32(c.nodes()); h++ {
		edges := c.out(h)
		for i := range edges {
			if e := &edges[i]; e.mode != answer && !c.zero(c.extra[h]) {
				c.extra[e.to] = c.add(c.extra[e.to], c.weigh(c.extra[h], e))
			}
		}
	}
}

// overCalls carries flow over calls alone. Then no call comes home from a
// channel, so all of them lead on.
func (c *carrier[T]) overCalls() {
	for comp := int32(c.members.Len()) - 1; comp >= 0; comp-- {
		c.settle(comp)
		for _, v := range c.members.Out(comp) {
			edges := c.out(v)
			for i := range edges {
				if e := &edges[i]; int(e.to) < c.services && c.comp[e.to] != comp {
					c.give(v, e, through)
				}
			}
		}
	}
}

// push hands on what a node handles.
func (c *carrier[T]) push(v, group int32) {
	edges := c.out(v)
	for i := range edges {
		if e := &edges[i]; e.mode != answer && c.group(e.to) != group {
			c.give(v, e, e.mode)
		}
	}
}

// give carries flow over one edge.
func (c *carrier[T]) give(v int32, e *edge, m mode) {
	if c.unknown[v] {
		c.unknown[e.to] = true
		return
	}
	if c.zero(c.flow[v]) {
		return
	}
	x := c.weigh(c.flow[v], e)
	if m == work {
		c.extra[e.to] = c.add(c.extra[e.to], x)
	} else {
		c.flow[e.to] = c.add(c.flow[e.to], x)
	}
}

// settle turns what arrives at a component into what it handles.
func (c *carrier[T]) settle(group int32) {
	if int(group) >= c.members.Len() || !c.loops[group] {
		return
	}
	row := c.members.Out(group)
	idle, unknown := true, false
	for _, v := range row {
		idle = idle && c.zero(c.flow[v])
		unknown = unknown || c.unknown[v]
	}
	switch {
	case unknown || c.endless[group] && !idle:
		for _, v := range row {
			c.unknown[v] = true
		}
	case idle:
	case len(row) > denseCycle:
		c.large(c, group)
	default:
		c.eliminate(group)
	}
}

// eliminate solves the visits of a component exactly; false when its calls are
// endless.
func (c *carrier[T]) eliminate(comp int32) bool {
	row := c.members.Out(comp)
	x := make([]T, len(row))
	for i, v := range row {
		x[i] = c.flow[v]
	}
	if !solve(c.numbers, visits(c.traffic, c.numbers, comp), x) {
		return false
	}
	for i, v := range row {
		c.flow[v] = x[i]
	}
	return true
}

// visits is I − Pᵀ of a component: row j, column i holds minus the calls from
// i to j for one request at i.
func visits[T any](t *traffic, a numbers[T], comp int32) [][]T {
	row := t.members.Out(comp)
	m := make([][]T, len(row))
	for i := range m {
		m[i] = make([]T, len(row))
		m[i][i] = a.one()
	}
	for i, v := range row {
		for _, e := range t.out(v) {
			if int(e.to) < t.services && t.comp[e.to] == comp {
				j := t.local[e.to]
				m[j][i] = a.sub(m[j][i], a.weigh(a.one(), &e))
			}
		}
	}
	return m
}

// solve replaces x by the solution of m·y = x by elimination without pivoting,
// which is stable for matrices of this kind. All pivots are positive exactly
// when the spectral radius of P is below 1 (Berman and Plemmons, 1979, on
// M-matrices); else it says false. It destroys m.
func solve[T any](a numbers[T], m [][]T, x []T) bool {
	for k := range m {
		if !a.pivot(m[k][k]) {
			return false
		}
		for i := k + 1; i < len(m); i++ {
			if a.zero(m[i][k]) {
				continue
			}
			f := a.quo(m[i][k], m[k][k])
			for j := k + 1; j < len(m); j++ {
				m[i][j] = a.sub(m[i][j], a.mul(f, m[k][j]))
			}
			x[i] = a.sub(x[i], a.mul(f, x[k]))
		}
	}
	for i := len(m) - 1; i >= 0; i-- {
		for j := i + 1; j < len(m); j++ {
			x[i] = a.sub(x[i], a.mul(m[i][j], x[j]))
		}
		x[i] = a.quo(x[i], m[i][i])
	}
	return true
}

// judge finds the components whose calls are endless.
func (t *traffic) judge() {
	for comp := range int32(t.members.Len()) {
		switch n := len(t.members.Out(comp)); {
		case !t.loops[comp]:
		case n > denseCycle:
			t.endless[comp] = !t.fades(comp)
		default:
			t.endless[comp] = !t.finite(comp)
		}
	}
}

// finite says whether the spectral radius of a small component is below 1:
// exactly if it is very small and its numbers are short.
func (t *traffic) finite(comp int32) bool {
	n := len(t.members.Out(comp))
	if n <= exactCycle {
		over := false
		a := rationals{&over}
		ok := solve[*big.Rat](a, visits[*big.Rat](t, a, comp), make([]*big.Rat, n))
		if !over {
			return ok
		}
	}
	return solve[float64](floats{}, visits[float64](t, floats{}, comp), make([]float64, n))
}

// known says whether a float is a number that can be shown.
func known(x float64) bool { return !math.IsInf(x, 0) && !math.IsNaN(x) }
