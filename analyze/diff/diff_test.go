package diff

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

func parse(t testing.TB, text string) *model.System {
	t.Helper()
	sys, found := model.Parse("architecture.yaml", []byte(text), model.DefaultLimits())
	if sys == nil {
		t.Fatalf("%v\n%s", found, text)
	}
	return sys
}

func side(sys *model.System) Side {
	return Side{Facts: metric.NewFacts(context.Background(), sys, metric.Options{})}
}

func systems(t testing.TB, old, new *model.System) *Result {
	t.Helper()
	r, err := Systems(context.Background(), side(old), side(new), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func shop(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../../examples/shop/architecture.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// words writes changes as "+ dependency catalogue -> payments".
func words(r *Result) []string {
	var out []string
	for _, c := range r.Changes {
		text := c.Op.Sign() + " " + c.Kind.String() + " " + c.Subject()
		for _, f := range c.Fields {
			text += fmt.Sprintf(" %s:%s>%s", f.Key, f.Old, f.New)
		}
		out = append(out, text)
	}
	return out
}

func TestChanges(t *testing.T) {
	base := shop(t)
	for _, c := range []struct {
		name, from, to string
		want           []string
	}{
		{"nothing", "", "", nil},
		{"a default that is written out", "{to: payments-db, access: write, timeout: 200ms}", "{to: payments-db, access: write, timeout: 200ms, calls: 1, retries: 0}", nil},
		{"a time in another unit", "timeout: 2500ms, answer", "timeout: 2.5s, answer", nil},
		{"alternatives in another order", "[stripe, adyen]", "[adyen, stripe]", nil},
		{"a call more", "      - {to: catalogue-db, timeout: 200ms}", "      - {to: catalogue-db, timeout: 200ms}\n      - payments", []string{"+ dependency services.catalogue -> payments"}},
		{"a call less", "      - {to: catalogue, timeout: 500ms}\n", "", []string{"− dependency services.storefront -> catalogue"}},
		{"a timeout", "{to: catalogue, timeout: 500ms}", "{to: catalogue, timeout: 1s, needs: soft}", []string{"~ dependency services.storefront -> catalogue needs:>soft timeout:500ms>1s"}},
		{"an alternative less", "any_of: [stripe, adyen]", "to: stripe", []string{"~ dependency services.payments -> stripe any_of:adyen>", "− external externals.adyen"}},
		{"a value of a service", "volatility: high", "volatility: low", []string{"~ service services.orders volatility:high>"}},
		{"an owner", "owner: web\n    domain: fulfilment", "owner: logistics\n    domain: fulfilment", []string{"~ service services.email owner:web>logistics"}},
		{"a budget", "cycles: 0, blast", "cycles: 1, blast", []string{"~ setting budgets.system.cycles :0>1"}},
		{"a journey", "requires: [catalogue]", "requires: [catalogue, cart]", []string{"~ journey journeys.browse requires:>cart"}},
	} {
		to := strings.Replace(base, c.from, c.to, 1)
		if c.name == "an alternative less" {
			to = strings.Replace(to, "  adyen: {name: Adyen, availability: 99.9%}\n", "", 1)
		}
		got := words(systems(t, parse(t, base), parse(t, to)))
		slices.Sort(got)
		want := slices.Clone(c.want)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestCauses: the edge that moved a failure and a measure is named, with what
// would be without it, and a remedy is tried.
func TestCauses(t *testing.T) {
	base := shop(t)
	more := strings.Replace(base, "      - {to: catalogue-db, timeout: 200ms}", "      - {to: catalogue-db, timeout: 200ms}\n      - payments", 1)
	r := systems(t, parse(t, base), parse(t, more))
	i := slices.IndexFunc(r.Failures, func(f Failure) bool { return f.ID == "payments" })
	if i < 0 {
		t.Fatalf("%+v", r.Failures)
	}
	f := r.Failures[i]
	if f.Old.Down != 1 || f.New.Down != 3 || len(f.Causes) != 1 || f.Causes[0].Toll.Down != 1 || r.Changes[f.Causes[0].Change].Subject() != "services.catalogue -> payments" {
		t.Errorf("%+v", f)
	}
	var hit []string
	for _, h := range f.Hits {
		hit = append(hit, fmt.Sprintf("%s %v>%v", h.ID, h.Old, h.New))
	}
	if strings.Join(hit, ",") != "storefront degraded>down,catalogue up>down" {
		t.Errorf("%q", hit)
	}
	if len(r.Remedies) != 1 || !r.Remedies[0].Helps {
		t.Errorf("%+v", r.Remedies)
	}
	for _, m := range r.Moves {
		if len(m.Causes) != 1 || !same(m.Causes[0].Value, m.Old) {
			t.Errorf("%s moved from %v to %v, but without the one change %v", m.Metric.ID, m.Old, m.New, m.Causes)
		}
	}
	worse, _ := r.Verdicts(0)
	if more, _ := r.Reaches(); worse == 0 || more == 0 || !r.Worse(0) {
		t.Errorf("%d %d", worse, more)
	}
}

// TestCausesTogether: two edges of which each alone does the same are both
// named, and an edge that lost an alternative is, though what it lost is gone.
func TestCausesTogether(t *testing.T) {
	old := parse(t, "system: s\nservices:\n  a: {exposed: true}\n  b: {depends_on: [d]}\n  c: {depends_on: [d]}\n  d: {depends_on: [{any_of: [x, y]}]}\nexternals: {x: {}, y: {}}\n")
	new := parse(t, "system: s\nservices:\n  a: {exposed: true, depends_on: [b, c]}\n  b: {depends_on: [d]}\n  c: {depends_on: [d]}\n  d: {depends_on: [x]}\nexternals: {x: {}}\n")
	r := systems(t, old, new)
	blamed := map[string]string{}
	for _, f := range r.Failures {
		for _, c := range f.Causes {
			blamed[f.ID] += fmt.Sprint(r.Changes[c.Change].Subject(), " ", c.Toll.Down, " ", c.Alone, ";")
		}
	}
	if got := blamed["d"]; got != "services.a -> b 3 true;services.a -> c 3 true;" {
		t.Errorf("failure of d: %s", got)
	}
	if got := blamed["x"]; got != "services.d -> x 0 false;" {
		t.Errorf("failure of x: %s", got)
	}
	i := slices.IndexFunc(r.Moves, func(m Move) bool { return m.Metric.ID == "call_depth" })
	if len(r.Moves[i].Causes) != 2 || !r.Moves[i].Causes[0].Alone {
		t.Errorf("%+v", r.Moves[i].Causes)
	}
}

func TestFindings(t *testing.T) {
	d := func(rule, subject string, line int) model.Diagnostic {
		return model.Diagnostic{Rule: rule, Subject: subject, Pos: model.Pos{File: "a", Line: line, Col: 1}}
	}
	old := model.Diagnostics{d("x", "services.a", 1), d("x", "services.a", 2), d("y", "services.b", 3)}
	new := model.Diagnostics{d("x", "services.a", 11), d("x", "services.a", 12), d("x", "services.a", 13), d("z", "services.b", 14)}
	fresh, fixed := findings(old, new), findings(new, old)
	if len(fresh) != 2 || fresh[0].Pos.Line != 13 || fresh[1].Rule != "z" || len(fixed) != 1 || fixed[0].Rule != "y" {
		t.Errorf("%+v\n%+v", fresh, fixed)
	}
}

// random draws a small system out of a fixed set of names.
func random(t *rapid.T, label string) *model.System {
	n := rapid.IntRange(1, 5).Draw(t, label+" services")
	text := "system: s\nservices:\n"
	for i := range n {
		text += fmt.Sprintf("  s%d: {tier: %d, load: {rate: 1/s, peak: %d/s}, scaling: {duration: 200ms, max: %d}, depends_on: [", i,
			rapid.IntRange(1, 3).Draw(t, label+" tier"), rapid.IntRange(5, 20).Draw(t, label+" peak"), rapid.IntRange(1, 5).Draw(t, label+" max"))
		var deps []string
		for j := range n {
			switch rapid.IntRange(0, 5).Draw(t, label+" dep") {
			case 0:
				deps = append(deps, fmt.Sprintf("{to: s%d, needs: soft, timeout: %ds}", j, 1+i))
			case 1:
				deps = append(deps, fmt.Sprintf("s%d", j))
			case 2:
				deps = append(deps, fmt.Sprintf("{any_of: [s%d, x1, x%d]}", j, rapid.IntRange(2, 3).Draw(t, label+" group")))
			}
			if len(deps) > 0 && i == j {
				deps = deps[:len(deps)-1]
			}
		}
		text += strings.Join(deps, ", ") + "]}\n"
	}
	text += "externals: {x1: {}, x2: {}, x3: {}}\n"
	if rapid.Bool().Draw(t, label+" unit") {
		text += "units: {u: {services: [s0]}}\n"
	}
	sys, found := model.Parse("a.yaml", []byte(text), model.DefaultLimits())
	if sys == nil {
		t.Skip(found)
	}
	return sys
}

// facts of a difference as lines, with old and new exchanged when reversed.
func lines(r *Result, reversed bool) []string {
	var out []string
	flip := func(a, b any) string {
		if reversed {
			a, b = b, a
		}
		return fmt.Sprint(a, " > ", b)
	}
	for _, c := range r.Changes {
		op := c.Op
		if reversed && op != Changed {
			op = Removed - op
		}
		line := fmt.Sprint(op, " ", c.Kind, " ", c.ID, c.From)
		if c.Op != Changed {
			line += sorted(c.To)
		}
		var fields []string
		for _, f := range c.Fields {
			fields = append(fields, f.Key+" "+flip(f.Old, f.New))
		}
		slices.Sort(fields)
		out = append(out, line+strings.Join(fields, ","))
	}
	for _, m := range append(slices.Clone(r.Moves), r.Services...) {
		verdict := m.Verdict
		if reversed && verdict != Neither {
			verdict = Better + Worse - verdict
		}
		out = append(out, fmt.Sprint(m.Metric.Key(), m.Subject, flip(m.Old, m.New), verdict))
	}
	for _, s := range r.Strains {
		out = append(out, fmt.Sprint(s.key, flip(s.Old, s.New), (s.Verdict() == Worse) != reversed))
	}
	for _, f := range r.Failures {
		op := f.Op
		if reversed && op != Changed {
			op = Removed - op
		}
		out = append(out, fmt.Sprint(f.ID, op, flip(f.Old, f.New), f.Verdict() == Neither))
		for _, h := range f.Hits {
			out = append(out, fmt.Sprint(f.ID, h.ID, flip(h.Old, h.New)))
		}
	}
	slices.Sort(out)
	return out
}

// TestReversedIsNegated: the difference from b to a is that from a to b with old
// and new exchanged, and nothing differs from itself.
func TestReversedIsNegated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := random(t, "old"), random(t, "new")
		compare := func(x, y *model.System) *Result {
			r, err := Systems(context.Background(), side(x), side(y), Options{Weigh: 1})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		there, back := lines(compare(a, b), false), lines(compare(b, a), true)
		if !slices.Equal(there, back) {
			t.Fatalf("there %q\nback  %q", there, back)
		}
		if r := compare(a, a); !r.Empty() {
			t.Fatalf("%+v", r)
		}
	})
}

// TestUnionHoldsBoth: the picture of both versions leaves out no edge of either.
func TestUnionHoldsBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := random(t, "old"), random(t, "new")
		r, err := Systems(context.Background(), side(a), side(b), Options{Weigh: 1})
		if err != nil {
			t.Fatal(err)
		}
		u, ok := r.Union(model.DefaultLimits())
		if !ok {
			t.Fatal("two versions do not fit into one picture")
		}
		have := drawn(u)
		for _, sys := range []*model.System{a, b} {
			for _, pair := range drawn(sys).list {
				if !have.set[pair] {
					t.Fatalf("%v is not drawn", pair)
				}
			}
		}
	})
}

