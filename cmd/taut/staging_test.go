package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestNothingIsLeftBehind ends a program between two of its temporary files.
func TestNothingIsLeftBehind(t *testing.T) {
	dir := t.TempDir()
	var s staging
	for _, name := range []string{"a", "b"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		s.add(path)
		s.end()
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s stays", name)
		}
	}
}
