package lint

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/analyze/lint/custom"
	"github.com/taut-dev/taut/model"
)

// all gives the built-in rules and those that the file brings, which have no
// Check: they are evaluated together.
func all(sys *model.System) []Rule {
	rules := Rules()
	for _, c := range sys.Lint.Custom {
		rules = append(rules, Rule{ID: c.ID, Severity: c.Severity, Title: c.Message})
	}
	return rules
}

// custom runs the rules that the file brings. What they find is silenced and
// weighed as the findings of any rule; what is wrong with a rule itself is an
// error that nothing silences.
func (p *Pass) custom(o Options) {
	var rules []model.CustomRule
	for _, c := range p.Sys.Lint.Custom {
		asked := len(o.Only) == 0 || slices.Contains(o.Only, c.ID)
		if asked && SeverityOf(p.Sys, Rule{ID: c.ID, Severity: c.Severity}) != model.Off {
			rules = append(rules, c)
			p.active[c.ID] = true
		}
	}
	if len(rules) == 0 {
		return
	}
	found, errors := custom.Run(p.Facts, rules, o.Source)
	byID := map[string]Rule{}
	for _, c := range rules {
		byID[c.ID] = Rule{ID: c.ID, Severity: c.Severity}
	}
	for _, x := range found {
		p.rule = byID[x.Rule]
		p.severity = SeverityOf(p.Sys, p.rule)
		p.Report(x.Pos, x.Subject, x.Message, x.Hint)
	}
	p.found = append(p.found, errors...)
}

// validateCustom checks the rules that the file brings: their expressions, and
// that no two rules have one name.
func validateCustom(sys *model.System, source custom.Source) model.Diagnostics {
	if len(sys.Lint.Custom) == 0 {
		return nil
	}
	found := custom.Check(sys, source)
	taken := map[string]model.Pos{}
	for _, r := range Rules() {
		taken[r.ID] = model.Pos{}
	}
	for _, f := range model.Faults() {
		taken[f.ID] = model.Pos{}
	}
	taken[custom.BadRule] = model.Pos{}
	for _, c := range sys.Lint.Custom {
		first, known := taken[c.ID]
		if !known {
			taken[c.ID] = c.Pos
			continue
		}
		d := model.Diagnostic{
			Rule: custom.BadRule, Severity: model.Error, Pos: c.Origin.At("id"), Subject: "lint.custom." + c.ID,
			Message: fmt.Sprintf("the id %q of a custom rule is taken", c.ID), Hint: "give the rule another id, perhaps with your team's name in front",
		}
		if !first.IsZero() {
			d.Related = []model.Related{{Pos: first, Message: "by this rule"}}
		}
		found = append(found, d)
	}
	return found
}
