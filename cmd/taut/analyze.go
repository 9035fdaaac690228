package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

func (a *app) analyzeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "analyze [FILE]",
		Short: "coupling, blast radius, scaling units, availability",
		Long: `Analyze shows one screen first: how tightly the system is coupled, what the worst
single failure takes down, what must be scaled together, and the services to
look at first. --section shows more of one part, --fail one failure in full,
--failure all failures of one kind, --pairs failures two by two. The JSON has
everything (taut schema report); --format html is one web page with the pictures, in
which anything can be failed, and the tables.`,
		Example: "  taut analyze examples/shop\n  taut analyze examples/shop --format html -o report.html\n  taut analyze examples/shop --fail payments --design events\n  taut analyze --section blast --section scaling\n  taut analyze --failure platform,replica --pairs",
		Args:    cobra.MaximumNArgs(1),
	}
	c := commonFlags(cmd, render.Names(render.ReportFormats()))
	design := designFlag(cmd)
	words := []string{"all"}
	for _, s := range render.Sections() {
		words = append(words, s.Name)
	}
	sections := &listFlag{words: words}
	cmd.Flags().Var(sections, "section", "show this part in full: "+sections.Type()+"; may be repeated")
	registerCompletion(cmd, "section", words)
	fail := cmd.Flags().String("fail", "", "show the failure of this service, store, channel, external, platform or unit")
	kinds := kindFlag(cmd)
	pairs := cmd.Flags().Bool("pairs", false, "look at all pairs of failures, exactly; up to the limit pairs")
	sets := cmd.Flags().String("sets", "worst", "list who each failure hits: all, or (beyond 2,000 nodes) for the worst 100 only")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *sets != "worst" && *sets != "all" {
			return usageError("--sets: %v", query.UnknownWord(*sets, []string{"worst", "all"}))
		}
		in, system, err := a.loadDesign(args, *design, c)
		if err != nil {
			return err
		}
		need := needs{sets: *sets == "all", findings: c.format.has("json", "html")}
		need.details = need.findings || slices.Contains(sections.values, "availability") || slices.Contains(sections.values, "all")
		report, err := a.analyze(cmd.Context(), system, need, in.limits)
		if err != nil {
			return err
		}
		if err := failures(cmd.Context(), report, kinds.values, *pairs, in.limits); err != nil {
			return err
		}
		if len(kinds.values) > 0 || *pairs {
			sections.values = append(sections.values, "blast")
		}
		for _, s := range render.Sections() {
			if slices.Contains(sections.values, s.Name) || slices.Contains(sections.values, "all") {
				report.Details = append(report.Details, s)
			}
		}
		if *fail != "" {
			if report.Failed, err = query.Failure(report.Facts.Graph(), *fail); err != nil {
				return usageError("%v", err)
			}
		}
		return emit(a, c, in, render.ReportFormats(), report)
	}
	return cmd
}

// needs is what an output shows beyond the first screen: it is computed only
// then, as it can cost as much as the rest.
type needs struct {
	sets     bool // who every failure hits, however many nodes there are
	details  bool // what each node means for each journey
	findings bool
}

// analyze computes everything about one design.
func (a *app) analyze(ctx context.Context, system *model.System, need needs, limits model.Limits) (*render.Report, error) {
	nodes := len(system.Services) + len(system.Stores) + len(system.Channels) + len(system.Externals) + len(system.Platforms) + len(system.Units)
	facts := a.facts(ctx, system, metric.Options{KeepSets: need.sets || nodes <= render.SetsFor, Details: need.details, Diagram: limits.Diagram})
	report := &render.Report{Facts: facts, AllSets: need.sets}
	report.Table = metric.Compute(facts)
	if need.findings {
		report.Findings = lint.Run(facts, lint.Options{Today: a.today()})
	}
	return report, facts.Err()
}

// replica is the failure that is no node's: capacity is lost.
const replica = "replica"

// kindFlag takes kinds of failures.
func kindFlag(cmd *cobra.Command) *listFlag {
	kinds := &listFlag{}
	for _, k := range graph.Kinds() {
		kinds.words = append(kinds.words, k.String())
	}
	kinds.words = append(kinds.words, replica)
	cmd.Flags().Var(kinds, "failure", "only failures of this kind: "+kinds.Type()+"; may be repeated; replica is a loss of capacity")
	registerCompletion(cmd, "failure", kinds.words)
	return kinds
}

// failures narrows a report to kinds of failures, and adds those two by two.
func failures(ctx context.Context, report *render.Report, kinds []string, pairs bool, limits model.Limits) error {
	for _, k := range graph.Kinds() {
		if slices.Contains(kinds, k.String()) {
			report.Kinds = append(report.Kinds, k)
		}
	}
	report.Replicas = slices.Contains(kinds, replica)
	if !pairs {
		return nil
	}
	var err error
	report.Pairs, err = blast.Pairs(ctx, report.Facts.Graph(), blast.PairOptions{Kinds: report.Kinds, Limit: limits.Pairs})
	if err == nil && report.Pairs.TooMany {
		return usageError("%s", limits.Exceeded("pairs", fmt.Sprintf("%d nodes that may fail", report.Pairs.Nodes)))
	}
	return err
}
