package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render/layout"
)

// graphviz gives a function that lets the program taut-graphviz place a graph:
// a child with a time limit, a memory limit and a private folder for the code
// it compiles. Nothing of the environment reaches it.
func (a *app) graphviz(ctx context.Context, limits model.Limits) func(layout.Graph, layout.Options) (layout.Result, error) {
	return func(g layout.Graph, _ layout.Options) (r layout.Result, err error) {
		path, err := a.findGraphviz()
		if err != nil {
			return r, err
		}
		cache, done, err := a.privateCache()
		if err != nil {
			return r, err
		}
		defer done()
		input, err := json.Marshal(g)
		if err != nil {
			return r, err
		}
		ctx, cancel := context.WithTimeout(ctx, time.Duration(limits.RenderTime)*time.Second)
		defer cancel()
		child := exec.CommandContext(ctx, path)
		child.Env = []string{"TMPDIR=" + cache, "TMP=" + cache, "TEMP=" + cache, "TAUT_GRAPHVIZ_MEMORY=" + strconv.Itoa(limits.RenderMemory)}
		child.Dir = cache
		child.WaitDelay = time.Second
		var out, said bytes.Buffer
		child.Stdin, child.Stdout, child.Stderr = bytes.NewReader(input), &out, &said
		if err := child.Run(); err != nil {
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return r, usageError("graphviz did not finish in %d s; raise it with --limit render-time=%d, draw less with --focus, or leave --engine out", limits.RenderTime, 2*limits.RenderTime)
			}
			return r, usageError("taut-graphviz failed: %v: %s", err, lastLine(said.String()))
		}
		if err := json.Unmarshal(out.Bytes(), &r); err != nil || len(r.Nodes) != len(g.Nodes) || len(r.Edges) != len(g.Edges) || len(r.Frames) != len(g.Frames) {
			return r, usageError("taut-graphviz gave no picture of this graph")
		}
		return r, nil
	}
}

// findGraphviz looks beside this program first, then in PATH.
func (a *app) findGraphviz() (string, error) {
	const name = "taut-graphviz"
	if self, err := os.Executable(); err == nil {
		if path, err := exec.LookPath(filepath.Join(filepath.Dir(self), name)); err == nil {
			return path, nil
		}
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", usageError("--engine dot needs the program taut-graphviz, which is not installed: go install github.com/taut-dev/taut/cmd/taut-graphviz@latest puts it beside taut; without --engine taut draws by itself")
	}
	return filepath.Abs(path)
}

// privateCache is a folder that only this user can write: what the child keeps
// there is code that it runs. Where there is no such place it is made anew and
// removed.
func (a *app) privateCache() (path string, done func(), err error) {
	if base, err := os.UserCacheDir(); err == nil {
		path = filepath.Join(base, "taut", "graphviz")
		if err := os.MkdirAll(path, 0o700); err == nil && os.Chmod(path, 0o700) == nil && os.Chmod(filepath.Dir(path), 0o700) == nil {
			return path, func() {}, nil
		}
	}
	path, err = os.MkdirTemp("", "taut-graphviz-*")
	if err != nil {
		return "", nil, usageError("no folder for taut-graphviz: %v", reason(err))
	}
	return path, func() { os.RemoveAll(path) }, nil
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.LastIndexByte(text, '\n'); i >= 0 {
		text = text[i+1:]
	}
	return text[:min(len(text), 200)]
}
