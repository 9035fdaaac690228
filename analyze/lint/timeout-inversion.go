package lint

import (
	"fmt"
	"time"
)

// timeoutInversion reports a call whose timeout is shorter than the time that
// the one called may itself wait for a single dependency of its own: attempts ×
// timeout. The caller is gone before the answer, or the fallback, can come.
// Several dependencies may be called at once, so they are not added up.
func timeoutInversion(p *Pass) {
	g := p.Graph()
	for e := range p.calls() {
		v, _ := g.Lookup(e.to)
		if e.dep.Timeout == 0 || int(v) >= g.Services() || p.inside(e) {
			continue
		}
		worst, wait := -1, time.Duration(0)
		inner := p.Sys.Services[v].DependsOn
		for i := range inner {
			if w := patience(inner[i].Timeout, inner[i].Retries); w > wait {
				worst, wait = i, w
			}
		}
		if wait <= e.dep.Timeout {
			continue
		}
		d := &inner[worst]
		p.Report(e.dep.Origin.At("timeout"), e.subject(),
			fmt.Sprintf("%q waits %v for %q, less than the %v that %q may wait for %q (%s of %v)",
				e.from.ID, e.dep.Timeout, e.to, wait, e.to, d.To[0], plural(d.Retries+1, "attempt"), d.Timeout),
			"shorten the inner timeout or its retries, or wait longer outside",
			related(d.Origin.At("timeout"), "%q waits here", e.to))
	}
}

// patience is the longest wait for a call: every attempt runs into its timeout.
// Waits past 290 years count as that.
func patience(timeout time.Duration, retries int) time.Duration {
	attempts := time.Duration(retries) + 1
	if timeout > 0 && attempts > time.Duration(1<<63-1)/timeout {
		return 1<<63 - 1
	}
	return timeout * attempts
}
