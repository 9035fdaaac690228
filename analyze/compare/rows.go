package compare

import (
	"math"
	"slices"
	"strconv"
	"strings"

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

// Name is the measure with its subject.
func (x *Row) Name() string {
	if x.Subject == "" {
		return x.Metric.Title
	}
	return x.Metric.Title + " of " + x.Subject
}

// Words writes the values of a row with as many decimals as the one that needs
// most, so that they can be read against each other; 0% and 100% are exact.
func (x *Row) Words() []string {
	words, most := make([]string, len(x.Values)), 0
	decimals := func(word string) int {
		_, fraction, _ := strings.Cut(strings.TrimSuffix(word, "%"), ".")
		return len(fraction)
	}
	for i, v := range x.Values {
		words[i] = x.Metric.Format(v)
		if strings.Trim(words[i], "-.,%0123456789") == "" {
			most = max(most, decimals(words[i]))
		}
	}
	for i, v := range x.Values {
		if d := decimals(words[i]); !v.OK || d == most || strings.Trim(words[i], "-.%0123456789") != "" || v.F == math.Trunc(v.F) {
			continue
		}
		if strings.HasSuffix(words[i], "%") {
			words[i] = strconv.FormatFloat(float64(v.F*100), 'f', most, 64) + "%"
		} else {
			words[i] = strconv.FormatFloat(v.F, 'f', most, 64)
		}
	}
	return words
}

// beats says whether a is better than b.
func beats(better metric.Better, a, b float64) bool {
	if better == metric.More {
		return a > b
	}
	return better == metric.Less && a < b
}
