// Package baseline remembers what a system was found to have, so that a check
// fails only on what is new or worse: findings by rule and subject, never by
// line, and the metrics of the system as a ratchet that only turns one way.
package baseline

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Schema names the version of the file. Keys may be added within a version.
const Schema = "taut/baseline/v1"

//go:embed schema.json
var fileSchema []byte

// FileSchema is the JSON Schema of the file.
func FileSchema() []byte { return fileSchema }

// DefaultTolerance is by which share (0..1) of its value a metric may get worse
// before the ratchet holds it: less than anybody does on purpose.
const DefaultTolerance = 0.01

// Baseline is the content of a baseline file. Entries are sorted by rule and
// subject; metrics have the order of the list of metrics.
type Baseline struct {
	Schema    string   `json:"schema"`
	System    string   `json:"system"`
	Design    string   `json:"design"`
	Tolerance float64  `json:"tolerance"`
	Findings  []Entry  `json:"findings"`
	Metrics   []Metric `json:"metrics"`
	// Dependencies are the edges of services, as in "orders → payments", sorted:
	// what a later check does not find here is new. Nil in files of older programs.
	Dependencies []string `json:"dependencies,omitempty"`
}

// Entry is a known finding. Count is how often a rule finds something at one
// subject, at least 1. Reason is written by people: why it is accepted.
type Entry struct {
	Rule    string `json:"rule"`
	Subject string `json:"subject"`
	Count   int    `json:"count"`
	Reason  string `json:"reason,omitempty"`
}

// Metric is the value that a metric of the system must not get worse than.
type Metric struct {
	ID     string  `json:"metric"`
	Better string  `json:"better"` // less or more
	Value  float64 `json:"value"`
}

// Make writes down what a system has. It holds the ratcheted metrics that are
// defined.
func Make(f *metric.Facts, findings model.Diagnostics) Baseline {
	b := Baseline{Schema: Schema, System: f.System().Name, Design: f.System().Design, Tolerance: DefaultTolerance, Findings: entries(findings), Metrics: []Metric{}, Dependencies: dependencies(f.System())}
	for _, c := range metric.Compute(f, metric.In(metric.System), ratcheted).Columns(metric.System) {
		if v := c.Values[0]; v.OK {
			b.Metrics = append(b.Metrics, Metric{c.Metric.ID, c.Metric.Better.String(), v.F})
		}
	}
	return b
}

// ratcheted are the metrics with a better direction that judge, and say something
// of their own.
func ratcheted(m metric.Metric) bool {
	return m.Better != metric.Neither && !diff.Neutral(m) && !diff.Restated(m)
}

// entries counts findings by rule and subject.
func entries(findings model.Diagnostics) []Entry {
	list := []Entry{}
	for _, d := range findings {
		list = append(list, Entry{Rule: d.Rule, Subject: subject(d), Count: 1})
	}
	slices.SortFunc(list, compareEntries)
	out := list[:0]
	for _, e := range list {
		if n := len(out); n > 0 && compareEntries(out[n-1], e) == 0 {
			out[n-1].Count++
		} else {
			out = append(out, e)
		}
	}
	return out
}

func compareEntries(a, b Entry) int {
	return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Subject, b.Subject))
}

// entry gives the index of the entry that knows a finding.
func (b Baseline) entry(d model.Diagnostic) (i int, ok bool) {
	return slices.BinarySearchFunc(b.Findings, Entry{Rule: d.Rule, Subject: subject(d)}, compareEntries)
}

// Reason says why a finding that the baseline knows is accepted; it may be empty.
func (b Baseline) Reason(d model.Diagnostic) string {
	if i, ok := b.entry(d); ok {
		return b.Findings[i].Reason
	}
	return ""
}

// withReasons gives entries with the reasons that this baseline has for them.
func (b Baseline) withReasons(list []Entry) []Entry {
	for i, e := range list {
		if k, ok := slices.BinarySearchFunc(b.Findings, e, compareEntries); ok {
			list[i].Reason = b.Findings[k].Reason
		}
	}
	return list
}

// subject is what a finding is about, or its message where it names nothing.
func subject(d model.Diagnostic) string { return cmp.Or(d.Subject, d.Message) }

// Read reads a baseline file. Unknown keys are ignored, as a newer version of
// this program may have written them.
func Read(data []byte) (Baseline, error) {
	var b Baseline
	if err := json.Unmarshal(data, &b); err != nil {
		return b, fmt.Errorf("it is no baseline: %v", err)
	}
	if b.Schema != Schema {
		return b, fmt.Errorf("its schema is %q, and this program reads %q", model.Safe(b.Schema), Schema)
	}
	if !(b.Tolerance >= 0 && b.Tolerance <= 1) {
		return b, fmt.Errorf("its tolerance %v is no share between 0 and 1", b.Tolerance)
	}
	for _, e := range b.Findings {
		if e.Rule == "" || e.Subject == "" || e.Count < 1 {
			return b, fmt.Errorf("it has a finding without rule, subject or count")
		}
	}
	slices.SortStableFunc(b.Findings, compareEntries)
	for i := range b.Findings {
		if i > 0 && compareEntries(b.Findings[i-1], b.Findings[i]) == 0 {
			return b, fmt.Errorf("it has %s at %s twice", model.Safe(b.Findings[i].Rule), model.Safe(b.Findings[i].Subject))
		}
	}
	for _, m := range b.Metrics {
		if m.ID == "" || math.IsNaN(m.Value) || math.IsInf(m.Value, 0) {
			return b, fmt.Errorf("it has a metric without a name or value")
		}
	}
	return b, nil
}

// Bytes is the file of a baseline: the same for the same system on every machine.
func (b Baseline) Bytes() ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(b)
	return out.Bytes(), err
}
