package scaling

import (
	"math/big"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// deployables lists what is deployed, with its bounds.
func (r *Result) deployables(g *graph.Graph, p []profile) {
	r.DeployOf = make([]int32, g.Services())
	firstUnit, _ := g.Range(graph.Unit)
	index := make([]int32, len(g.Sys.Units)) // 1 + index in Deploy
	for s := range int32(g.Services()) {
		u := g.Unit(s)
		if u < 0 {
			r.DeployOf[s] = int32(len(r.Deploy))
			r.Deploy = append(r.Deploy, newDeployable(s, []int32{s}, p, nil))
			continue
		}
		if i := &index[u-firstUnit]; *i == 0 {
			r.Deploy = append(r.Deploy, newDeployable(u, g.Members(u), p, g.Sys.Units[u-firstUnit].Replicas))
			*i = int32(len(r.Deploy))
		}
		r.DeployOf[s] = index[u-firstUnit] - 1
	}
}

// newDeployable joins the members' bounds: all of them must hold, unless the
// unit has its own.
func newDeployable(node int32, members []int32, p []profile, own *model.Replicas) Deployable {
	d := Deployable{Node: node, Services: members, Min: 1}
	for _, s := range members {
		x := &p[s]
		d.Memory += x.memory
		d.Startup = max(d.Startup, x.startup)
		d.Min = max(d.Min, x.min)
		if x.max > 0 && (d.Max == 0 || x.max < d.Max) {
			d.Max = x.max
		}
	}
	if own != nil {
		d.Min, d.Max = max(own.Min, 1), max(own.Max, 0)
	}
	if d.Max > 0 {
		d.Min = min(d.Min, d.Max)
	}
	return d
}

// need is what a load asks of replicas.
type need struct {
	busy  graph.Value // replicas at work
	count graph.Value // replicas, rounded up, without bounds; at least 1
}

// sizer turns loads into replicas.
type sizer struct{ profiles []profile }

// of adds up some services: Σ load × duration ÷ concurrency, and the ceiling of
// the same ÷ target.
func (z sizer) of(services []int32, l level) need {
	for _, s := range services {
		if !l.value[s].OK {
			return need{}
		}
	}
	if l.rat != nil {
		return z.exactly(services, l.rat)
	}
	busy, planned := 0.0, 0.0
	for _, s := range services {
		p := &z.profiles[s]
		x := float64(l.value[s].F * p.perRequest())
		busy += x
		planned += x / p.target
	}
	n := need{}
	if known(busy) {
		n.busy = graph.Number(busy)
	}
	if up := ceilNear(planned); up <= largestCount {
		n.count = graph.Number(max(up, 1))
	}
	return n
}

// exactly is of in rationals.
func (z sizer) exactly(services []int32, load []*big.Rat) need {
	busy, planned := new(big.Rat), new(big.Rat)
	for i, s := range services {
		if load[s] == nil {
			continue
		}
		each := z.profiles[s].exact
		x, y := new(big.Rat).Mul(each.work, load[s]), new(big.Rat).Mul(each.plan, load[s])
		if i == 0 {
			busy, planned = x, y // most deployables hold one service
			continue
		}
		busy.Add(busy, x)
		planned.Add(planned, y)
	}
	n := need{busy: graph.Number(toFloat(busy))}
	if up, ok := ceilRat(planned); ok {
		n.count = graph.Number(max(up, 1))
	}
	return n
}

// within brings a number of replicas into the bounds of a deployable.
func (d *Deployable) within(n graph.Value) (bounded graph.Value, short bool) {
	if !n.OK {
		return n, false
	}
	n.F = max(n.F, float64(d.Min))
	if d.Max > 0 && n.F > float64(d.Max) {
		return graph.Number(float64(d.Max)), true
	}
	return n, false
}

// footprint is the memory of some replicas, in bytes, and what the members
// would take if each had its own: as many as its own load asks for, at least
// the deployable's minimum and at most what runs now.
func (z sizer) footprint(d *Deployable, replicas graph.Value, l level) (provisioned, needed graph.Value) {
	if !replicas.OK {
		return
	}
	sum := 0.0
	for i, s := range d.Services {
		own := z.of(d.Services[i:i+1], l).count
		if !own.OK {
			return graph.Number(replicas.F * float64(d.Memory)), graph.Value{}
		}
		sum += float64(min(max(own.F, float64(d.Min)), replicas.F) * float64(z.profiles[s].memory))
	}
	return graph.Number(replicas.F * float64(d.Memory)), graph.Number(sum)
}

// size fills in the replicas of every deployable and what follows from them.
func (r *Result) size(z sizer, base, peak level) {
	for i := range r.Deploy {
		d := &r.Deploy[i]
		now, then := z.of(d.Services, base), z.of(d.Services, peak)
		d.Busy, d.BusyAtPeak = now.busy, then.busy
		d.Replicas, _ = d.within(now.count)
		d.ReplicasAtPeak, d.Short = d.within(then.count)
		d.Footprint, d.Needed = z.footprint(d, d.ReplicasAtPeak, peak)
		d.InFlight = z.inFlight(d.Services, peak)
	}
	r.TotalReplicasAtPeak = total(r.Deploy, func(d *Deployable) graph.Value { return d.ReplicasAtPeak })
	r.FootprintProvisioned = total(r.Deploy, func(d *Deployable) graph.Value { return d.Footprint })
	r.FootprintNeeded = total(r.Deploy, func(d *Deployable) graph.Value { return d.Needed })
	r.Waste = waste(r.FootprintNeeded, r.FootprintProvisioned)
}

// inFlight is Σ load × duration.
func (z sizer) inFlight(services []int32, l level) graph.Value {
	sum := graph.Number(0)
	for _, s := range services {
		sum = plus(sum, times(l.value[s], z.profiles[s].seconds()))
	}
	return sum
}

// waste is 1 − needed ÷ provisioned.
func waste(needed, provisioned graph.Value) graph.Value {
	if !needed.OK || !provisioned.OK || provisioned.F == 0 {
		return graph.Value{}
	}
	return graph.Number((provisioned.F - needed.F) / provisioned.F)
}

// total adds up one value of every item; undefined when one is, or without any.
func total[T any](items []T, of func(*T) graph.Value) graph.Value {
	sum := graph.Value{OK: len(items) > 0}
	for i := range items {
		sum = plus(sum, of(&items[i]))
	}
	return sum
}

func plus(a, b graph.Value) graph.Value {
	if !a.OK || !b.OK || !known(a.F+b.F) {
		return graph.Value{}
	}
	return graph.Number(a.F + b.F)
}

func minus(a, b graph.Value) graph.Value { return plus(a, times(b, -1)) }

func times(a graph.Value, f float64) graph.Value {
	if !a.OK || !known(a.F*f) {
		return graph.Value{}
	}
	return graph.Number(float64(a.F * f))
}

func quotient(a, b graph.Value) graph.Value {
	if !a.OK || !b.OK || b.F == 0 || !known(a.F/b.F) {
		return graph.Value{}
	}
	return graph.Number(a.F / b.F)
}

// each fills in the values of single services.
func (r *Result) each(z sizer) {
	n := len(z.profiles)
	r.Utilisation, r.Capacity = make([]graph.Value, n), make([]graph.Value, n)
	r.HiddenCapacity, r.ReplicasAtPeak = make([]graph.Value, n), make([]graph.Value, n)
	r.Assumed = make([]bool, n)
	for s := range z.profiles {
		p := &z.profiles[s]
		d := &r.Deploy[r.DeployOf[s]]
		r.Assumed[s] = p.assumed
		r.Utilisation[s] = times(d.Busy, 1/float64(d.Min))
		r.Capacity[s] = quotient(d.Replicas, graph.Number(p.perRequest()))
		r.HiddenCapacity[s] = quotient(r.Capacity[s], r.Attempts[s])
		r.ReplicasAtPeak[s] = d.ReplicasAtPeak
	}
}

// Wait is the mean time, in seconds, that a request waits at a service at base
// load before a replica takes it, by Erlang C (M/M/c). In a deployable of
// several services all of its load competes, as if it were of this kind.
func (r *Result) Wait(service int32) graph.Value {
	d := &r.Deploy[r.DeployOf[service]]
	p := &r.state.profiles[service]
	if !d.Busy.OK || !d.Replicas.OK || d.Replicas.F*float64(p.concurrency) > waitLimit {
		return graph.Value{}
	}
	rate := d.Busy.F / p.perRequest()
	return NewStation(rate, p.seconds(), int(d.Replicas.F)*int(p.concurrency)).Wait
}

// waitsLimit is the most servers for which Waits follows the recursion.
const waitsLimit = 20_000_000

// Waits is Wait of every service; undefined for those that come after so many
// servers that the recursion takes too long.
func (r *Result) Waits() []graph.Value {
	out := make([]graph.Value, len(r.DeployOf))
	servers := 0.0
	for v := range out {
		d := &r.Deploy[r.DeployOf[v]]
		if d.Replicas.OK {
			servers += min(waitLimit, d.Replicas.F*float64(r.state.profiles[v].concurrency))
		}
		if servers > waitsLimit {
			break
		}
		out[v] = r.Wait(int32(v))
	}
	return out
}
