package baseline

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

const loose = "system: s\nservices:\n  a: {depends_on: [b]}\n  b: {}\n  c: {}\n"

// tight has one more dependency.
const tight = "system: s\nservices:\n  a: {depends_on: [b]}\n  b: {depends_on: [c]}\n  c: {}\n"

func facts(t *testing.T, text string) *metric.Facts {
	t.Helper()
	sys, found := model.Parse("a.yaml", []byte(text), model.DefaultLimits())
	if sys == nil {
		t.Fatal(found)
	}
	return metric.NewFacts(context.Background(), sys, metric.Options{})
}

func found(names ...string) model.Diagnostics {
	var out model.Diagnostics
	for i, n := range names {
		rule, subject, _ := strings.Cut(n, " ")
		out = append(out, model.Diagnostic{Rule: rule, Subject: subject, Message: "m", Severity: model.Warning, Pos: model.Pos{File: "a.yaml", Line: 10 - i, Col: 1}})
	}
	return out
}

func TestFindings(t *testing.T) {
	f := facts(t, loose)
	b := Make(f, found("x a", "x a", "y a", "z"))
	if got := fmt.Sprint(b.Findings); got != "[{x a 2 } {y a 1 } {z m 1 }]" {
		t.Fatal(got)
	}
	b.Findings[0].Reason = "old"
	r := b.Check(f, found("x a", "x a", "x a", "y b", "z"))
	var fresh []string
	for _, d := range r.New {
		fresh = append(fresh, fmt.Sprint(d.Rule, " ", d.Subject, " ", d.Pos.Line))
	}
	if strings.Join(fresh, ",") != "y b 7,x a 10" || len(r.Known) != 3 || fmt.Sprint(r.Gone) != "[{y a 1 }]" {
		t.Errorf("new %q, known %v, gone %v", fresh, r.Known, r.Gone)
	}
	if p := b.Prune(f, found("x a", "y b")); fmt.Sprint(p.Findings) != "[{x a 1 old}]" {
		t.Errorf("pruned to %v", p.Findings)
	}
	if u := b.Update(f, found("x a", "y b")); fmt.Sprint(u.Findings) != "[{x a 1 old} {y b 1 }]" {
		t.Errorf("updated to %v", u.Findings)
	}
	if why, none := b.Reason(found("x a")[0]), b.Reason(found("x b")[0]); why != "old" || none != "" {
		t.Errorf("the reasons are %q and %q", why, none)
	}
}

func TestRatchet(t *testing.T) {
	was, is := facts(t, loose), facts(t, tight)
	b := Make(was, nil)
	r := b.Check(is, nil)
	ids := func(list model.Diagnostics) (out []string) {
		for _, d := range list {
			out = append(out, strings.TrimPrefix(d.Subject, "system: "))
		}
		return out
	}
	if got := ids(r.New); !slices.Contains(got, "call_depth") || slices.Contains(got, "dependencies") || slices.Contains(got, "services") {
		t.Errorf("%v", got)
	}
	for _, d := range r.New {
		counts := strings.Contains(d.Message, `"b → c" is new since`) // where it is no term, it is told beside
		if (d.Pos.Line == 4) != counts || counts == (len(d.Related) > 0) || d.Severity != model.Error || d.Hint == "" || d.Rule != Rule {
			t.Errorf("%+v", d)
		}
	}
	old := b
	old.Dependencies = nil // of a program that did not note them
	for _, d := range old.Check(is, nil).New {
		if d.Pos.Line != 1 || strings.Contains(d.Message, "is new since") {
			t.Errorf("%+v", d)
		}
	}
	if same := b.Check(was, nil); len(same.New)+len(same.Better)+len(same.Gone) != 0 {
		t.Errorf("%+v", same)
	}
	back := Make(is, nil).Check(was, nil)
	if len(back.Better) == 0 || len(back.New) == len(r.New) {
		t.Errorf("%+v", back)
	}
	b.Tolerance = 1
	if lax := b.Check(is, nil); len(lax.New) != 0 {
		t.Errorf("%v", ids(lax.New))
	}
	less := Make(is, nil)
	less.Metrics = less.Metrics[:2]
	if u := less.Update(was, nil); len(u.Metrics) > 2 {
		t.Errorf("%v came back", u.Metrics)
	}
	if p := less.Prune(was, nil); p.Metrics[0].Value > less.Metrics[0].Value {
		t.Errorf("%v is looser than %v", p.Metrics, less.Metrics)
	}
}

func TestReadAndWrite(t *testing.T) {
	b := Make(facts(t, tight), found("x a", "y b"))
	first, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	read, err := Read(first)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := read.Bytes(); !bytes.Equal(first, again) {
		t.Errorf("%s\n%s", first, again)
	}
	for _, c := range []struct{ text, want string }{
		{"", "no baseline"},
		{"[]", "no baseline"},
		{"{}", "schema"},
		{`{"schema": "taut/baseline/v2"}`, "schema"},
		{`{"schema": "taut/baseline/v1", "tolerance": 2}`, "tolerance"},
		{`{"schema": "taut/baseline/v1", "findings": [{"rule": "x"}]}`, "without"},
		{`{"schema": "taut/baseline/v1", "findings": [{"rule": "x", "subject": "a", "count": 1}, {"rule": "x", "subject": "a", "count": 2}]}`, "twice"},
		{`{"schema": "taut/baseline/v1", "metrics": [{"value": 1}]}`, "without"},
		{`{"schema": "taut/baseline/v1", "metrics": [{"metric": "x", "value": "1"}]}`, "no baseline"},
	} {
		if _, err := Read([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.text, err)
		}
	}
	if _, err := Read([]byte(`{"schema": "taut/baseline/v1", "later": 1}`)); err != nil {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"schema": "taut/baseline/v1", "findings": [{"rule": "x", "subject": "a", "count": 1}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Read(data)
		if err != nil {
			return
		}
		text, err := b.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read(text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	})
}
