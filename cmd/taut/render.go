package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
	"github.com/taut-dev/taut/render/scene"
	"github.com/taut-dev/taut/render/svg"
)

func (a *app) renderCommand() *cobra.Command {
	var views []string
	doc := "Render draws one view of a system as SVG, or writes it as text for other\ndiagram tools (dot, mermaid, d2). The views are:\n"
	for _, v := range scene.Views() {
		views = append(views, v.ID)
		doc += fmt.Sprintf("\n  %-10s %s", v.ID, v.Doc)
	}
	cmd := &cobra.Command{
		Use:   "render [FILE]",
		Short: "draw one view of a system as SVG",
		Long:  doc,
		Example: "  taut render examples/shop -o shop.svg\n  taut render examples/shop --view blast --fail payments -o blast.svg\n" +
			"  taut render --focus orders --depth 1 -o orders.svg",
		Args: cobra.MaximumNArgs(1),
	}
	c := commonFlags(cmd, append([]string{"svg"}, render.Names(render.SystemFormats())...))
	design, theme := designFlag(cmd), themeFlag(cmd)
	view := &enumFlag{views[0], views}
	engine := &enumFlag{"taut", []string{"taut", "dot"}}
	var fail, at string
	o := scene.Options{}
	f := cmd.Flags()
	f.Var(view, "view", "what to draw: "+view.Type())
	f.Var(engine, "engine", "who places the nodes: taut, or dot (Graphviz, through the program taut-graphviz)")
	f.StringVar(&fail, "fail", "", "blast: what fails (default: the worst service or store)")
	f.StringVar(&at, "at", "", "surge, timeline: where demand rises; journey: which journey")
	f.StringVar(&o.By, "by", "", "services: frames by domain or team")
	f.StringVar(&o.Focus, "focus", "", "draw only the neighbourhood of this node")
	f.IntVar(&o.Depth, "depth", 2, "steps of the neighbourhood")
	registerCompletion(cmd, "view", views)
	registerCompletion(cmd, "engine", engine.words)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		in, system, err := a.loadDesign(args, *design, c)
		if err != nil {
			return err
		}
		o.At = at
		if view.value == "blast" && fail != "" {
			o.At = fail
		} else if fail != "" {
			return usageError("--fail goes with --view blast")
		}
		o.MaxNodes, o.MaxEdges = in.limits.DrawnNodes, in.limits.DrawnEdges
		paint := svg.Options{Theme: svg.Theme(theme.value), Design: designTitle(in.system, *design), Source: filepath.Base(in.path), Version: version()}
		facts := a.facts(cmd.Context(), system, metric.Options{KeepSets: true, Diagram: c.limits.limits.Diagram})
		if engine.value == "dot" {
			paint.Place = a.graphviz(cmd.Context(), in.limits)
		}
		picture := render.Format[*model.System]{Name: "svg", Doc: "the picture", Write: func(w io.Writer, _ *model.System, _ render.Options) error {
			return a.draw(w, facts, view.value, o, paint, c)
		}}
		return emit(a, c, in, append([]render.Format[*model.System]{picture}, render.SystemFormats()...), system)
	}
	return cmd
}

// draw builds a view and paints it. What the view does not show it says in the
// picture and on standard error.
func (a *app) draw(w io.Writer, facts *metric.Facts, view string, o scene.Options, paint svg.Options, c *common) error {
	for _, v := range scene.Views() {
		if v.ID != view {
			continue
		}
		s, err := v.Build(facts, o)
		if err == nil {
			err = facts.Err()
		}
		if err != nil {
			return usageError("%v", err)
		}
		for _, m := range s.Messages {
			if !c.quiet {
				fmt.Fprintln(a.err, "taut: "+model.Safe(m))
			}
		}
		return svg.Write(w, &s, paint)
	}
	return nil
}
