package budget

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// explained is for how many findings of one metric the largest contributor is
// named. Working it out may cost as much as the metric itself; nobody reads more.
const explained = 100

// shown is how many names one note lists.
const shown = 8

// checker holds what one run needs, and what it has found so far.
type checker struct {
	facts *metric.Facts
	table *metric.Table
	today model.Date
	found model.Diagnostics
}

// column gives a metric with its values: from the table, else computed, so that a
// table made for other purposes never lets a limit pass unseen.
func (c *checker) column(scope metric.Scope, id string) (metric.Column, bool) {
	if c.table != nil {
		for _, col := range c.table.Columns(scope) {
			if col.Metric.ID == id {
				return col, true
			}
		}
	}
	m, ok := metric.Find(scope, id)
	if !ok || len(m.Words) > 0 {
		return metric.Column{}, false
	}
	t := metric.Compute(c.facts, metric.Named(m.Key()))
	cols := t.Columns(scope)
	return cols[0], len(cols) == 1
}

// check holds every subject of one metric to its limit.
func (c *checker) check(s section, col metric.Column) {
	m := &col.Metric
	common, own := rules(c.facts.System(), s, m.ID, c.today)
	undefined := map[*model.Limit][]string{}
	var order []rule
	past := 0
	for i, id := range metric.Subjects(c.facts, s.scope) {
		r, named := own[id]
		if !named {
			r = common
		}
		if r.limit == nil {
			continue
		}
		c.waived(s, m, id, r)
		v := col.Values[i]
		if !v.OK {
			if undefined[r.limit] == nil {
				order = append(order, r)
			}
			undefined[r.limit] = append(undefined[r.limit], id)
			continue
		}
		if b := boundsOf(r.limit, m.Better); b.above(v.F) || b.below(v.F) {
			past++
			c.exceeded(s, m, i, id, r, v, past <= explained)
		}
	}
	for _, r := range order {
		c.undefined(s, m, r, undefined[r.limit])
	}
}

// exceeded reports a value past its limit, with what adds most to it and why the
// limit is what it is.
func (c *checker) exceeded(s section, m *metric.Metric, i int, id string, r rule, v graph.Value, explain bool) {
	b := boundsOf(r.limit, m.Better)
	side, bound := "more", b.max
	if !b.above(v.F) {
		side, bound = "less", b.min
	}
	value, limit := written(m, v.F, bound)
	message := fmt.Sprintf("%s of %q is %s, %s than its limit of %s", m.ID, c.label(id), value, side, limit)
	var ends []model.Related
	if pos := c.place(s, id); !pos.IsZero() {
		ends = append(ends, model.Related{Pos: pos, Message: strconv.Quote(c.label(id)) + " is declared here"})
	}
	if explain {
		if most, ok := metric.Contributor(c.facts, *m, i); ok {
			message += c.contributor(m, most)
			text := "the largest contributor"
			if most.Note != "" {
				text += ": " + most.Note
			}
			ends = append(ends, model.Related{Pos: most.Pos, Message: text})
		}
	}
	do := advice(m.ID)
	switch {
	case r.expired != nil:
		message += "; the waiver expired on " + r.expired.Until.String()
		ends = append(ends, model.Related{Pos: r.expired.At("until"), Message: "the waiver" + because(r.expired)})
		do = hint(do, "renew the waiver")
	case r.fallback != nil:
		message += "; this already is its own limit" + because(r.budget)
	case s.scope != metric.System:
		do = hint(do, fmt.Sprintf("give %q a limit of its own with `reason`, `owner` and `until`", c.label(id)))
	}
	c.report(model.Error, r.limit.Pos, s.subject(id)+": "+m.ID, message, do, ends...)
}

// waived notes an exception that is looser than the default and says not why: an
// exception without a reason is one that nobody can take back.
func (c *checker) waived(s section, m *metric.Metric, id string, r rule) {
	if r.fallback == nil || r.budget.Reason != "" || !boundsOf(r.limit, m.Better).looser(boundsOf(r.fallback, m.Better)) {
		return
	}
	c.report(model.Note, r.limit.Pos, s.subject(id)+": "+m.ID,
		fmt.Sprintf("the limit of %q on %s is looser than the default and gives no reason", id, m.ID),
		"add `reason`, `owner` and `until`", model.Related{Pos: r.fallback.Pos, Message: "the default"})
}

// undefined notes the subjects for which a metric has no value: a limit that looks
// kept because there is nothing to hold to it.
func (c *checker) undefined(s section, m *metric.Metric, r rule, ids []string) {
	names := make([]string, 0, shown)
	for _, id := range ids[:min(len(ids), shown)] {
		names = append(names, strconv.Quote(c.label(id)))
	}
	list := strings.Join(names, ", ")
	if more := len(ids) - shown; more > 0 {
		list += fmt.Sprintf(" and %d more", more)
	}
	c.report(model.Note, r.limit.Pos, s.name+": "+m.ID,
		fmt.Sprintf("%s is undefined for %s, so the limit says nothing there", m.ID, list),
		fmt.Sprintf("see `taut explain %s` for when it is defined", m.ID))
}

// report adds a finding.
func (c *checker) report(sev model.Severity, pos model.Pos, subject, message, hint string, ends ...model.Related) {
	c.found = append(c.found, model.Diagnostic{
		Rule: Rule, Severity: sev, Pos: pos, Subject: subject, Message: message, Hint: hint, Related: ends,
	})
}

// label names a subject in messages: the system by its own name.
func (c *checker) label(id string) string {
	if id == "" {
		return c.facts.System().Name
	}
	return id
}

// place is where a subject is declared; nowhere for the system and for teams
// that are only named.
func (c *checker) place(s section, id string) model.Pos {
	sys := c.facts.System()
	switch s.scope {
	case metric.Service:
		if v, ok := c.facts.Graph().Lookup(id); ok {
			return c.facts.Graph().Entity(v).Pos
		}
	case metric.Team:
		for _, t := range sys.Teams {
			if t.ID == id {
				return t.Pos
			}
		}
	case metric.Journey:
		for _, j := range sys.Journeys {
			if j.ID == id {
				return j.Pos
			}
		}
	}
	return model.Pos{}
}

// because gives what a budget says about itself.
func because(b *model.Budget) string {
	var parts []string
	if b.Owner != "" {
		parts = append(parts, "by "+strconv.Quote(b.Owner))
	}
	if b.Until.Given() {
		parts = append(parts, "until "+b.Until.String())
	}
	if b.Reason != "" {
		parts = append(parts, strconv.Quote(b.Reason))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// written gives a value and its limit for people, in full where rounding would
// make the two look the same.
func written(m *metric.Metric, value, limit float64) (v, l string) {
	v, l = m.Format(graph.Number(value)), m.Format(graph.Number(limit))
	if v == l {
		scale, unit := 1.0, ""
		if m.Unit == "share" {
			scale, unit = 100, "%"
		}
		full := func(x float64) string { return strconv.FormatFloat(float64(x*scale), 'g', -1, 64) + unit }
		v, l = full(value), full(limit)
	}
	if m.Unit != "" && m.Unit != "share" {
		l += " " + m.Unit
	}
	return v, l
}
