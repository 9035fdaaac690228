package lint

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// today is the day of all tests.
func today() model.Date { return model.Date{Year: 2026, Month: 6, Day: 15} }

// lintText loads a file and runs the rules; what the loader says comes first.
func lintText(t *testing.T, text string, o Options) (model.Diagnostics, *model.System) {
	t.Helper()
	sys, found := model.Parse("architecture.yaml", []byte(text), model.DefaultLimits())
	if sys == nil {
		return found, nil
	}
	found = append(found, Run(metric.NewFacts(context.Background(), sys, metric.Options{}), o)...)
	return found.Sorted(), sys
}

// of keeps the findings of one rule.
func of(found model.Diagnostics, rule string) model.Diagnostics {
	return slices.DeleteFunc(slices.Clone(found), func(d model.Diagnostic) bool { return d.Rule != rule })
}

// TestRules holds every rule to its own manual: the prose is there, each line
// of bad.yaml gets the findings it wants and no others, good.yaml gets none.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		t.Run(r.ID, func(t *testing.T) {
			if seen[r.ID] {
				t.Fatal("the id is in the list twice")
			}
			seen[r.ID] = true
			m, ok := Doc(r.ID)
			if !ok || m.Bad == "" || m.Good == "" || m.Title == "" {
				t.Fatalf("%s.txtar must hold prose, bad.yaml and good.yaml", r.ID)
			}
			for _, part := range []string{"**Why it hurts.**", "**How to mend it.**"} {
				if !strings.Contains(m.Prose, part) {
					t.Errorf("the prose lacks %s", part)
				}
			}
			bad, sys := lintText(t, m.Bad, Options{Today: today()})
			if sys == nil && r.Check != nil {
				t.Fatalf("bad.yaml does not load: %v", bad)
			}
			compareWants(t, m.Bad, of(bad, r.ID))
			good, sys := lintText(t, m.Good, Options{Today: today()})
			if sys == nil {
				t.Fatalf("good.yaml does not load: %v", good)
			}
			for _, d := range of(good, r.ID) {
				t.Errorf("good.yaml:%d: %s", d.Pos.Line, d.Message)
			}
		})
	}
}

// compareWants matches findings with the "# want" comments of a file.
func compareWants(t *testing.T, text string, found model.Diagnostics) {
	t.Helper()
	if len(found) == 0 {
		t.Error("bad.yaml has no finding")
	}
	quoted := regexp.MustCompile("`[^`]*`|\"[^\"]*\"")
	for i, line := range strings.Split(text, "\n") {
		_, comment, _ := strings.Cut(line, "# want ")
		var wants []string
		for _, q := range quoted.FindAllString(comment, -1) {
			want, err := strconv.Unquote(q)
			if err != nil {
				t.Fatalf("line %d: %v", i+1, err)
			}
			wants = append(wants, want)
		}
		for _, d := range found {
			if d.Pos.Line != i+1 {
				continue
			}
			at := slices.IndexFunc(wants, func(w string) bool { return regexp.MustCompile(w).MatchString(d.Message) })
			if at < 0 {
				t.Errorf("bad.yaml:%d: not wanted: %s", i+1, d.Message)
				continue
			}
			wants = slices.Delete(wants, at, at+1)
		}
		for _, w := range wants {
			t.Errorf("bad.yaml:%d: no finding matches %q", i+1, w)
		}
	}
	for _, d := range found {
		wellFormed(t, d)
		if d.Hint == "" && d.Severity != model.Error {
			t.Errorf("no hint: %s", d.Message)
		}
	}
}

// wellFormed holds a finding to the style of all findings.
func wellFormed(t *testing.T, d model.Diagnostic) {
	t.Helper()
	texts := []string{d.Message, d.Hint}
	for _, r := range d.Related {
		texts = append(texts, r.Message)
		if r.Pos.IsZero() {
			t.Errorf("related %q points nowhere", r.Message)
		}
	}
	for _, s := range texts {
		if strings.ContainsAny(s, "\n\r") || s != "" && strings.ToLower(s[:1]) != s[:1] {
			t.Errorf("not one line in lower case: %q", s)
		}
	}
	if d.Pos.IsZero() || !strings.Contains(d.Message, `"`) {
		t.Errorf("no place or no subject in quotes: %+v", d)
	}
}

