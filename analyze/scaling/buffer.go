package scaling

import (
	"math/big"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// wave is a surge on its way through the system.
type wave struct {
	inject   []*big.Rat    // what enters beyond the base, by service
	after    level         // load with everything that scales at once
	running  []graph.Value // replicas of each deployable
	duration time.Duration
}

// tide is the surge beyond the base load, in 1/s: services first, then hubs.
type tide struct {
	*traffic
	st       *state
	r        *Result
	wave     wave
	flow     []float64
	base     []float64 // feed: events arriving before the surge
	more     []float64 // feed: and beyond that, in it
	capacity []float64 // feed: events that its service can take; -1: undefined
	byTaker  [][]int32 // service to its feeds
	cycle    *carrier[float64]
}

// buffers follows a wave through calls and channels, and gives the queues that
// it fills. What consumers pass on is held back by what they can take.
func (st *state) buffers(g *graph.Graph, r *Result, w wave) []Buffer {
	if len(st.traffic.hubs) == 0 {
		return nil
	}
	t := &tide{traffic: st.traffic, st: st, r: r, wave: w, flow: make([]float64, st.traffic.nodes())}
	for v, x := range w.inject {
		t.flow[v] = toFloat(x)
	}
	t.cycle = &carrier[float64]{traffic: st.traffic, numbers: floats{}, large: iterate}
	t.cycle.flow, t.cycle.unknown = t.flow, make([]bool, len(t.flow))
	t.feedsBefore()
	for _, group := range t.order {
		t.settle(group)
		for _, v := range t.nodesOf(group) {
			t.push(v, group)
		}
	}
	return t.list(g)
}

// feedsBefore finds what each consumer gets and can take.
func (t *tide) feedsBefore() {
	n := len(t.feeds)
	t.base, t.more, t.capacity = make([]float64, n), make([]float64, n), make([]float64, n)
	t.byTaker = make([][]int32, t.services)
	for h := range t.hubs {
		for _, e := range t.out(int32(t.services + h)) {
			if e.feed >= 0 && e.mode != answer {
				t.base[e.feed] += floats{}.weigh(t.st.base.hub[h], &e)
			}
		}
	}
	busy := make([]graph.Value, len(t.r.Deploy))
	for i := range busy {
		busy[i] = t.st.sizer.of(t.r.Deploy[i].Services, t.wave.after).busy
	}
	for i, f := range t.feeds {
		d := t.r.DeployOf[f.service]
		each := t.st.profiles[f.service].perRequest()
		t.capacity[i] = -1
		if t.wave.running[d].OK && busy[d].OK {
			free := t.wave.running[d].F - (busy[d].F - float64(t.base[i]*each))
			t.capacity[i] = max(0, free/each)
		}
		t.byTaker[f.service] = append(t.byTaker[f.service], int32(i))
	}
}

// settle adds to a component's surge what its services take from channels, and
// solves the calls that come round in it.
func (t *tide) settle(group int32) {
	if int(group) >= t.members.Len() {
		return
	}
	row := t.members.Out(group)
	for _, v := range row {
		for _, f := range t.byTaker[v] {
			if spare := t.capacity[f] - t.base[f]; t.capacity[f] >= 0 && spare > 0 {
				t.flow[v] += min(t.more[f], spare)
			}
		}
	}
	if !t.endless[group] {
		t.cycle.settle(group)
	}
}

// push hands a node's surge on: to calls and hubs as it is, to consumers as
// what waits for them.
func (t *tide) push(v, group int32) {
	if t.flow[v] == 0 {
		return
	}
	for _, e := range t.out(v) {
		x := floats{}.weigh(t.flow[v], &e)
		switch {
		case e.mode == answer:
		case e.feed >= 0:
			t.more[e.feed] += x
		case e.mode == through && t.group(e.to) != group:
			t.flow[e.to] += x
		}
	}
}

// list makes the buffers, in file order of channels and consumers.
func (t *tide) list(g *graph.Graph) []Buffer {
	first, _ := g.Range(graph.Channel)
	of := make([][]int32, len(g.Sys.Channels))
	for i, f := range t.feeds {
		if t.more[i] > 0 && t.capacity[i] >= 0 {
			of[f.channel] = append(of[f.channel], int32(i))
		}
	}
	gates := t.gates(g)
	var list []Buffer
	for c, feeds := range of {
		x := g.Sys.Channels[c]
		var shared []Buffer
		for _, f := range feeds {
			b := Buffer{Channel: first + int32(c), Consumers: []int32{t.feeds[f].service}, Duration: t.wave.duration,
				Base: t.base[f], Surge: t.base[f] + t.more[f], Capacity: t.capacity[f]}
			shared = append(shared, b)
		}
		if x.Kind == model.Queue {
			shared = pooled(shared)
		}
		for _, b := range shared {
			list = append(list, b.filled(gates[c], x.Retention))
		}
	}
	return list
}

// pooled makes one buffer of those of a queue's consumers.
func pooled(buffers []Buffer) []Buffer {
	if len(buffers) < 2 {
		return buffers
	}
	b := buffers[0]
	for _, x := range buffers[1:] {
		b.Consumers = append(b.Consumers, x.Consumers...)
		b.Base += x.Base
		b.Surge += x.Surge
		b.Capacity += x.Capacity
	}
	return []Buffer{b}
}

// gate is what a channel does with a surge at its own entrance.
type gate struct {
	passed float64 // share of the events that its capacity lets in
	kept   bool    // every publisher has an outbox, so that what it refuses is not lost
}

// gates reads the capacities of the channels and the outboxes of publishers.
func (t *tide) gates(g *graph.Graph) []gate {
	in := make([]float64, len(g.Sys.Channels))
	for h, x := range t.hubs {
		if x.kind != listeners {
			in[x.channel] += t.st.base.hub[h] + t.flow[t.services+h]
		}
	}
	gates := make([]gate, len(in))
	for c, x := range g.Sys.Channels {
		gates[c] = gate{passed: 1, kept: true}
		if limit := x.Capacity.PerSecond(); x.Capacity.Given() && in[c] > limit {
			gates[c].passed = limit / in[c]
		}
	}
	first, _ := g.Range(graph.Channel)
	for _, s := range g.Sys.Services {
		for i := range s.Publishes {
			if v, ok := g.Lookup(s.Publishes[i].To); ok && g.Kind(v) == graph.Channel && !s.Publishes[i].Outbox {
				gates[v-first].kept = false
			}
		}
	}
	return gates
}

// filled computes the queue of a buffer from what arrives and what is taken.
func (b Buffer) filled(g gate, retention time.Duration) Buffer {
	seconds := b.Duration.Seconds()
	in := float64(b.Surge * g.passed)
	if !g.kept {
		b.Refused = (b.Surge - in) * seconds
	}
	b.Surge = in
	q := Fill(min(b.Base, in), in, seconds, b.Capacity, retention.Seconds())
	b.Backlog, b.OldestAge, b.Drain, b.Never, b.Expired = q.Most, q.OldestAge, q.Drain, q.Never, q.Expired
	b.Lost = b.Refused + b.Expired
	return b
}
