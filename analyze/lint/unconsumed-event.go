package lint

import (
	"fmt"
	"slices"
)

// unconsumedEvent reports events that a service publishes to a channel whose
// consumers all say what they take, and none says this. What an archive keeps is
// not published for nothing.
func unconsumedEvent(p *Pass) {
	all, kept := p.events(), map[string]bool{}
	for _, c := range p.Sys.Channels {
		kept[c.ID] = c.Archive != nil && *c.Archive
	}
	for _, s := range p.Sys.Services {
		for i := range s.Publishes {
			x := &s.Publishes[i]
			t := all[x.To]
			if t.anyOut || len(t.taken) == 0 || kept[x.To] {
				continue
			}
			for _, e := range x.Events {
				if !slices.Contains(t.taken, e) {
					p.Report(x.Origin.At("events"), "services."+s.ID+arrow+x.To+"."+e,
						fmt.Sprintf("%q publishes %q to %q, where nobody takes it", s.ID, e, x.To),
						"say who takes it, or publish it when somebody wants it")
				}
			}
		}
	}
}
