package main

import (
	_ "embed"
	"os"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/cmd/folder"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

//go:embed starter.yaml
var starter []byte

func (a *app) initCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "init [FILE]",
		Short: "write a commented starter file",
		Long: `Init writes architecture.yaml (or FILE): a small system with comments that say
what each key is for. Only --force overwrites a file that exists.

With --from it writes what an importer finds in files you have, as compose.yaml.`,
		Example: "  taut init\n  taut init --from compose.yaml",
		Args:    cobra.MaximumNArgs(1),
	}
	c := &common{limits: limitFlag{limits: model.DefaultLimits()}, color: enumFlag{value: "auto"}}
	from := cmd.Flags().StringArray("from", nil, "import this file instead of writing the starter; may be repeated")
	force := forceFlag(cmd)
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		path := folder.Names()[0]
		if len(args) > 0 {
			path = args[0]
		}
		if _, err := os.Lstat(path); err == nil && !*force {
			return usageError("%s exists already; --force overwrites it", path)
		}
		text := starter
		if len(*from) > 0 {
			node, err := a.importFiles(*from, "", c)
			if err != nil {
				return err
			}
			text = model.FormatYAML(node)
		}
		if err := a.deliver(nil, []sink{{"yaml", path}}, []content{ready(text)}); err != nil {
			return err
		}
		return render.PageFormats()[0].Write(a.err, render.Page{Blocks: []render.Block{
			render.Para("wrote " + path),
			render.Para("next: taut lint " + path + ", taut analyze " + path + ", taut render " + path + " -o architecture.svg"),
		}}, render.Options{})
	}
	return cmd
}
