package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/lint/custom"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

func (a *app) explainCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "explain NAME [FILE]",
		Short: "explain a rule, a metric, or a table of assumptions",
		Long: `Explain tells what a lint rule or a metric means, where it comes from and what to
do about it. With --for it shows the terms that make up a metric's value for one
subject (a service, team or journey; "system" for the whole) in a file.

A rule that a file brings itself (lint.custom) is explained with the file: what it
looks for, what the names in it mean, what it finds now.

More names: states (what delayed, degraded and down mean), strengths (the table of
coupling strengths), importance (the measures of a journey's availability),
defaults (what is assumed where a file says nothing), errors.`,
		Example: "  taut explain shared-store\n  taut explain tightness --for orders examples/shop\n  taut explain acme-far-timeout architecture.yaml\n  taut explain strengths",
		Args:    cobra.RangeArgs(1, 2),
	}
	c := commonFlags(cmd, render.Names(render.PageFormats()))
	subject := cmd.Flags().String("for", "", "show the terms of the value for this subject")
	design := designFlag(cmd)
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return explained(), cobra.ShellCompDirectiveDefault
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *subject == "" {
			page, err := a.explanationWith(cmd.Context(), args, *design, c)
			if err != nil {
				return err
			}
			return emit(a, c, nil, render.PageFormats(), page)
		}
		in, system, err := a.loadDesign(args[1:], *design, c)
		if err != nil {
			return err
		}
		facts := a.facts(cmd.Context(), system, metric.Options{KeepSets: true, Diagram: c.limits.limits.Diagram})
		page, err := termsOf(facts, args[0], *subject)
		if err != nil {
			return err
		}
		return emit(a, c, in, render.PageFormats(), page)
	}
	return cmd
}

// explained lists every name that explain knows.
func explained() []string {
	var names []string
	for _, r := range lint.Rules() {
		names = append(names, r.ID)
	}
	for _, m := range metric.List() {
		if !slices.Contains(names, m.ID) {
			names = append(names, m.ID)
		}
	}
	for _, t := range render.Topics() {
		names = append(names, t.Names...)
	}
	return names
}

// explanationWith explains what the program knows by itself, else a rule of the
// file that is named or lies here.
func (a *app) explanationWith(ctx context.Context, args []string, design string, c *common) (render.Page, error) {
	page, unknown := explanation(args[0])
	if unknown == nil {
		return page, nil
	}
	if len(args) == 1 && !a.readable(c) {
		return page, unknown
	}
	in, system, err := a.loadDesign(args[1:], design, c)
	if err != nil {
		return page, err
	}
	var ids []string
	for i := range system.Lint.Custom {
		r := &system.Lint.Custom[i]
		if ids = append(ids, r.ID); r.ID != args[0] {
			continue
		}
		facts := a.facts(ctx, system, metric.Options{Diagram: c.limits.limits.Diagram})
		found := lint.Run(facts, lint.Options{Today: a.today(), Source: in.source, Only: []string{r.ID}})
		told := *r
		told.Severity = lint.SeverityOf(system, lint.Rule{ID: r.ID, Severity: r.Severity})
		return render.CustomRulePage(told, namesIn(r), found), facts.Err()
	}
	if near := model.Suggest(args[0], append(ids, explained()...)); near != "" {
		return page, usageError("no rule or metric is called %q, and %s brings none of that name; did you mean %q?", args[0], in.path, near)
	}
	return page, usageError("no rule or metric is called %q, and %s brings none of that name; taut rules and taut metrics list them", args[0], in.path)
}

// namesIn lists what a rule's condition names, each once.
func namesIn(r *model.CustomRule) [][]render.Cell {
	var rows [][]render.Cell
	said := map[custom.Name]bool{}
	for _, m := range custom.Mentions(r, nil) {
		if !said[m.Name] {
			said[m.Name] = true
			rows = append(rows, render.Row(m.Name.Name, m.Type, m.Doc))
		}
	}
	return rows
}

// readable says whether a file lies where files are looked for, and can be used.
func (a *app) readable(c *common) bool {
	in, name, err := a.open("", c.limits.limits)
	if err != nil {
		return false
	}
	system, found := in.read(name)
	return system != nil && !append(found, validate(system, in.source)...).HasErrors()
}

func explanation(name string) (render.Page, error) {
	if manual, ok := lint.Doc(name); ok {
		return render.RulePage(name, manual), nil
	}
	if metrics := metric.Lookup(name); len(metrics) > 0 {
		return render.MetricPage(metrics), nil
	}
	for _, t := range render.Topics() {
		if slices.Contains(t.Names, name) {
			return t.Page(), nil
		}
	}
	if near := model.Suggest(name, explained()); near != "" {
		return render.Page{}, usageError("no rule or metric is called %q; did you mean %q?", name, near)
	}
	return render.Page{}, usageError("no rule or metric is called %q; taut rules and taut metrics list them", name)
}

// termsOf explains the value of a metric for one subject. Where scopes share
// the metric's id, the subject decides which is meant.
func termsOf(facts *metric.Facts, name, subject string) (render.Page, error) {
	metrics := metric.Lookup(name)
	if len(metrics) == 0 {
		_, err := explanation(name)
		if err == nil {
			err = usageError("%q is no metric: --for goes with metrics", name)
		}
		return render.Page{}, err
	}
	var known []string
	for _, m := range metrics {
		subjects := metric.Subjects(facts, m.Scope)
		for i, s := range subjects {
			if s == subject || m.Scope == metric.System && subject == "system" {
				return render.TermsPage(facts, m, i, subject), facts.Err()
			}
		}
		known = append(known, subjects...)
	}
	known = slices.DeleteFunc(known, func(s string) bool { return s == "" })
	if near := model.Suggest(subject, known); near != "" {
		return render.Page{}, usageError("%s knows no %q; did you mean %q?", name, subject, near)
	}
	if len(known) == 0 {
		return render.Page{}, usageError("%s is measured for the whole system: use --for system", name)
	}
	return render.Page{}, usageError("%s knows no %q; it is measured for %s", name, subject, strings.Join(known[:min(len(known), 12)], ", "))
}
