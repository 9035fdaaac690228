package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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
	contents := make([][]byte, len(sinks))
	for i, s := range sinks {
		options := a.renderOptions(a.out, colorFlag(c.color.value))
		if s.file != "" {
			options.Color, options.Link = false, nil
		}
		var b bytes.Buffer
		if err := find(formats, s.format).Write(&b, value, options); err != nil {
			if said := new(exitError); errors.As(err, &said) {
				return err // what was asked cannot be drawn
			}
			return &exitError{exitFault, err}
		}
		contents[i] = b.Bytes()
	}
	return a.deliver(in, sinks, contents)
}

// deliver puts the made outputs where they belong: files first, all or none,
// then standard output.
func (a *app) deliver(in *input, sinks []sink, contents [][]byte) error {
	var staged []stagedFile
	defer func() {
		for _, s := range staged {
			os.Remove(s.temporary)
		}
	}()
	for i, s := range sinks {
		if s.file == "" {
			continue
		}
		f, err := stage(s.file, contents[i], in)
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
	staged = nil
	for i, s := range sinks {
		if s.file != "" {
			continue
		}
		if _, err := a.out.Write(contents[i]); err != nil {
			return usageError("cannot write to standard output: %v", reason(err))
		}
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

// stage writes a file beside its place, synced and with the mode the place had.
func stage(path string, data []byte, in *input) (stagedFile, error) {
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
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Chmod(mode), f.Close()); err != nil {
		os.Remove(f.Name())
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
