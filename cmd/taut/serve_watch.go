package main

import (
	"context"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long a folder must be quiet before it is read again: editors
// save in several steps.
const settle = 80 * time.Millisecond

// watch rebuilds a preview when something changes in the folders that it reads.
// Folders rather than files, as many editors save by renaming a new file.
type watch struct {
	p       *preview
	opened  *openedFolders
	watcher *fsnotify.Watcher
	known   map[string]bool
}

func newWatch(p *preview, opened *openedFolders) (*watch, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watch{p, opened, watcher, map[string]bool{}}
	if err := w.follow(); err != nil {
		watcher.Close()
		return nil, err
	}
	return w, nil
}

// follow watches the folders that were opened since the last time. Only the
// file's own folder must be there.
func (w *watch) follow() error {
	root := filepath.Dir(w.p.in.file)
	for folder := range w.opened.folders {
		if w.known[folder] {
			continue
		}
		w.known[folder] = true
		if err := w.watcher.Add(filepath.Join(root, filepath.FromSlash(folder))); err != nil && folder == "." {
			return err
		}
	}
	return nil
}

func (w *watch) close() { w.watcher.Close() }

// run rebuilds on every change until the watch is closed.
func (w *watch) run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case event, ok := <-w.watcher.Events:
			if !ok {
				return
			}
			if event.Op != fsnotify.Chmod {
				timer.Reset(settle)
			}
		case _, ok := <-w.watcher.Errors:
			if !ok {
				return
			}
			timer.Reset(settle) // events were lost: look at the files themselves
		case <-timer.C:
			w.p.build(ctx)
			w.follow()
		}
	}
}
