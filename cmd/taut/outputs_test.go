package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/taut-dev/taut/analyze/baseline"
	"github.com/taut-dev/taut/analyze/budget"
	"github.com/taut-dev/taut/analyze/lint/custom"
	"github.com/taut-dev/taut/render"
)

var exampleNames = []string{"shop", "ticketing", "bank", "self"}

// schema compiles a published schema.
func schema(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestJSONIsAsPublished holds every JSON output to its schema.
func TestJSONIsAsPublished(t *testing.T) {
	report, comparison, findings := schema(t, render.ReportSchema()), schema(t, render.ComparisonSchema()), schema(t, render.FindingsJSONSchema())
	differences := schema(t, render.DiffSchema())
	for _, example := range exampleNames {
		path := "../../examples/" + example
		for _, c := range []struct {
			schema *jsonschema.Schema
			args   []string
		}{
			{report, []string{"analyze", path}},
			{report, []string{"analyze", path, "--pairs", "--failure", "external,replica"}},
			{report, []string{"analyze", path, "--fail", firstService(t, path)}},
			{comparison, []string{"compare", path}},
			{differences, []string{"diff", path, path}},
			{differences, []string{"diff", "../../examples/shop", path}},
			{differences, []string{"diff", path, "../../examples/shop", "--design", "base"}},
			{findings, []string{"lint", path}},
			{findings, []string{"check", path}},
		} {
			code, out, errs := run(t, append(c.args, "--format", "json")...)
			if code != exitFine {
				t.Fatalf("%v: exit %d: %s", c.args, code, errs)
			}
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(out)))
			if err != nil {
				t.Fatal(err)
			}
			if err := c.schema.Validate(doc); err != nil {
				t.Errorf("%v: %v", c.args, err)
			}
		}
	}
}

// TestFindingsAreAsPublished holds what lint and check say to the schema: findings
// with fixes, findings that were accepted, and a file that cannot be read.
func TestFindingsAreAsPublished(t *testing.T) {
	published := schema(t, render.FindingsJSONSchema())
	for text, want := range map[string]int{
		"system: s\nservices: {a: {depends_on: [b]}, b: {depends_on: [a]}}\nlint: {rules: {synchronous-cycle: error}}\n":                    exitFindings,
		"system: s\nservices: {a: {depends_on: [b]}, b: {depends_on: [a]}} # taut: ignore synchronous-cycle it is so\n":                     exitFine,
		"system: s\nservices: {a: {depends_on: [bb], ownr: x}, bbb: }\n":                                                                    exitUsage,
		"system: s\nservices: {a: {depends_on: [b]}, b: }\nlint: {ignore: [{rule: hub, at: services.a, reason: old, until: 2020-01-01}]}\n": exitFine,
	} {
		file := filepath.Join(t.TempDir(), "architecture.yaml")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, verb := range []string{"lint", "check"} {
			code, out, errs := run(t, verb, file, "--fail-on", "error", "--format", "json")
			if code != want {
				t.Errorf("%s %q: exit %d: %s", verb, text, code, errs)
			}
			doc, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
			if err == nil {
				err = published.Validate(doc)
			}
			if err != nil {
				t.Errorf("%s %q: %v", verb, text, err)
			}
		}
	}
}

// TestEveryFindingIsExplained: who reads a name in a report can ask for it.
func TestEveryFindingIsExplained(t *testing.T) {
	for _, name := range []string{budget.Rule, baseline.Rule, custom.BadRule, render.GotWorse} {
		if code, out, errs := run(t, "explain", name); code != exitFine || !strings.Contains(out, name) {
			t.Errorf("%s: %s", name, errs)
		}
	}
}

