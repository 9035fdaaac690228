package baseline

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Rule is the rule name of a metric that got worse than the baseline.
const Rule = "ratchet"

// Result is a system held against a baseline.
type Result struct {
	New    model.Diagnostics // findings that the baseline lacks, and metrics that got worse
	Known  model.Diagnostics // findings that the baseline has
	Gone   []Entry           // what the baseline has and the system no longer, with how many
	Better []Gain            // metrics that improved by more than the tolerance
}

// Gain is a metric that is better than the baseline: it may be tightened.
type Gain struct {
	Metric   metric.Metric
	Was, Now graph.Value
}

// Check holds a system and its findings against a baseline. Where a rule finds
// more at one subject than before, the last ones in the file are the new ones.
func (b Baseline) Check(f *metric.Facts, findings model.Diagnostics) Result {
	var r Result
	left := make([]int, len(b.Findings))
	for i, e := range b.Findings {
		left[i] = e.Count
	}
	for _, d := range findings.Sorted() {
		if i, ok := b.entry(d); ok && left[i] > 0 {
			left[i]--
			r.Known = append(r.Known, d)
		} else {
			r.New = append(r.New, d)
		}
	}
	for i, e := range b.Findings {
		if left[i] > 0 {
			r.Gone = append(r.Gone, Entry{e.Rule, e.Subject, left[i], e.Reason})
		}
	}
	b.ratchet(f, &r)
	return r
}

// ratchet compares the metrics of the baseline with those of the system. One
// that this program does not know, or that is undefined now, says nothing.
func (b Baseline) ratchet(f *metric.Facts, r *Result) {
	var keys []string
	for _, m := range b.Metrics {
		keys = append(keys, string(metric.System)+"/"+m.ID)
	}
	t := metric.Compute(f, metric.Named(keys...))
	for _, m := range b.Metrics {
		def, ok := metric.Find(metric.System, m.ID)
		now, _ := t.Value(metric.System, m.ID, "")
		if !ok {
			continue
		}
		was := graph.Number(m.Value)
		switch diff.Judge(def, was, now, b.Tolerance) {
		case diff.Worse:
			r.New = append(r.New, b.worse(f, def, was, now))
		case diff.Better:
			r.Better = append(r.Better, Gain{def, was, now})
		}
	}
}

// worse reports a metric that slipped, with what adds most to it.
func (b Baseline) worse(f *metric.Facts, m metric.Metric, was, now graph.Value) model.Diagnostic {
	sys := f.System()
	old, new := m.Format(was), m.Format(now)
	if old == new {
		old, new = strconv.FormatFloat(was.F, 'g', -1, 64), strconv.FormatFloat(now.F, 'g', -1, 64)
	}
	d := model.Diagnostic{
		Rule: Rule, Severity: model.Error, Pos: sys.At("system"), Subject: "system: " + m.ID,
		Message: fmt.Sprintf("%s of %q is %s, worse than the %s of the baseline", m.ID, sys.Name, new, old),
		Hint:    fmt.Sprintf("bring it back to %s (tolerance %s), or accept it with taut baseline update; taut diff --base names the change that moved it", old, metric.Percent(b.Tolerance)),
	}
	if most, ok := metric.Contributor(f, m, 0); ok {
		d.Message += fmt.Sprintf("; %q adds most", most.Label)
		if !most.Pos.IsZero() {
			d.Related = append(d.Related, model.Related{Pos: most.Pos, Message: "adds most to it"})
		}
	}
	return d
}

// Update is the baseline of the system as it is, with this one's tolerance,
// reasons and choice of metrics: one that was taken out of the file stays out.
func (b Baseline) Update(f *metric.Facts, findings model.Diagnostics) Baseline {
	now := Make(f, findings)
	now.Tolerance, now.Findings = b.Tolerance, b.withReasons(now.Findings)
	now.Metrics = slices.DeleteFunc(now.Metrics, func(m Metric) bool {
		return !slices.ContainsFunc(b.Metrics, func(x Metric) bool { return x.ID == m.ID })
	})
	return now
}

// Prune is this baseline without what is gone, and with the metrics that
// improved: it never lets more through than before.
func (b Baseline) Prune(f *metric.Facts, findings model.Diagnostics) Baseline {
	r := b.Check(f, findings)
	out := b
	out.Findings, out.Metrics = b.withReasons(entries(r.Known)), slices.Clone(b.Metrics)
	for i := range out.Metrics {
		for _, g := range r.Better {
			if g.Metric.ID == out.Metrics[i].ID {
				out.Metrics[i].Value = g.Now.F
			}
		}
	}
	return out
}
