package budget

import (
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Validate checks what the budgets name: a metric or a subject that does not
// exist, and a plain limit on a metric that has no better direction, are errors,
// because such a limit could never be exceeded.
func Validate(sys *model.System) model.Diagnostics {
	var found model.Diagnostics
	for _, b := range sys.Budgets {
		i := slices.IndexFunc(sections(), func(s section) bool { return s.name == b.Scope })
		if i < 0 {
			continue // the decoder lets no other through
		}
		s := sections()[i]
		if known := subjects(sys, s.scope); b.Subject != "" && b.Subject != Default && !slices.Contains(known, b.Subject) {
			found = append(found, unknown(b.Pos, "unknown-subject", b.Subject, s.name, known, ""))
		}
		for j := range b.Limits {
			found = append(found, invalid(s, b, &b.Limits[j])...)
		}
	}
	return found.Sorted()
}

// invalid checks one limit.
func invalid(s section, b *model.Budget, l *model.Limit) model.Diagnostics {
	m, ok := metric.Find(s.scope, l.Metric)
	wrong := func(message, hint string) model.Diagnostics {
		return model.Diagnostics{{
			Rule: Rule, Severity: model.Error, Pos: l.Pos, Subject: "budgets", Message: message, Hint: hint,
		}}
	}
	switch {
	case !ok:
		return model.Diagnostics{unknown(l.Pos, "unknown-metric", l.Metric, "metrics of "+s.name, metric.IDs(s.scope), elsewhere(l.Metric))}
	case len(m.Words) > 0:
		return wrong(fmt.Sprintf("%q is a word, not a number, and can have no limit", l.Metric), "take it out")
	case l.Value != nil && m.Better == metric.Neither:
		return wrong(fmt.Sprintf("neither more nor less of %q is better, so a plain limit has no side", l.Metric),
			"write {min: …}, {max: …} or both")
	case l.Min != nil && l.Max != nil && *l.Min > *l.Max:
		return wrong(fmt.Sprintf("the minimum of %q is above its maximum", l.Metric), "swap them")
	}
	return nil
}

// elsewhere says in which sections a metric belongs that this one does not know.
func elsewhere(id string) string {
	var names []string
	for _, s := range sections() {
		if _, ok := metric.Find(s.scope, id); ok {
			names = append(names, "`"+s.name+"`")
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "it is a metric of " + strings.Join(names, " and ") + ": put it there"
}

// subjects lists what a section may name.
func subjects(sys *model.System, scope metric.Scope) []string {
	var ids []string
	switch scope {
	case metric.Service:
		for _, s := range sys.Services {
			ids = append(ids, s.ID)
		}
	case metric.Team:
		for _, t := range sys.Teams {
			ids = append(ids, t.ID)
		}
		for _, s := range sys.Services {
			if s.Owner != "" && !slices.Contains(ids, s.Owner) {
				ids = append(ids, s.Owner)
			}
		}
	case metric.Journey:
		for _, j := range sys.Journeys {
			ids = append(ids, j.ID)
		}
	}
	return ids
}

// unknown says that a name is not one of those that exist; the hint, unless one
// is given, is the nearest or the list.
func unknown(pos model.Pos, rule, word, what string, known []string, hint string) model.Diagnostic {
	if hint == "" {
		if near := model.Suggest(word, known); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		} else {
			hint = "known: " + strings.Join(known[:min(len(known), 40)], ", ")
		}
	}
	return model.Diagnostic{
		Rule: rule, Severity: model.Error, Pos: pos, Subject: "budgets",
		Message: fmt.Sprintf("%q is none of the %s", word, what), Hint: hint,
	}
}
