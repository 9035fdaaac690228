package main

import (
	"io"
	"os"
	"path/filepath"

	"github.com/taut-dev/taut/cmd/editor"
)

// wantsLinks says whether the names of files become hyperlinks: only where a
// terminal is sure to take them, and where nobody asked for plain text. A
// program that reads the output never gets any, whatever --color says.
func (a *app) wantsLinks(w io.Writer, color colorFlag) bool {
	term := a.env("TERM")
	takes := a.env("WT_SESSION") != "" || term != "" && term != "dumb" && term != "linux"
	return takes && color != "never" && a.env("NO_COLOR") == "" && a.ciSystem() == "" && a.terminal(w)
}

// fileLinks gives a function that makes an address of a file's name as messages
// have it, or "" where there is no such file: of standard input, or of another
// revision. The host is part of it, as a terminal may show a shell on another
// machine.
func fileLinks() func(file string) string {
	host, err := os.Hostname()
	if err != nil {
		return nil
	}
	known := map[string]string{}
	return func(file string) string {
		link, ok := known[file]
		if ok {
			return link
		}
		path, err := filepath.Abs(filepath.FromSlash(file))
		if info, statErr := os.Stat(path); err == nil && statErr == nil && info.Mode().IsRegular() {
			link = editor.FileURI(host, filepath.ToSlash(path))
		}
		known[file] = link
		return link
	}
}
