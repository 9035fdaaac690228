package render_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

// sarif is what the tests read of a SARIF log.
type sarif struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Version string
				Rules   []struct {
					ID                   string
					Help                 struct{ Text, Markdown string }
					DefaultConfiguration struct{ Level string }
				}
			}
		}
		Invocations []struct {
			ToolExecutionNotifications []struct {
				Level   string
				Message struct{ Text string }
			}
		}
		ColumnKind string
		Results    []sarifResult
	}
}

type sarifResult struct {
	RuleID              string
	RuleIndex           int
	Level               string
	Message             struct{ Text string }
	Locations           []sarifLocation
	RelatedLocations    []sarifLocation
	PartialFingerprints map[string]string
	Suppressions        *[]struct {
		Kind, Status, Justification string
		Location                    sarifLocation
	}
	Fixes []struct {
		ArtifactChanges []struct {
			Replacements []struct {
				DeletedRegion   sarifRegion
				InsertedContent struct{ Text string }
			}
		}
	}
}

type sarifLocation struct {
	ID               int
	Message          struct{ Text string }
	PhysicalLocation struct {
		ArtifactLocation struct{ URI, URIBaseID string }
		Region           sarifRegion
	}
	LogicalLocations []struct{ FullyQualifiedName string }
}

type sarifRegion struct{ StartLine, StartColumn, EndLine, EndColumn int }

func readSARIF(t testing.TB, f render.Findings) sarif {
	t.Helper()
	var log sarif
	if err := json.Unmarshal(write(t, "sarif", f), &log); err != nil {
		t.Fatal(err)
	}
	return log
}

func TestSARIF(t *testing.T) {
	run := readSARIF(t, sample()).Runs[0]
	if run.ColumnKind != "unicodeCodePoints" || run.Tool.Driver.Version != "v1.2.3" {
		t.Errorf("columns are %q, version %q", run.ColumnKind, run.Tool.Driver.Version)
	}
	var rules []string
	for _, r := range run.Tool.Driver.Rules {
		rules = append(rules, r.ID+" "+r.DefaultConfiguration.Level)
	}
	if want := []string{"synchronous-cycle warning", "never-found none", "unknown-key error", "lookalike note", "preset note"}; !slices.Equal(rules, want) {
		t.Errorf("rules are %v, want %v", rules, want)
	}
	if help := run.Tool.Driver.Rules[0].Help; help.Markdown != "Each waits\nfor the other.\n\nBreak it." || help.Text == "" {
		t.Errorf("help is %+v", help)
	}
	for i, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("result %d: rule %s, but its index names %s", i, r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
		}
	}
	first := run.Results[0]
	place := first.Locations[0]
	if got := fmt.Sprint(place.PhysicalLocation); got != "{{dir/a%20b.yaml %SRCROOT%} {3 20 0 21}}" {
		t.Errorf("the place is %s", got)
	}
	if place.LogicalLocations[0].FullyQualifiedName != "services.a" || first.Level != "warning" {
		t.Errorf("subject or level is wrong: %+v", first)
	}
	if got := fmt.Sprint(first.RelatedLocations); got != `[{1 {"b" calls "a"} {{dir/a%20b.yaml %SRCROOT%} {4 20 0 21}} []}]` {
		t.Errorf("the other end is %s", got)
	}
	fix := run.Results[1].Fixes[0].ArtifactChanges[0].Replacements[0]
	if fix.DeletedRegion != (sarifRegion{3, 24, 3, 28}) || fix.InsertedContent.Text != "title" {
		t.Errorf("the fix is %+v", fix)
	}
	if region := run.Results[2].Locations[0].PhysicalLocation.Region; region != (sarifRegion{3, 30, 0, 34}) {
		t.Errorf("the quoted name of two characters is at %+v", region)
	}
	if l := run.Results[3].Locations[0].PhysicalLocation; l.ArtifactLocation.URI != "dir/a%20b.yaml" || l.Region.StartLine != 0 {
		t.Errorf("a finding without a place is at %+v", l)
	}
}

func TestSARIFPaths(t *testing.T) {
	for path, want := range map[string]string{
		"a.yaml":                "%SRCROOT%:a.yaml",
		"./x/../a.yaml":         "%SRCROOT%:a.yaml",
		"..a/b..":               "%SRCROOT%:..a/b..",
		"../../a.yaml":          "OUTSIDE:a.yaml",
		"..":                    "OUTSIDE:",
		"/home/x/a.yaml":        "OUTSIDE:home/x/a.yaml",
		"C:/a.yaml":             "%SRCROOT%:C%3A/a.yaml",
		"javascript:alert(1)":   "%SRCROOT%:javascript%3Aalert%281%29",
		"a%2e?b#c é\x00\xff":    "%SRCROOT%:a%252e%3Fb%23c%20%C3%A9%00%FF",
		"file:///etc/passwd":    "%SRCROOT%:file%3A/etc/passwd",
		"https://evil.example/": "%SRCROOT%:https%3A/evil.example",
	} {
		f := render.Findings{Diagnostics: model.Diagnostics{{Rule: "r", Severity: model.Note, Pos: model.Pos{File: path, Line: 1, Col: 1}, Message: "m"}}}
		a := readSARIF(t, f).Runs[0].Results[0].Locations[0].PhysicalLocation.ArtifactLocation
		if got := a.URIBaseID + ":" + a.URI; got != want {
			t.Errorf("%q is %s, want %s", path, got, want)
		}
	}
	f := sample()
	f.Path = func(file string) string { return "services/shop/" + file }
	if a := readSARIF(t, f).Runs[0].Results[0].Locations[0].PhysicalLocation.ArtifactLocation; a.URI != "services/shop/dir/a%20b.yaml" {
		t.Errorf("from the root of the repository the path is %s", a.URI)
	}
}

