package render

import (
	"strings"

	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
)

// RulePage is the manual of a lint rule.
func RulePage(id string, m lint.Manual) Page {
	blocks := []Block{{Text: []Cell{{id, Strong}, {": " + m.Title, Plain}}}, {Code: strings.TrimSpace(m.Prose) + "\n"}}
	if m.Bad != "" {
		blocks = append(blocks, Heading("Found in"), Block{Code: m.Bad})
	}
	if m.Good != "" {
		blocks = append(blocks, Heading("Not found in"), Block{Code: m.Good})
	}
	return Page{Blocks: blocks, JSON: map[string]string{"rule": id, "title": m.Title, "prose": m.Prose, "bad": m.Bad, "good": m.Good}}
}

// MetricPage is the manual of the metrics that share an id.
func MetricPage(metrics []metric.Metric) Page {
	var p Page
	var list []map[string]any
	for _, m := range metrics {
		direction := map[metric.Better]string{metric.Less: "less is better", metric.More: "more is better", metric.Neither: "neither direction is better by itself"}[m.Better]
		source := m.Source
		if m.Ours {
			source = strings.TrimSuffix("this project's own definition; "+source, "; ")
		}
		manual, _ := metric.Doc(m.Key())
		p.Blocks = append(p.Blocks,
			Block{Text: []Cell{{m.Key(), Strong}, {": " + m.Title, Plain}}},
			Para(m.Definition),
			Block{Table: &Table{Rows: [][]Cell{Row("unit", unit(m)), Row("direction", direction), Row("source", source)}}})
		if manual.Prose != "" {
			p.Blocks = append(p.Blocks, Block{Code: strings.TrimSpace(manual.Prose) + "\n"})
		}
		if manual.Architecture != "" {
			p.Blocks = append(p.Blocks, Heading("The example"), Block{Code: strings.TrimSpace(manual.Architecture) + "\n"},
				Heading("gives"), Block{Code: strings.TrimSpace(manual.Want) + "\n"})
		}
		list = append(list, map[string]any{"metric": m.ID, "scope": m.Scope, "title": m.Title, "definition": m.Definition,
			"unit": m.Unit, "better": m.Better.String(), "source": m.Source, "ours": m.Ours, "prose": manual.Prose})
	}
	p.JSON = list
	return p
}

func unit(m metric.Metric) string {
	if len(m.Words) > 0 {
		return "one of " + strings.Join(m.Words, ", ")
	}
	if m.Unit == "" {
		return "a plain number"
	}
	return m.Unit
}

// TermsPage shows what makes up the value of a metric for one subject.
func TermsPage(f *metric.Facts, m metric.Metric, subject int, name string) Page {
	value := m.Values(f)[subject]
	p := Page{Blocks: []Block{
		{Text: []Cell{{m.ID, Strong}, {" of " + name + " is ", Plain}, {m.Format(value), Strong}}},
		Para(m.Definition),
	}}
	table := &Table{Header: []string{"term", "value", "why", "where"}, Right: []bool{false, true}}
	type jsonTerm struct {
		Label string   `json:"label"`
		Value *float64 `json:"value"`
		Note  string   `json:"note,omitempty"`
		Where string   `json:"where,omitempty"`
	}
	terms := []jsonTerm{}
	for _, t := range m.Terms(f, subject) {
		where := ""
		if !t.Pos.IsZero() {
			where = t.Pos.String()
		}
		shown := ""
		if t.Value.OK {
			shown = metric.Number(t.Value.F)
		}
		table.Rows = append(table.Rows, []Cell{{t.Label, Plain}, {shown, Strong}, {t.Note, Muted}, {where, Muted}})
		terms = append(terms, jsonTerm{t.Label, pointer(t.Value), t.Note, where})
	}
	if len(table.Rows) > 0 {
		p.Blocks = append(p.Blocks, Block{Table: table})
	} else {
		p.Blocks = append(p.Blocks, Para("nothing adds to it"))
	}
	p.JSON = map[string]any{"metric": m.ID, "scope": m.Scope, "subject": name, "value": pointer(value), "terms": terms}
	return p
}

// Assumption is a table of what is assumed where a file says nothing.
type Assumption struct {
	Name  string
	Title string
	Page  func() Page
}

// Assumptions lists the tables that explain prints.
func Assumptions() []Assumption {
	return []Assumption{
		{"strengths", "how strongly each form of dependency couples", strengthsPage},
		{"coupling", "how strongly each form of dependency couples", strengthsPage},
		{"defaults", "what is assumed where a file says nothing", defaultsPage},
	}
}

func strengthsPage() Page {
	t := &Table{Header: []string{"factor", "group", "strength", "why"}, Right: []bool{false, false, true}}
	for _, f := range coupling.Factors() {
		why := f.Why
		if f.Fixed {
			why += " (fixed)"
		}
		t.Rows = append(t.Rows, Row(f.Name, f.Group, metric.Number(f.Value), why))
	}
	return Page{
		Blocks: []Block{
			Para("The strength of a dependency is its integration times its knowledge. A file overrides factors under strengths:."),
			{Table: t},
		},
		JSON: coupling.Factors(),
	}
}

func defaultsPage() Page {
	t := &Table{Header: []string{"key", "assumed", "what it is"}}
	for _, d := range availability.Defaults() {
		t.Rows = append(t.Rows, Row("availability", metric.Percent(d.Value), strings.TrimSpace(string(d.Runtime)+" "+d.Kind.String())))
	}
	for _, d := range scaling.Defaults() {
		t.Rows = append(t.Rows, Row(d.Key, d.Value, d.Doc))
	}
	return Page{Blocks: []Block{{Table: t}}, JSON: map[string]any{"availability": availability.Defaults(), "scaling": scaling.Defaults()}}
}
