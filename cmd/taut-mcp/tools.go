package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/render"
)

// tools is the table of everything that agents can ask.
func tools() []tool {
	var sections, kinds, presets, ops, rules []string
	for _, s := range render.Sections() {
		sections = append(sections, s.Name)
	}
	for _, k := range graph.Kinds() {
		kinds = append(kinds, k.String())
	}
	for _, p := range design.Presets() {
		presets = append(presets, string(p.ID))
	}
	for _, o := range design.Ops() {
		ops = append(ops, string(o))
	}
	for _, r := range lint.Rules() {
		rules = append(rules, r.ID)
	}
	return []tool{
		offer("analyze", "Analyze an architecture", "Measures one architecture file: coupling, blast radius, scaling units, availability of journeys. Without sections: one screen, with the services to look at first.",
			map[string][]string{"sections": sections}, analyze),
		offer("blast", "What a failure takes down", "Who is down, degraded or delayed when one node (service, store, channel, external, platform, unit) fails, and by which chain of dependencies. Without node: every single failure with its reach, of some kinds if kinds are given, and what would help most.",
			map[string][]string{"kinds": kinds}, blastRadius),
		offer("what_if", "What a change would move", "Tries a change without writing it: a preset design, changes of single dependencies, a patch, or all three, in this order. Tells which measures and failures get better or worse, and because of which change.",
			map[string][]string{"preset": presets, "op": ops}, whatIf),
		offer("diff", "Compare two versions", "Compares two versions of a system (two files, two texts, or a file with what it was at a git revision): what was changed, which measures and failures moved and because of what, which findings are new or fixed.",
			nil, compare),
		offer("lint", "Findings in an architecture file", "Checks an architecture file: errors with file, line and column, what is risky and what to do about it, and budgets that are exceeded. Use it after writing such a file.",
			map[string][]string{"rules": rules}, findings),
		offer("explain", "Explain a metric, rule or value", `Tells what a metric or lint rule means, where it comes from and how to better it; with subject, what makes up its value for one service, team or journey, or "system". Without name: everything that has one. The name "language" gives the manual of architecture files.`,
			nil, explain),
	}
}

type analyzeInput struct {
	source
	Sections []string `json:"sections,omitempty" jsonschema:"parts to show in full"`
	form
}

// parts names the keys of the report for each section; those of always are in
// every answer, and of the metrics only the system's without a section.
var (
	always = [...]string{"schema", "system", "design", "counts", "metrics", "notes"}
	parts  = [...]struct {
		section string
		keys    []string
	}{
		{"coupling", []string{"roles"}},
		{"blast", []string{"failures", "softening", "replica_losses", "pairs"}},
		{"scaling", []string{"scaling"}},
		{"availability", []string{"journeys", "assumed_availability"}},
		{"scorecard", []string{"scorecard"}},
	}
)

func analyze(ctx context.Context, f *files, in analyzeInput) (*answer, error) {
	file, system, err := f.load(in.source)
	if err != nil {
		return nil, err
	}
	report, err := f.report(ctx, system, slices.Contains(in.Sections, "availability"))
	if err != nil {
		return nil, err
	}
	for _, s := range render.Sections() {
		if slices.Contains(in.Sections, s.Name) {
			report.Details = append(report.Details, s)
		}
	}
	keys := always[:]
	for _, p := range parts {
		if slices.Contains(in.Sections, p.section) {
			keys = append(slices.Clone(keys), p.keys...)
		}
	}
	text, whole := pages(render.ReportFormats(), report)
	return &answer{file.shown, text, func() (any, error) {
		value, err := selected(whole, keys)
		if metrics, ok := value["metrics"].(map[string]any); ok && len(in.Sections) == 0 {
			value["metrics"] = map[string]any{"system": metrics["system"]}
		}
		return value, err
	}}, nil
}

// report computes everything about a system.
func (f *files) report(ctx context.Context, system *model.System, details bool) (*render.Report, error) {
	nodes := len(system.Services) + len(system.Stores) + len(system.Channels) + len(system.Externals) + len(system.Platforms) + len(system.Units)
	facts := metric.NewFacts(ctx, system, metric.Options{KeepSets: nodes <= render.SetsFor, Details: details, Diagram: f.limits.Diagram})
	return &render.Report{Facts: facts, Table: metric.Compute(facts), Bare: true}, facts.Err()
}

// selected keeps some keys of a report, and puts the worst failures first.
func selected(whole func() (any, error), keys []string) (map[string]any, error) {
	value, err := whole()
	if err != nil {
		return nil, err
	}
	report, _ := value.(map[string]any)
	out := map[string]any{}
	for _, k := range keys {
		if v, ok := report[k]; ok {
			out[k] = v
		}
	}
	if failures, ok := out["failures"].([]any); ok {
		radius := func(x any) float64 {
			failure, _ := x.(map[string]any)
			r, _ := failure["radius"].(float64)
			return r
		}
		slices.SortStableFunc(failures, func(a, b any) int {
			switch x, y := radius(a), radius(b); {
			case x > y:
				return -1
			case x < y:
				return 1
			}
			return 0
		})
	}
	return out, nil
}

type blastInput struct {
	source
	Node  string   `json:"node,omitempty" jsonschema:"id of what fails"`
	Kinds []string `json:"kinds,omitempty" jsonschema:"without node: only failures of these kinds"`
	Pairs bool     `json:"pairs,omitempty" jsonschema:"without node: failures two by two as well"`
	form
}

