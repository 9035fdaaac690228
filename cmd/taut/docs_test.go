package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocsAreFresh compares docs/ with what the tables say now.
func TestDocsAreFresh(t *testing.T) {
	dir := t.TempDir()
	if *update {
		dir = "../../docs"
	}
	if code, _, errs := run(t, "docs", dir); code != exitFine {
		t.Fatal(errs)
	}
	pages, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		want, err := os.ReadFile(filepath.Join(dir, p.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join("../../docs", p.Name())); err != nil || string(got) != string(want) {
			t.Errorf("docs/%s is stale: run go run ./cmd/taut docs docs", p.Name())
		}
	}
}

// pictures are the generated pictures: file, from examples/, and command line.
func pictures() map[string][]string {
	list := map[string][]string{
		"ticketing/comparison.svg": {"compare", "examples/ticketing"},
		"bank/comparison.svg":      {"compare", "examples/bank"},
		"self/services.svg":        {"render", "examples/self"},
	}
	for _, s := range gallery() {
		list[filepath.Join("../docs/gallery", s.file)] = strings.Fields(s.command)
	}
	return list
}

// TestPicturesAreFresh draws every picture of the examples and the gallery again.
func TestPicturesAreFresh(t *testing.T) {
	for name, args := range pictures() {
		t.Run(name, func(t *testing.T) {
			for i, arg := range args {
				if strings.HasPrefix(arg, "examples/") || strings.HasPrefix(arg, "docs/") {
					args[i] = "../../" + arg
				}
			}
			fresh := filepath.Join(t.TempDir(), "fresh.svg")
			if code, _, errs := run(t, append(args, "-o", fresh)...); code != exitFine {
				t.Fatal(errs)
			}
			want, err := os.ReadFile(fresh)
			if err != nil {
				t.Fatal(err)
			}
			place := filepath.Join("../../examples", name)
			if *update {
				if err := os.WriteFile(place, want, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := os.ReadFile(place); err != nil || string(got) != string(want) {
				t.Errorf("%s is stale: run go test ./cmd/taut -run Pictures -update", place)
			}
		})
	}
}
