package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/baseline"
	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

func (a *app) schemaCommand() *cobra.Command {
	schemas := []schemaFile{
		{"architecture", "the language of architecture files", model.Schema},
		{"report", "the JSON of taut analyze", render.ReportSchema},
		{"comparison", "the JSON of taut compare", render.ComparisonSchema},
		{"diff", "the JSON of taut diff", render.DiffSchema},
		{"findings", "the JSON of taut lint and taut check", render.FindingsJSONSchema},
		{"baseline", "the file of taut baseline", baseline.FileSchema},
	}
	names, lines := make([]string, len(schemas)), make([]string, len(schemas))
	for i, s := range schemas {
		names[i], lines[i] = s.name, fmt.Sprintf("  %-13s %s", s.name, s.doc)
	}
	cmd := &cobra.Command{
		Use:   "schema [NAME]",
		Short: "print a JSON Schema: of the language, or of an output",
		Long: `Schema prints a JSON Schema (draft 2020-12). Without a name it is that of the
language, for editors.

` + strings.Join(lines, "\n"),
		Example:   "  taut schema > architecture.schema.json",
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: names,
	}
	output := cmd.Flags().StringP("output", "o", "", "write to this file (whole or not at all) instead of standard output")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		want := names[0]
		if len(args) > 0 {
			want = args[0]
		}
		for _, s := range schemas {
			if s.name == want {
				return a.deliver(nil, []sink{{"json", *output}}, []content{ready(s.make())})
			}
		}
		return usageError("%v", query.UnknownWord(want, names))
	}
	return cmd
}

type schemaFile struct {
	name, doc string
	make      func() []byte
}
