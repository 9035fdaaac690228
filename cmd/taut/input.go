package main

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/taut-dev/taut/cmd/folder"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/render"
)

// stdinName is what messages call standard input.
const stdinName = "stdin"

// input is a system that was read, with the means to show its source.
type input struct {
	system *model.System
	path   string // as messages name it
	file   string // the file on disk; empty for standard input
	folder fs.FS  // nil for standard input
	data   []byte // of standard input
	prefix string
	limits model.Limits
}

// load reads the system a command works on. Diagnostics of a file that cannot
// be used are printed in the asked format, and the error ends the command.
func (a *app) load(args []string, c *common) (*input, error) {
	named := ""
	if len(args) > 0 {
		named = args[0]
	}
	in, name, err := a.open(named, c.limits.limits)
	if err != nil {
		return nil, err
	}
	return a.loadInput(in, name, c)
}

// loadInput reads the system of an input that was found.
func (a *app) loadInput(in *input, name string, c *common) (*input, error) {
	a.progress.step("reading " + name)
	system, diagnostics := in.read(name)
	if system != nil {
		diagnostics = append(diagnostics, validate(system, in.source)...)
	}
	if diagnostics.HasErrors() {
		return nil, a.refuse(in, diagnostics, c)
	}
	in.system = system
	makeRoom()
	return in, nil
}

func (in *input) read(name string) (*model.System, model.Diagnostics) {
	if in.folder == nil {
		return model.Parse(name, in.data, in.limits)
	}
	return model.Load(in.folder, name, model.LoadOptions{Prefix: in.prefix, Limits: in.limits})
}

// refuse prints what is wrong with an input, and gives the error that ends the
// command with exit code 2. Programs that read a machine format on standard
// output get a whole document there too.
func (a *app) refuse(in *input, diagnostics model.Diagnostics, c *common) error {
	findings := in.findings(diagnostics)
	formats := render.FindingFormats()
	if err := formats[0].Write(a.err, findings, a.renderOptions(a.err, colorFlag(c.color.value))); err != nil {
		return err
	}
	for _, s := range c.format.sinks {
		for _, f := range formats[1:] {
			if f.Name == s.format && s.file == "" && c.output == "" {
				if err := f.Write(a.out, findings, a.renderOptions(a.out, "never")); err != nil {
					return err
				}
			}
		}
	}
	if slices.ContainsFunc(diagnostics, func(d model.Diagnostic) bool { return d.Rule == model.RuleFault }) {
		return &exitError{exitFault, errSaid}
	}
	return &exitError{exitUsage, errSaid}
}

// findings wraps diagnostics about this input for the formats.
func (in *input) findings(found model.Diagnostics) render.Findings {
	return render.Findings{Diagnostics: found.Sorted().WithFixes(in.source), Source: in.source, Rules: in.ruleDocs(), Checked: in.path, Path: repositoryPath()}
}

// repositoryPath gives a function that turns a path as messages show it into
// one from the root of the repository, as CI systems want it.
func repositoryPath() func(string) string {
	here, err := os.Getwd()
	if err != nil {
		return nil
	}
	for root := here; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, ".git")); err == nil {
			return func(file string) string {
				if file == stdinName {
					return file
				}
				absolute := file
				if !filepath.IsAbs(file) {
					absolute = filepath.Join(here, file)
				}
				relative, err := filepath.Rel(root, absolute)
				if err != nil {
					return file
				}
				return filepath.ToSlash(relative)
			}
		}
		if filepath.Dir(root) == root {
			return nil
		}
	}
}

// design gives the system of one of the file's designs.
func (a *app) design(in *input, id string, c *common) (*model.System, error) {
	system, diagnostics := design.Apply(design.WithPreset(in.system, id), id, in.limits)
	if diagnostics.HasErrors() {
		return nil, a.refuse(in, diagnostics, c)
	}
	return system, nil
}

// loadDesign reads a file and gives the system of one of its designs.
func (a *app) loadDesign(args []string, id string, c *common) (*input, *model.System, error) {
	in, err := a.load(args, c)
	if err != nil {
		return nil, nil, err
	}
	system, err := a.design(in, id, c)
	return in, system, err
}

// open finds the file that is meant and the folder its includes may come from.
func (a *app) open(named string, limits model.Limits) (in *input, name string, err error) {
	if named == "-" {
		data, err := io.ReadAll(io.LimitReader(a.in, int64(limits.File)+1))
		if err != nil {
			return nil, "", usageError("cannot read standard input: %v", err)
		}
		return &input{path: stdinName, data: data, limits: limits}, stdinName, nil
	}
	path, err := locate(named)
	if err != nil {
		return nil, "", err
	}
	dir, name := filepath.Split(path)
	files, err := folder.Open(filepath.Dir(path))
	if err != nil {
		return nil, "", usageError("cannot open %s: %v", path, reason(err))
	}
	return &input{path: filepath.ToSlash(path), file: path, folder: files, prefix: filepath.ToSlash(dir), limits: limits}, name, nil
}

// locate turns what the command line names into the path of a file.
func locate(named string) (string, error) {
	if named == "" {
		return search()
	}
	info, err := os.Stat(named)
	if err != nil {
		return "", usageError("cannot open %s: %v", named, reason(err))
	}
	if !info.IsDir() {
		return filepath.Clean(named), nil
	}
	for _, name := range folder.Names() {
		path := filepath.Join(named, name)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	return "", usageError("no %s in %s; taut init writes a first one", folder.Names()[0], named)
}

// search looks for the default file here and in the parents, up to the root of
// the repository.
func search() (string, error) {
	dir, up := ".", ""
	here, err := os.Getwd()
	if err != nil {
		return "", usageError("cannot tell the current folder: %v", reason(err))
	}
	for {
		for _, name := range folder.Names() {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				return filepath.Join(up, name), nil
			}
		}
		_, gitErr := os.Stat(filepath.Join(dir, ".git"))
		if gitErr == nil || filepath.Dir(here) == here {
			return "", usageError("no %s here or in a parent folder; taut init writes a first one, or name a file", folder.Names()[0])
		}
		here, up = filepath.Dir(here), filepath.Join("..", up)
		dir = up
	}
}

// reason is an error without the path that the message names already.
func reason(err error) error { return folder.Reason(err) }

// past finds the file of an input as it was when HEAD and a revision parted.
func (in *input) past(ctx context.Context, revision string) (old *input, name string, err error) {
	if in.file == "" {
		return nil, "", usageError("--base needs a file in a git repository, not standard input")
	}
	dir, name := filepath.Split(in.file)
	files, err := folder.At(ctx, filepath.Clean(dir), name, revision, in.limits.File)
	if err != nil {
		return nil, "", usageError("%v", err)
	}
	prefix := revision + ":" + in.prefix
	return &input{path: prefix + name, folder: files, prefix: prefix, limits: in.limits}, name, nil
}

// source gives the text of a file of this input, or nothing.
func (in *input) source(file string) []byte {
	if in.folder == nil {
		return in.data
	}
	return folder.Text(in.folder, in.prefix, file, in.limits.File)
}
