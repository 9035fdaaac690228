package budget

import (
	"slices"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Rule is the id of every finding of this package.
const Rule = "budget"

// Default is the subject whose limits hold for all of a scope.
const Default = "default"

// sections gives the sections of `budgets`, and the scope of metrics that each
// sets limits for, in the order of findings at one place.
func sections() []section {
	return []section{
		{"system", metric.System}, {"services", metric.Service}, {"teams", metric.Team}, {"journeys", metric.Journey},
	}
}

// section is one part of the budgets in a file.
type section struct {
	name  string // as in the file, and in findings' subjects
	scope metric.Scope
}

// subject is the stable path of a subject in findings.
func (s section) subject(id string) string {
	if s.scope == metric.System {
		return s.name
	}
	return s.name + "." + id
}

// Keys lists the keys (scope/id) of all metrics that the budgets need, each once
// in file order: what to ask metric.Compute for.
func Keys(sys *model.System) []string {
	var keys []string
	for _, s := range sections() {
		for _, b := range sys.Budgets {
			for i := range b.Limits {
				key := string(s.scope) + "/" + b.Limits[i].Metric
				if b.Scope == s.name && !slices.Contains(keys, key) {
					keys = append(keys, key)
				}
			}
		}
	}
	return keys
}

// Check compares every value with its limit. A limit of a named subject stands
// before that of the default until its last day; the zero date expires none. A
// plain limit is a maximum where less of the metric is better, and a minimum
// where more is. What is past its limit is an error. Values that are undefined
// pass, with one note for each limit; so does a limit that is looser than the
// default and gives no reason. Metrics that the table lacks are computed.
func Check(f *metric.Facts, t *metric.Table, today model.Date) model.Diagnostics {
	c := &checker{facts: f, table: t, today: today}
	for _, s := range sections() {
		for _, id := range limited(f.System(), s.name) {
			if col, ok := c.column(s.scope, id); ok {
				c.check(s, col)
			}
		}
	}
	return c.found.Sorted()
}

// limited lists the metrics that the budgets of a section name, each once in file
// order.
func limited(sys *model.System, name string) []string {
	var ids []string
	for _, b := range sys.Budgets {
		for i := range b.Limits {
			if id := b.Limits[i].Metric; b.Scope == name && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