func fingerprintsOf(t *testing.T, f render.Findings) (code, quality []string) {
	t.Helper()
	for _, r := range readSARIF(t, f).Runs[0].Results {
		code = append(code, r.PartialFingerprints["tautFinding/v1"])
	}
	var issues []struct{ Fingerprint string }
	if err := json.Unmarshal(write(t, "gitlab", f), &issues); err != nil {
		t.Fatal(err)
	}
	for _, i := range issues {
		quality = append(quality, i.Fingerprint)
	}
	return code, quality
}

func TestFingerprints(t *testing.T) {
	finding := func(line int, subject, message string) model.Diagnostic {
		return model.Diagnostic{Rule: "r", Severity: model.Warning, Pos: model.Pos{File: "a.yaml", Line: line, Col: 3}, Subject: subject, Message: message}
	}
	before := render.Findings{Diagnostics: model.Diagnostics{
		finding(3, "services.a", `"a1" calls 2 others, first at a.yaml:3:4`),
		finding(4, "services.b", `"a1" calls 2 others, first at a.yaml:3:4`),
		finding(5, "services.b", `"a1" calls 2 others, first at a.yaml:3:4`),
		finding(6, "services.b", `"a2" calls 2 others, first at a.yaml:3:4`),
		finding(6, "services.b", `x1 calls 2 others`),
		finding(6, "services.b", `x2 calls 2 others`),
	}}
	after := render.Findings{Diagnostics: model.Diagnostics{
		finding(30, "services.a", `"a1" calls 14 others, first at a.yaml:31:40`),
		finding(40, "services.b", `"a1" calls 1.5 others, first at a.yaml:3:4`),
		finding(50, "services.b", `"a1" calls 2,000 others, first at a.yaml:3:4`),
		finding(60, "services.b", `"a2" calls 3 others, first at a.yaml:3:4`),
		finding(60, "services.b", `x1 calls 9 others`),
		finding(60, "services.b", `x2 calls 9 others`),
	}}
	code, quality := fingerprintsOf(t, before)
	codeAfter, qualityAfter := fingerprintsOf(t, after)
	if !slices.Equal(code, codeAfter) || !slices.Equal(quality, qualityAfter) {
		t.Errorf("fingerprints moved with the lines and numbers:\n%v\n%v", code, codeAfter)
	}
	for i := range code {
		if slices.Index(code, code[i]) != i || slices.Index(quality, quality[i]) != i {
			t.Errorf("finding %d shares its fingerprint with another", i)
		}
	}
	slices.Reverse(after.Diagnostics)
	reversed, _ := fingerprintsOf(t, after)
	if reversed[0] != code[5] || reversed[1] != code[4] || reversed[2] != code[3] || reversed[5] != code[0] {
		t.Error("findings that differ by a name are told apart by their order alone")
	}
	for i := range after.Diagnostics {
		after.Diagnostics[i].Pos.File = "b.yaml"
	}
	if _, other := fingerprintsOf(t, after); slices.Contains(other, quality[0]) {
		t.Error("GitLab would take findings of two files for one")
	}
}

func TestSARIFListsTheWorst(t *testing.T) {
	var f render.Findings
	for i := range 5001 {
		f.Diagnostics = append(f.Diagnostics, model.Diagnostic{Rule: "r", Severity: model.Note, Pos: model.Pos{File: "a.yaml", Line: i + 1, Col: 1}, Message: "m"})
	}
	f.Diagnostics[4999].Severity, f.Diagnostics[5000].Severity = model.Warning, model.Error
	run := readSARIF(t, f).Runs[0]
	last := run.Results[len(run.Results)-1]
	if len(run.Results) != 5000 || last.Level != "error" || run.Results[4998].Level != "warning" || run.Results[4997].Locations[0].PhysicalLocation.Region.StartLine != 4998 {
		t.Errorf("%d results, the last is %+v", len(run.Results), last)
	}
	notes := run.Invocations[0].ToolExecutionNotifications
	if len(notes) != 1 || !strings.HasPrefix(notes[0].Message.Text, "5000 of 5001 findings") {
		t.Errorf("the cut is told as %+v", notes)
	}
	f.Diagnostics = f.Diagnostics[1:]
	if run := readSARIF(t, f).Runs[0]; len(run.Results) != 5000 || run.Invocations[0].ToolExecutionNotifications != nil {
		t.Errorf("at the limit nothing is cut, but %d are listed", len(run.Results))
	}
}

func TestSARIFMessagesHoldNoLinks(t *testing.T) {
	f := render.Findings{Diagnostics: model.Diagnostics{{Rule: "r", Severity: model.Note, Message: "[click](https://evil.example)"}}}
	if got := readSARIF(t, f).Runs[0].Results[0].Message.Text; got != `\[click\](https://evil.example)` {
		t.Errorf("the message is %s", got)
	}
}

// decoded reads a URI back into the path it names, which stays below its base.
func decoded(t testing.TB, uri string) string {
	t.Helper()
	u, err := url.Parse(uri)
	if err != nil || u.IsAbs() || u.Host != "" || u.RawQuery != "" || u.Fragment != "" || strings.HasPrefix(uri, "/") {
		t.Fatalf("%q is not a relative path: %+v, %v", uri, u, err)
	}
	if slices.Contains(strings.Split(uri, "/"), "..") {
		t.Fatalf("%q leads out of its base", uri)
	}
	return u.Path
}
