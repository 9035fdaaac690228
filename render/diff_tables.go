package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// changes lists what was declared differently, with its sign.
func (v *diffView) changes(p *Page) {
	if len(v.r.Changes) == 0 {
		return
	}
	var items [][]Cell
	for i := range v.r.Changes[:min(len(v.r.Changes), changesShown)] {
		c := &v.r.Changes[i]
		tone := [...]Tone{diff.Added: Good, diff.Removed: Bad, diff.Changed: Caution}[c.Op]
		title := v.title(c)
		if c.Kind == diff.Setting {
			title = strings.Replace(title, "setting ", "", 1)
		}
		if c.Still {
			title += ": no measure moves by it"
		}
		items = append(items, []Cell{{c.Op.Sign() + " ", tone}, {title, Plain}, {v.where(c), Muted}})
	}
	if more := len(v.r.Changes) - changesShown; more > 0 {
		items = append(items, []Cell{{fmt.Sprintf("and %d more; --format json lists all", more), Muted}})
	}
	p.Blocks = append(p.Blocks, Heading("What changed"), Block{List: items})
}

// measures is every measure of the system and of journeys that moved, what got
// worse first.
func (v *diffView) measures(p *Page) {
	t := &Table{Header: []string{"measure", "before", "after", "", "most of it by"}, Right: []bool{false, true, true, false, false}}
	for _, want := range []diff.Verdict{diff.Worse, diff.Better, diff.Neither} {
		for i := range v.r.Moves {
			m := &v.r.Moves[i]
			if m.Verdict != want || diff.Restated(m.Metric) {
				continue
			}
			old, new := twoValues(&m.Metric, m.Old, m.New)
			t.Rows = append(t.Rows, []Cell{{measureName(m), Plain}, {old, Plain}, {new, Plain}, verdictCell(m.Verdict), {v.causes(m.Causes), Muted}})
		}
	}
	if len(t.Rows) > 0 {
		p.Blocks = append(p.Blocks, Heading("Measures that moved"), Block{Table: t})
	}
	for i := range v.r.Moves {
		m := &v.r.Moves[i]
		text := "the rise only lifts an overload, so it judges nothing."
		if m.Lifted < 0 {
			text = "the fall only lets an overload in, so it judges nothing."
		}
		if m.Lifted != 0 && m.Verdict == diff.Neither {
			p.Blocks = append(p.Blocks, Para(sentence(m.Metric.Title)+": "+text))
		}
	}
}

// strains lists what the peak overloads, and what waits, otherwise than before.
func (v *diffView) strains(p *Page) {
	t := &Table{Header: []string{"at the peak", "", "before", "after", "", "most of it by"}, Right: []bool{false, false, true, true, false, false}}
	for i := range v.r.Strains {
		s := &v.r.Strains[i]
		what := "asked for, of what it can serve"
		if s.Waits() {
			what = "waiting for " + enumerate(s.For, 2)
		}
		t.Rows = append(t.Rows, []Cell{{s.Label, Plain}, {what, Plain}, {strainValue(s, s.Old), Plain}, {strainValue(s, s.New), Plain}, verdictCell(s.Verdict()), {v.causes(s.Causes), Muted}})
	}
	if len(t.Rows) > 0 {
		p.Blocks = append(p.Blocks, Heading("Overloads"), Block{Table: t})
	}
}

func verdictCell(v diff.Verdict) Cell {
	switch v {
	case diff.Worse:
		return Cell{"worse", Bad}
	case diff.Better:
		return Cell{"better", Good}
	}
	return Cell{"", Plain}
}

// causes names the change that moved a measure most, and counts the others.
func (v *diffView) causes(list []diff.Cause) string {
	if len(list) == 0 {
		return "no change alone"
	}
	text := v.short(list[0].Change)
	if list[0].Alone {
		text = "each of " + text
	}
	if more := len(list) - 1; more > 0 {
		text += fmt.Sprintf(", and %d more", more)
	}
	return text
}

// short names a change in a table.
func (v *diffView) short(i int) string {
	c := &v.r.Changes[i]
	if c.Kind.Edge() {
		return c.Op.Sign() + " " + v.ends(c)
	}
	return c.Op.Sign() + " " + v.label(c.ID)
}

