package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/budget"
	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

func (a *app) checkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check [FILE]",
		Short: "the CI gate: lint errors and budgets",
		Long: `Check fails (exit code 1) when lint finds an error or a metric is over its budget.
Each message names the value, the limit, who is over it, the dependency that
adds most, and points at the budget's place in the file.

With --baseline, only what is new or worse than the baseline fails: findings by
rule and subject, never by line, and measures of the system that got worse by
more than the baseline's tolerance. What is gone or better is said and never
fails; taut baseline writes the file.`,
		Example: "  taut check\n  taut check --fail-on warning --format markdown\n  taut check --baseline taut-baseline.json",
		Args:    cobra.MaximumNArgs(1),
	}
	c := commonFlags(cmd, render.Names(render.FindingFormats()))
	design := designFlag(cmd)
	level := &enumFlag{"error", []string{"note", "warning", "error"}}
	cmd.Flags().Var(level, "fail-on", "the mildest lint finding that fails the check: note, warning, error; budgets always do")
	registerCompletion(cmd, "fail-on", level.words)
	known := cmd.Flags().String("baseline", "", "fail only on what is new or worse than this file says; taut baseline create writes it")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		in, system, err := a.loadDesign(args, *design, c)
		if err != nil {
			return err
		}
		facts := metric.NewFacts(cmd.Context(), system, metric.Options{Diagram: c.limits.limits.Diagram})
		threshold, _ := model.ParseSeverity(level.value)
		var found model.Diagnostics
		milder := 0
		for _, d := range lint.Run(facts, lint.Options{Today: a.today(), Source: in.source}) {
			if d.Severity >= threshold {
				found = append(found, d)
			} else {
				milder++
			}
		}
		keys := metric.Named(budget.Keys(system)...)
		found = append(found, budget.Check(facts, metric.Compute(facts, keys), a.today())...)
		if *known != "" {
			if found, err = a.hold(*known, facts, a.everyFinding(facts), threshold, c.quiet); err != nil {
				return err
			}
		}
		if err := facts.Err(); err != nil {
			return err
		}
		if !c.quiet {
			fmt.Fprintln(a.err, checked(system, milder))
		}
		return a.report(c, in, found, level)
	}
	return cmd
}

// checked says what the check looked at, so that silence is understood.
func checked(system *model.System, milder int) string {
	limits := 0
	for _, b := range system.Budgets {
		limits += len(b.Limits)
	}
	text := "checked " + render.Count(limits, "budget")
	if limits == 0 {
		text = "the file has no budgets"
	}
	if milder > 0 {
		text += "; " + render.Count(milder, "milder lint finding") + " not counted (taut lint shows them, --fail-on counts them)"
	}
	return text
}
