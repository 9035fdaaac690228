package lint

import (
	"fmt"
	"slices"
)

// hubFloor is the fewest callers and the fewest providers of a hub. Ours: below
// it the published definition calls the middle of any small system a hub.
const hubFloor = 4

// hub reports services on which many depend and which depend on many: more than
// the median in both directions, and of about the same number in both (Arcan;
// Arcelli Fontana and others, 2017).
func hub(p *Pass) {
	g := p.Graph()
	calls := g.Calls()
	callers := g.Callers()
	n := int32(g.Services())
	var ins, outs []int
	for v := range n {
		ins, outs = append(ins, len(callers.Out(v))), append(outs, len(calls.Out(v)))
	}
	midIn, midOut := median(ins), median(outs)
	for v := range n {
		in, out := ins[v], outs[v]
		balanced := 4*max(in-out, out-in) < in+out
		if in < hubFloor || out < hubFloor || float64(in) <= midIn || float64(out) <= midOut || !balanced {
			continue
		}
		p.Report(g.Entity(v).Pos, "services."+g.ID(v),
			fmt.Sprintf("%q is a hub: %d services call it and it calls %d, the medians are %s and %s",
				g.ID(v), in, out, number(midIn), number(midOut)),
			"split it by what its callers want from it, or let them listen to events instead")
	}
}

// median is the middle value, or the mean of the two in the middle; 0 of none.
func median(values []int) float64 {
	s := slices.Sorted(slices.Values(values))
	n := len(s)
	if n == 0 {
		return 0
	}
	return float64(s[(n-1)/2]+s[n/2]) / 2
}
