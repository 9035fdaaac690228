package render_test

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"testing"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/render"
)

// notNumbers are what no output may show.
var notNumbers = regexp.MustCompile(`\b(NaN|[+-]?Inf|%!)`)

// TestTermsOfEveryMetric explains every metric of every subject of every example
// as every design: a value that is not 0 has terms, and no term is no number.
func TestTermsOfEveryMetric(t *testing.T) {
	for _, example := range []string{"shop", "bank", "ticketing", "self"} {
		base, diagnostics := model.Load(os.DirFS("../examples/"+example), "architecture.yaml", model.LoadOptions{})
		if base == nil {
			t.Fatal(diagnostics)
		}
		ids := []string{"base"}
		for _, d := range base.Designs {
			ids = append(ids, d.ID)
		}
		for _, id := range ids {
			t.Run(example+"/"+id, func(t *testing.T) {
				sys, diagnostics := design.Apply(base, id, model.DefaultLimits())
				if sys == nil || diagnostics.HasErrors() {
					t.Fatal(diagnostics)
				}
				f := metric.NewFacts(context.Background(), sys, metric.Options{KeepSets: true})
				for _, m := range metric.List() {
					explainAll(t, f, m)
				}
				if err := f.Err(); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}

func explainAll(t *testing.T, f *metric.Facts, m metric.Metric) {
	t.Helper()
	values := m.Values(f)
	for i, subject := range metric.Subjects(f, m.Scope) {
		if values[i].OK && values[i].F != 0 && len(m.Words) == 0 && len(m.Terms(f, i)) == 0 {
			t.Errorf("%s of %q is %v, with no terms", m.Key(), subject, values[i].F)
		}
		page := render.TermsPage(f, m, i, subject)
		var out bytes.Buffer
		if err := render.PageFormats()[0].Write(&out, page, render.Options{}); err != nil {
			t.Errorf("%s of %q: %v", m.Key(), subject, err)
		}
		if bad := notNumbers.Find(out.Bytes()); bad != nil {
			t.Errorf("%s of %q shows %s:\n%s", m.Key(), subject, bad, &out)
		}
	}
}
