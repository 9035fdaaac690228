package lint

import (
	"fmt"
	"time"
)

// maxNano is the work for one request below which a call costs more than it
// brings: a round trip inside a data centre takes about half a millisecond, and
// encoding, decoding and queueing at both ends as much again, twice.
const maxNano = 2 * time.Millisecond

// nanoService reports services whose work for a request is shorter than the call
// that asks for it, if they have one caller, the same owner as it, and nothing
// of their own: no store, no events, no entry.
func nanoService(p *Pass) {
	g := p.Graph()
	callers := g.Callers()
	for v, s := range p.Sys.Services {
		by := callers.Out(int32(v))
		small := s.Scaling != nil && s.Scaling.Duration > 0 && s.Scaling.Duration <= maxNano
		if !small || len(by) != 1 || s.Exposed || s.Load != nil || len(s.DependsOn)+len(s.Publishes)+len(s.Consumes) > 0 {
			continue
		}
		caller := p.Sys.Services[by[0]]
		if caller.Owner != s.Owner || p.together(caller.ID, s.ID) {
			continue
		}
		e, _ := p.find(by[0], int32(v))
		p.Report(s.Origin.At("scaling", "duration"), "services."+s.ID,
			fmt.Sprintf("%q works %v for a request, no more than the %v a call costs, and only %q calls it",
				s.ID, s.Scaling.Duration, maxNano, caller.ID),
			fmt.Sprintf("make it a part of %q", caller.ID), related(e.dep.Pos, "the only call"))
	}
}
