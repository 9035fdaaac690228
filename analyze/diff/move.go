package diff

import (
	"cmp"
	"math"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Of services' metrics, the moves told are those of the metrics below by at
// least this share of the largest value, and so many at most.
const (
	worthTelling = 0.05
	mostTold     = 12
)

// toldOfServices lists the metrics of services that say what a change does to
// those around it; the others restate the edges themselves.
func toldOfServices() []string {
	return []string{"service/tightness", "service/call_depth", "service/exposure", "service/availability", "service/utilisation", "service/replicas_at_peak", "service/attempts"}
}

// moves compares the metrics of the system, of the journeys and of the services
// that both versions have.
func (r *Result) moves() {
	told := toldOfServices()
	keep := func(m metric.Metric) bool {
		return m.Scope == metric.System || m.Scope == metric.Journey || slices.Contains(told, m.Key())
	}
	old, new := metric.Compute(r.Old.Facts, keep), metric.Compute(r.New.Facts, keep)
	for _, scope := range []metric.Scope{metric.System, metric.Journey} {
		for _, c := range new.Columns(scope) {
			r.Moves = append(r.Moves, column(c, scope, old, new)...)
		}
	}
	r.Services = largest(old, new)
}

// column gives the moves of one metric over the subjects that both versions have.
func column(c metric.Column, scope metric.Scope, old, new *metric.Table) []Move {
	var out []Move
	for i, subject := range new.Subjects(scope) {
		was, known := old.Value(scope, c.Metric.ID, subject)
		if now := c.Values[i]; known && !same(was, now) {
			out = append(out, Move{Metric: c.Metric, Subject: subject, Old: was, New: now, Verdict: Judge(c.Metric, was, now, 0)})
		}
	}
	return out
}

// largest picks the moves of services worth telling, by their share of the
// largest value in either version.
func largest(old, new *metric.Table) []Move {
	type sized struct {
		Move
		share float64
	}
	var all []sized
	for _, c := range new.Columns(metric.Service) {
		most := 0.0
		for _, v := range c.Values {
			most = max(most, math.Abs(v.F))
		}
		for _, subject := range old.Subjects(metric.Service) {
			v, _ := old.Value(metric.Service, c.Metric.ID, subject)
			most = max(most, math.Abs(v.F))
		}
		for _, m := range column(c, metric.Service, old, new) {
			if share := math.Abs(m.New.F-m.Old.F) / most; m.Old.OK && m.New.OK && share >= worthTelling {
				all = append(all, sized{m, share})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b sized) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.Subject, b.Subject)) })
	var out []Move
	for _, x := range all[:min(len(all), mostTold)] {
		out = append(out, x.Move)
	}
	return out
}

// same says whether two values are equal but for the rounding of sums.
func same(a, b graph.Value) bool {
	if a.OK != b.OK {
		return false
	}
	return !a.OK || math.Abs(a.F-b.F) <= 1e-9*max(1, math.Abs(a.F), math.Abs(b.F))
}

// Judge says whether a metric that moved from old to new got better or worse by
// more than a share (the tolerance, 0..1) of the larger of both values. A neutral
// metric gets neither.
func Judge(m metric.Metric, old, new graph.Value, tolerance float64) Verdict {
	if !old.OK || !new.OK || m.Better == metric.Neither || Neutral(m) || same(old, new) {
		return Neither
	}
	change := new.F - old.F
	if m.Better == metric.More {
		change = -change
	}
	switch limit := tolerance * max(math.Abs(old.F), math.Abs(new.F)); {
	case change > limit:
		return Worse
	case change < -limit:
		return Better
	}
	return Neither
}

// findings lists what the second list has and the first has not, counted by rule
// and subject, as lines move. Where a subject has more of one rule than before,
// the last ones are the new ones.
func findings(before, after model.Diagnostics) model.Diagnostics {
	count := map[string]int{}
	for _, d := range before.Sorted() {
		count[Identity(d)]++
	}
	var out model.Diagnostics
	for _, d := range after.Sorted() {
		if count[Identity(d)]--; count[Identity(d)] < 0 {
			out = append(out, d)
		}
	}
	return out
}

// Identity is what makes two findings the same one over time: rule and subject,
// never the place.
func Identity(d model.Diagnostic) string {
	subject := d.Subject
	if subject == "" {
		subject = d.Message
	}
	return d.Rule + "\x00" + subject
}
