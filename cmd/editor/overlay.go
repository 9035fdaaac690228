package editor

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"time"
)

// Overlay is a folder some of whose files are in memory: those open in an
// editor, or fixed and not yet written. It notes which files were opened.
type Overlay struct {
	Base   fs.FS
	Files  map[string][]byte // by path in the folder
	opened []string
}

// Open gives the file in memory if there is one, else the one of the folder.
func (o *Overlay) Open(name string) (fs.File, error) {
	if data, ok := o.Files[name]; ok {
		o.note(name)
		return &memoryFile{Reader: bytes.NewReader(data), name: path.Base(name), size: int64(len(data))}, nil
	}
	f, err := o.Base.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		o.note(name)
	}
	return f, nil
}

func (o *Overlay) note(name string) {
	if !slices.Contains(o.opened, name) {
		o.opened = append(o.opened, name)
	}
}

// Opened lists the files that were opened, each once, in that order.
func (o *Overlay) Opened() []string { return slices.Clone(o.opened) }

// memoryFile is an open file that is in memory, and its own description.
type memoryFile struct {
	*bytes.Reader
	name string
	size int64
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return memoryInfo{f.name, f.size}, nil }
func (f *memoryFile) Close() error               { return nil }

type memoryInfo struct {
	name string
	size int64
}

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return i.size }
func (i memoryInfo) Mode() fs.FileMode  { return 0o444 }
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) IsDir() bool        { return false }
func (i memoryInfo) Sys() any           { return nil }
