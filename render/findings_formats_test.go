package render_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

const sampleText = "system: s\nservices:\n  a: {depends_on: [b], name: \"𐐀é\"}\n  b: {depends_on: [a]}\n"

// sample has what findings can have: other ends, a fix, no subject, no place.
func sample() render.Findings {
	at := func(line, col int) model.Pos { return model.Pos{File: "dir/a b.yaml", Line: line, Col: col} }
	return render.Findings{
		Checked: "dir/a b.yaml",
		Source:  func(string) []byte { return []byte(sampleText) },
		Rules: []render.RuleDoc{
			{ID: "synchronous-cycle", Title: "services that call each other in a circle", Help: "Each waits\nfor the other.\n\nBreak it.", Severity: model.Warning},
			{ID: "never-found", Title: "a rule that finds nothing", Severity: model.Off},
		},
		Diagnostics: model.Diagnostics{
			{
				Rule: "synchronous-cycle", Severity: model.Warning, Pos: at(3, 20), Subject: "services.a", Message: `"a" calls itself in a circle of 2`,
				Hint: "turn one of the calls into an event", Related: []model.Related{{Pos: at(4, 20), Message: `"b" calls "a"`}},
			},
			{
				Rule: "unknown-key", Severity: model.Error, Pos: at(3, 24), Subject: "services.a", Message: `unknown key "name"`,
				Fix: &model.Fix{Title: "rename it", Edits: []model.Edit{{File: "dir/a b.yaml", Start: 43, End: 47, Text: "title"}}},
			},
			{Rule: "lookalike", Severity: model.Note, Pos: at(3, 30), Message: "a name"},
			{Rule: "preset", Severity: model.Note, Message: "made by a preset"},
		},
	}
}

func write(t testing.TB, format string, f render.Findings) []byte {
	t.Helper()
	i := slices.Index(render.Names(render.FindingFormats()), format)
	if i < 0 {
		t.Fatalf("there is no format %q", format)
	}
	var b bytes.Buffer
	if err := render.FindingFormats()[i].Write(&b, f, render.Options{Version: "v1.2.3"}); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return b.Bytes()
}

// official reads a published schema, which is kept beside the repository.
func official(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../shared/schemas", name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("no ../shared/schemas/%s: the output is not checked against its schema here", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func compile(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(official(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func follows(t testing.TB, schema *jsonschema.Schema, data []byte) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if err := schema.Validate(value); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
}

// cases are what every format has to write validly.
func cases() map[string]render.Findings {
	unreadable := sample()
	unreadable.Rules, unreadable.Source = nil, nil
	return map[string]render.Findings{
		"findings": sample(), "accepted": accepted(), "clean": {Checked: "a.yaml"}, "unreadable": unreadable, "nothing": {}, "hostile": hostile(naughty...),
	}
}

type rdRange struct{ Start, End struct{ Line, Column int } }

type rdjson struct {
	Diagnostics []struct {
		Severity string
		Location struct {
			Path  string
			Range rdRange
		}
		Suggestions []struct {
			Range rdRange
			Text  string
		}
	}
}

func readRDJSON(t testing.TB, f render.Findings) rdjson {
	t.Helper()
	var report rdjson
	if err := json.Unmarshal(write(t, "rdjson", f), &report); err != nil {
		t.Fatal(err)
	}
	return report
}

// TestRDJSONCountsBytes places the word "here" after texts of many widths.
func TestRDJSONCountsBytes(t *testing.T) {
	for _, c := range []struct {
		text   string
		col    int // of "here", in characters
		column int // in bytes; 0: not known
	}{
		{"here: 1", 1, 1},
		{"a𐐀b here", 5, 8},
		{"\tkey: here\r", 7, 7},
		{"\ufeffhere", 1, 1},
		{"\ufeffé here", 3, 4},
		{strings.Repeat("é", 20000) + " here", 20002, 0},
		{"h\x00e\x00r\x00e\x00", 1, 0},
		{"\xff here", 3, 0},
		{"here", 9, 0},
	} {
		f := render.Findings{
			Source:      func(string) []byte { return []byte(c.text) },
			Diagnostics: model.Diagnostics{{Rule: "r", Severity: model.Error, Pos: model.Pos{File: "a.yaml", Line: 1, Col: c.col}, Message: "m"}},
		}
		r := readRDJSON(t, f).Diagnostics[0].Location.Range
		end := c.column + len("here")
		if c.column == 0 {
			end = 0
		}
		if r.Start.Line != 1 || r.Start.Column != c.column || r.End.Column != end {
			t.Errorf("%.20q: %+v, want columns %d to %d", c.text, r, c.column, end)
		}
	}
}

func TestRDJSON(t *testing.T) {
	found := readRDJSON(t, sample()).Diagnostics
	var severities []string
	for _, d := range found {
		severities = append(severities, d.Severity)
	}
	if !slices.Equal(severities, []string{"WARNING", "ERROR", "INFO", "INFO"}) {
		t.Errorf("severities are %v", severities)
	}
	s := found[1].Suggestions[0]
	line := strings.Split(sampleText, "\n")[s.Range.Start.Line-1]
	if cut := line[s.Range.Start.Column-1 : s.Range.End.Column-1]; cut != "name" || s.Text != "title" {
		t.Errorf("the suggestion replaces %q by %q", cut, s.Text)
	}
	if found[3].Location.Path != "dir/a b.yaml" {
		t.Errorf("a finding without a file is at %q", found[3].Location.Path)
	}
}

