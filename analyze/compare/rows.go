package compare

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// rows fills in one row for every metric of the system and of the journeys
// that all designs have, where at least one value is defined.
func (r *Result) rows() {
	first := r.Designs[0].Table
	for _, scope := range []metric.Scope{metric.System, metric.Journey} {
		for _, subject := range first.Subjects(scope) {
			for _, c := range first.Columns(scope) {
				r.row(c.Metric, subject)
			}
		}
	}
}

func (r *Result) row(m metric.Metric, subject string) {
	row := Row{Metric: m, Subject: subject}
	defined := false
	for i := range r.Designs {
		v, ok := r.Designs[i].Table.Value(m.Scope, m.ID, subject)
		if !ok {
			return
		}
		defined = defined || v.OK
		row.Values = append(row.Values, v)
	}
	if defined {
		row.Best = best(m.Better, row.Values)
		r.Rows = append(r.Rows, row)
	}
}

// best marks the best values of a row; none where all are the same, or where
// the metric has no better direction.
func best(better metric.Better, values []graph.Value) []bool {
	marks := make([]bool, len(values))
	if better == metric.Neither || slices.IndexFunc(values, func(v graph.Value) bool { return v != values[0] }) < 0 {
		return marks
	}
	at := -1
	for i, v := range values {
		if v.OK && (at < 0 || beats(better, v.F, values[at].F)) {
			at = i
		}
	}
	for i, v := range values {
		marks[i] = v.OK && v.F == values[at].F
	}
	return marks
}

// beats says whether a is better than b.
func beats(better metric.Better, a, b float64) bool {
	if better == metric.More {
		return a > b
	}
	return better == metric.Less && a < b
}
