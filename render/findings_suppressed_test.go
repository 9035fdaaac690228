package render_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

// accepted is the sample of which two findings more were accepted: one by a
// comment with a reason, one by a baseline without.
func accepted() render.Findings {
	f := sample()
	at := model.Pos{File: "dir/a b.yaml", Line: 4, Col: 3}
	silenced := model.Diagnostic{Rule: "hub", Severity: model.Warning, Pos: at, Subject: "services.b", Message: `many use "b"`}
	known := f.Diagnostics[0]
	known.Pos = at
	f.Suppressed = []render.Suppressed{
		{Finding: silenced, Kind: render.InSource, Pos: model.Pos{File: "dir/a b.yaml", Line: 4, Col: 24}, Reason: "it is \x1bmeant so"},
		{Finding: known, Kind: render.External},
	}
	return f
}

// TestAcceptedFindingsChangeNothingElse: a format without a word for them is
// as it was, byte for byte.
func TestAcceptedFindingsChangeNothingElse(t *testing.T) {
	telling := []string{"json", "sarif", "junit"}
	for _, name := range render.Names(render.FindingFormats()) {
		same := bytes.Equal(write(t, name, accepted()), write(t, name, sample()))
		if same == slices.Contains(telling, name) {
			t.Errorf("%s: the same bytes: %v", name, same)
		}
	}
}

func TestSuppressionsInSARIF(t *testing.T) {
	results := readSARIF(t, accepted()).Runs[0].Results
	var told []string
	for _, r := range results {
		if r.Suppressions == nil {
			t.Fatalf("%s has no list of suppressions, though others have", r.RuleID)
		}
		for _, s := range *r.Suppressions {
			told = append(told, fmt.Sprint(r.RuleID, s.Kind, s.Status, s.Justification, s.Location.PhysicalLocation.Region))
		}
	}
	if want := []string{`hubinSourceacceptedit is \u001bmeant so{4 24 0 0}`, "synchronous-cycleexternalacceptedknown to the baseline{0 0 0 0}"}; !slices.Equal(told, want) {
		t.Errorf("%q", told)
	}
	before := readSARIF(t, sample()).Runs[0].Results
	for i, r := range before {
		if r.Suppressions != nil || r.PartialFingerprints["tautFinding/v1"] != results[i].PartialFingerprints["tautFinding/v1"] {
			t.Errorf("result %d: %+v, then %+v", i, r, results[i])
		}
	}
}

func TestAcceptedFindingsTakeTheRoomThatIsLeft(t *testing.T) {
	f := accepted()
	for i := range 4995 {
		f.Diagnostics = append(f.Diagnostics, model.Diagnostic{Rule: "r", Severity: model.Note, Message: fmt.Sprint(i)})
	}
	results := readSARIF(t, f).Runs[0].Results
	if len(results) != 5000 || len(*results[4999].Suppressions) != 1 || len(*results[4998].Suppressions) != 0 {
		t.Errorf("%d results, the last is %+v", len(results), results[4999])
	}
}

func TestSkippedTests(t *testing.T) {
	r := readXML[junit](t, write(t, "junit", accepted()))
	if r.Tests != 6 || r.Suite.Skipped != 2 || r.Failures != 2 {
		t.Errorf("%+v", r)
	}
	silenced, known := r.Suite.Cases[4], r.Suite.Cases[5]
	if silenced.Skipped == nil || silenced.Skipped.Message != `it is \u001bmeant so` || silenced.Failure != nil || known.Name != "services.a (2)" {
		t.Errorf("%+v, %+v", silenced, known)
	}
	clean := accepted()
	clean.Diagnostics = nil
	if r := readXML[junit](t, write(t, "junit", clean)); r.Tests != 3 || r.Failures != 0 || r.Suite.Cases[0].Skipped != nil {
		t.Errorf("clean but for what was accepted: %+v", r)
	}
}

func TestJSONTellsFixesAndWhatWasAccepted(t *testing.T) {
	var got struct {
		Findings []struct {
			Fix *struct {
				Title string
				Edits []struct {
					File       string
					Start, End int
					Text       string
				}
			}
		}
		Suppressed []struct {
			Rule        string
			Suppression struct {
				Kind, Reason string
				Line         int
			}
		}
	}
	if err := json.Unmarshal(write(t, "json", accepted()), &got); err != nil {
		t.Fatal(err)
	}
	e := got.Findings[1].Fix.Edits[0]
	if got.Findings[0].Fix != nil || sampleText[e.Start:e.End] != "name" || e.Text != "title" || e.File != "dir/a b.yaml" {
		t.Errorf("%+v", got.Findings)
	}
	if text := fmt.Sprintf("%+v", got.Suppressed); text != "[{Rule:hub Suppression:{Kind:inSource Reason:it is \x1bmeant so Line:4}} {Rule:synchronous-cycle Suppression:{Kind:external Reason: Line:0}}]" {
		t.Error(text)
	}
}
