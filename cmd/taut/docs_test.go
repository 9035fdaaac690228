package main

import (
	"os"
	"path/filepath"
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

// pictures are the generated pictures of the examples: file and command line.
var pictures = map[string][]string{
	"shop/comparison.svg":      {"compare", "../../examples/shop"},
	"ticketing/comparison.svg": {"compare", "../../examples/ticketing"},
	"bank/comparison.svg":      {"compare", "../../examples/bank"},
	"self/services.svg":        {"render", "../../examples/self"},
}

// TestExamplePicturesAreFresh draws every example's picture again.
func TestExamplePicturesAreFresh(t *testing.T) {
	for name, args := range pictures {
		t.Run(name, func(t *testing.T) {
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
				t.Errorf("examples/%s is stale: run go test ./cmd/taut -update", name)
			}
		})
	}
}