// TestBaselinesAreAsPublished holds the file that baseline writes to its schema,
// with and without findings.
func TestBaselinesAreAsPublished(t *testing.T) {
	published := schema(t, baseline.FileSchema())
	tangled := filepath.Join(t.TempDir(), "tangled.yaml")
	if err := os.WriteFile(tangled, []byte("system: s\nservices: {a: {depends_on: [b]}, b: {depends_on: [a]}}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range append([]string{tangled}, exampleNames...) {
		if path != tangled {
			path = "../../examples/" + path
		}
		file := filepath.Join(t.TempDir(), "baseline.json")
		if code, _, errs := run(t, "baseline", "create", path, "--baseline", file); code != exitFine {
			t.Fatal(errs)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := published.Validate(doc); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, bad := range []string{`{}`, `{"schema": "taut/baseline/v1", "design": "base", "tolerance": 2, "findings": [], "metrics": []}`} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err == nil {
			err = published.Validate(doc)
		}
		if err == nil {
			t.Errorf("the schema takes %s", bad)
		}
	}
}

func firstService(t *testing.T, path string) string {
	t.Helper()
	_, out, _ := run(t, "export", path, "--format", "json")
	var system struct{ Services map[string]any }
	if err := json.Unmarshal([]byte(out), &system); err != nil {
		t.Fatal(err)
	}
	first := ""
	for id := range system.Services {
		if first == "" || id < first {
			first = id
		}
	}
	return first
}

// TestFormOfTheFileChangesNoNumber analyses each example as it is written and
// as canonical JSON: keys in another order, lists as maps, defaults left out.
func TestFormOfTheFileChangesNoNumber(t *testing.T) {
	for _, example := range exampleNames {
		path := "../../examples/" + example
		_, canonical, _ := run(t, "export", path, "--format", "json")
		other := filepath.Join(t.TempDir(), "canonical.json")
		if err := os.WriteFile(other, []byte(canonical), 0o644); err != nil {
			t.Fatal(err)
		}
		if want, got := numbers(t, path), numbers(t, other); !reflect.DeepEqual(want, got) {
			t.Errorf("%s: the same system in another form gives other numbers", example)
		}
	}
}

// numbers is a report without the places of findings.
func numbers(t *testing.T, path string) map[string]any {
	t.Helper()
	code, out, errs := run(t, "analyze", path, "--format", "json")
	if code != exitFine {
		t.Fatal(errs)
	}
	var report map[string]any
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	delete(report, "findings")
	withoutPlaces(report)
	return report
}

// withoutPlaces takes out of a report where things are declared.
func withoutPlaces(value any) {
	switch v := value.(type) {
	case map[string]any:
		delete(v, "where")
		for _, x := range v {
			withoutPlaces(x)
		}
	case []any:
		for _, x := range v {
			withoutPlaces(x)
		}
	}
}

// TestNoTextShowsWhatIsNoNumber reads every section of every example.
func TestNoTextShowsWhatIsNoNumber(t *testing.T) {
	for _, example := range exampleNames {
		for _, format := range []string{"text", "markdown"} {
			_, out, errs := run(t, "analyze", "../../examples/"+example, "--section", "all", "--pairs", "--failure", "service,store,replica", "--format", format)
			for _, bad := range []string{"NaN", "Inf ", "%!", "e-0", "e+0"} {
				if strings.Contains(out, bad) || out == "" {
					t.Errorf("%s as %s shows %q: %s", example, format, bad, errs)
				}
			}
		}
	}
}

// TestBytesAreAlwaysTheSame runs every kind of output twice and on one core.
func TestBytesAreAlwaysTheSame(t *testing.T) {
	for _, args := range [][]string{
		{"analyze", "../../examples/shop", "--section", "all", "--pairs", "--failure", "service,external,replica"},
		{"analyze", "../../examples/bank", "--format", "json"},
		{"compare", "../../examples/shop", "--format", "svg"},
		{"diff", "../../examples/shop", "../../examples/bank", "--format", "json"},
		{"diff", "../../examples/bank", "../../examples/ticketing", "--format", "svg"},
		{"render", "../../examples/shop", "--view", "blast"},
		{"lint", "../../examples/self", "--format", "json"},
	} {
		_, first, _ := run(t, args...)
		cores := runtime.GOMAXPROCS(1)
		_, second, _ := run(t, args...)
		runtime.GOMAXPROCS(cores)
		if first == "" || first != second {
			t.Errorf("%v gave other bytes on one core", args)
		}
	}
}
