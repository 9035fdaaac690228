package model_test

import (
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

func TestSuggest(t *testing.T) {
	known := []string{"depends_on", "description", "domain", "owner", "tier", "api"}
	for word, want := range map[string]string{
		"dependson": "depends_on", "depend_on": "depends_on", "dependsOn": "depends_on", "DEPENDS-ON": "depends_on", "descripton": "description",
		"onwer": "owner", "teir": "tier", "colour": "", "x": "", "": "", "ap": "api", "tier": "", "Owner": "owner",
	} {
		if got := model.Suggest(word, known); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", word, got, want)
		}
	}
	long := strings.Repeat("long-", 20)
	if got := model.Suggest(long+"x", []string{long + "y"}); got != long+"y" {
		t.Errorf("got %q", got)
	}
}

func TestSafe(t *testing.T) {
	for s, want := range map[string]string{
		"plain é 日本": "plain é 日本", "a\x1b[2Jb": `a\u001b[2Jb`, "a\nb\tc": `a\u000ab\u0009c`, "\x7f\u0085\u2028\u202e": `\u007f\u0085\u2028\u202e`,
		"bad\xffbyte": `bad\xffbyte`, "\ufffd": `\ufffd`, "\ufeff": `\ufeff`,
	} {
		if got := model.Safe(s); got != want {
			t.Errorf("Safe(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestSafeIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := model.Safe(string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")))
		if model.Safe(s) != s || strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r == 0x7f }) {
			t.Fatalf("%q is not safe", s)
		}
	})
}

func TestLimitsSet(t *testing.T) {
	var l model.Limits
	for _, c := range []struct{ set, problem string }{
		{"file=64MiB", ""}, {"nodes=2000000", ""}, {"render-time=5s", ""}, {"render-time=5", ""},
		{"nodes", `limit "nodes" has no value: write nodes=VALUE`},
		{"node=5", `there is no limit "node", did you mean "nodes"?`},
		{"nodes=-1", `limit nodes: "-1" is not a positive whole number`},
		{"nodes=0", `limit nodes: "0" is not a positive whole number`},
		{"nodes=5s", `limit nodes: "5s" is not a positive whole number`},
		{"depth=10001", "limit depth: 10001 is more than 10000"},
		{"file=big", `limit file: "big" is not a size such as 64MiB`},
		{"render-time=5MiB", `limit render-time: "5MiB" is not seconds such as 20s`},
	} {
		err := l.Set(c.set)
		if (err == nil) != (c.problem == "") || err != nil && !strings.HasPrefix(err.Error(), c.problem) {
			t.Errorf("Set(%q): %v", c.set, err)
		}
	}
	if l.File != 64<<20 || l.Nodes != 2_000_000 || l.RenderTime != 5 || l.Depth != 64 {
		t.Errorf("%+v", l)
	}
	for _, row := range model.LimitTable() {
		if err := l.Set(row.Name + "=" + row.Default); err != nil || row.Doc == "" {
			t.Errorf("%+v: %v", row, err)
		}
	}
	if l != model.DefaultLimits() {
		t.Errorf("the table's defaults are not the defaults: %+v", l)
	}
}

func TestImpliedJourneys(t *testing.T) {
	ids := func(text string) string {
		var s []string
		for _, j := range mustParse(t, text).Journeys {
			s = append(s, j.ID)
			if j.Implied != (j.ID == j.Entry) || j.Pos.IsZero() {
				t.Errorf("%+v", j)
			}
		}
		return strings.Join(s, " ")
	}
	for text, want := range map[string]string{
		"services: {a: {depends_on: [b]}, b: , c: }\n":                           "a c",
		"services: {a: {depends_on: [b]}, b: {exposed: true}}\n":                 "b",
		"services: {a: {depends_on: [{any_of: [b, c]}]}, b: , c: }\n":            "a",
		"services: {a: {depends_on: [b]}, b: {depends_on: [a]}}\n":               "",
		"services: {a: {exposed: true}, b: }\njourneys: {j: {entry: b}}\n":       "j",
		"services: {a: {consumes: [c]}, b: {publishes: [c]}}\nchannels: {c: }\n": "a b",
	} {
		if got := ids(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestLinesBecomeOne reads a label that was written on several lines.
func TestLinesBecomeOne(t *testing.T) {
	sys, diagnostics := model.Parse("a.yaml", []byte("services: {a: {name: \"Order\\n  Service\\n\"}}\n"), model.DefaultLimits())
	if sys == nil {
		t.Fatal(diagnostics)
	}
	if got := sys.Services[0].Name; got != "Order Service" {
		t.Errorf("%q", got)
	}
}
