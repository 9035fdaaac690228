package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

func (a *app) lintCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lint [FILE]",
		Short: "find what is wrong or risky in a file",
		Long: `Lint checks a file against the rules that taut rules lists, and points at the
place of each finding. Rules that ask for an optional key stay silent until the
file uses that key somewhere, or says lint: {strict: true}.

A finding is silenced by "# taut: ignore RULE reason" on its line or the line
before, or by an entry of lint.ignore, with a reason and an end.

A long list ends with a count for every rule; --rule ID tells the findings of one.

With --fix, typing errors in keys, names and words that can only mean one thing
are put right in the file before it is checked; --diff prints these changes as a
unified diff instead, and fails when there are any.`,
		Example: "  taut lint\n  taut lint examples/shop --format json\n  taut lint --rule shared-store --rule synchronous-cycle\n  taut lint --diff",
		Args:    cobra.MaximumNArgs(1),
	}
	c := commonFlags(cmd, render.Names(render.FindingFormats()))
	design := designFlag(cmd)
	level := failFlag(cmd)
	openOnly := openFlag(cmd)
	only := rulesFlag(cmd)
	fix := cmd.Flags().Bool("fix", false, "put right what can be wrong in one way only, then check")
	diff := cmd.Flags().Bool("diff", false, "print what --fix would change, and change nothing")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *fix || *diff {
			fixed, err := a.fix(args, c)
			if err != nil {
				return err
			}
			if *diff {
				return a.diff(fixed)
			}
			if err := a.write(fixed); err != nil {
				return err
			}
		}
		in, system, err := a.loadDesign(args, *design, c)
		if err != nil {
			return err
		}
		if err := knownRules(*only, system); err != nil {
			return err
		}
		facts := a.facts(cmd.Context(), system, metric.Options{Diagram: c.limits.limits.Diagram})
		found, silenced := lint.Examine(facts, lint.Options{Today: a.today(), Source: in.source, Only: *only})
		if err := facts.Err(); err != nil {
			return err
		}
		findings := in.findings(found)
		findings.Suppressed, findings.Only = accepted(silenced, *openOnly), *only
		return a.report(c, in, findings, level)
	}
	return cmd
}

// rulesFlag narrows lint to some rules.
func rulesFlag(cmd *cobra.Command) *[]string {
	only := cmd.Flags().StringArray("rule", nil, "only findings of this `rule`, one of the program or of the file; may be repeated")
	registerCompletion(cmd, "rule", ruleIDs(nil))
	return only
}

// ruleIDs lists the rules of the program, and those of a file if there is one.
func ruleIDs(system *model.System) []string {
	var ids []string
	for _, r := range lint.Rules() {
		ids = append(ids, r.ID)
	}
	if system != nil {
		for _, r := range system.Lint.Custom {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// knownRules refuses a name that no rule has: nothing would be found, and look fine.
func knownRules(asked []string, system *model.System) error {
	known := ruleIDs(system)
	for _, id := range asked {
		if slices.Contains(known, id) {
			continue
		}
		if near := model.Suggest(id, known); near != "" {
			return usageError("--rule: no rule is called %q; did you mean %q?", id, near)
		}
		return usageError("--rule: no rule is called %q; taut rules lists them", id)
	}
	return nil
}

// accepted wraps what a file silences for the formats, unless they shall tell only
// what is open.
func accepted(silenced []lint.Silenced, openOnly bool) []render.Suppressed {
	var out []render.Suppressed
	if openOnly {
		return nil
	}
	for _, s := range silenced {
		out = append(out, render.Suppressed{Finding: s.Finding, Kind: render.InSource, Pos: s.Pos, Reason: s.Reason})
	}
	return out
}

// report emits findings and fails when one is as bad as the level. What was
// accepted fails nothing.
func (a *app) report(c *common, in *input, findings render.Findings, level *enumFlag) error {
	findings.FailOn, _ = model.ParseSeverity(level.value)
	if err := emit(a, c, in, render.FindingFormats(), findings); err != nil {
		return err
	}
	if findings.Diagnostics.Worst() >= findings.FailOn {
		return &exitError{exitFindings, errSaid}
	}
	return nil
}

// validate checks the names in a file that only the analyses know: rules,
// metrics, coupling factors.
func validate(system *model.System, source func(string) []byte) model.Diagnostics {
	return query.Validate(system, source)
}

// ruleDocs describes every rule that findings about this input can have.
func (in *input) ruleDocs() []render.RuleDoc {
	var docs []render.RuleDoc
	for _, r := range lint.Rules() {
		manual, _ := lint.Doc(r.ID)
		docs = append(docs, render.RuleDoc{ID: r.ID, Title: r.Title, Help: manual.Prose, Severity: r.Severity})
	}
	if in.system == nil {
		return docs
	}
	for _, c := range in.system.Lint.Custom {
		help := fmt.Sprintf("A rule of this file, for every %s:\n\n```\n%s\n```\n", c.For, strings.TrimSpace(c.When))
		docs = append(docs, render.RuleDoc{ID: c.ID, Title: c.Message, Help: help, Severity: c.Severity})
	}
	return docs
}

// today is the calendar day in UTC, for what ends on a day.
func (a *app) today() model.Date {
	year, month, day := a.now().UTC().Date()
	return model.Date{Year: year, Month: month, Day: day}
}

func designFlag(cmd *cobra.Command) *string {
	return cmd.Flags().String("design", "base", "which of the file's designs to look at; base is the file itself")
}

func openFlag(cmd *cobra.Command) *bool {
	return cmd.Flags().Bool("open-only", false, "tell in no format what the file silences or a baseline knows: GitHub takes results that SARIF marks as suppressed for open alerts")
}

func failFlag(cmd *cobra.Command) *enumFlag {
	level := &enumFlag{"warning", []string{"note", "warning", "error"}}
	cmd.Flags().Var(level, "fail-on", "the mildest finding that makes the exit code 1: note, warning, error")
	registerCompletion(cmd, "fail-on", level.words)
	return level
}
