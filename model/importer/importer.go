// Package importer makes first architecture files out of what a project has
// already: one file of the package for each step, one Format for each source.
//
// An importer reads an allow-list of keys and exports names and edges only.
// Values of environment variables, command lines, labels and the like are looked
// at to find the names of other services in them, and never leave: not in the
// result, not in a message. Nothing outside the given files is read.
package importer

import (
	"path"
	"strings"

	"github.com/taut-dev/taut/model"
)

// File is one file to import. Name is its path as the user wrote it, with
// forward slashes: it is shown in positions, and other files refer to it.
type File struct {
	Name string
	Data []byte
}

// Options says how to import.
type Options struct {
	Name   string // of the system; empty: what the files say, else their folder
	Limits model.Limits
}

// Result is what an import found.
type Result struct {
	System *model.System
	// Node is the system as a file to write: every edge has a comment with its
	// basis, which is where in the imported files it is visible.
	Node *model.Node
	// Coverage is one line that says what was read, and that an edge which is not
	// visible there is unknown, not absent.
	Coverage string
}

// Format is one kind of file that can be imported.
type Format struct {
	Name   string // as on the command line
	Doc    string // one line
	Detect func(name string, data []byte) bool
	// Import reads files of this format, later ones over earlier ones. The
	// System of the Result is nil if and only if there are errors.
	Import func([]File, Options) (Result, model.Diagnostics)
}

// Formats lists what can be imported.
func Formats() []Format {
	return []Format{composeFormat()}
}

// Find gives the format with the name.
func Find(name string) (f Format, ok bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Detect finds the format that one of the files is in.
func Detect(files []File) (f Format, ok bool) {
	for _, f := range Formats() {
		for _, file := range files {
			if f.Detect(file.Name, file.Data) {
				return f, true
			}
		}
	}
	return Format{}, false
}

// base is the last part of a file's name.
func base(name string) string { return path.Base(strings.ReplaceAll(name, `\`, "/")) }

// folder is the name of the folder a file lies in; empty when it has none.
func folder(name string) string {
	dir := path.Base(path.Dir(strings.ReplaceAll(name, `\`, "/")))
	if dir == "." || dir == "/" || dir == ".." {
		return ""
	}
	return dir
}
