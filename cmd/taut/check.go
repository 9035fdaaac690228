package main

import (
	"fmt"
	"slices"

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
Each message names the value, the limit, who is over it, the largest contributor,
what to do, and points at the budget's place in the file.

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
	openOnly := openFlag(cmd)
	known := cmd.Flags().String("baseline", "", "fail only on what is new or worse than this file says; taut baseline create writes it")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		in, system, err := a.loadDesign(args, *design, c)
		if err != nil {
			return err
		}
		facts := a.facts(cmd.Context(), system, metric.Options{Diagram: c.limits.limits.Diagram})
		threshold, _ := model.ParseSeverity(level.value)
		all, silenced := lint.Examine(facts, lint.Options{Today: a.today(), Source: in.source})
		found := atLeast(threshold, all)
		milder := len(all) - len(found)
		keys := metric.Named(budget.Keys(system)...)
		over := budget.Check(facts, metric.Compute(facts, keys), a.today())
		found = append(found, over...)
		suppressed := slices.DeleteFunc(accepted(silenced, *openOnly), func(s render.Suppressed) bool { return s.Finding.Severity < threshold })
		if *known != "" {
			var held []render.Suppressed
			if found, held, err = a.hold(*known, facts, append(all, over...), threshold, c.quiet); err != nil {
				return err
			}
			if !*openOnly {
				suppressed = append(suppressed, held...)
			}
		}
		if err := facts.Err(); err != nil {
			return err
		}
		if !c.quiet {
			fmt.Fprintln(a.err, checked(system, milder))
		}
		findings := in.findings(found)
		findings.Suppressed = suppressed
		return a.report(c, in, findings, level)
	}
	return cmd
}

// atLeast gives the findings that are as bad as a severity.
func atLeast(threshold model.Severity, found model.Diagnostics) model.Diagnostics {
	var out model.Diagnostics
	for _, d := range found {
		if d.Severity >= threshold {
			out = append(out, d)
		}
	}
	return out
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
