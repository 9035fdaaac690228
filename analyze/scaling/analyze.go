package scaling

import (
	"slices"

	"math/big"

	"github.com/taut-dev/taut/analyze/graph"
)

// state is what Spike and Domain need of Analyze.
type state struct {
	traffic *traffic
	demand  demand
	sizer
	base level
}

// Analyze computes everything about scaling. It is pure, and linear in the size
// of the system but for the surge domains (one pass for 512 entries).
func Analyze(g *graph.Graph) *Result {
	r := &Result{}
	r.partitions(g)
	st := &state{traffic: newTraffic(g), demand: newDemand(g, r)}
	r.state = st
	st.profiles = newProfiles(g.Sys.Services)
	timed := slices.ContainsFunc(st.profiles, func(p profile) bool { return p.timed })
	r.Relative = r.Relative || !timed
	n := g.Services()
	more := spread(n, st.demand.at, st.demand.surplus(r))
	st.base = st.traffic.level(spread(n, st.demand.at, st.demand.rate), true)
	peak := st.base.plus(st.traffic.level(more, false))
	r.Load, r.Peak = st.base.value, peak.value
	r.Attempts = st.traffic.attempts()
	r.deployables(g, st.profiles)
	r.size(st.sizer, st.base, peak)
	r.each(st.sizer)
	r.passing(g)
	r.bottleneck()
	r.Deadlines = deadlines(g)
	r.surges()
	r.Buffers = st.buffers(g, r, r.wave(more, peak))
	r.costs(g)
	r.Problems = st.traffic.problems(g)
	return r
}

// wave is the peak of all entries at once, as long as the longest of them.
func (r *Result) wave(more []*big.Rat, peak level) wave {
	w := wave{inject: more, after: peak}
	for i := range r.Deploy {
		w.running = append(w.running, r.Deploy[i].ReplicasAtPeak)
	}
	for _, e := range r.Entries {
		if x := more[e.Service]; x != nil && x.Sign() > 0 {
			w.duration = max(w.duration, e.Duration)
		}
	}
	return w
}
