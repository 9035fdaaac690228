package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

// writeBytes makes a format's writer of a function that gives all bytes.
func writeBytes[T any](encode func(T) []byte) func(io.Writer, T, render.Options) error {
	return func(w io.Writer, value T, _ render.Options) error {
		_, err := w.Write(encode(value))
		return err
	}
}

func (a *app) exportCommand() *cobra.Command {
	formats := []render.Format[*model.System]{
		{Name: "yaml", Doc: "our language, canonical", Write: writeBytes(func(s *model.System) []byte { return model.FormatYAML(model.Encode(s)) })},
		{Name: "json", Doc: "our language as JSON", Write: writeBytes(func(s *model.System) []byte { return model.FormatJSON(model.Encode(s)) })},
	}
	formats = append(formats, render.SystemFormats()...)
	cmd := &cobra.Command{
		Use:     "export [FILE]",
		Short:   "write a system in another format: canonical yaml or json, dot, mermaid, d2",
		Example: "  taut export examples/shop --format mermaid",
		Args:    cobra.MaximumNArgs(1),
	}
	c := commonFlags(cmd, render.Names(formats))
	design := designFlag(cmd)
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		in, system, err := a.loadDesign(args, *design, c)
		if err != nil {
			return err
		}
		return emit(a, c, in, formats, system)
	}
	return cmd
}
