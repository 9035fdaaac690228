package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

// Names lists every name that explain knows.
func Names() []string {
	var names []string
	for _, r := range lint.Rules() {
		names = append(names, r.ID)
	}
	for _, m := range metric.List() {
		if !slices.Contains(names, m.ID) {
			names = append(names, m.ID)
		}
	}
	for _, t := range render.Topics() {
		names = append(names, t.Names...)
	}
	return names
}

// Explain gives the page about a rule, a metric or a table of assumptions. An
// unknown name is an error that says which was probably meant.
func Explain(name string) (render.Page, error) {
	if manual, ok := lint.Doc(name); ok {
		return render.RulePage(name, manual), nil
	}
	if metrics := metric.Lookup(name); len(metrics) > 0 {
		return render.MetricPage(metrics), nil
	}
	for _, t := range render.Topics() {
		if slices.Contains(t.Names, name) {
			return t.Page(), nil
		}
	}
	if near := model.Suggest(name, Names()); near != "" {
		return render.Page{}, fmt.Errorf("no rule or metric is called %q; did you mean %q?", name, near)
	}
	return render.Page{}, fmt.Errorf("no rule or metric is called %q; the lists of rules and metrics have them all", name)
}

// Terms explains the value of a metric for one subject. Where scopes share
// the metric's id, the subject decides which is meant.
func Terms(facts *metric.Facts, name, subject string) (render.Page, error) {
	metrics := metric.Lookup(name)
	if len(metrics) == 0 {
		_, err := Explain(name)
		if err == nil {
			err = fmt.Errorf("%q is no metric: only metrics have a value for a subject", name)
		}
		return render.Page{}, err
	}
	var known []string
	for _, m := range metrics {
		subjects := metric.Subjects(facts, m.Scope)
		for i, s := range subjects {
			if s == subject || m.Scope == metric.System && subject == "system" {
				return render.TermsPage(facts, m, i, subject), facts.Err()
			}
		}
		known = append(known, subjects...)
	}
	known = slices.DeleteFunc(known, func(s string) bool { return s == "" })
	if near := model.Suggest(subject, known); near != "" {
		return render.Page{}, fmt.Errorf("%s knows no %q; did you mean %q?", name, subject, near)
	}
	if len(known) == 0 {
		return render.Page{}, fmt.Errorf("%s is measured for the whole system: its subject is system", name)
	}
	return render.Page{}, fmt.Errorf("%s knows no %q; it is measured for %s", name, subject, strings.Join(known[:min(len(known), 12)], ", "))
}
