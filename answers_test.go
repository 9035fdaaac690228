package taut_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestEveryPublishedAnswerIsAsserted looks for the id of every published answer
// in the test that names it when the answer is missed. Where the list itself is
// not beside the repository, those tests still hold the numbers.
func TestEveryPublishedAnswerIsAsserted(t *testing.T) {
	data, err := os.ReadFile("../shared/vectors/known-answers.json")
	if err != nil {
		t.Skip("no list of published answers beside the repository")
	}
	var list struct{ Vectors []struct{ ID string } }
	if err := json.Unmarshal(data, &list); err != nil || len(list.Vectors) == 0 {
		t.Fatal(err)
	}
	var tests strings.Builder
	files, err := filepath.Glob("analyze/*/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(text)
	}
	for _, v := range list.Vectors {
		if !strings.Contains(tests.String(), `"`+v.ID+`"`) && !strings.Contains(tests.String(), `"`+v.ID+`: `) {
			t.Errorf("%s is asserted nowhere", v.ID)
		}
	}
}
