package availability

import (
	"context"
	"slices"
)

// worker computes journeys one after the other in memory of its own.
type worker struct {
	s    *structure
	o    Options
	cone *cone
	refs []ref    // room for the diagram's states of all rows; zero between uses
	bits []uint64 // the same for states of 64 samples
}

func newWorker(s *structure, o Options) *worker {
	return &worker{s: s, o: o, cone: newCone(s), refs: make([]ref, s.plane.Rows), bits: make([]uint64, s.plane.Rows)}
}

// solution is what alternatives leave open, once all that must be up is: the
// diagram of "some waiting group is down".
type solution struct {
	d      *diagram
	root   ref
	fail   []float64 // unavailability of each variable
	likely []float64
	solved []bool // of each waiting group: it is in root
}

// solve builds the diagram of the cone. When the limit is reached it keeps what
// was complete by then.
func (w *worker) solve(ctx context.Context) *solution {
	c := w.cone
	x := &solution{d: newDiagram(ctx, w.o.MaxNodes), solved: make([]bool, len(c.waiting))}
	e := evaluator[ref, *diagram]{c: c, alg: x.d, down: w.refs}
	for i, v := range c.nodes {
		x.fail = append(x.fail, 1-w.s.up[v])
		e.fail = append(e.fail, x.d.single(int32(i)))
	}
	for i, h := range c.waiting {
		e.rows(c.groups[i])
		root := x.d.or(x.root, e.hub(h))
		if x.d.full {
			break
		}
		x.root, x.solved[i] = root, true
	}
	for _, rows := range c.groups {
		for _, r := range rows {
			w.refs[r] = 0
		}
	}
	x.likely = x.d.likely(x.fail, nil)
	return x
}

// critical lists the variables' nodes each of which alone brings a waiting group
// down: those that lead to "always" when nothing else has failed.
func (x *solution) critical(nodes []int32) []int32 {
	calm := make([]bool, len(x.d.nodes)) // holds without any further failure
	calm[1] = true
	for i := 2; i < len(calm); i++ {
		calm[i] = calm[x.d.nodes[i].ok]
	}
	var single []int32
	for r := x.root; r >= 2; r = x.d.nodes[r].ok {
		if n := x.d.nodes[r]; calm[n.bad] {
			single = append(single, nodes[n.variable])
		}
	}
	return single
}

// estimate gives the probability that the cone is up: exact, or bounds and a
// simulation.
func (w *worker) estimate(ctx context.Context, x *solution) Estimate {
	certain := w.cone.certain()
	high := certain * (1 - x.likely[x.root])
	if !slices.Contains(x.solved, false) {
		return Estimate{Value: high, Exact: true, Low: high, High: high}
	}
	e := w.sample(ctx)
	e.Value, e.SampleLow, e.SampleHigh = e.Value*certain, e.SampleLow*certain, e.SampleHigh*certain
	e.High = high
	// Being up is monotone in everything that may fail, so groups are up
	// together at least as likely as independently (Harris, 1960), and a group
	// is up at least when one fixed choice among its alternatives is.
	e.Low = high * w.choice(x.solved)
	return e
}

// choice is the probability that a fixed choice of members, for all groups that
// are not solved and what these need in turn, is up: the members that look
// best, as many as needed.
func (w *worker) choice(solved []bool) float64 {
	c := w.cone
	var stack []int32
	chosen := map[int32]bool{}
	counted := map[int32]bool{}
	for i, h := range c.waiting {
		if !solved[i] {
			stack = append(stack, w.bestOf(h)...)
		}
	}
	a := 1.0
	for len(stack) > 0 {
		r := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if c.needs(r) || chosen[r] {
			continue
		}
		chosen[r] = true
		for _, v := range w.s.fails.Out(r) {
			if i := c.place(v); i >= 0 && !counted[v] {
				counted[v] = true
				a *= w.s.up[v]
			}
		}
		stack = append(stack, w.s.takes.Out(r)...)
		if h := w.s.plane.HubOf[r]; h >= 0 {
			stack = append(stack, w.bestOf(h)...)
		}
	}
	return a
}

// bestOf picks the members of a hub that keep it up: those that must be up
// anyway, then those with the highest naive availability, first declared first.
func (w *worker) bestOf(h int32) []int32 {
	hub := &w.s.plane.Hubs[h]
	rank := func(r int32) float64 {
		if w.cone.needs(r) {
			return 2
		}
		return w.s.naive[r].F
	}
	members := slices.Clone(hub.Members)
	slices.SortStableFunc(members, func(a, b int32) int {
		switch x, y := rank(a), rank(b); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return members[:len(members)-hub.Need+1]
}
