package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestHyperlinks: on terminals that take them, and nowhere else.
func TestHyperlinks(t *testing.T) {
	t.Chdir(t.TempDir())
	const name = "a b#ü.yaml"
	if err := os.WriteFile(name, []byte("system: s\nservices: {a: {depends_on: [b]}, b: {depends_on: [a]}}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	host, err := os.Hostname()
	if err != nil {
		t.Skip(err)
	}
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	want := "\x1b]8;;file://" + host + "/" + strings.TrimPrefix(filepath.ToSlash(here), "/") + "/a%20b%23%C3%BC.yaml\x1b\\"
	for _, c := range []struct {
		what     string
		terminal bool
		env      string
		flags    []string
		linked   bool
	}{
		{"a terminal", true, "TERM=xterm-256color", nil, true},
		{"a terminal of Windows", true, "WT_SESSION=1", nil, true},
		{"a pipe", false, "TERM=xterm", nil, false},
		{"a pipe that wants colours", false, "TERM=xterm", []string{"--color", "always"}, false},
		{"no colours by flag", true, "TERM=xterm", []string{"--color", "never"}, false},
		{"no colours by environment", true, "TERM=xterm NO_COLOR=1", nil, false},
		{"a dumb terminal", true, "TERM=dumb", nil, false},
		{"a console", true, "TERM=linux", nil, false},
		{"a terminal that says nothing", true, "", nil, false},
		{"the log of a CI system", true, "TERM=xterm GITHUB_ACTIONS=true", nil, false},
		{"a file", true, "TERM=xterm", []string{"-o", "out.txt"}, false},
		{"a format for programs", true, "TERM=xterm", []string{"--format", "json"}, false},
	} {
		var out bytes.Buffer
		a := &app{
			in: &bytes.Buffer{}, out: &out, err: io.Discard, now: time.Now,
			terminal: func(io.Writer) bool { return c.terminal },
			env: func(key string) string {
				for _, pair := range strings.Fields(c.env) {
					if k, v, _ := strings.Cut(pair, "="); k == key {
						return v
					}
				}
				return ""
			},
		}
		if code := a.run(context.Background(), append([]string{"lint", name}, c.flags...)); code != exitFindings {
			t.Errorf("%s: exit %d", c.what, code)
		}
		text := out.String()
		if written, err := os.ReadFile("out.txt"); err == nil {
			text += string(written)
		}
		if got := strings.Count(text, want); got > 0 != c.linked || strings.Contains(text, "\x1b]8") != c.linked {
			t.Errorf("%s: %d links in %q", c.what, got, text)
		}
		if opened, closed := strings.Count(text, "\x1b]8;;file"), strings.Count(text, "\x1b]8;;\x1b\\"); opened != closed {
			t.Errorf("%s: %d links are opened, %d closed", c.what, opened, closed)
		}
	}
}

// TestLinksOnlyToFiles: what is no file here has none.
func TestLinksOnlyToFiles(t *testing.T) {
	link := fileLinks()
	if link == nil {
		t.Skip("this machine has no name")
	}
	for _, name := range []string{stdinName, "main:links_test.go", ".", "", "nowhere.yaml"} {
		if got := link(name); got != "" {
			t.Errorf("%q is linked to %s", name, got)
		}
	}
	if first, again := link("links.go"), link("links.go"); first == "" || first != again {
		t.Errorf("%q, then %q", first, again)
	}
}
