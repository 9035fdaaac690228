package metric_test

import (
	"context"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// TestManuals asserts the example of every metric and that its terms work.
func TestManuals(t *testing.T) {
	for _, m := range metric.List() {
		t.Run(m.Key(), func(t *testing.T) {
			doc, ok := metric.Doc(m.Key())
			if !ok {
				t.Fatalf("no manual: write %s.txtar", m.Name())
			}
			if len(doc.Prose) < 80 {
				t.Errorf("the manual says too little: %q", doc.Prose)
			}
			f := facts(t, parse(t, doc.Architecture))
			table := metric.Compute(f, metric.Named(m.Key()))
			if err := f.Err(); err != nil {
				t.Fatal(err)
			}
			want := wanted(t, doc.Want)
			if len(want) != len(table.Subjects(m.Scope)) {
				t.Errorf("%d values wanted, there are %d subjects", len(want), len(table.Subjects(m.Scope)))
			}
			for i, subject := range table.Subjects(m.Scope) {
				name := subject
				if m.Scope == metric.System {
					name = "system"
				}
				got, known := table.Value(m.Scope, m.ID, subject)
				if !known || !matches(&m, got, want[name]) {
					t.Errorf("%s is %s (%v), want %s", name, m.Word(got), got, want[name])
				}
				checkTerms(t, f, m, i)
			}
		})
	}
}

// checkTerms asserts what holds of all terms, and that a dependency can be named
// wherever one of them is a place.
func checkTerms(t *testing.T, f *metric.Facts, m metric.Metric, subject int) {
	t.Helper()
	placed := false
	for _, x := range m.Terms(f, subject) {
		if x.Label == "" || math.IsNaN(x.Value.F) || math.IsInf(x.Value.F, 0) {
			t.Errorf("term %+v", x)
		}
		if x.Edge && x.Pos.IsZero() {
			t.Errorf("%q is a dependency without a place", x.Label)
		}
		placed = placed || x.Edge || !x.Pos.IsZero()
	}
	if _, ok := metric.Contributor(f, m, subject); ok != placed {
		t.Errorf("contributor found: %v, terms with a place: %v", ok, placed)
	}
}

func parse(t *testing.T, text string) *model.System {
	t.Helper()
	sys, diagnostics := model.Parse("architecture.yaml", []byte(text), model.DefaultLimits())
	if sys == nil {
		t.Fatalf("example does not parse: %v", diagnostics)
	}
	return sys
}

func facts(t *testing.T, sys *model.System) *metric.Facts {
	t.Helper()
	return metric.NewFacts(context.Background(), sys, metric.Options{})
}

func wanted(t *testing.T, text string) map[string]string {
	t.Helper()
	want := map[string]string{}
	for line := range strings.Lines(text) {
		subject, value, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			t.Fatalf("bad line %q: write \"subject value\"", line)
		}
		want[subject] = value
	}
	return want
}

// matches compares with a word, null, a decimal or a fraction such as 4/12.
func matches(m *metric.Metric, got graph.Value, want string) bool {
	if want == "null" || !got.OK {
		return want == "null" && !got.OK
	}
	if len(m.Words) > 0 {
		return m.Word(got) == want
	}
	num, den, fraction := strings.Cut(want, "/")
	if !fraction {
		den = "1"
	}
	n, ok1 := new(big.Rat).SetString(num)
	d, ok2 := new(big.Rat).SetString(den)
	if !ok1 || !ok2 {
		return false
	}
	exact, _ := n.Quo(n, d).Float64()
	return math.Abs(got.F-exact) <= 1e-12*max(1, math.Abs(exact))
}

// TestList asserts the promises of the list: ids, texts, files.
func TestList(t *testing.T) {
	seen := map[string]bool{}
	names := map[string]bool{}
	for _, m := range metric.List() {
		if seen[m.Key()] || names[m.Name()] {
			t.Errorf("%s: key or file name %s used twice", m.Key(), m.Name())
		}
		seen[m.Key()], names[m.Name()] = true, true
		if m.Title == "" || m.Definition == "" || m.Values == nil || m.Terms == nil {
			t.Errorf("%s is incomplete", m.Key())
		}
		if m.Source == "" && !m.Ours {
			t.Errorf("%s names no source and is not ours", m.Key())
		}
		if !slices.Contains(metric.Scopes(), m.Scope) {
			t.Errorf("%s has the unknown scope %q", m.Key(), m.Scope)
		}
		for _, file := range []string{m.Name() + ".go", m.Name() + ".txtar"} {
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s has no file %s", m.Key(), file)
			}
		}
	}
	files, err := filepath.Glob("*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !names[strings.TrimSuffix(f, ".txtar")] {
			t.Errorf("%s belongs to no metric: add it to the list or delete it", f)
		}
	}
}

