package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/cmd/folder"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/importer"
	"github.com/taut-dev/taut/render"
)

func (a *app) importCommand() *cobra.Command {
	var names []string
	doc := "Import writes an architecture file from files that a project has already. Every\ndependency it finds has a comment saying where it is visible; what is not visible\nthere is unknown, not absent. Without FORMAT the files are looked at to tell. Values\nof environment variables are looked at to find names of services and hosts, and\nnothing else of them is written. A host with a domain that is no service becomes\nan external. With -o, a file that exists is overwritten with --force only.\n\nThe formats are:\n"
	for _, f := range importer.Formats() {
		names = append(names, f.Name)
		doc += fmt.Sprintf("\n  %-10s %s", f.Name, f.Doc)
	}
	cmd := &cobra.Command{
		Use:       "import [FORMAT] FILE...",
		Short:     "write an architecture file from what you deploy: " + strings.Join(names, ", "),
		Long:      doc,
		Example:   "  taut import compose compose.yaml -o architecture.yaml",
		Args:      cobra.MinimumNArgs(1),
		ValidArgs: names,
	}
	c := commonFlags(cmd, render.Names(nodeFormats()))
	force := forceFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, paths := "", args
		if _, ok := importer.Find(args[0]); ok {
			format, paths = args[0], args[1:]
		}
		if len(paths) == 0 {
			return usageError("import %s: name the files", format)
		}
		if err := c.spare(*force); err != nil {
			return err
		}
		node, err := a.importFiles(paths, format, c)
		if err != nil {
			return err
		}
		return emit(a, c, nil, nodeFormats(), node)
	}
	return cmd
}

// forceFlag lets a command that makes a file to be edited overwrite one.
func forceFlag(cmd *cobra.Command) *bool {
	return cmd.Flags().Bool("force", false, "overwrite a file that exists")
}

// spare refuses to overwrite what may have been edited since it was made.
func (c *common) spare(force bool) error {
	sinks, err := c.sinks()
	for _, s := range sinks {
		if info, missing := os.Lstat(s.file); s.file != "" && missing == nil && info.Mode().IsRegular() && !force {
			return usageError("%s exists already; --force overwrites it", s.file)
		}
	}
	return err
}

// importFiles reads files and gives the architecture file made of them. An
// empty format is found by looking at the files. What was covered is said on
// standard error.
func (a *app) importFiles(paths []string, name string, c *common) (*model.Node, error) {
	limits := c.limits.limits
	var files []importer.File
	for _, path := range withEnvironment(paths) {
		data, err := readRegular(path, int64(limits.File))
		if err != nil {
			return nil, err
		}
		files = append(files, importer.File{Name: filepath.ToSlash(path), Data: data})
	}
	format, ok := importer.Find(name)
	if name == "" {
		format, ok = importer.Detect(files)
	}
	if !ok {
		return nil, usageError("%s is in no format that can be imported; taut import --help lists them", paths[0])
	}
	result, diagnostics := format.Import(files, importer.Options{Limits: limits})
	if len(diagnostics) > 0 {
		findings := render.Findings{Diagnostics: diagnostics.Sorted()}
		if err := render.FindingFormats()[0].Write(a.err, findings, a.renderOptions(a.err, colorFlag(c.color.value))); err != nil {
			return nil, err
		}
	}
	if diagnostics.HasErrors() {
		return nil, &exitError{exitUsage, errSaid}
	}
	if !c.quiet {
		fmt.Fprintln(a.err, model.Safe(result.Coverage))
	}
	return result.Node, nil
}

// withEnvironment adds the .env file beside the first file, which says what
// the variables in it stand for.
func withEnvironment(paths []string) []string {
	env := filepath.Join(filepath.Dir(paths[0]), ".env")
	if info, err := os.Stat(env); err == nil && info.Mode().IsRegular() && filepath.Base(paths[0]) != ".env" {
		return append(append([]string{}, paths...), env)
	}
	return paths
}

// readRegular reads a regular file up to a size.
func readRegular(path string, limit int64) ([]byte, error) {
	files, err := folder.Open(filepath.Dir(path))
	if err != nil {
		return nil, usageError("cannot open %s: %v", path, reason(err))
	}
	f, err := files.Open(filepath.Base(path))
	if err != nil {
		return nil, usageError("cannot open %s: %v", path, reason(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, usageError("cannot read %s: %v", path, reason(err))
	}
	if int64(len(data)) > limit {
		return nil, usageError("%s has more than %d bytes, the limit of one file", path, limit)
	}
	return data, nil
}
