package lint

import (
	"fmt"
)

// unusedSuppression reports comments and waivers that no finding met. Those of
// rules that did not run, and those that have expired, are left alone.
func unusedSuppression(p *Pass) {
	for _, r := range all(p.Sys) {
		if !p.active[r.ID] || r.ID == p.rule.ID {
			continue
		}
		for _, s := range p.silencers[r.ID] {
			if s.used || expired(s.until, p.Today) {
				continue
			}
			what := "this comment"
			if s.line == 0 {
				what = "this waiver"
			}
			p.Report(s.pos, "lint", fmt.Sprintf("%s silences %q, which finds nothing here", what, s.rule), "take it out")
		}
	}
}
