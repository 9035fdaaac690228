package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/lint/custom"
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

// Unknown is the error about a name that explain does not know. Whoever asks adds
// where the names are listed if no near one is known.
type Unknown struct {
	Name string
	File string // whose own rules were looked through; "" for none
	Near string // what was probably meant, or ""
}

// Error says all that is known.
func (u *Unknown) Error() string {
	text := fmt.Sprintf("no rule or metric is called %q", u.Name)
	if u.File != "" {
		text += fmt.Sprintf(", and %s brings none of that name", u.File)
	}
	if u.Near != "" {
		text += fmt.Sprintf("; did you mean %q?", u.Near)
	}
	return text
}

// Explain gives the page about a rule, a metric or a table of assumptions. An
// unknown name is an Unknown.
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
	return render.Page{}, &Unknown{Name: name, Near: model.Suggest(name, Names())}
}

// ExplainOwn gives the page about a rule that a file brings itself: what it looks
// for, what the names in it mean, what it finds on that day. File is what messages
// call the file, and source gives the texts of it. An unknown name is an Unknown.
func ExplainOwn(facts *metric.Facts, name, file string, today model.Date, source func(file string) []byte) (render.Page, error) {
	system := facts.System()
	var ids []string
	for i := range system.Lint.Custom {
		r := &system.Lint.Custom[i]
		if ids = append(ids, r.ID); r.ID != name {
			continue
		}
		found := lint.Run(facts, lint.Options{Today: today, Source: source, Only: []string{r.ID}})
		told := *r
		told.Severity = lint.SeverityOf(system, lint.Rule{ID: r.ID, Severity: r.Severity})
		return render.CustomRulePage(told, namesIn(r), found), facts.Err()
	}
	return render.Page{}, &Unknown{Name: name, File: file, Near: model.Suggest(name, append(ids, Names()...))}
}

// namesIn lists what a rule's condition names, each once.
func namesIn(r *model.CustomRule) [][]render.Cell {
	var rows [][]render.Cell
	said := map[custom.Name]bool{}
	for _, m := range custom.Mentions(r, nil) {
		if !said[m.Name] {
			said[m.Name] = true
			rows = append(rows, render.Row(m.Name.Name, m.Type, m.Doc))
		}
	}
	return rows
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
		own := metric.Subjects(facts, m.Scope)
		for i, s := range own {
			if s == subject || m.Scope == metric.System && subject == "system" {
				return render.TermsPage(facts, m, i, subject), facts.Err()
			}
		}
		known = append(known, own...)
	}
	known = slices.DeleteFunc(known, func(s string) bool { return s == "" })
	if near := model.Suggest(subject, known); near != "" {
		return render.Page{}, fmt.Errorf("%s knows no %q; did you mean %q?", name, subject, near)
	}
	if len(known) == 0 {
		return render.Page{}, fmt.Errorf("%s is measured for the whole system: its subject is system", name)
	}
	const most = 12
	subjects := strings.Join(known[:min(len(known), most)], ", ")
	if len(known) > most {
		subjects += fmt.Sprintf(" and %d more", len(known)-most)
	}
	if of := ofSystem(name); subject == "system" && of != "" {
		subjects += "; of the whole system there is " + of
	}
	return render.Page{}, fmt.Errorf("%s knows no %q; it is measured for %s", name, subject, subjects)
}

// ofSystem lists the metrics of the system that sum another one up: those of
// blast_radius are blast_radius.max and more.
func ofSystem(name string) string {
	var ids []string
	for _, m := range metric.List() {
		if m.Scope == metric.System && strings.HasPrefix(m.ID, name+".") {
			ids = append(ids, m.ID)
		}
	}
	return strings.Join(ids, ", ")
}
