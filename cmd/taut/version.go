package main

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/render"
)

func (a *app) versionCommand() *cobra.Command {
	return a.listCommand("version", "print the version", func() render.Page {
		return render.Page{Blocks: []render.Block{render.Para("taut " + version())}, JSON: map[string]string{"program": "taut", "version": version()}}
	})
}

// version is the module's version where the program was installed as one, else
// "devel".
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}