// TestFixesAfterAByteOrderMark counts it as bytes of the file, not of the line.
func TestFixesAfterAByteOrderMark(t *testing.T) {
	f := sample()
	f.Source = func(string) []byte { return []byte("\ufeffkéy: 1") }
	f.Diagnostics[1].Fix.Edits[0].Start, f.Diagnostics[1].Fix.Edits[0].End = len("\ufeff"), len("\ufeffkéy")
	if r := readRDJSON(t, f).Diagnostics[1].Suggestions[0].Range; r.Start.Column != 1 || r.End.Column != 5 {
		t.Errorf("rdjson: %+v", r)
	}
	if r := readSARIF(t, f).Runs[0].Results[1].Fixes[0].ArtifactChanges[0].Replacements[0].DeletedRegion; r != (sarifRegion{1, 1, 1, 4}) {
		t.Errorf("sarif: %+v", r)
	}
}

// TestFixesOfAnotherFile are none of rdjson, whose suggestions name no file.
func TestFixesOfAnotherFile(t *testing.T) {
	f := sample()
	f.Diagnostics[1].Fix.Edits[0].File = "other.yaml"
	if s := readRDJSON(t, f).Diagnostics[1].Suggestions; s != nil {
		t.Errorf("suggested is %+v", s)
	}
}

// TestFixesStayInTheirFile leaves out what cannot be placed.
func TestFixesStayInTheirFile(t *testing.T) {
	for _, e := range []model.Edit{{File: "dir/a b.yaml", Start: 9, End: 5}, {File: "dir/a b.yaml", Start: -1, End: 2}, {File: "dir/a b.yaml", Start: 2, End: 1 << 20}} {
		f := sample()
		f.Diagnostics[1].Fix.Edits = []model.Edit{e}
		if s := readRDJSON(t, f).Diagnostics[1].Suggestions; s != nil {
			t.Errorf("rdjson: %+v became %+v", e, s)
		}
		if s := readSARIF(t, f).Runs[0].Results[1].Fixes; s != nil {
			t.Errorf("sarif: %+v became %+v", e, s)
		}
	}
}

type junit struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Suite    struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Skipped  int `xml:"skipped,attr"`
		Cases    []struct {
			Name    string `xml:"name,attr"`
			Class   string `xml:"classname,attr"`
			Failure *struct {
				Type    string `xml:"type,attr"`
				Message string `xml:"message,attr"`
				Text    string `xml:",chardata"`
			} `xml:"failure"`
			Skipped *struct {
				Message string `xml:"message,attr"`
			} `xml:"skipped"`
			Out string `xml:"system-out"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func readXML[T any](t testing.TB, data []byte) (value T) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&value); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if token, err := d.Token(); err == nil && strings.TrimSpace(fmt.Sprintf("%s", token)) != "" {
		t.Fatalf("%v follows the document", token)
	} else if err != nil && err != io.EOF {
		t.Fatal(err)
	}
	return value
}

func TestJUnit(t *testing.T) {
	for _, c := range []struct {
		failOn   model.Severity
		failures int
	}{{model.Off, 2}, {model.Note, 4}, {model.Warning, 2}, {model.Error, 1}} {
		f := sample()
		f.FailOn = c.failOn
		r := readXML[junit](t, write(t, "junit", f))
		failed := 0
		for i, test := range r.Suite.Cases {
			text := test.Out
			if test.Failure != nil {
				failed++
				text = test.Failure.Text
			}
			if d := f.Diagnostics[i]; !strings.Contains(text, d.Message) || test.Class != "taut."+d.Rule {
				t.Errorf("test %d is %+v", i, test)
			}
		}
		if failed != c.failures || r.Failures != failed || r.Suite.Failures != failed || r.Tests != 4 || r.Suite.Tests != 4 {
			t.Errorf("fail on %v: %d failures, said %+v", c.failOn, failed, r)
		}
	}
	clean := readXML[junit](t, write(t, "junit", render.Findings{Checked: "a.yaml"}))
	if clean.Tests != 1 || clean.Failures != 0 || clean.Suite.Cases[0].Failure != nil || clean.Suite.Cases[0].Name != "a.yaml: no findings" {
		t.Errorf("a clean run is %+v", clean)
	}
	twice := sample()
	twice.Diagnostics = append(twice.Diagnostics, twice.Diagnostics[0])
	if names := readXML[junit](t, write(t, "junit", twice)).Suite.Cases; names[4].Name != "services.a (2)" {
		t.Errorf("the second test of the same name is %q", names[4].Name)
	}
}

type checkstyle struct {
	Files []struct {
		Name   string `xml:"name,attr"`
		Errors []struct {
			Line     int    `xml:"line,attr"`
			Column   int    `xml:"column,attr"`
			Severity string `xml:"severity,attr"`
			Message  string `xml:"message,attr"`
			Source   string `xml:"source,attr"`
		} `xml:"error"`
	} `xml:"file"`
}

func TestCheckstyle(t *testing.T) {
	r := readXML[checkstyle](t, write(t, "checkstyle", sample()))
	if len(r.Files) != 1 || r.Files[0].Name != "dir/a b.yaml" {
		t.Fatalf("files are %+v", r.Files)
	}
	want := `{3 20 warning "a" calls itself in a circle of 2; turn one of the calls into an event taut.synchronous-cycle}`
	if got := fmt.Sprint(r.Files[0].Errors[0]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestGitLab(t *testing.T) {
	var issues []map[string]any
	if err := json.Unmarshal(write(t, "gitlab", sample()), &issues); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(issues[1]["check_name"], issues[1]["severity"], issues[1]["location"])
	if got != "unknown-keymajormap[lines:map[begin:3] path:dir/a b.yaml]" {
		t.Error(got)
	}
	if got := string(write(t, "gitlab", render.Findings{})); got != "[]\n" {
		t.Errorf("no findings are %q", got)
	}
}
