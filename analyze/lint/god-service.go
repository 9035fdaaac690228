package lint

import "fmt"

const (
	// godFloor is the fewest services of a system that can have a god service.
	godFloor = 8
	// godShare is the share of the other services a service may be tied to.
	godShare = 0.5
	// godSides is the fewest callers and providers: with fewer on one side it is
	// an entry point or a shared utility, which is meant to touch many.
	godSides = 2
)

// godService reports services that call, or are called by, more than half of all
// others.
func godService(p *Pass) {
	g := p.Graph()
	n := int32(g.Services())
	if n < godFloor {
		return
	}
	calls := g.Calls()
	callers := g.Callers()
	for v := range n {
		in, out := callers.Out(v), calls.Out(v)
		if len(in) < godSides || len(out) < godSides {
			continue
		}
		tied := map[int32]bool{}
		for _, u := range in {
			tied[u] = true
		}
		for _, u := range out {
			tied[u] = true
		}
		if float64(len(tied)) <= godShare*float64(n-1) {
			continue
		}
		p.Report(g.Entity(v).Pos, "services."+g.ID(v),
			fmt.Sprintf("%q is tied to %d of the %d other services, more than half", g.ID(v), len(tied), n-1),
			"split it along what it does, so that a change or a failure of one part reaches fewer")
	}
}
