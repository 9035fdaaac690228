package compare

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
)

const shop = `
system: shop
services:
  web: {exposed: true, load: {rate: 10/s, peak: 20/s}, scaling: {duration: 100ms}, depends_on: [orders]}
  orders:
    exposed: true
    load: {rate: 1/s, peak: 10/s, peak_duration: 1m}
    scaling: {duration: 500ms}
    depends_on: [{to: pay, answer: later}, {to: db, access: write}]
  pay: {scaling: {duration: 500ms}}
stores: {db: }
designs:
  mono: {preset: monolith}
  events: {preset: event-driven}
`

func columns(t *testing.T, text string, ids ...string) []Design {
	t.Helper()
	sys, diagnostics := model.Parse("test.yaml", []byte(text), model.DefaultLimits())
	if sys == nil {
		t.Fatal(diagnostics)
	}
	var out []Design
	for _, id := range ids {
		d, diagnostics := design.Apply(sys, id, model.DefaultLimits())
		if d == nil {
			t.Fatal(diagnostics)
		}
		out = append(out, Design{ID: id, Title: id, Facts: metric.NewFacts(context.Background(), d, metric.Options{})})
	}
	return out
}

func compared(t *testing.T, o Options, ids ...string) *Result {
	t.Helper()
	r, err := Compare(columns(t, shop, ids...), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestChoices(t *testing.T) {
	r := compared(t, Options{}, "mono", "events")
	// The monolith loses both others whatever fails; events loses web with
	// orders, and nothing with web or pay.
	if r.Fail != "orders" {
		t.Errorf("fails: %q", r.Fail)
	}
	if r.Surge != "orders" { // 10 times, web only 2
		t.Errorf("surges: %q", r.Surge)
	}
	r = compared(t, Options{Fail: "db", Surge: "web"}, "base", "events")
	if r.Fail != "db" || r.Surge != "web" {
		t.Errorf("named: %q, %q", r.Fail, r.Surge)
	}
	for want, o := range map[string]Options{
		`did you mean "orders"`:               {Fail: "ordes"},
		`--surge "db" is no service`:          {Surge: "db"},
		`"nothing-like-it" is no service, st`: {Fail: "nothing-like-it"},
	} {
		if _, err := Compare(columns(t, shop, "base", "events"), o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestVerdict(t *testing.T) {
	r := compared(t, Options{}, "mono", "events")
	var all []string
	for _, l := range slices.Concat(r.Verdict, r.Short, r.Better, r.Worse) {
		all = append(all, r.Designs[l.Design].ID+": "+l.Text)
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{
		"mono: one failure of orders takes down 2 of 2 other services",
		"events: one failure of orders takes down 1 of 2 other services",
		// (10·0.1 + 11·0.5 + 11·0.5) ÷ 0.7 is 18 replicas, with 20 orders a second 30
		"mono: a 10× spike on orders adds 12 replicas of all 3 services of shop",
		"events: a 10× spike on orders adds 7 replicas of orders",
		// 8 replicas pay 16 a second: 20 arrive for a minute, then 11
		"in events 240 events wait, drained in 48 s, for pay",
		"events: 1 call is now answered later, by events",
		"events: 3 more things to deploy and run",
		"events: one failure of web takes down 0 other services instead of 2 (and 2 more failures reach less far)",
		"events: availability of web: 99.7% instead of 99.8% (131 instead of 87.6 minutes a month down)",
		"worse than mono; most of all one failure of web",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("not said: %s\nin\n%s", want, text)
		}
	}
	if strings.Contains(text, "naive") || strings.Contains(text, "minutes down") {
		t.Error("one thing is told twice")
	}
}

// TestOfItself compares a design with itself: nothing is better, nothing worse.
func TestOfItself(t *testing.T) {
	r := compared(t, Options{}, "events", "events")
	if len(r.Worse) > 0 || len(r.Better) > 0 {
		t.Error(r.Worse, r.Better)
	}
	for _, row := range r.Rows {
		for i := range row.Values {
			if row.Values[i] != row.Values[0] || row.Best[i] {
				t.Errorf("%s: %v, best %v", row.Metric.ID, row.Values, row.Best)
			}
		}
	}
}

func TestBest(t *testing.T) {
	n := graph.Number
	for _, c := range []struct {
		better metric.Better
		values []graph.Value
		want   []bool
	}{
		{metric.Less, []graph.Value{n(2), n(1), n(1)}, []bool{false, true, true}},
		{metric.More, []graph.Value{n(2), n(1), {}}, []bool{true, false, false}},
		{metric.Less, []graph.Value{n(1), n(1)}, []bool{false, false}},
		{metric.Neither, []graph.Value{n(2), n(1)}, []bool{false, false}},
		{metric.Less, []graph.Value{{}, n(0)}, []bool{false, true}},
	} {
		got := best(c.better, c.values)
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%v of %v: %v", c.better, c.values, got)
			}
		}
	}
}

// TestCostsNameTheFailure: a failure that takes down more in a design is told,
// whichever failure is shown.
func TestCostsNameTheFailure(t *testing.T) {
	r := compared(t, Options{Fail: "web"}, "events", "mono")
	text := ""
	for _, l := range r.Worse {
		text += l.Text + "\n"
	}
	if !strings.Contains(text, "one failure of web takes down 2 other services instead of 0 (and 2 more failures reach further)") {
		t.Error(text)
	}
}

// TestWords: the values of a row have the same decimals, but exact ones.
func TestWords(t *testing.T) {
	share, _ := metric.Find(metric.System, "blast_radius.expected")
	count, _ := metric.Find(metric.System, "nccd")
	n := graph.Number
	for _, c := range []struct {
		row  Row
		want string
	}{
		{Row{Metric: share, Values: []graph.Value{n(0.0057), n(0.0045), n(0.005), n(0), n(1), {}}}, "0.57% 0.45% 0.50% 0% 100% n/a"},
		{Row{Metric: count, Values: []graph.Value{n(1.17), n(2), n(1.5)}}, "1.17 2 1.50"},
	} {
		if got := strings.Join(c.row.Words(), " "); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}
