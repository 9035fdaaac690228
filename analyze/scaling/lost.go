package scaling

import "github.com/taut-dev/taut/analyze/graph"

// Lost is what happens to one deployable at the peak when one of its replicas is
// lost: no service fails by that, but capacity goes until a new one serves.
type Lost struct {
	Deploy        int         // place in Result.Deploy
	Replicas      float64     // at peak
	Before, After graph.Value // busy share of a replica, with all and with one less; After is undefined without any left
	Target        float64     // busy share that replicas are planned for, of its services by their work
}

// Strain says how a deployable bears the loss of a replica.
type Strain int

// The strains, from best to worst.
const (
	Within   Strain = iota // still at or below its target
	Above                  // above its target, but it keeps up
	Overrun                // more work than the rest can do: it piles up
	NoneLeft               // it was the only replica
)

// String gives the words of reports.
func (s Strain) String() string {
	return [...]string{"within its target", "above its target", "overrun", "none left"}[s]
}

// Strain compares what is left with the work.
func (l *Lost) Strain() Strain {
	switch {
	case l.Replicas <= 1:
		return NoneLeft
	case l.After.F > 1:
		return Overrun
	case l.After.F > l.Target*(1+1e-9): // the target is a quotient of sums
		return Above
	}
	return Within
}

// LoseOne takes one replica from each deployable at Peak, in the order of
// Deploy. Those whose load is undefined are left out.
func (r *Result) LoseOne() []Lost {
	var out []Lost
	for i := range r.Deploy {
		d := &r.Deploy[i]
		if !d.ReplicasAtPeak.OK || !d.BusyAtPeak.OK {
			continue
		}
		l := Lost{Deploy: i, Replicas: d.ReplicasAtPeak.F, Target: r.state.sizer.target(d.Services, r.Peak)}
		l.Before = quotient(d.BusyAtPeak, d.ReplicasAtPeak)
		if l.Replicas > 1 {
			l.After = quotient(d.BusyAtPeak, graph.Number(l.Replicas-1))
		}
		out = append(out, l)
	}
	return out
}

// target is what a load keeps busy ÷ what is planned for it.
func (z sizer) target(services []int32, load []graph.Value) float64 {
	busy, planned := 0.0, 0.0
	for _, s := range services {
		p := &z.profiles[s]
		x := float64(load[s].F * p.perRequest())
		busy += x
		planned += x / p.target
	}
	if planned == 0 {
		return TargetUtilisation
	}
	return busy / planned
}
