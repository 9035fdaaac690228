package render

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// blamed is a change with what got worse by it: indices into the result.
type blamed struct {
	change                   int
	failures, strains, moves []int
}

// told are the measures whose worsening is told first.
var told = []string{"availability", "single_points_of_failure", "cycles", "scaling_units", "blast_radius.max", "blast_radius.expected", "call_depth", "propagation_cost", "tightness", "scaling_waste", "surge_share.max"}

// blamed lists the changes that something got worse by, the weightiest first.
// What an edge brings about is not said again of the element it starts or ends at.
func (v *diffView) blamed() []blamed {
	var out []blamed
	failures, moves := map[int]bool{}, map[int]bool{} // said of edges; only looked up
	for _, edges := range []bool{true, false} {
		for i := range v.r.Changes {
			c := &v.r.Changes[i]
			if c.Kind.Edge() != edges {
				continue
			}
			said := func(in map[int]bool, x int) bool { return !edges && c.Op != diff.Changed && in[x] }
			out = v.blameOne(out, i, func(f int) bool { return said(failures, f) }, func(m int) bool { return said(moves, m) })
		}
		for _, b := range out {
			for _, f := range b.failures {
				failures[f] = true
			}
			for _, m := range b.moves {
				moves[m] = true
			}
		}
	}
	slices.SortStableFunc(out, func(a, b blamed) int {
		return cmp.Or(cmp.Compare(len(b.failures), len(a.failures)), cmp.Compare(len(b.strains), len(a.strains)), cmp.Compare(len(b.moves), len(a.moves)))
	})
	return out
}

// blameOne adds a change with what got worse by it and was not said before.
func (v *diffView) blameOne(to []blamed, change int, saidFailure, saidMove func(int) bool) []blamed {
	b := blamed{change: change}
	for i := range v.r.Failures {
		f := &v.r.Failures[i]
		if f.Verdict() == diff.Worse && slices.ContainsFunc(f.Causes, func(c diff.TollCause) bool { return c.Change == change }) && !saidFailure(i) {
			b.failures = append(b.failures, i)
		}
	}
	for i := range v.r.Moves {
		m := &v.r.Moves[i]
		if m.Judge(v.Tolerance) == diff.Worse && !diff.Restated(m.Metric) &&
			slices.ContainsFunc(m.Causes, func(c diff.Cause) bool { return c.Change == change }) && !saidMove(i) {
			b.moves = append(b.moves, i)
		}
	}
	for i := range v.r.Strains {
		if s := &v.r.Strains[i]; s.Verdict() == diff.Worse && slices.ContainsFunc(s.Causes, func(c diff.Cause) bool { return c.Change == change }) {
			b.strains = append(b.strains, i)
		}
	}
	if len(b.failures)+len(b.strains)+len(b.moves) == 0 {
		return to
	}
	slices.SortStableFunc(b.moves, func(x, y int) int { return cmp.Compare(v.rank(x), v.rank(y)) })
	return append(to, b)
}

// rank is how early the worsening of a measure is told.
func (v *diffView) rank(move int) int {
	if i := slices.Index(told, v.r.Moves[move].Metric.ID); i >= 0 {
		return i
	}
	return len(told)
}

// failureEffects says which failures a change makes worse. Failures that come
// to the same are told together.
func (v *diffView) failureEffects(b blamed) []string {
	var out []string
	type group struct {
		names []string
		text  string
	}
	var groups []group
	for _, i := range b.failures {
		f := &v.r.Failures[i]
		text := tollText(f.Old, f.New) + v.newlyHit(f)
		k := slices.IndexFunc(groups, func(g group) bool { return g.text == text })
		if k < 0 {
			groups, k = append(groups, group{text: text}), len(groups)
		}
		groups[k].names = append(groups[k].names, f.Label)
	}
	for i := range v.r.Failures {
		f := &v.r.Failures[i]
		if f.Op == diff.Added && slices.ContainsFunc(f.Causes, func(c diff.TollCause) bool { return c.Change == b.change }) {
			groups = append(groups, group{[]string{f.Label + ", which is new,"}, fmt.Sprintf("takes down %d of %d other services%s", f.New.Down, f.New.Others, strings.Replace(v.newlyHit(f), ": now also ", ": ", 1))})
		}
	}
	for _, g := range groups[:min(len(groups), effectsShown)] {
		out = append(out, "a failure of "+oneOf(g.names)+" "+g.text)
	}
	if more := len(groups) - effectsShown; more > 0 {
		out = append(out, fmt.Sprintf("and %s reach further", Count(more, "more group")+" of failures"))
	}
	return out
}

// tollText says how many services a failure hits, and how many before.
func tollText(old, new diff.Toll) string {
	share := func(t diff.Toll) string { return metric.Percent(t.Radius()) }
	switch {
	case old.Down != new.Down:
		return fmt.Sprintf("takes down %d of %d other services instead of %d (%s → %s)", new.Down, new.Others, old.Down, share(old), share(new))
	case old.Degraded != new.Degraded:
		return fmt.Sprintf("leaves %d of %d other services working with less instead of %d", new.Degraded, new.Others, old.Degraded)
	}
	return fmt.Sprintf("delays %d of %d other services instead of %d", new.Delayed, new.Others, old.Delayed)
}

