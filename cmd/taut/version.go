package main

import (
	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/render"
)

func (a *app) versionCommand() *cobra.Command {
	return a.listCommand("version", "print the version", func() render.Page {
		return render.Page{Blocks: []render.Block{render.Para("taut " + version())}, JSON: map[string]string{"program": "taut", "version": version()}}
	})
}

func version() string { return query.Version() }