// TestFiles makes sure that every rule has its two files, and that the archive
// reader agrees with the tool that everyone else uses.
func TestFiles(t *testing.T) {
	archives, err := filepath.Glob("*.txtar")
	if err != nil || len(archives) != len(Rules()) {
		t.Errorf("%d archives for %d rules (%v)", len(archives), len(Rules()), err)
	}
	for _, name := range archives {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		prose, files := sections(string(data))
		want := txtar.Parse(data)
		if strings.TrimSpace(prose) != strings.TrimSpace(string(want.Comment)) || len(files) != len(want.Files) {
			t.Errorf("%s: read differently from txtar", name)
		}
		for _, f := range want.Files {
			if files[f.Name] != string(f.Data) {
				t.Errorf("%s: %s read differently from txtar", name, f.Name)
			}
		}
	}
	for _, r := range Rules() {
		if _, err := os.Stat(r.ID + ".go"); err != nil && r.Check != nil {
			t.Error(err)
		}
	}
	if _, ok := Doc("no-such-rule"); ok {
		t.Error("a manual for a rule that does not exist")
	}
}

// TestSmallFilesAreClean: what a newcomer writes first has no findings.
func TestSmallFilesAreClean(t *testing.T) {
	for _, text := range []string{
		"system: one\nservices:\n  a:\n",
		"system: two\nservices:\n  a: {depends_on: [b]}\n  b:\n",
		"system: web shop\nservices:\n  storefront: {depends_on: [orders, catalogue]}\n  orders: {depends_on: [payments, orders-db]}\n  payments:\n  catalogue:\nstores:\n  orders-db:\n",
		"system: events\nservices:\n  a: {publishes: [bus]}\n  b: {consumes: [bus]}\nchannels:\n  bus:\n",
	} {
		if found, _ := lintText(t, text, Options{Today: today()}); len(found) != 0 {
			t.Errorf("%s\n%+v", text, found)
		}
	}
}

// TestTwice: the same file gives the same findings, byte for byte.
func TestTwice(t *testing.T) {
	for _, r := range Rules() {
		m, _ := Doc(r.ID)
		first, _ := lintText(t, m.Bad, Options{Today: today()})
		for range 3 {
			again, _ := lintText(t, m.Bad, Options{Today: today()})
			if !reflect.DeepEqual(first, again) {
				t.Fatalf("%s: %+v\nthen %+v", r.ID, first, again)
			}
		}
	}
}

