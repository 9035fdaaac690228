// Package folder opens folders for reading: as they are on the disk, with no way
// out of them, and as they were in a git commit.
package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// Open gives the regular files below a folder and nothing else: no link leads
// out of it, and a pipe or device is refused instead of waited for.
func Open(dir string) (fs.FS, error) {
	root, err := os.OpenRoot(filepath.FromSlash(dir))
	if err != nil {
		return nil, err
	}
	return In(root), nil
}

// In is Open for a folder that is open already.
func In(root *os.Root) fs.FS { return regularFiles{root} }

// Names are those of the file that describes a system, when a folder is named.
func Names() []string {
	return []string{"architecture.yaml", "architecture.yml", "architecture.json"}
}

// Text gives the text of a file as messages name it, with the prefix of its
// folder; nil for a file of elsewhere, one that cannot be read, or one above limit
// bytes.
func Text(files fs.FS, prefix, file string, limit int) []byte {
	name, inside := strings.CutPrefix(file, prefix)
	if !inside {
		return nil
	}
	data, err := fs.ReadFile(files, name)
	if err != nil || len(data) > limit {
		return nil
	}
	return data
}

// Reason is an error without the path, for a message that names it already.
func Reason(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

type regularFiles struct{ root *os.Root }

func (r regularFiles) Open(name string) (fs.File, error) {
	f, err := r.root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = fmt.Errorf("%s is not a regular file", name)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
