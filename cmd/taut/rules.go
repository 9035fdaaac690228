package main

import (
	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/render"
)

func (a *app) rulesCommand() *cobra.Command {
	return a.listCommand("rules", "list every lint rule", func() render.Page {
		table := &render.Table{Header: []string{"rule", "severity", "reports that", "once the file uses"}}
		var list []map[string]any
		for _, r := range lint.Rules() {
			asks := ""
			if len(r.Asks) > 0 {
				asks = r.Asks[0]
			}
			table.Rows = append(table.Rows, render.Row(r.ID, r.Severity.String(), r.Title, asks))
			list = append(list, map[string]any{"id": r.ID, "severity": r.Severity.String(), "title": r.Title, "asks": append([]string{}, r.Asks...)})
		}
		return render.Page{Blocks: []render.Block{{Table: table}}, JSON: list}
	})
}

func (a *app) metricsCommand() *cobra.Command {
	return a.listCommand("metrics", "list every metric", func() render.Page {
		table := &render.Table{Header: []string{"metric", "unit", "better", "what it is"}}
		var list []map[string]any
		for _, m := range metric.List() {
			table.Rows = append(table.Rows, render.Row(m.Key(), m.Unit, betterWord(m.Better), m.Title))
			list = append(list, map[string]any{
				"id": m.ID, "scope": m.Scope, "unit": m.Unit, "better": m.Better.String(), "title": m.Title,
				"definition": m.Definition, "source": m.Source, "ours": m.Ours,
			})
		}
		return render.Page{Blocks: []render.Block{{Table: table}}, JSON: list}
	})
}

func betterWord(b metric.Better) string {
	return [...]string{metric.Neither: "", metric.Less: "less", metric.More: "more"}[b]
}

// listCommand is a command that prints one page about the program itself.
func (a *app) listCommand(use, short string, page func() render.Page) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs}
	c := commonFlags(cmd, render.Names(render.PageFormats()))
	cmd.RunE = func(*cobra.Command, []string) error {
		return emit(a, c, nil, render.PageFormats(), page())
	}
	return cmd
}