// failures lists the failures that hit others than before.
func (v *diffView) failures(p *Page) {
	t := &Table{Header: []string{"failure of", "down before", "after", "", "now goes down", "no longer goes down"}, Right: []bool{false, true, true, false, false, false}}
	others := 0
	for i := range v.r.Failures {
		f := &v.r.Failures[i]
		if f.Old.Down == f.New.Down {
			others++
			continue
		}
		if len(t.Rows) < failuresShown {
			t.Rows = append(t.Rows, []Cell{{f.Label, Plain}, {ofOthers(f.Op != diff.Added, f.Old), Plain}, {ofOthers(f.Op != diff.Removed, f.New), Plain}, verdictCell(f.Verdict()),
				{crossed(f, true), Plain}, {crossed(f, false), Plain}})
		}
	}
	if len(t.Rows) == 0 && others == 0 {
		return
	}
	p.Blocks = append(p.Blocks, Heading("Failures that reach further or less far"))
	if len(t.Rows) > 0 {
		p.Blocks = append(p.Blocks, Block{Table: dropEmpty(t)})
	}
	if more := len(v.r.Failures) - others - len(t.Rows); more > 0 {
		p.Blocks = append(p.Blocks, Para(fmt.Sprintf("and %s; --format json lists all", Count(more, "more failure"))))
	}
	if others > 0 {
		noun := "failure"
		if len(t.Rows) > 0 {
			noun = "more failure"
		}
		p.Blocks = append(p.Blocks, Para(fmt.Sprintf("%s %s down as many as before, but %s or %s others.", Count(others, noun), verbFor(others, "takes", "take"),
			verbFor(others, "degrades", "degrade"), verbFor(others, "delays", "delay"))))
	}
}

// ofOthers counts the services down in a version, where it has the node at all.
func ofOthers(has bool, t diff.Toll) string {
	if !has {
		return "–"
	}
	return fmt.Sprintf("%d of %d", t.Down, t.Others)
}

// crossed names the services that a failure now takes down, or no longer.
func crossed(f *diff.Failure, more bool) string {
	var names []string
	for _, h := range f.Hits {
		if (h.New == graph.Down) == more && (h.Old == graph.Down) != more {
			names = append(names, h.Label)
		}
	}
	return enumerate(names, 4)
}

// dropEmpty leaves the columns out that say nothing.
func dropEmpty(t *Table) *Table {
	out := &Table{}
	var keep []int
	for i := range t.Header {
		if slices.ContainsFunc(t.Rows, func(r []Cell) bool { return r[i].Text != "" }) {
			keep = append(keep, i)
			out.Header, out.Right = append(out.Header, t.Header[i]), append(out.Right, t.Right[i])
		}
	}
	for _, r := range t.Rows {
		var cells []Cell
		for _, i := range keep {
			cells = append(cells, r[i])
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// services lists the services whose measures moved most.
func (v *diffView) services(p *Page) {
	t := &Table{Header: []string{"service", "measure", "before", "after", ""}, Right: []bool{false, false, true, true, false}}
	for i := range v.r.Services {
		m := &v.r.Services[i]
		old, new := twoValues(&m.Metric, m.Old, m.New)
		t.Rows = append(t.Rows, []Cell{{v.label(m.Subject), Plain}, {m.Metric.Title, Plain}, {old, Plain}, {new, Plain}, verdictCell(m.Verdict)})
	}
	if len(t.Rows) > 0 {
		p.Blocks = append(p.Blocks, Heading("Services that moved most"), Block{Table: t})
	}
}

// findings lists new and fixed findings, the worst first.
func (v *diffView) findings(p *Page) {
	var items [][]Cell
	list := func(sign string, tone Tone, found model.Diagnostics, hint bool) {
		for i, d := range worstFirst(found) {
			if i == findingsShown {
				items = append(items, []Cell{{fmt.Sprintf("and %d more", len(found)-i), Muted}})
				return
			}
			cells := []Cell{{sign, tone}, {" " + d.Severity.String() + ": " + d.Message, Plain}, {"  at " + d.Pos.String() + " [" + d.Rule + "]", Muted}}
			if hint && d.Hint != "" {
				cells = append(cells, Cell{"; " + d.Hint, Plain})
			}
			items = append(items, cells)
		}
	}
	list("new", Bad, v.r.Fresh, true)
	list("fixed", Good, v.r.Fixed, false)
	if len(items) > 0 {
		p.Blocks = append(p.Blocks, Heading("Findings"), Block{List: items})
	}
}

func worstFirst(found model.Diagnostics) model.Diagnostics {
	sorted := slices.Clone(found)
	slices.SortStableFunc(sorted, func(a, b model.Diagnostic) int { return cmp.Compare(b.Severity, a.Severity) })
	return sorted
}
