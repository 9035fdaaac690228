package scaling

import (
	"math/big"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
)

// Spike computes what happens when the demand at one service goes from its rate
// to its peak: SpikeFactor times the rate where the file gives no peak, and for
// a service where no demand enters, times its load.
//
// What calls reach at once must scale; what lies behind channels keeps its
// replicas and works the backlog off.
func Spike(g *graph.Graph, r *Result, entry int32) Spiked {
	st := r.state
	rate, peak, s := st.spikeAt(r, entry)
	inject := make([]*big.Rat, g.Services())
	inject[entry] = new(big.Rat).Sub(peak, rate)
	s.Before, s.After = toFloat(rate), toFloat(peak)
	s.Domain = r.Domain(entry)
	after := st.base.plus(st.traffic.level(inject, false))
	hit := make([]bool, len(r.Deploy))
	for _, v := range s.Domain.Services {
		hit[r.DeployOf[v]] = true
	}
	running := make([]graph.Value, len(r.Deploy))
	for i := range r.Deploy {
		c := st.sizer.change(&r.Deploy[i], after, hit[i], s.Duration)
		running[i] = c.After
		s.Deploy = append(s.Deploy, c)
	}
	s.sum(r)
	s.Buffers = st.buffers(g, r, wave{inject, after, running, s.Duration})
	return s
}

// sum fills in the totals over all deployables.
func (s *Spiked) sum(r *Result) {
	for _, c := range s.Deploy {
		if c.Added.OK && c.Added.F > 0 {
			s.Scaled++
		}
	}
	s.ReplicasBefore = total(s.Deploy, func(c *Change) graph.Value { return c.Before })
	s.ReplicasAfter = total(s.Deploy, func(c *Change) graph.Value { return c.After })
	s.Added = total(s.Deploy, func(c *Change) graph.Value { return c.Added })
	s.FootprintBefore = total(r.Deploy, func(d *Deployable) graph.Value { return times(d.Replicas, float64(d.Memory)) })
	s.FootprintAfter = total(s.Deploy, func(c *Change) graph.Value { return c.Footprint })
	s.FootprintNeeded = total(s.Deploy, func(c *Change) graph.Value { return c.Needed })
	s.Waste = waste(s.FootprintNeeded, s.FootprintAfter)
}

// spikeAt gives the demand before and in a spike at a service.
func (st *state) spikeAt(r *Result, entry int32) (rate, peak *big.Rat, s Spiked) {
	s = Spiked{Entry: entry, Duration: SpikeDuration, Assumed: true}
	rate = new(big.Rat)
	for i, v := range st.demand.at {
		if v == entry {
			rate, peak = st.demand.rate[i], st.demand.peak[i]
			s.Duration, s.Assumed = r.Entries[i].Duration, !r.Entries[i].PeakGiven
		}
	}
	if peak != nil && peak.Sign() > 0 {
		return rate, peak, s
	}
	s.Assumed = true
	switch load := r.Load[entry]; {
	case st.base.rat != nil && st.base.rat[entry] != nil:
		rate = st.base.rat[entry]
	case load.OK && load.F > 0:
		rate = new(big.Rat).SetFloat64(load.F)
	default:
		rate = big.NewRat(UnitRate, 1)
	}
	return rate, new(big.Rat).Mul(rate, big.NewRat(SpikeFactor, 1)), s
}

// change sizes one deployable for the load in a spike.
func (z sizer) change(d *Deployable, after level, hit bool, duration time.Duration) Change {
	n := z.of(d.Services, after)
	c := Change{Before: d.Replicas, Hit: hit}
	c.After, c.Short = d.within(n.count)
	c.Added = minus(c.After, c.Before)
	c.Busy, c.Target = quotient(n.busy, c.After), z.target(d.Services, after.value)
	c.Footprint, c.Needed = z.footprint(d, c.After, after)
	late := max(0, n.busy.F-d.Replicas.F) * d.Startup.Seconds()
	if n.busy.OK && d.Replicas.OK {
		c.Overload = quotient(graph.Number(late), z.mix(d, after))
	}
	c.Course = z.course(d, c, after, duration)
	return c
}

// mix is the mean share of a replica that one request a second keeps busy in a
// deployable, under a load.
func (z sizer) mix(d *Deployable, l level) graph.Value {
	busy, load := graph.Number(0), graph.Number(0)
	for _, s := range d.Services {
		load = plus(load, l.value[s])
		busy = plus(busy, times(l.value[s], z.profiles[s].perRequest()))
	}
	return quotient(busy, load)
}

// course is the spike at a deployable, in requests: its replicas as they are,
// and the new ones when they have started.
func (z sizer) course(d *Deployable, c Change, after level, duration time.Duration) Course {
	n := z.of(d.Services, after)
	each := z.mix(d, after)
	if !each.OK || each.F == 0 || !c.Added.OK || !d.Busy.OK {
		return Course{Duration: duration}
	}
	return Course{
		Base: d.Busy.F / each.F, Surge: n.busy.F / each.F, Duration: duration,
		Start: c.Before.F / each.F, Step: c.Added.F / each.F, Max: c.After.F / each.F, Every: d.Startup,
	}
}
