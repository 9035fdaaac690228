package lint

import (
	"fmt"

	"github.com/taut-dev/taut/model"
)

// expiredWaiver reports exceptions whose last day is over: they no longer count,
// so they only mislead whoever reads the file.
func expiredWaiver(p *Pass) {
	check := func(o model.Origin, subject, what string, until model.Date) {
		if expired(until, p.Today) {
			p.Report(o.At("until"), subject,
				fmt.Sprintf("%s expired on %v: today is %v", what, until, p.Today),
				"take it out, or extend it if its reason still holds")
		}
	}
	for _, g := range p.Sys.Lint.Ignore {
		where := "everywhere"
		if g.At != "" {
			where = fmt.Sprintf("at %q", g.At)
		}
		check(g.Origin, "lint", fmt.Sprintf("the waiver of %q %s", g.Rule, where), g.Until)
	}
	for _, b := range p.Sys.Budgets {
		check(b.Origin, "budgets", fmt.Sprintf("the limit of %q", b.Scope+"."+b.Subject), b.Until)
	}
}
