package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/render"
)

// nodeFormats lists the formats of architecture files that the program writes.
func nodeFormats() []render.Format[*model.Node] {
	return []render.Format[*model.Node]{
		{Name: "yaml", Doc: "with comments", Write: writeBytes(model.FormatYAML)},
		{Name: "json", Doc: "without", Write: writeBytes(model.FormatJSON)},
	}
}

func (a *app) transformCommand() *cobra.Command {
	var names []string
	doc := "Transform prints the file rewritten as another design, with a comment on every\nchanged line saying why. The rewritings are:\n"
	for _, p := range design.Presets() {
		names = append(names, string(p.ID))
		doc += fmt.Sprintf("\n  %-14s %s", p.ID, p.Title)
	}
	cmd := &cobra.Command{
		Use:     "transform [FILE] --to PRESET",
		Short:   "rewrite a system to a preset design",
		Long:    doc,
		Example: "  taut transform examples/shop --to event-driven -o events.yaml",
		Args:    cobra.MaximumNArgs(1),
	}
	c := commonFlags(cmd, render.Names(nodeFormats()))
	to := &enumFlag{"", names}
	cmd.Flags().Var(to, "to", "the preset to rewrite to")
	registerCompletion(cmd, "to", names)
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		if to.value == "" {
			return usageError("transform needs --to with one of the presets")
		}
		in, err := a.load(args, c)
		if err != nil {
			return err
		}
		node, err := design.Rewrite(in.system, model.Preset(to.value))
		if err != nil {
			return err
		}
		return emit(a, c, in, nodeFormats(), node)
	}
	return cmd
}
