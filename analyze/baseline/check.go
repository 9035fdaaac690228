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

// worse reports a metric that slipped, at the new dependency that counts in it, if
// the baseline can tell; else with what adds most to it.
func (b Baseline) worse(f *metric.Facts, m metric.Metric, was, now graph.Value) model.Diagnostic {
	sys := f.System()
	old, new := m.Format(was), m.Format(now)
	if old == new {
		old, new = strconv.FormatFloat(was.F, 'g', -1, 64), strconv.FormatFloat(now.F, 'g', -1, 64)
	}
	d := model.Diagnostic{
		Rule: Rule, Severity: model.Error, Pos: sys.At("system"), Subject: "system: " + m.ID,
		Message: fmt.Sprintf("%s of %q is %s, worse than the %s of the baseline", m.ID, sys.Name, new, old),
		Hint:    fmt.Sprintf("taut diff --base names the change that moved it; accept it with taut baseline update (tolerance %s)", metric.Percent(b.Tolerance)),
	}
	if fresh := b.fresh(f); len(fresh) > 0 {
		for _, t := range m.Terms(f, 0) {
			if slices.ContainsFunc(fresh, func(x edge) bool { return x.name == t.Label }) {
				d.Pos, d.Message = t.Pos, d.Message+fmt.Sprintf("; %q is new since the baseline and counts in it", t.Label)
				return d
			}
		}
		for _, x := range fresh[:min(len(fresh), freshNamed)] {
			d.Related = append(d.Related, model.Related{Pos: x.pos, Message: strconv.Quote(x.name) + " is new since the baseline"})
		}
	}
	if most, ok := metric.Contributor(f, m, 0); ok {
		d.Message += fmt.Sprintf("; largest contributor: %q", most.Label)
		if !most.Pos.IsZero() {
			d.Related = append(d.Related, model.Related{Pos: most.Pos, Message: "the largest contributor"})
		}
	}
	return d
}

// freshNamed is how many new dependencies a finding names.
const freshNamed = 3

// edge is one dependency of a service and where it is declared.
type edge struct {
	name string
	pos  model.Pos
}

// edges lists the dependencies of services, as terms of metrics name them.
func edges(sys *model.System) []edge {
	var out []edge
	for _, s := range sys.Services {
		for i := range s.DependsOn {
			for _, to := range s.DependsOn[i].To {
				out = append(out, edge{s.ID + " → " + to, s.DependsOn[i].Pos})
			}
		}
		for i := range s.Publishes {
			out = append(out, edge{s.ID + " → " + s.Publishes[i].To, s.Publishes[i].Pos})
		}
		for i := range s.Consumes {
			out = append(out, edge{s.ID + " → " + s.Consumes[i].From, s.Consumes[i].Pos})
		}
	}
	return out
}

// dependencies names the edges, sorted.
func dependencies(sys *model.System) []string {
	var out []string
	for _, e := range edges(sys) {
		out = append(out, e.name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fresh lists the edges that the baseline lacks; none when it knows no edges.
func (b Baseline) fresh(f *metric.Facts) []edge {
	if b.Dependencies == nil {
		return nil
	}
	return slices.DeleteFunc(edges(f.System()), func(e edge) bool { return slices.Contains(b.Dependencies, e.name) })
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
	now := dependencies(f.System())
	out.Dependencies = slices.DeleteFunc(slices.Clone(b.Dependencies), func(name string) bool { return !slices.Contains(now, name) })
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
