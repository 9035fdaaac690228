package budget

import (
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Validate checks what the budgets name: a metric that does not exist, and a plain
// limit on a metric that has no better direction, are errors, because such a limit
// could never be exceeded. Subjects that do not exist fail to load already.
func Validate(sys *model.System) model.Diagnostics {
	var found model.Diagnostics
	for _, b := range sys.Budgets {
		i := slices.IndexFunc(sections(), func(s section) bool { return s.name == b.Scope })
		if i < 0 {
			continue // the decoder lets no other through
		}
		s := sections()[i]
		for j := range b.Limits {
			found = append(found, invalid(s, &b.Limits[j])...)
		}
	}
	return found.Sorted()
}

// invalid checks one limit.
func invalid(s section, l *model.Limit) model.Diagnostics {
	m, ok := metric.Find(s.scope, l.Metric)
	wrong := func(message, hint string) model.Diagnostics {
		return model.Diagnostics{{
			Rule: Rule, Severity: model.Error, Pos: l.Pos, Subject: "budgets", Message: message, Hint: hint,
		}}
	}
	switch {
	case !ok:
		return model.Diagnostics{unknown(l, s)}
	case len(m.Words) > 0:
		return wrong(fmt.Sprintf("%q is a word, not a number, and can have no limit", l.Metric), "take it out")
	case m.Unit == "share" && beyondOne(l.Value, l.Min, l.Max):
		return wrong(fmt.Sprintf("%q is a share, and a limit above 1 can never be exceeded", l.Metric), "write a percentage, as 40%, or a fraction from 0 to 1")
	case l.Value != nil && m.Better == metric.Neither:
		return wrong(fmt.Sprintf("neither more nor less of %q is better, so a plain limit has no side", l.Metric),
			"write {min: …}, {max: …} or both")
	}
	return nil
}

func beyondOne(limits ...*float64) bool {
	return slices.ContainsFunc(limits, func(l *float64) bool { return l != nil && *l > 1 })
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

// unknown says that a metric is none of its section's, and which it could be.
func unknown(l *model.Limit, s section) model.Diagnostic {
	known := metric.IDs(s.scope)
	d := model.Diagnostic{
		Rule: "unknown-metric", Severity: model.Error, Pos: l.Pos, Subject: "budgets",
		Message: fmt.Sprintf("%q is none of the metrics of %s", l.Metric, s.name), Hint: elsewhere(l.Metric),
	}
	if near := model.Suggest(l.Metric, known); d.Hint == "" && near != "" {
		d.Hint, d.Typo = fmt.Sprintf("did you mean %q?", near), &model.Typo{Word: l.Metric, Meant: near}
	} else if d.Hint == "" {
		d.Hint = "known: " + strings.Join(known, ", ")
	}
	return d
}