// TestOverloads: lifting a bound that cut the peak is better, whatever replicas it
// takes; demand that grows past a bound is worse, and the change is named.
func TestOverloads(t *testing.T) {
	at := func(peak, most int) *model.System {
		return parse(t, fmt.Sprintf("system: s\nservices:\n  a: {exposed: true, load: {rate: 1/s, peak: %d/s}, scaling: {duration: 1s, max: %d, target_utilisation: 100%%}}\n", peak, most))
	}
	for _, c := range []struct {
		name                          string
		oldPeak, oldMax, peak, newMax int
		replicas, overload            Verdict
		lifted                        float64
	}{
		{"a bound is lifted", 8, 4, 8, 10, Neither, Better, 4},
		{"a bound sets in", 8, 10, 8, 4, Neither, Worse, -4},
		{"demand grows and the bound with it", 8, 4, 9, 10, Worse, Better, 0},
		{"demand grows below the bound", 8, 10, 9, 10, Worse, Neither, 0},
	} {
		r := systems(t, at(c.oldPeak, c.oldMax), at(c.peak, c.newMax))
		i := slices.IndexFunc(r.Moves, func(m Move) bool { return m.Metric.ID == "replicas_at_peak" })
		if m := r.Moves[i]; m.Verdict != c.replicas || m.Lifted != c.lifted {
			t.Errorf("%s: replicas %v, lifted %v", c.name, m.Verdict, m.Lifted)
		}
		overload := Neither
		for _, s := range r.Strains {
			if overload = s.Verdict(); len(s.Causes) != 1 {
				t.Errorf("%s: causes %v", c.name, s.Causes)
			}
		}
		if overload != c.overload || r.Worse(0) != (c.replicas == Worse || c.overload == Worse) {
			t.Errorf("%s: overload %v, worse %v", c.name, overload, r.Worse(0))
		}
	}
}

// TestCausesAddToTheCount: what is taken away is no cause of a greater share
// beside what adds to it, and what moves nothing says so.
func TestCausesAddToTheCount(t *testing.T) {
	old := parse(t, "system: s\nservices:\n  a: {exposed: true, depends_on: [b, c, d]}\n  b: {depends_on: [d]}\n  c: {}\nstores: {d: {}}\n")
	new := parse(t, "system: s\nservices:\n  a: {exposed: true, depends_on: [b, d]}\n  b: {depends_on: [d]}\n  c: {name: Carts, depends_on: [d]}\nstores: {d: {}}\n")
	r := systems(t, old, new)
	i := slices.IndexFunc(r.Moves, func(m Move) bool { return m.Metric.ID == "data_sharing" })
	if c := r.Moves[i].Causes; len(c) != 1 || r.Changes[c[0].Change].Op != Added {
		t.Errorf("%+v", c)
	}
	for _, c := range r.Changes {
		if c.Still != (c.Kind == Service) {
			t.Errorf("%s: %v", c.Subject(), c.Still)
		}
	}
}
