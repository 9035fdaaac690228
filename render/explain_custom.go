package render

import (
	"fmt"
	"strings"

	"github.com/taut-dev/taut/model"
)

// CustomRulePage explains a rule that a file brings itself: what it looks for,
// what the names in it mean (name, type and meaning in a row), and what it finds
// now. The rule's severity is the one that counts.
func CustomRulePage(r model.CustomRule, names [][]Cell, found model.Diagnostics) Page {
	p := Page{Blocks: []Block{
		{Text: []Cell{{r.ID, Strong}, {": " + r.Message, Plain}}},
		Para(fmt.Sprintf("A rule of the file's own at %s: a finding of severity %s wherever this is true of a %s.", r.Pos, r.Severity, r.For)),
		{Code: model.SafeLines(strings.TrimSpace(r.When)) + "\n"},
	}}
	if r.Hint != "" {
		p.Blocks = append(p.Blocks, Para("What to do: "+r.Hint))
	}
	if len(names) > 0 {
		p.Blocks = append(p.Blocks, Heading("The names in it"), Block{Table: &Table{Header: []string{"name", "type", "meaning"}, Rows: names}})
	}
	p.Blocks = append(p.Blocks, Heading("What it finds now"), foundBlock(found))
	p.JSON = map[string]any{"rule": r.ID, "severity": r.Severity.String(), "for": r.For, "when": r.When, "message": r.Message, "hint": r.Hint,
		"file": r.Pos.File, "line": r.Pos.Line, "column": r.Pos.Col, "findings": JSONFindings(found)}
	return p
}

// foundBlock lists the findings of one rule.
func foundBlock(found model.Diagnostics) Block {
	if len(found) == 0 {
		return Block{Text: []Cell{{"nothing", Good}}}
	}
	var items [][]Cell
	for i, d := range found {
		if i == findingsShown {
			items = append(items, []Cell{{fmt.Sprintf("and %d more; taut lint lists all", len(found)-i), Muted}})
			break
		}
		items = append(items, []Cell{{d.Message, Plain}, {"  at " + d.Pos.String(), Muted}})
	}
	return Block{List: items}
}
