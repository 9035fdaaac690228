package render

import (
	"math"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
	"github.com/taut-dev/taut/model"
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
	if slices.ContainsFunc(metrics, func(m metric.Metric) bool { return m.ID == "availability" }) {
		p.Blocks = append(p.Blocks, Heading("Assumed where the file gives none"), Block{Table: availabilityDefaults()})
	}
	p.JSON = list
	return p
}

// availabilityDefaults is the table of assumed availabilities.
func availabilityDefaults() *Table {
	t := &Table{Header: []string{"key", "assumed", "what it is"}}
	for _, d := range availability.Defaults() {
		t.Rows = append(t.Rows, Row("availability", metric.Percent(d.Value), strings.TrimSpace(string(d.Runtime)+" "+d.Kind.String())))
	}
	return t
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
	type jsonTerm struct {
		Label string   `json:"label"`
		Value *float64 `json:"value"`
		Note  string   `json:"note,omitempty"`
		Where string   `json:"where,omitempty"`
	}
	terms := []jsonTerm{}
	found := m.Terms(f, subject)
	for _, t := range found {
		terms = append(terms, jsonTerm{t.Label, pointer(t.Value), t.Note, place(t)})
	}
	if len(found) == 0 {
		p.Blocks = append(p.Blocks, Para("nothing adds to it"))
	}
	// What is no single dependency stands before what is.
	edges := slices.IndexFunc(found, func(t metric.Term) bool { return t.Edge })
	if edges < 0 {
		edges = len(found)
	}
	p.Blocks = append(p.Blocks, termsTable(found[:edges], "term", value)...)
	p.Blocks = append(p.Blocks, termsTable(found[edges:], "dependency", value)...)
	p.JSON = map[string]any{"metric": m.ID, "scope": m.Scope, "subject": name, "value": pointer(value), "terms": terms}
	return p
}

// termsTable lists terms of one kind, and says below how they make up the value.
func termsTable(terms []metric.Term, kind string, value graph.Value) []Block {
	if len(terms) == 0 {
		return nil
	}
	table := &Table{Header: []string{kind, "value", "why", "where"}, Right: []bool{false, true}}
	sum, numbers := 0.0, 0
	for _, t := range terms {
		shown := ""
		if t.Value.OK {
			shown = metric.Number(t.Value.F)
			sum += t.Value.F
			numbers++
		}
		table.Rows = append(table.Rows, []Cell{{t.Label, Plain}, {shown, Strong}, {t.Note, Muted}, {place(t), Muted}})
	}
	blocks := []Block{{Table: table}}
	switch {
	case numbers == 0 || !value.OK:
	case math.Abs(sum-value.F) <= 1e-9*max(1, math.Abs(value.F)):
		blocks = append(blocks, muted("these add up to the value"))
	case numbers > 1:
		blocks = append(blocks, muted("these rank what weighs most; they overlap and do not add up to the value"))
	}
	return blocks
}

// place is where a term is declared, if that is a single place.
func place(t metric.Term) string {
	if t.Pos.IsZero() {
		return ""
	}
	return t.Pos.String()
}

// Topic is a page that explain knows besides rules and metrics.
type Topic struct {
	Names []string // words it is found by; the first is its own
	Title string
	Page  func() Page
}

// Topics lists them.
func Topics() []Topic {
	return []Topic{
		{[]string{"states", "up", "delayed", "degraded", "down", "waits", "blast"}, "how a service fares while something has failed", statesPage},
		{[]string{"strengths", "coupling"}, "how strongly each form of dependency couples", strengthsPage},
		{importanceNames(), "what the measures of a journey's availability mean", importancePage},
		{[]string{"defaults", "assumed"}, "what is assumed where a file says nothing", defaultsPage},
		{faultNames(), "errors of reading a file", faultsPage},
		{otherFindingNames(), "names of findings that are no lint rules", otherFindingsPage},
	}
}

func importanceNames() []string {
	names := []string{"importance"}
	for _, m := range availability.Measures() {
		names = append(names, m.Key)
	}
	return names
}

func faultNames() []string {
	names := []string{"errors"}
	for _, f := range model.Faults() {
		names = append(names, f.ID)
	}
	return names
}

func faultsPage() Page {
	t := &Table{Header: []string{"error", "what it means"}}
	for _, f := range model.Faults() {
		t.Rows = append(t.Rows, Row(f.ID, f.Doc))
	}
	return Page{Blocks: []Block{{Table: t}}, JSON: model.Faults()}
}

// stateDocs says what each state means; pictures show it by fill, pattern and
// letter.
var stateDocs = [...][2]string{
	graph.Up:       {"", "works as if nothing had happened"},
	graph.Delayed:  {"W, waits", "works on old data or on what is in a queue, and catches up later: what it needs comes over a channel with an outbox, or as an event that it consumes"},
	graph.Degraded: {"P, partly works", "works with less: it can do without what has failed (needs: soft, or a fallback)"},
	graph.Down:     {"D, down", "does not work: it needs what has failed, or shares its fate in one unit or on one ground"},
}

func statesPage() Page {
	t := &Table{Header: []string{"state", "in pictures", "meaning"}}
	var list []map[string]string
	for s := graph.Up; s <= graph.Down; s++ {
		t.Rows = append(t.Rows, Row(s.String(), stateDocs[s][0], stateDocs[s][1]))
		list = append(list, map[string]string{"state": s.String(), "picture": stateDocs[s][0], "meaning": stateDocs[s][1]})
	}
	return Page{Blocks: []Block{
		Para("Given what has failed, every service ends in the mildest state that all its dependencies allow:"),
		{Table: t},
		Para("The blast radius of a failure is the share of the other services that are down."),
	}, JSON: list}
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
	t := availabilityDefaults()
	for _, d := range scaling.Defaults() {
		t.Rows = append(t.Rows, Row(d.Key, d.Value, d.Doc))
	}
	return Page{Blocks: []Block{{Table: t}}, JSON: map[string]any{"availability": availability.Defaults(), "scaling": scaling.Defaults()}}
}
