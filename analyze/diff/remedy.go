package diff

import (
	"slices"

	"github.com/taut-dev/taut/model"
)

// mostRemedies is for how many changes a remedy is tried: each is an analysis.
const mostRemedies = 6

// Remedy is what one edit of a new hard dependency would do: the new system with
// `needs: soft` at that dependency, analysed again.
type Remedy struct {
	Change   int
	Failures []TollCause // by index into Result.Failures in place of Change: what those failures would do
	Helps    bool        // at least one failure takes down less
}

// remedies tries to soften the hard dependencies that are new and make a failure
// or a measure worse.
func (w *weigher) remedies() error {
	for _, i := range w.r.blamed() {
		if len(w.r.Remedies) == mostRemedies {
			break
		}
		c := &w.r.Changes[i]
		n := *at(w.new, c.newPath)
		f := w.facts(w.new, []edit{{c.newPath, set(&n, []string{"needs"}, &model.Node{Kind: model.Scalar, Text: "soft"})}})
		if f == nil {
			continue
		}
		x := Remedy{Change: i}
		for k := range w.r.Failures {
			failure := &w.r.Failures[k]
			v, ok := f.Graph().Lookup(failure.ID)
			if !ok || !slices.ContainsFunc(failure.Causes, func(t TollCause) bool { return t.Change == i }) {
				continue
			}
			would := toll(f, v)
			x.Failures = append(x.Failures, TollCause{Change: k, Toll: would})
			x.Helps = x.Helps || would.Down < failure.New.Down
		}
		w.r.Remedies = append(w.r.Remedies, x)
		if err := w.ctx.Err(); err != nil {
			return err
		}
	}
	return w.ctx.Err()
}

// blamed lists the new hard calls that something got worse by.
func (r *Result) blamed() []int {
	var out []int
	for i := range r.Changes {
		if c := &r.Changes[i]; c.Hardened && c.Sync() && r.blames(i) {
			out = append(out, i)
		}
	}
	return out
}

// blames says whether something got worse by a change.
func (r *Result) blames(change int) bool {
	for _, f := range r.Failures {
		if f.Verdict() == Worse && slices.ContainsFunc(f.Causes, func(c TollCause) bool { return c.Change == change }) {
			return true
		}
	}
	for _, m := range r.Moves {
		if m.Verdict == Worse && slices.ContainsFunc(m.Causes, func(c Cause) bool { return c.Change == change }) {
			return true
		}
	}
	for _, s := range r.Strains {
		if s.Verdict() == Worse && slices.ContainsFunc(s.Causes, func(c Cause) bool { return c.Change == change }) {
			return true
		}
	}
	return false
}