// TestIDs keeps the names that files, budgets and JSON rely on.
func TestIDs(t *testing.T) {
	want := map[metric.Scope]string{
		metric.System: "services dependencies tightness propagation_cost nccd scf adcs siy gini_afferent gini_efferent cycles largest_cycle " +
			"call_depth data_sharing database_per_service broker_share asynchronous_share independent_deployability cross_team_share " +
			"team_congruence modularity blast_radius.max blast_radius.mean blast_radius.expected single_points_of_failure scaling_units " +
			"surge_share.max scaling_waste replicas_at_peak cost.provisioned cost.used",
		metric.Service: "afferent efferent coupling instability call_depth visibility_in visibility_out shared_stores tightness " +
			"blast_radius exposure availability load utilisation replicas_at_peak attempts role",
		metric.Team:    "services members cross_team_share services_per_member",
		metric.Journey: "availability full_availability naive_availability minutes_down_a_month single_points_of_failure objective_margin",
	}
	for _, scope := range metric.Scopes() {
		if got := strings.Join(metric.IDs(scope), " "); got != want[scope] {
			t.Errorf("%s:\n got %s\nwant %s", scope, got, want[scope])
		}
	}
}

// TestEmpty asserts that nothing panics, and nothing is NaN, without services.
func TestEmpty(t *testing.T) {
	for _, sys := range []*model.System{
		{},
		{Services: []*model.Service{{Entity: model.Entity{ID: "one"}}}},
	} {
		f := facts(t, sys)
		table := metric.Compute(f)
		for _, scope := range metric.Scopes() {
			for _, c := range table.Columns(scope) {
				for i, v := range c.Values {
					if math.IsNaN(v.F) || math.IsInf(v.F, 0) {
						t.Errorf("%s is %v", c.Metric.Key(), v)
					}
					c.Metric.Terms(f, i)
				}
			}
		}
	}
}

// TestCancelled asserts that a cancelled context leaves values undefined.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := metric.NewFacts(ctx, parse(t, "system: s\nservices:\n  a: {depends_on: [b]}\n  b:\n"), metric.Options{})
	table := metric.Compute(f)
	if f.Err() == nil {
		t.Error("no error")
	}
	if v, known := table.Value(metric.System, "services", ""); !known || v.OK {
		t.Errorf("services is %v, known %v; want an undefined value", v, known)
	}
}

// TestVectors asserts published answers on hard calls between services.
func TestVectors(t *testing.T) {
	for _, v := range []struct{ name, calls, id, want string }{
		{"rud-1", "a>b b>c c>b d>c", "system/siy", "1"},
		{"rud-1", "a>b b>c c>b d>c", "system/scf", "4/12"},
		{"rud-1", "a>b b>c c>b d>c", "service/afferent", "0 2 2 0"},
		{"rud-2", "a>b b>a b>c c>b d>c", "service/coupling", "1 4 2 0"},
		{"maccormack-2006", "A>B A>C B>D C>E E>F", "service/visibility_out", "6 2 3 1 2 1"},
		{"maccormack-2006", "A>B A>C B>D C>E E>F", "system/propagation_cost", "15/36"},
		{"core-roles", coreRoles, "service/visibility_in", "1 2 6 8 6 6 1 1"},
		{"core-roles", coreRoles, "service/visibility_out", "6 5 4 1 4 4 2 5"},
		{"core-roles", coreRoles, "service/role", "control control core shared core core periphery control"},
		{"core-roles", coreRoles, "system/propagation_cost", "31/64"},
		{"blast-1", blast1, "system/blast_radius.mean", "10/42"},
		{"blast-1", blast1, "system/propagation_cost", "17/49"},
		{"blast-1", blast1, "service/blast_radius", "0 1/6 1/6 2/6 2/6 4/6 0"},
		{"retry-sre", "a>b:3 b>c:3 c>d:3", "service/attempts", "1 4 16 64"},
		{"retry-brooker", "a>b:2 b>c:2 c>d:2 d>e:2 e>f:2", "service/attempts", "1 3 9 27 81 243"},
	} {
		scope, id, _ := strings.Cut(v.id, "/")
		f := facts(t, system(v.calls))
		for _, c := range metric.Compute(f, metric.Named(v.id)).Columns(metric.Scope(scope)) {
			want := strings.Fields(v.want)
			for i, got := range c.Values {
				if i >= len(want) || !matches(&c.Metric, got, want[i]) {
					t.Errorf("%s: %s of subject %d is %s, want %v", v.name, id, i, c.Metric.Word(got), want)
				}
			}
		}
	}
}

const (
	coreRoles = "ui>api api>ord api>log ord>pay ord>log pay>inv inv>ord rep>log adm>ord"
	blast1    = "web>order web>cat order>pay order>inv inv>db cat>db mail"
)

// system makes services and hard calls from "caller>callee:retries" words, in
// the order of first mention.
func system(calls string) *model.System {
	sys := &model.System{}
	at := map[string]*model.Service{}
	service := func(id string) *model.Service {
		if at[id] == nil {
			at[id] = &model.Service{Entity: model.Entity{ID: id, Tier: 3}, Runtime: model.Container}
			sys.Services = append(sys.Services, at[id])
		}
		return at[id]
	}
	for _, word := range strings.Fields(calls) {
		word, retries, _ := strings.Cut(word, ":")
		from, to, ok := strings.Cut(word, ">")
		s := service(from)
		if !ok {
			continue
		}
		service(to)
		d := model.Dependency{To: []string{to}, AtLeast: 1, Calls: 1, Knows: model.KnowsContract}
		if retries != "" {
			d.Retries = int(retries[0] - '0')
		}
		s.DependsOn = append(s.DependsOn, d)
	}
	return sys
}