func blastRadius(ctx context.Context, f *files, in blastInput) (*answer, error) {
	file, system, err := f.load(in.source)
	if err != nil {
		return nil, err
	}
	if in.Node != "" && (len(in.Kinds) > 0 || in.Pairs) {
		return nil, fmt.Errorf("kinds and pairs are for all failures: leave node out, or them")
	}
	report, err := f.report(ctx, system, false)
	if err != nil {
		return nil, err
	}
	keys := []string{"schema", "system", "design", "failures", "softening", "pairs"}
	if in.Node != "" {
		keys = []string{"schema", "system", "design", "fail"}
		if report.Failed, err = query.Failure(report.Facts.Graph(), in.Node); err != nil {
			return nil, err
		}
	} else if err := f.narrow(ctx, report, in); err != nil {
		return nil, err
	}
	text, whole := pages(render.ReportFormats(), report)
	return &answer{file.shown, text, func() (any, error) { return selected(whole, keys) }}, nil
}

// narrow shows the failures of some kinds, and pairs of them when asked.
func (f *files) narrow(ctx context.Context, report *render.Report, in blastInput) (err error) {
	for _, k := range graph.Kinds() {
		if slices.Contains(in.Kinds, k.String()) {
			report.Kinds = append(report.Kinds, k)
		}
	}
	for _, s := range render.Sections() {
		if s.Name == "blast" {
			report.Details = append(report.Details, s)
		}
	}
	if !in.Pairs {
		return nil
	}
	report.Pairs, err = blast.Pairs(ctx, report.Facts.Graph(), blast.PairOptions{Kinds: report.Kinds, Limit: f.limits.Pairs})
	if err == nil && report.Pairs.TooMany {
		return fmt.Errorf("%d nodes are too many to fail two by two, above %d: give kinds", report.Pairs.Nodes, f.limits.Pairs)
	}
	return err
}

type lintInput struct {
	source
	Rules []string `json:"rules,omitempty" jsonschema:"only findings of these rules"`
	form
}

func findings(ctx context.Context, f *files, in lintInput) (*answer, error) {
	file, system, err := f.load(in.source)
	if err != nil {
		return nil, err
	}
	facts := metric.NewFacts(ctx, system, metric.Options{Diagram: f.limits.Diagram})
	found := query.Findings(facts, today())
	if err := facts.Err(); err != nil {
		return nil, err
	}
	if len(in.Rules) > 0 {
		found = slices.DeleteFunc(found, func(d model.Diagnostic) bool { return !slices.Contains(in.Rules, d.Rule) })
	}
	shown := render.Findings{Diagnostics: found.WithFixes(file.source), Source: file.source, Checked: file.shown}
	_, parsed := pages(render.FindingFormats(), shown)
	return &answer{file.shown, func() (string, error) {
		return "```\n" + strings.ReplaceAll(render.FindingsText(shown), "```", "'''") + "```\n", nil
	}, parsed}, nil
}

type explainInput struct {
	Name    string `json:"name,omitempty" jsonschema:"a metric (tightness, or service/tightness), a lint rule (shared-store), a rule that the file brings itself, or states, strengths, importance, defaults, errors, language"`
	Subject string `json:"subject,omitempty" jsonschema:"id of a service, team or journey, or system: what makes up the metric's value for it in the file"`
	source
	form
}

func explain(ctx context.Context, f *files, in explainInput) (*answer, error) {
	if in.Name == "language" && in.Subject == "" {
		manual := model.Reference()
		return &answer{"", func() (string, error) { return manual, nil }, func() (any, error) { return map[string]any{"language": manual}, nil }}, nil
	}
	page, shown, err := f.explanation(ctx, in)
	if unknown := new(query.Unknown); errors.As(err, &unknown) && unknown.Near == "" {
		err = fmt.Errorf("%w; explain without a name lists them", err)
	}
	if err != nil {
		return nil, err
	}
	text, parsed := pages(render.PageFormats(), page)
	return &answer{shown, text, parsed}, nil
}

// explanation is the page that was asked for, and which file it is about, if any:
// a file is read for a subject, and for a name that only the rules of a file can
// have.
func (f *files) explanation(ctx context.Context, in explainInput) (page render.Page, shown string, err error) {
	if in.Subject == "" {
		if in.Name == "" {
			return index(), "", nil
		}
		page, err = query.Explain(in.Name)
		if _, missing := f.find(in.source); err == nil || in.source == (source{}) && missing != nil {
			return page, "", err
		}
	}
	file, system, err := f.load(in.source)
	if err != nil {
		return page, "", err
	}
	facts := metric.NewFacts(ctx, system, metric.Options{KeepSets: true, Diagram: f.limits.Diagram})
	if in.Subject != "" {
		page, err = query.Terms(facts, in.Name, in.Subject)
	} else {
		page, err = query.ExplainOwn(facts, in.Name, file.shown, today(), file.source)
	}
	return page, file.shown, err
}

// index lists everything that can be explained.
func index() render.Page {
	table := &render.Table{Header: []string{"name", "what it is"}}
	list := []map[string]string{}
	add := func(name, title string) {
		table.Rows = append(table.Rows, render.Row(name, title))
		list = append(list, map[string]string{"name": name, "title": title})
	}
	add("language", "the manual of architecture files")
	for _, t := range render.Topics() {
		add(t.Names[0], t.Title)
	}
	for _, m := range metric.List() {
		add(m.Key(), m.Title)
	}
	for _, r := range lint.Rules() {
		add(r.ID, "reports that "+r.Title)
	}
	return render.Page{Blocks: []render.Block{{Table: table}}, JSON: list}
}
