package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
	"github.com/taut-dev/taut/render/svg"
)

func (a *app) diffCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "diff OLD NEW | diff --base REVISION [FILE]",
		Short: "what a change does: which edge moved which measure, what to do",
		Long: `Diff compares two versions of one system: what was added, removed and changed;
which measures moved and which change moved them (each change is left out in turn
and everything is computed again); which failures take down more or less; which
findings are new or fixed. --format markdown is made for a comment on a pull
request; -o picture.svg draws both versions in one picture, and --format html
puts it into a web page in which anything fails as it did and as it does now.
Formats for findings (sarif, github, gitlab and so on) tell each change that
something got worse by, at its line, and the new findings.

With --base, the old version is FILE as it was where HEAD and REVISION parted,
read with git, includes and all. The clone needs that commit: in CI, fetch the
whole history.

The exit code is 0 whatever differs, unless --fail-on worse: then it is 1 when a
measure of the system or of a journey got worse (by more than --tolerance; counts
of services and dependencies, and inequalities, judge nothing), a failure takes down more
than before, the peak overloads something more, or a finding is new and at least a
warning. Replicas that only lift an overload are not worse.

To set designs of one file side by side, use taut compare.`,
		Example: "  taut diff old.yaml new.yaml\n  taut diff --base origin/main --format markdown\n  taut diff --base main examples/shop -o diff.svg --fail-on worse",
		Args:    cobra.MaximumNArgs(2),
	}
	c := commonFlags(cmd, append(render.Names(render.DiffFormats()), "svg"))
	theme, design := themeFlag(cmd), designFlag(cmd)
	base := cmd.Flags().String("base", "", "compare with the file as it was where HEAD and this git revision parted")
	level := &enumFlag{"never", []string{"never", "worse"}}
	cmd.Flags().Var(level, "fail-on", "what makes the exit code 1: never, worse")
	registerCompletion(cmd, "fail-on", level.words)
	tolerance := &shareFlag{0}
	cmd.Flags().Var(tolerance, "tolerance", "by how much a measure may get worse before --fail-on worse fails, as a share: 1%")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		old, new, err := a.versions(cmd.Context(), args, *base, c)
		if err != nil {
			return err
		}
		r, err := a.compareVersions(cmd.Context(), old, new, *design, c)
		if err != nil {
			return err
		}
		c.pictureSink()
		shown := render.Diff{Result: r, Old: old.path, New: new.path, Tolerance: tolerance.value, Limits: c.limits.limits, Frame: new.findings(nil)}
		if level.value == "never" {
			shown.Frame.FailOn = render.FailOnNothing
		}
		picture := render.Format[render.Diff]{Name: "svg", Doc: "both versions in one picture", Write: func(w io.Writer, d render.Diff, _ render.Options) error {
			s := render.DiffScene(d)
			for _, m := range s.Messages {
				if !c.quiet {
					fmt.Fprintln(a.err, "taut: "+model.Safe(m))
				}
			}
			return svg.Write(w, &s, svg.Options{Theme: svg.Theme(theme.value), Design: shownDesign(new.system, *design), Source: filepath.Base(new.path), Version: version()})
		}}
		if err := emit(a, c, new, append(render.DiffFormats(), picture), shown); err != nil {
			return err
		}
		if level.value == "worse" && r.Worse(tolerance.value) {
			return &exitError{exitFindings, errSaid}
		}
		return nil
	}
	return cmd
}

// shownDesign is the title of a design in the footer of a picture; the file
// itself needs none.
func shownDesign(system *model.System, id string) string {
	if id == model.BaseDesign {
		return ""
	}
	return designTitle(system, id)
}

// versions loads what is to be compared: two files, or one and its past.
func (a *app) versions(ctx context.Context, args []string, base string, c *common) (old, new *input, err error) {
	switch {
	case base == "" && len(args) < 2:
		return nil, nil, usageError("diff takes two files or folders, taut diff OLD NEW, or a git revision, taut diff --base main")
	case base != "" && len(args) > 1:
		return nil, nil, usageError("diff takes one file with --base, as the revision says which other version is meant")
	case base == "":
		if old, err = a.load(args[:1], c); err == nil {
			new, err = a.load(args[1:], c)
		}
		return old, new, err
	}
	if new, err = a.load(args, c); err != nil {
		return nil, nil, err
	}
	past, name, err := new.past(ctx, base)
	if err == nil {
		old, err = a.loadInput(past, name, c)
	}
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	return old, new, err
}

// compareVersions checks both versions and compares them.
func (a *app) compareVersions(ctx context.Context, old, new *input, design string, c *common) (*diff.Result, error) {
	var sides [2]diff.Side
	for i, in := range []*input{old, new} {
		system, err := a.design(in, design, c)
		if err != nil {
			return nil, err
		}
		facts := a.facts(ctx, system, metric.Options{Diagram: c.limits.limits.Diagram})
		sides[i] = diff.Side{Facts: facts, Findings: a.everyFinding(facts)}
	}
	return diff.Systems(ctx, sides[0], sides[1], diff.Options{Limits: c.limits.limits})
}

// everyFinding is what lint and the budgets say about a system.
func (a *app) everyFinding(facts *metric.Facts) model.Diagnostics {
	return query.Findings(facts, a.today())
}