// TestSilence covers what keeps a finding from being reported.
func TestSilence(t *testing.T) {
	const file = "system: s\nservices:\n  a: {depends_on: [db]}\n  b: {depends_on: [db]}\nstores:\n"
	for _, c := range []struct {
		name, tail string
		want       string // rules of all findings, in order
	}{
		{"nothing", "  db:\n", "shared-store"},
		{"comment on the line", "  db: # taut: ignore shared-store soon\n", ""},
		{"comment on the line before", "  # taut: ignore shared-store soon\n  db:\n", ""},
		{"comment above a comment", "  # taut: ignore shared-store soon\n  # data of all\n\n  db:\n", ""},
		{"comment on the line behind", "  db:\n  # taut: ignore shared-store soon\n", "shared-store unused-suppression"},
		{"comment in a text", "  db: {name: 'x # taut: ignore shared-store soon'}\n", "shared-store"},
		{"comment for another rule", "  db: # taut: ignore hub soon\n", "shared-store unused-suppression"},
		{"waiver", "  db:\nlint:\n  ignore: [{rule: shared-store, at: stores.db, reason: soon}]\n", ""},
		{"waiver everywhere", "  db:\nlint:\n  ignore: [{rule: shared-store, reason: soon}]\n", ""},
		{"waiver elsewhere", "  db:\nlint:\n  ignore: [{rule: shared-store, at: services.a, reason: soon}]\n", "shared-store unused-suppression"},
		{"waiver on its last day", "  db:\nlint:\n  ignore: [{rule: shared-store, reason: soon, until: 2026-06-15}]\n", ""},
		{"waiver a day too old", "  db:\nlint:\n  ignore: [{rule: shared-store, reason: soon, until: 2026-06-14}]\n", "shared-store expired-waiver"},
		{"switched off", "  db:\nlint:\n  rules: {shared-store: off}\n", ""},
		{"switched off and silenced", "  db: # taut: ignore shared-store soon\nlint:\n  rules: {shared-store: off}\n", ""},
	} {
		found, _ := lintText(t, file+c.tail, Options{Today: today()})
		var rules []string
		for _, d := range found {
			rules = append(rules, d.Rule)
		}
		if got := strings.Join(rules, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestWaiverCoversDependencies: a subject stands for what starts at it.
func TestWaiverCoversDependencies(t *testing.T) {
	const file = "system: s\nservices:\n  a: {depends_on: [{to: b, calls: 20}]}\n  b:\nlint:\n  ignore: [{rule: chatty-dependency, at: %s, reason: batch}]\n"
	for at, want := range map[string]int{"services.a": 0, "services.b": 2, "'services.a -> b'": 0, "system": 2} {
		found, sys := lintText(t, fmt.Sprintf(file, at), Options{})
		if sys == nil || len(found) != want {
			t.Errorf("%s: %d findings, want %d: %v", at, len(found), want, found)
		}
	}
}

// TestOptions covers severities of the file, strictness, and the choice of rules.
func TestOptions(t *testing.T) {
	const file = "system: s\nservices:\n  a: {depends_on: [db, b]}\n  b: {depends_on: [db]}\nstores:\n  db:\n"
	severities := func(tail string, o Options) string {
		found, _ := lintText(t, file+tail, o)
		var words []string
		for _, d := range found {
			words = append(words, d.Rule+":"+d.Severity.String())
		}
		slices.Sort(words)
		return strings.Join(words, " ")
	}
	for _, c := range []struct {
		tail string
		o    Options
		want string
	}{
		{"", Options{}, "shared-store:warning"},
		{"lint:\n  rules: {shared-store: error}\n", Options{}, "shared-store:error"},
		{"lint:\n  rules: {shared-store: note}\n", Options{}, "shared-store:note"},
		{"", Options{Only: []string{"hub"}}, ""},
		{"", Options{Only: []string{"hub", "shared-store"}}, "shared-store:warning"},
		{"lint: {strict: true}\n", Options{Only: []string{"no-timeout", "unowned-service", "no-contract"}},
			"no-contract:warning no-timeout:warning unowned-service:warning unowned-service:warning"},
	} {
		if got := severities(c.tail, c.o); got != c.want {
			t.Errorf("%q %v: %s, want %s", c.tail, c.o, got, c.want)
		}
	}
	const expired = "lint:\n  ignore: [{rule: shared-store, reason: soon, until: 2020-01-01}]\n"
	if got := severities(expired, Options{}); got != "" {
		t.Errorf("without a date of today a waiver expired: %s", got)
	}
}

// TestValidate: names that mean nothing are errors where they stand.
func TestValidate(t *testing.T) {
	const file = `system: s
services:
  a: {depends_on: [b]} # taut: ignore shared-stor soon
  b:
lint:
  rules: {dead-letters: off, hub: note}
  ignore:
    - {rule: chatty, at: services.a, reason: x}
    - {rule: hub, at: services.c, reason: x}
    - {rule: hub, at: system, reason: x}
    - {rule: hub, at: services.a -> b, reason: x}
`
	_, sys := lintText(t, file, Options{})
	if sys == nil {
		t.Fatal("the file does not load")
	}
	var got []string
	for _, d := range Validate(sys, nil) {
		if d.Severity != model.Error {
			t.Errorf("not an error: %+v", d)
		}
		wellFormed(t, d)
		got = append(got, fmt.Sprintf("%d %s %s", d.Pos.Line, d.Rule, d.Message))
	}
	want := []string{
		`3 unknown-rule "shared-stor" is no rule`,
		`6 unknown-rule "dead-letters" is no rule`,
		`8 unknown-rule "chatty" is no rule`,
		`9 unknown-subject "services.c" is no subject`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if hint := Validate(sys, nil)[0].Hint; hint != `did you mean "shared-store"?` {
		t.Errorf("hint %q", hint)
	}
}
