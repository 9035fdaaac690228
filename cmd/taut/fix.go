package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/taut-dev/taut/cmd/editor"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

// fixRounds is how often a file is read again after fixes: a file whose keys
// are right shows which of its names are wrong.
const fixRounds = 8

// fixing is what the fixes of one input come to, in memory.
type fixing struct {
	in    *input
	order []string // files with changes, as messages name them
	texts map[string][]byte
	made  model.Diagnostics
}

// fix repairs an input in memory: everything that is wrong in one way only.
func (a *app) fix(args []string, c *common) (*fixing, error) {
	named := ""
	if len(args) > 0 {
		named = args[0]
	}
	in, name, err := a.open(named, c.limits.limits)
	if err != nil {
		return nil, err
	}
	f := &fixing{in: in, texts: map[string][]byte{}}
	for range fixRounds {
		if !f.round(name) {
			break
		}
	}
	return f, nil
}

// source gives the text of a file as it is by now.
func (f *fixing) source(file string) []byte {
	if text, ok := f.texts[file]; ok {
		return text
	}
	return f.in.source(file)
}

// round reads the input as it is by now and makes the fixes of what is wrong.
func (f *fixing) round(name string) (changed bool) {
	in := *f.in
	if in.folder == nil {
		in.data = f.source(name)
	} else {
		files := map[string][]byte{}
		for _, file := range f.order {
			files[strings.TrimPrefix(file, in.prefix)] = f.texts[file]
		}
		in.folder = &editor.Overlay{Base: in.folder, Files: files}
	}
	system, found := in.read(name)
	if system != nil {
		found = append(found, validate(system, f.source)...)
	}
	found = found.Sorted().WithFixes(f.source)
	seen := map[string]bool{}
	for _, d := range found {
		file := d.Pos.File
		if d.Fix == nil || seen[file] {
			continue
		}
		seen[file] = true
		text, made := editor.Apply(file, f.source(file), found)
		if len(made) == 0 {
			continue
		}
		if _, ok := f.texts[file]; !ok {
			f.order = append(f.order, file)
		}
		f.texts[file], changed = text, true
		f.made = append(f.made, made...)
	}
	return changed
}

// write puts the changed files in place, each whole or not at all, and says
// what was done.
func (a *app) write(f *fixing) error {
	if f.in.folder == nil {
		return usageError("standard input cannot be fixed in place; --diff shows what to change")
	}
	var sinks []sink
	var contents []content
	for _, file := range f.order {
		path, err := filepath.EvalSymlinks(filepath.FromSlash(file))
		if err != nil {
			return usageError("cannot write %s: %v", file, reason(err))
		}
		sinks, contents = append(sinks, sink{"", path}), append(contents, ready(f.texts[file]))
	}
	if err := a.deliver(nil, sinks, contents); err != nil {
		return err
	}
	for _, d := range f.made {
		fmt.Fprintf(a.err, "fixed %s: %s\n", model.Safe(d.Pos.String()), model.Safe(d.Fix.Title))
	}
	if len(f.made) > 0 {
		fmt.Fprintf(a.err, "made %s in %s\n", render.Count(len(f.made), "change"), render.Count(len(f.order), "file"))
	}
	return nil
}

// diff prints what the fixes would change, and fails when that is something.
func (a *app) diff(f *fixing) error {
	var b bytes.Buffer
	for _, file := range f.order {
		unified(&b, file, f.in.source(file), f.texts[file])
	}
	if _, err := a.out.Write(b.Bytes()); err != nil {
		return usageError("cannot write to standard output: %v", reason(err))
	}
	if b.Len() > 0 {
		return &exitError{exitFindings, errSaid}
	}
	return nil
}

// diffContext is how many lines a diff shows around a change.
const diffContext = 3

// unified writes the change of a file as a unified diff. Fixes change words
// inside lines: both texts have the same lines, some of them other.
func unified(b *bytes.Buffer, file string, before, after []byte) {
	x, y := strings.SplitAfter(string(before), "\n"), strings.SplitAfter(string(after), "\n")
	if x[len(x)-1] == "" {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	name := model.Safe(file)
	fmt.Fprintf(b, "--- %s\n+++ %s\n", name, name)
	for i := 0; i < len(x); i++ {
		if x[i] == y[i] {
			continue
		}
		from, to := max(0, i-diffContext), i+1
		for j := i; j < len(x) && j < to+2*diffContext; j++ {
			if x[j] != y[j] {
				to = j + 1
			}
		}
		last := min(len(x), to+diffContext)
		fmt.Fprintf(b, "@@ -%d,%d +%d,%d @@\n", from+1, last-from, from+1, last-from)
		hunk(b, x[from:last], y[from:last])
		i = last - 1
	}
}

// hunk writes the lines of one hunk: what goes before what comes.
func hunk(b *bytes.Buffer, x, y []string) {
	line := func(sign, text string) {
		b.WriteString(sign + text)
		if !strings.HasSuffix(text, "\n") {
			b.WriteString("\n\\ No newline at end of file\n")
		}
	}
	for i := 0; i < len(x); {
		if x[i] == y[i] {
			line(" ", x[i])
			i++
			continue
		}
		end := i
		for end < len(x) && x[end] != y[end] {
			line("-", x[end])
			end++
		}
		for ; i < end; i++ {
			line("+", y[i])
		}
	}
}
