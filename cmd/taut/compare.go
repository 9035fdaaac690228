package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/compare"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
	"github.com/taut-dev/taut/render/svg"
)

// mostDesigns is how many designs fit side by side.
const mostDesigns = 4

func (a *app) compareCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "compare [FILE [FILE]]",
		Short: "designs of one system side by side: verdict, table, picture",
		Long: `Compare sets designs of one system, or two files, side by side: what one failure
takes down in each, what one spike forces to scale in each, what each gains and
costs, and every measure. -o picture.svg draws it; --format html writes a page in which
anything can be failed in all designs at once.

The designs are those of --designs (base is the file itself; a preset's name will do
for a design that the file does not declare), else the file's compare list, else the
file itself and its first design, or the monolith preset.

Two files stand side by side as two designs. For two versions of one system, and
which change moved which measure, use taut diff.`,
		Example: "  taut compare examples/shop -o shop.svg\n  taut compare examples/shop --designs base,events --fail payments",
		Args:    cobra.MaximumNArgs(2),
	}
	c := commonFlags(cmd, append(render.Names(render.ComparisonFormats()), "svg"))
	theme := themeFlag(cmd)
	designs := cmd.Flags().StringSlice("designs", nil, "the designs to compare, two to four, with commas; base is the file itself")
	options := compare.Options{}
	cmd.Flags().StringVar(&options.Fail, "fail", "", "what fails (default: the service whose failure weighs most over all designs, by tier and traffic)")
	cmd.Flags().StringVar(&options.Surge, "surge", "", "where demand rises (default: the highest peak ÷ rate)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		in, columns, err := a.columns(cmd.Context(), args, *designs, c)
		if err != nil {
			return err
		}
		result, err := compare.Compare(columns, options)
		if err != nil {
			if ctx := cmd.Context().Err(); ctx != nil {
				return ctx
			}
			return usageError("%v", err)
		}
		c.pictureSink()
		picture := render.Format[*compare.Result]{Name: "svg", Doc: "the picture", Write: func(w io.Writer, r *compare.Result, _ render.Options) error {
			return svg.Compare(w, render.ComparisonScene(r), svg.Options{Theme: svg.Theme(theme.value), Source: filepath.Base(in.path), Version: version()})
		}}
		return emit(a, c, in, append(render.ComparisonFormats(), picture), result)
	}
	return cmd
}

// columns loads what is to be compared: designs of one file, or two files.
func (a *app) columns(ctx context.Context, args, named []string, c *common) (*input, []compare.Design, error) {
	in, err := a.load(args[:min(1, len(args))], c)
	if err != nil {
		return nil, nil, err
	}
	if len(args) == 2 {
		other, err := a.load(args[1:], c)
		if err != nil {
			return nil, nil, err
		}
		return in, []compare.Design{a.column(ctx, in.system, in.path, in.limits), a.column(ctx, other.system, other.path, other.limits)}, nil
	}
	ids, err := chosenDesigns(in.system, named)
	if err != nil {
		return nil, nil, err
	}
	var columns []compare.Design
	for _, id := range ids {
		system, err := a.design(in, id, c)
		if err != nil {
			return nil, nil, err
		}
		columns = append(columns, a.column(ctx, system, designTitle(in.system, id), in.limits))
	}
	return in, columns, nil
}

func (a *app) column(ctx context.Context, system *model.System, title string, limits model.Limits) compare.Design {
	return compare.Design{ID: system.Design, Title: title, Facts: a.facts(ctx, system, metric.Options{Diagram: limits.Diagram})}
}

// chosenDesigns are those named, else the file's own choice, else the file
// itself beside its first design.
func chosenDesigns(system *model.System, named []string) ([]string, error) {
	ids := named
	if len(ids) == 0 {
		ids = system.Compare
	}
	if len(ids) == 0 && len(system.Designs) > 0 {
		ids = []string{model.BaseDesign, system.Designs[0].ID}
	}
	if len(ids) == 0 {
		ids = []string{model.BaseDesign, string(model.PresetMonolith)}
	}
	if len(ids) < 2 || len(ids) > mostDesigns {
		return nil, usageError("compare takes two to four designs, not %d: %s", len(ids), strings.Join(ids, ", "))
	}
	return ids, nil
}

// designTitle is what heads a design's column.
func designTitle(system *model.System, id string) string {
	for _, d := range system.Designs {
		if d.ID == id && d.Name != "" {
			return d.Name
		}
	}
	if id == model.BaseDesign {
		return "As it is"
	}
	return strings.ToUpper(id[:1]) + id[1:]
}

func themeFlag(cmd *cobra.Command) *enumFlag {
	theme := &enumFlag{string(svg.Auto), nil}
	for _, t := range svg.Themes() {
		theme.words = append(theme.words, string(t))
	}
	cmd.Flags().Var(theme, "theme", "colours of the picture: "+theme.Type())
	registerCompletion(cmd, "theme", theme.words)
	return theme
}
