package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/taut-dev/taut/cmd/folder"
	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/render"
)

// files is the folder that is served: nothing outside of it is ever opened, by
// whatever path or link.
type files struct {
	root   *os.Root
	dir    string // absolute
	limits model.Limits
}

// source says which system is meant.
type source struct {
	Path   string `json:"path,omitempty" jsonschema:"architecture file, or folder with one, below the folder that is served; without path and text: architecture.yaml (or .yml, .json) there"`
	Text   string `json:"text,omitempty" jsonschema:"a whole architecture file as YAML or JSON, instead of path; it cannot include others"`
	Design string `json:"design,omitempty" jsonschema:"which design to look at: base is the file itself (default), a design that the file declares, or a preset"`
}

// textName is what messages call a file that was passed as text.
const textName = "text"

// input is a file that was read.
type input struct {
	shown  string // as messages name it
	folder fs.FS  // nil for text
	dir    string // of the file below the root, with slashes
	name   string
	prefix string // of paths in messages
	data   []byte // of text
	patch  []byte // that is tried on it
	limits model.Limits
	system *model.System
}

// load reads a system and one of its designs. What is wrong with it is an error
// that shows every place.
func (f *files) load(s source) (*input, *model.System, error) {
	in, err := f.find(s)
	if err != nil {
		return nil, nil, err
	}
	system, err := in.read(s.Design)
	return in, system, err
}

// find opens what a source names.
func (f *files) find(s source) (*input, error) {
	if s.Text != "" {
		if s.Path != "" {
			return nil, errors.New("path and text both name the system: give one of them")
		}
		return &input{shown: textName, name: textName, data: []byte(s.Text), limits: f.limits}, nil
	}
	name, err := f.locate(s.Path)
	if err != nil {
		return nil, err
	}
	dir, base := path.Split(name)
	sub, err := fs.Sub(folder.In(f.root), path.Clean(dir))
	if err != nil {
		return nil, err
	}
	return &input{shown: name, folder: sub, dir: path.Clean(dir), name: base, prefix: dir, limits: f.limits}, nil
}

// locate turns a path, absolute or not, into one below the root, with slashes.
func (f *files) locate(asked string) (string, error) {
	local := filepath.FromSlash(asked)
	if asked == "" {
		local = "."
	}
	if filepath.IsAbs(local) {
		relative, err := filepath.Rel(f.dir, local)
		if err != nil {
			return "", f.outside(asked)
		}
		local = relative
	}
	if local = filepath.Clean(local); !filepath.IsLocal(local) {
		return "", f.outside(asked)
	}
	info, err := f.root.Stat(local)
	switch {
	case err != nil && strings.Contains(err.Error(), "escapes"):
		return "", f.outside(asked)
	case err != nil:
		return "", fmt.Errorf("cannot open %s: %v", model.Safe(asked), folder.Reason(err))
	case !info.IsDir():
		return filepath.ToSlash(local), nil
	}
	for _, name := range folder.Names() {
		inside := filepath.Join(local, name)
		if _, err := f.root.Stat(inside); err == nil {
			return filepath.ToSlash(inside), nil
		}
	}
	return "", fmt.Errorf("no %s in %s; name the file in path, or pass its contents in text", folder.Names()[0], filepath.Join(f.dir, local))
}

func (f *files) outside(asked string) error {
	return fmt.Errorf("%s leads out of %s, the folder that is served; start taut-mcp with --root to serve another", model.Safe(asked), f.dir)
}

// past is the file of an input as it was when HEAD and a git revision parted.
func (f *files) past(ctx context.Context, now *input, revision string) (*input, error) {
	if now.folder == nil {
		return nil, errors.New("base needs a file in a git repository, not text")
	}
	old, err := folder.At(ctx, filepath.Join(f.dir, filepath.FromSlash(now.dir)), now.name, revision, f.limits.File)
	if err != nil {
		return nil, err
	}
	in := *now
	in.folder, in.shown, in.prefix = old, revision+":"+now.shown, revision+":"+now.prefix
	return &in, nil
}

// read loads the file and gives one of its designs.
func (in *input) read(id string) (*model.System, error) {
	var found model.Diagnostics
	if in.folder == nil {
		in.system, found = model.Parse(in.name, in.data, in.limits)
	} else {
		in.system, found = model.Load(in.folder, in.name, model.LoadOptions{Prefix: in.prefix, Limits: in.limits})
	}
	if in.system != nil {
		found = append(found, query.Validate(in.system, in.source)...)
	}
	if found.HasErrors() {
		return nil, in.refuse(found)
	}
	if id == "" {
		id = design.Base
	}
	system, found := design.Apply(design.WithPreset(in.system, id), id, in.limits)
	if found.HasErrors() {
		return nil, in.refuse(found)
	}
	return system, nil
}

// refuse is what is wrong with an input, as one error.
func (in *input) refuse(found model.Diagnostics) error {
	return errors.New(strings.TrimSpace(render.FindingsText(render.Findings{Diagnostics: found.Sorted().WithFixes(in.source), Source: in.source})))
}

// source gives the text of a file of this input, or nothing.
func (in *input) source(file string) []byte {
	switch {
	case file == patchName:
		return in.patch
	case in.folder == nil:
		return in.data
	}
	return folder.Text(in.folder, in.prefix, file, in.limits.File)
}
