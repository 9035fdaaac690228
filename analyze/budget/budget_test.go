package budget

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// shop is the system of all tests; the budgets come behind it, from line 13 on.
const shop = `system: web shop
services:
  storefront: {owner: web, depends_on: [orders, catalogue, search]}
  orders: {owner: checkout, depends_on: [payments]}
  payments: {owner: checkout}
  catalogue: {owner: web, depends_on: [search]}
  search: {owner: web}
  lone: {owner: web, exposed: true}
  ping: {owner: web, depends_on: [pong]}
  pong: {owner: web, depends_on: [ping]}
teams:
  web: {members: 3}
`

func parse(t *testing.T, budgets string) *model.System {
	t.Helper()
	sys, found := model.Parse("architecture.yaml", []byte(shop+budgets), model.DefaultLimits())
	if sys == nil {
		t.Fatalf("%v\n%s", found, budgets)
	}
	return sys
}

func check(sys *model.System, today model.Date) model.Diagnostics {
	f := metric.NewFacts(context.Background(), sys, metric.Options{})
	return Check(f, metric.Compute(f, metric.Named(Keys(sys)...)), today)
}

func today() model.Date { return model.Date{Year: 2026, Month: 6, Day: 15} }

// lines gives each finding as "line severity message".
func lines(found model.Diagnostics) []string {
	var out []string
	for _, d := range found {
		out = append(out, fmt.Sprintf("%d %v %s", d.Pos.Line, d.Severity, d.Message))
	}
	return out
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name, budgets string
		want          []string // beginnings of "line severity message"
	}{
		{"nothing", "", nil},
		{"within", "budgets:\n  system: {cycles: 1}\n  services: {efferent: 3}\n", nil},
		{"system", "budgets:\n  system:\n    cycles: 0\n", []string{
			`15 error cycles of "web shop" is 1, more than its limit of 0 groups; largest contributor: "ping → pong → ping"`,
		}},
		{"a failure", "budgets:\n  system:\n    blast_radius.max: 0%\n", []string{
			`15 error blast_radius.max of "web shop" is 28.6%, more than its limit of 0%; "payments" takes down 2 of 7 services`,
		}},
		{"default", "budgets:\n  services:\n    default: {efferent: 2}\n", []string{
			`15 error efferent of "storefront" is 3, more than its limit of 2 services; largest contributor: "storefront → `,
		}},
		{"exception", "budgets:\n  services:\n    default: {efferent: 2}\n    storefront: {efferent: 3, reason: gateway}\n", nil},
		{"exception without a reason", "budgets:\n  services:\n    default: {efferent: 2}\n    storefront: {efferent: 3}\n", []string{
			`16 note the limit of "storefront" on efferent is looser than the default and gives no reason`,
		}},
		{"stricter exception", "budgets:\n  services:\n    default: {efferent: 3}\n    orders: {efferent: 0}\n", []string{
			`16 error efferent of "orders" is 1, more than its limit of 0 services`,
		}},
		{"last day", "budgets:\n  services:\n    default: {efferent: 2}\n    storefront: {efferent: 3, reason: gateway, until: 2026-06-15}\n", nil},
		{"expired", "budgets:\n  services:\n    default: {efferent: 2}\n    storefront: {efferent: 3, reason: gateway, until: 2026-06-14}\n", []string{
			`15 error efferent of "storefront" is 3, more than its limit of 2 services; largest contributor: "storefront → `,
		}},
		{"only an exception", "budgets:\n  services:\n    storefront: {efferent: 2}\n", []string{
			`15 error efferent of "storefront" is 3`,
		}},
		{"only an expired exception", "budgets:\n  services:\n    storefront: {efferent: 2, until: 2026-06-14}\n", nil},
		{"undefined", "budgets:\n  services:\n    default: {call_depth: 9}\n", []string{
			`15 note call_depth is undefined for "ping", "pong", so the limit says nothing there`,
		}},
		{"both sides", "budgets:\n  services:\n    default: {instability: {min: 0, max: 0.9}}\n", []string{
			`15 note instability is undefined for "lone"`,
			`15 error instability of "storefront" is 100%, more than its limit of 90%`,
		}},
	} {
		sys := parse(t, c.budgets)
		if found := Validate(sys); len(found) != 0 {
			t.Errorf("%s: not valid: %v", c.name, lines(found))
		}
		got := lines(check(sys, today()))
		ok := len(got) == len(c.want)
		for i := range got {
			ok = ok && strings.HasPrefix(got[i], c.want[i])
		}
		if !ok {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// TestBounds: which side a limit has, and that sums of shares do not break it.
func TestBounds(t *testing.T) {
	number := func(x float64) *float64 { return &x }
	tenth := 0.1
	for _, c := range []struct {
		limit  model.Limit
		better metric.Better
		value  float64
		past   string
	}{
		{model.Limit{Value: number(3)}, metric.Less, 3, ""},
		{model.Limit{Value: number(3)}, metric.Less, 4, "above"},
		{model.Limit{Value: number(3)}, metric.Less, -4, ""},
		{model.Limit{Value: number(3)}, metric.More, 3, ""},
		{model.Limit{Value: number(3)}, metric.More, 2, "below"},
		{model.Limit{Value: number(3)}, metric.More, 9, ""},
		{model.Limit{Value: number(0)}, metric.Less, 0, ""},
		{model.Limit{Value: number(0)}, metric.Less, 1e-9, "above"},
		{model.Limit{Value: number(0.3)}, metric.Less, tenth + 2*tenth, ""},
		{model.Limit{Min: number(1), Max: number(2)}, metric.Neither, 1.5, ""},
		{model.Limit{Min: number(1), Max: number(2)}, metric.Neither, 2.5, "above"},
		{model.Limit{Min: number(1), Max: number(2)}, metric.Less, 0.5, "below"},
		{model.Limit{Max: number(2)}, metric.More, -100, ""},
	} {
		b, got := boundsOf(&c.limit, c.better), ""
		switch {
		case b.above(c.value):
			got = "above"
		case b.below(c.value):
			got = "below"
		}
		if got != c.past {
			t.Errorf("%v, %+v: %q, want %q", c.better, b, got, c.past)
		}
	}
	if (bounds{0, math.Inf(1)}).looser(bounds{0, math.Inf(1)}) {
		t.Error("a limit is looser than itself")
	}
}

// TestFindings: place, subject, the other ends, and the way out.
func TestFindings(t *testing.T) {
	sys := parse(t, `budgets:
  services:
    default: {efferent: 2}
    storefront: {efferent: 9, reason: gateway, owner: web, until: 2026-06-14}
    orders: {efferent: 0, reason: small, owner: checkout, until: 2026-12-31}
`)
	found := check(sys, today())
	if len(found) != 2 {
		t.Fatalf("%v", lines(found))
	}
	expired, own := found[0], found[1]
	if !strings.HasSuffix(expired.Message, "the waiver expired on 2026-06-14") || expired.Subject != "services.storefront: efferent" {
		t.Errorf("%+v", expired)
	}
	var places []string
	for _, r := range expired.Related {
		places = append(places, fmt.Sprintf("%d %s", r.Pos.Line, r.Message))
	}
	want := []string{
		`3 "storefront" is declared here`,
		`3 the largest contributor: calls`,
		`16 the waiver (by "web", until 2026-06-14, "gateway")`,
	}
	if !slices.Equal(places, want) {
		t.Errorf("related to %q, want %q", places, want)
	}
	if !strings.HasSuffix(own.Message, `; this already is its own limit (by "checkout", until 2026-12-31, "small")`) || own.Hint != advice("efferent") {
		t.Errorf("%q, hint %q", own.Message, own.Hint)
	}
	for range 3 {
		if again := check(parse(t, ""), today()); len(again) != 0 {
			t.Errorf("no budgets, but %v", lines(again))
		}
		if again := check(sys, today()); !reflect.DeepEqual(again, found) {
			t.Errorf("%+v\nthen %+v", found, again)
		}
	}
	f := metric.NewFacts(context.Background(), sys, metric.Options{})
	if without := Check(f, nil, today()); !reflect.DeepEqual(without, found) {
		t.Errorf("without a table %v, with %v", lines(without), lines(found))
	}
}

func TestValidate(t *testing.T) {
	sys := parse(t, `budgets:
  system:
    propagation_costs: 25%
    efferent: 3
  services:
    default:
      role: 1
      instability: 0.5
      coupling: {min: 2, max: 3}
    storefront: {efferent: 9}
  teams:
    checkout: {services: 3}
`)
	var got []string
	for _, d := range Validate(sys) {
		got = append(got, fmt.Sprintf("%d %s: %s; %s", d.Pos.Line, d.Rule, d.Message, d.Hint))
	}
	want := []string{
		"15 unknown-metric: \"propagation_costs\" is none of the metrics of system; did you mean \"propagation_cost\"?",
		"16 unknown-metric: \"efferent\" is none of the metrics of system; it is a metric of `services`: put it there",
		"19 budget: \"role\" is a word, not a number, and can have no limit; take it out",
		"20 budget: neither more nor less of \"instability\" is better, so a plain limit has no side; write {min: …}, {max: …} or both",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestWritten(t *testing.T) {
	share := &metric.Metric{Unit: "share"}
	count := &metric.Metric{Unit: "services"}
	for _, c := range []struct {
		m            *metric.Metric
		value, limit float64
		want         string
	}{
		{share, 0.41, 0.25, "41% 25%"},
		{share, 0.25001, 0.25, "25.001% 25%"},
		{count, 9, 7, "9 7 services"},
	} {
		v, l := written(c.m, c.value, c.limit)
		if got := v + " " + l; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// TestKeys: what a table must hold, each metric once.
func TestKeys(t *testing.T) {
	sys := parse(t, "budgets:\n  services:\n    default: {efferent: 2}\n    orders: {efferent: 1, afferent: 1}\n  system: {cycles: 1}\n")
	if got := strings.Join(Keys(sys), " "); got != "system/cycles service/efferent service/afferent" {
		t.Errorf("%q", got)
	}
}
