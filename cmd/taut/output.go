package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/taut-dev/taut/render"
)

// emit writes a value in every format the command line asks for. All outputs
// are made before the first is written, and files are written beside their
// place and renamed, so that each is whole or absent.
func emit[T any](a *app, c *common, in *input, formats []render.Format[T], value T) error {
	sinks, err := c.sinks()
	if err != nil {
		return err
	}
	for _, s := range sinks {
		if err := s.fits(); err != nil {
			return err
		}
	}
	a.progress.step("writing the report")
	contents := make([]content, len(sinks))
	for i, s := range sinks {
		options := a.renderOptions(a.out, colorFlag(c.color.value))
		if s.file != "" {
			options.Color, options.Link = false, nil
		}
		contents[i] = func(w io.Writer) error { return find(formats, s.format).Write(w, value, options) }
	}
	return a.deliver(in, sinks, contents)
}

// content writes an output. An error is the writer's, or says that what was
// asked cannot be made.
type content func(io.Writer) error

// ready is content that has been made.
func ready(data []byte) content {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

// make writes content to w, which the message calls by its name.
func (c content) make(w io.Writer, name string) error {
	out := &heedful{w: w}
	buffered := bufio.NewWriterSize(out, 1<<16)
	err := c(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if out.err != nil {
		return usageError("cannot write %s: %v", name, reason(out.err))
	}
	if said := new(exitError); err != nil && !errors.As(err, &said) {
		return &exitError{exitFault, err}
	}
	return err
}

// heedful remembers that writing failed, whatever its caller makes of it.
type heedful struct {
	w   io.Writer
	err error
}

func (g *heedful) Write(data []byte) (n int, err error) {
	if g.err == nil {
		n, g.err = g.w.Write(data)
	}
	return n, g.err
}

// deliver puts the made outputs where they belong: files first, all or none,
// then standard output.
func (a *app) deliver(in *input, sinks []sink, contents []content) error {
	var staged []stagedFile
	var shown bytes.Buffer
	defer a.staging.clear()
	for i, s := range sinks {
		if s.file == "" {
			if err := contents[i].make(&shown, "to standard output"); err != nil {
				return err
			}
			continue
		}
		f, err := a.stage(s.file, contents[i], in)
		if err != nil {
			return err
		}
		staged = append(staged, f)
	}
	for _, s := range staged {
		if err := os.Rename(s.temporary, s.path); err != nil {
			return usageError("cannot write %s: %v", s.path, reason(err))
		}
	}
	if shown.Len() == 0 {
		return nil
	}
	if _, err := a.out.Write(shown.Bytes()); err != nil {
		return usageError("cannot write to standard output: %v", reason(err))
	}
	return nil
}

// fits refuses a file name that promises a format which is not written.
func (s sink) fits() error {
	switch ext := strings.ToLower(filepath.Ext(s.file)); ext {
	case ".png", ".jpg", ".jpeg", ".pdf", ".gif", ".webp":
		return usageError("%s would hold no %s picture: pictures are SVG, so name it %s.svg (rsvg-convert makes %s of it)",
			s.file, ext[1:], strings.TrimSuffix(s.file, filepath.Ext(s.file)), ext[1:])
	}
	return nil
}

type stagedFile struct{ temporary, path string }

// staging knows the temporary files, so that none is left behind, not even by a
// program that is ended while it writes.
type staging struct {
	mutex sync.Mutex
	names []string
	ended bool
}

func (s *staging) add(name string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.names = append(s.names, name)
	if s.ended {
		os.Remove(name)
	}
}

// clear removes what has not been renamed.
func (s *staging) clear() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, name := range s.names {
		os.Remove(name)
	}
	s.names = nil
}

// end is clear for ever.
func (s *staging) end() {
	s.clear()
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.ended = true
}

// stage writes a file beside its place, synced and with the mode the place had.
func (a *app) stage(path string, data content, in *input) (stagedFile, error) {
	if in != nil && in.file != "" && sameFile(path, in.file) {
		return stagedFile{}, usageError("-o %s is the input itself; name another file", path)
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return stagedFile{}, usageError("cannot write %s: it is not a regular file", path)
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".taut-*")
	if err != nil {
		return stagedFile{}, usageError("cannot write %s: %v", path, reason(err))
	}
	a.staging.add(f.Name())
	if err := data.make(f, path); err != nil {
		f.Close()
		return stagedFile{}, err
	}
	if err := errors.Join(f.Sync(), f.Chmod(mode), f.Close()); err != nil {
		return stagedFile{}, usageError("cannot write %s: %v", path, reason(err))
	}
	return stagedFile{f.Name(), path}, nil
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}
