package main

import (
	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/cmd/editor"
	"github.com/taut-dev/taut/cmd/folder"
	"github.com/taut-dev/taut/model"
)

func (a *app) lspCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "serve an editor (Language Server Protocol)",
		Long: `Lsp speaks the Language Server Protocol on standard input and output: findings
while you write, completion of keys and names, the numbers of a service under
the cursor, definitions, an outline, renames over all files of a system, and
fixes. An editor starts it; nothing but the protocol goes to standard output.

It serves files called architecture.yaml, .yml or .json, what these include,
and others that start with "system:" or name the schema of the language. It
opens nothing outside of the folders that the editor has open.`,
		Example: "  taut lsp",
		Args:    cobra.NoArgs,
	}
	limits := &limitFlag{limits: model.DefaultLimits()}
	cmd.Flags().Var(limits, "limit", "raise or lower a limit, as nodes=2000000")
	cmd.Flags().Bool("stdio", true, "speak on standard input and output; there is no other way, and editors pass this")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		err := editor.Serve(cmd.Context(), a.in, a.out, editor.Options{
			Open: folder.Open, Today: a.today, Limits: limits.limits, Version: version(), Log: a.err,
		})
		if err != nil && cmd.Context().Err() == nil {
			return usageError("%v", err)
		}
		return err
	}
	return cmd
}