// newlyHit names the services that fare worse in a failure than before.
func (v *diffView) newlyHit(f *diff.Failure) string {
	var names []string
	for _, h := range f.Hits {
		if h.New > h.Old && (h.New == graph.Down || f.Old.Down == f.New.Down) {
			names = append(names, h.Label)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return ": now also " + enumerate(names, 4)
}

// moveEffects says which measures a change makes worse.
func (v *diffView) moveEffects(b blamed) []string {
	var out, rest []string
	for _, i := range b.moves {
		m := &v.r.Moves[i]
		old, new := twoValues(&m.Metric, m.Old, m.New)
		if len(out) == effectsShown {
			rest = append(rest, measureName(m))
			continue
		}
		text := fmt.Sprintf("%s: %s → %s%s", measureName(m), old, new, v.joined(&m.Metric))
		if k := slices.IndexFunc(m.Causes, func(c diff.Cause) bool { return c.Change == b.change }); k >= 0 && len(m.Causes) > 1 {
			word := "without this change "
			if m.Causes[k].Alone {
				word = "with this change alone "
			}
			if value := m.Metric.Format(m.Causes[k].Value); value != old && value != new {
				text += " (" + word + value + ")"
			}
		}
		if v.r.Dilutes(m, b.change) {
			text += " (with less in all, what remains weighs more)"
		}
		out = append(out, text)
	}
	if len(rest) > 0 {
		out = append(out, "also worse: "+strings.Join(slices.Compact(rest), ", "))
	}
	return out
}

// overloads says what the peak asks of places that cannot take it, by a change.
func (v *diffView) overloads(b blamed) []string {
	var out []string
	for _, i := range b.strains {
		s := &v.r.Strains[i]
		old, new := strainValue(s, s.Old), strainValue(s, s.New)
		if s.Waits() {
			out = append(out, fmt.Sprintf("in %s, at the peak, for %s: %s instead of %s", s.Label, enumerate(s.For, 3), new, old))
			continue
		}
		out = append(out, fmt.Sprintf("the peak asks %s for %s of what it can serve instead of %s", s.Label, new, old))
	}
	return out
}

// strainValue writes what a place is asked for.
func strainValue(s *diff.Strain, value float64) string {
	switch {
	case !s.Waits() && value == 0:
		return "no bound"
	case !s.Waits():
		return metric.Percent(value)
	case math.IsInf(value, 1):
		return "events that never drain"
	}
	return metric.Number(value) + " events waiting"
}

// measureName is a measure with its subject.
func measureName(m *diff.Move) string {
	switch {
	case m.Subject == "":
		return m.Metric.Title
	case m.Metric.Scope == metric.Journey:
		return m.Metric.Title + " of the journey " + m.Subject
	}
	return m.Metric.Title + " of " + m.Subject
}

// twoValues writes two values so that they look as different as they are.
func twoValues(m *metric.Metric, old, new graph.Value) (a, b string) {
	a, b = m.Format(old), m.Format(new)
	for digits := 3; a == b && digits <= 12; digits += 2 {
		a, b = inDigits(m, old, digits), inDigits(m, new, digits)
	}
	return a, b
}

func inDigits(m *metric.Metric, v graph.Value, digits int) string {
	if m.Unit == "share" {
		return strconv.FormatFloat(float64(v.F*100), 'g', digits, 64) + "%"
	}
	return strconv.FormatFloat(v.F, 'g', digits, 64)
}

// remedy says what to do about a change, the way that was tried first. The other
// ways are the same for all, and told once.
func (v *diffView) remedy(b blamed, first bool) []string {
	c := &v.r.Changes[b.change]
	switch {
	case c.Kind == diff.Dependency && c.Target == graph.Store && c.Op == diff.Added:
		return []string{fmt.Sprintf("ask the service that owns %s, or keep an own copy fed by events", v.label(c.To[0]))}
	case c.Kind == diff.Dependency && !c.Hardened && c.Lost() != nil:
		return []string{fmt.Sprintf("keep an alternative beside %s (any_of), as %s was", v.targets(c), v.label(c.Lost()[0]))}
	case c.Kind == diff.Ground || !c.Hardened || !c.Sync():
		return nil
	}
	from, to := v.label(c.From), v.targets(c)
	soft := fmt.Sprintf("if %s can do without %s for a while, write needs: soft and a fallback", from, to)
	if c.Op == diff.Changed {
		soft = fmt.Sprintf("keep the dependency on %s soft, with a fallback", to)
	}
	out := []string{soft + v.tried(b.change)}
	if !first {
		return out
	}
	if c.Target == graph.Service {
		out = append(out, fmt.Sprintf("if the answer may come later, publish an event that %s consumes instead of calling it (answer: later marks such calls)", to))
	}
	if !c.Timeout {
		out = append(out, "if the call must stay as it is, give it a timeout: as it stands, "+from+" waits for ever")
	}
	return out
}

func (v *diffView) targets(c *diff.Change) string {
	names := make([]string, len(c.To))
	for i, id := range c.To {
		names[i] = v.label(id)
	}
	return strings.Join(names, " or ")
}

// tried says what the remedy would do: it was computed.
func (v *diffView) tried(change int) string {
	for _, x := range v.r.Remedies {
		if x.Change != change || !x.Helps {
			continue
		}
		best := x.Failures[0]
		for _, f := range x.Failures {
			if v.r.Failures[f.Change].New.Down-f.Toll.Down > v.r.Failures[best.Change].New.Down-best.Toll.Down {
				best = f
			}
		}
		f := &v.r.Failures[best.Change]
		return fmt.Sprintf(": a failure of %s then takes down %d, not %d", f.Label, best.Toll.Down, f.New.Down)
	}
	return ""
}

// enumerate lists names, at most so many.
func enumerate(names []string, most int) string {
	if more := len(names) - most; more > 0 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", more)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// oneOf lists alternatives.
func oneOf(names []string) string {
	if len(names) > 4 {
		return enumerate(names, 3)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
