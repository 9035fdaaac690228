package lint

import (
	"fmt"

	"github.com/taut-dev/taut/model"
)

// deprecatedDependency reports what is still in use but depends on something
// that is on its way out, by any kind of dependency.
func deprecatedDependency(p *Pass) {
	check := func(from declaration, pos model.Pos, ids ...string) {
		for _, id := range ids {
			to := p.entity(id)
			if to.Lifecycle != model.Deprecated || from.entity.Lifecycle == model.Deprecated {
				continue
			}
			p.Report(pos, from.subject()+arrow+id,
				fmt.Sprintf("%q depends on %q, which is deprecated", from.entity.ID, id),
				"move to what replaces it, or waive this until the day it is gone",
				related(to.At("lifecycle"), "%q is deprecated here", id))
		}
	}
	for d := range declarations(p.Sys) {
		for i := range d.entity.RunsOn {
			check(d, d.entity.RunsOn[i].Pos, d.entity.RunsOn[i].To...)
		}
	}
	for _, s := range p.Sys.Services {
		d := declaration{"services", &s.Entity}
		for i := range s.DependsOn {
			check(d, s.DependsOn[i].Pos, s.DependsOn[i].To...)
		}
		for i := range s.Publishes {
			check(d, s.Publishes[i].Pos, s.Publishes[i].To)
		}
		for i := range s.Consumes {
			check(d, s.Consumes[i].Pos, s.Consumes[i].From)
		}
	}
}
