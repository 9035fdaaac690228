package lint

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Run checks the system of the facts with every rule that is asked for, not
// switched off in the file, and whose optional keys the file uses. The findings
// are sorted by place. What a rule computes of the facts is computed only if
// that rule runs.
func Run(f *metric.Facts, o Options) model.Diagnostics {
	found, _ := Examine(f, o)
	return found
}

// Examine is Run that also gives what the file's comments and waivers silence,
// sorted by place.
func Examine(f *metric.Facts, o Options) (model.Diagnostics, []Silenced) {
	sys, rules := f.System(), Rules()
	used := usedKeys(sys, rules)
	p := &Pass{Sys: sys, Facts: f, Today: o.Today, active: map[string]bool{}, silencers: map[string][]*silencer{}}
	for _, s := range silencers(sys) {
		p.silencers[s.rule] = append(p.silencers[s.rule], s)
	}
	p.custom(o)
	for _, r := range rules {
		p.rule, p.severity = r, SeverityOf(sys, r)
		if p.severity == model.Off || len(o.Only) > 0 && !slices.Contains(o.Only, r.ID) {
			continue
		}
		p.active[r.ID] = true
		if r.Check == nil {
			continue // what the loader reports stopped it from coming here
		}
		if sys.Lint.Strict || !slices.ContainsFunc(r.Asks, func(key string) bool { return !used[key] }) {
			r.Check(p)
		}
	}
	slices.SortStableFunc(p.silenced, func(a, b Silenced) int {
		return cmp.Or(model.ComparePos(a.Finding.Pos, b.Finding.Pos), cmp.Compare(a.Finding.Rule, b.Finding.Rule), cmp.Compare(a.Finding.Message, b.Finding.Message))
	})
	return p.found.Sorted(), p.silenced
}

// SeverityOf is the rule's own, unless the file overrides it. A rule that the file
// switches off is not run at all, so it costs nothing.
func SeverityOf(sys *model.System, r Rule) model.Severity {
	for _, o := range sys.Lint.Rules {
		if o.Rule == r.ID {
			return o.Severity
		}
	}
	return r.Severity
}
