package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/baseline"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

// defaultBaseline is the baseline file where none is named.
const defaultBaseline = "taut-baseline.json"

// goneShown is how many stale entries a run names.
const goneShown = 20

func (a *app) baselineCommand() *cobra.Command {
	actions := []string{"create", "update", "prune"}
	cmd := &cobra.Command{
		Use:   "baseline create|update|prune [FILE]",
		Short: "write down what is known, so that check fails only on new and worse",
		Long: `Baseline writes the file that taut check --baseline goes by: every finding by rule
and subject (never by line), the measures of the system as a ratchet, and the
dependencies there are, so that a check can name the new one.

  create  writes a new file with everything as it is; an existing one is an error
  update  accepts everything as it is now; keeps the tolerance, and measures that
          were taken out of the file by hand stay out
  prune   forgets findings that are gone and keeps measures that improved; it never
          lets more through than before

A measure may get worse by the tolerance in the file (1%) before check fails. You
may change it, take measures out, and give a finding a "reason": update and prune
keep all that, and SARIF and JUnit tell the reason. taut schema baseline describes
the file; no other command writes it.`,
		Example:   "  taut baseline create\n  taut check --baseline taut-baseline.json\n  taut baseline prune",
		Args:      cobra.RangeArgs(1, 2),
		ValidArgs: actions,
	}
	c := commonFlags(cmd, []string{"json"})
	design := designFlag(cmd)
	path := cmd.Flags().String("baseline", defaultBaseline, "the baseline file")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		action := &enumFlag{"", actions}
		if err := action.Set(args[0]); err != nil {
			return usageError("taut baseline: %v", err)
		}
		if c.output != "" {
			return usageError("the file that baseline writes is named by --baseline")
		}
		in, system, err := a.loadDesign(args[1:], *design, c)
		if err != nil {
			return err
		}
		facts := a.facts(cmd.Context(), system, metric.Options{Diagram: c.limits.limits.Diagram})
		next, err := a.nextBaseline(action.value, *path, facts)
		if err != nil {
			return err
		}
		if err := facts.Err(); err != nil {
			return err
		}
		data, err := next.Bytes()
		if err != nil {
			return err
		}
		if err := a.deliver(in, []sink{{"json", *path}}, []content{ready(data)}); err != nil {
			return err
		}
		if !c.quiet {
			fmt.Fprintf(a.err, "%s: %s, %s\n", model.Safe(*path), render.Count(total(next.Findings), "known finding"), render.Count(len(next.Metrics), "measure"))
		}
		return nil
	}
	return cmd
}

// nextBaseline makes the baseline that an action leaves behind.
func (a *app) nextBaseline(action, path string, facts *metric.Facts) (baseline.Baseline, error) {
	found := a.everyFinding(facts)
	if action == "create" {
		if _, err := os.Lstat(path); err == nil {
			return baseline.Baseline{}, usageError("%s exists; taut baseline update accepts what is new, prune forgets what is gone", path)
		}
		return baseline.Make(facts, found), nil
	}
	old, err := readBaseline(path, facts.System())
	switch {
	case err != nil:
		return old, err
	case action == "update":
		return old.Update(facts, found), nil
	}
	return old.Prune(facts, found), nil
}

// readBaseline reads the baseline file for a system.
func readBaseline(path string, system *model.System) (baseline.Baseline, error) {
	var b baseline.Baseline
	info, err := os.Stat(path)
	if err != nil {
		return b, usageError("cannot read the baseline %s: %v; taut baseline create --baseline %s writes it", path, reason(err), path)
	}
	if !info.Mode().IsRegular() {
		return b, usageError("the baseline %s is not a regular file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return b, usageError("cannot read the baseline %s: %v", path, reason(err))
	}
	defer f.Close()
	limit := model.DefaultLimits().File
	data, err := io.ReadAll(io.LimitReader(f, int64(limit)+1))
	if err != nil {
		return b, usageError("cannot read the baseline %s: %v", path, reason(err))
	}
	if len(data) > limit {
		return b, usageError("the baseline %s is larger than %d bytes: it is none", path, limit)
	}
	if b, err = baseline.Read(data); err != nil {
		return b, usageError("cannot use the baseline %s: %v; remove it, and taut baseline create --baseline %s writes a new one", path, err, path)
	}
	if b.Design != system.Design {
		return b, usageError("the baseline %s is of the design %q, not of %q: use --design %s, or another baseline", path, b.Design, system.Design, b.Design)
	}
	return b, nil
}

// hold splits findings by a baseline, and says on standard error what became of
// the rest: what is gone or better never fails a check.
func (a *app) hold(path string, facts *metric.Facts, found model.Diagnostics, threshold model.Severity, quiet bool) (fresh model.Diagnostics, held []render.Suppressed, err error) {
	b, err := readBaseline(path, facts.System())
	if err != nil {
		return nil, nil, err
	}
	r := b.Check(facts, found)
	fresh = atLeast(threshold, r.New)
	for _, d := range atLeast(threshold, r.Known) {
		held = append(held, render.Suppressed{Finding: d, Kind: render.External, Reason: b.Reason(d)})
	}
	if !quiet {
		a.tellHeld(path, r, len(fresh))
	}
	return fresh, held, nil
}

// tellHeld says what a baseline did.
func (a *app) tellHeld(path string, r baseline.Result, fresh int) {
	fmt.Fprintf(a.err, "baseline %s: +%d new or worse, −%d gone, %d known\n", model.Safe(path), fresh, total(r.Gone), len(r.Known))
	for i, e := range r.Gone {
		if i == goneShown {
			fmt.Fprintf(a.err, "  and %d more gone\n", len(r.Gone)-i)
			break
		}
		fmt.Fprintf(a.err, "  gone: %s at %s\n", model.Safe(e.Rule), model.Safe(e.Subject))
	}
	for _, g := range r.Better {
		fmt.Fprintf(a.err, "  better: %s %s, was %s\n", g.Metric.ID, g.Metric.Format(g.Now), g.Metric.Format(g.Was))
	}
	if len(r.Gone)+len(r.Better) > 0 {
		fmt.Fprintln(a.err, "  taut baseline prune keeps it so")
	}
}

func total(entries []baseline.Entry) int {
	n := 0
	for _, e := range entries {
		n += e.Count
	}
	return n
}
