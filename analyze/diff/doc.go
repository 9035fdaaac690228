// Package diff tells two versions of one system apart: what was declared
// differently, which measures moved and which change moved them, which failures
// reach further or less far, and which findings are new or gone.
//
// Everything but the causes is antisymmetric: the difference from b to a is the
// difference from a to b with old and new exchanged.
package diff

import (
	"context"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Side is one version of the system: what is computed about it, and what its
// checks have found.
type Side struct {
	Facts    *metric.Facts
	Findings model.Diagnostics
}

// Options bound the work. The zero value is what the command line uses.
type Options struct {
	Weigh  int          // changes whose share is worked out, at most; 0: DefaultWeigh, fewer for large systems
	Limits model.Limits // for systems with one change taken out
}

// DefaultWeigh is of how many changes the share in each move is worked out:
// each costs a whole analysis.
const DefaultWeigh = 24

// weighedNodes bounds nodes × weighed changes, and leastWeighed is what even the
// largest system gets.
const (
	weighedNodes = 20_000
	leastWeighed = 4
)

// Result is the difference. Slices have the order of the new version's file;
// what only the old one has follows.
type Result struct {
	Old, New Side
	Changes  []Change
	Moves    []Move // of the system's and the journeys' metrics, in the order of the list
	Services []Move // of services' metrics, the largest first: those worth telling
	Failures []Failure
	Strains  []Strain          // overloads at the peak, and events that wait, that are not as before
	Fresh    model.Diagnostics // findings that only the new version has
	Fixed    model.Diagnostics // findings that only the old version had
	Remedies []Remedy
	Weighed  int // changes whose share was worked out
	Left     int // changes that could have been, beyond the bound
}

// Move is one metric of one subject that has another value.
type Move struct {
	Metric   metric.Metric
	Subject  string // id of a service or journey; "" for the system
	Old, New graph.Value
	Lifted   float64 // part of New − Old that only lifts an overload, or sets in with one: it judges nothing
	Verdict  Verdict
	Causes   []Cause // the largest first
}

// Cause is one change that moved a value: without it, the new version has
// another one. Where no change can undo a move, as each of several would do for
// it, the causes are those that move the old version Alone. Changes work
// together, so shares need not add up.
type Cause struct {
	Change int         // index into Result.Changes
	Value  graph.Value // of the new version without the change; if Alone, of the old version with it
	Alone  bool
}

// Verdict says whether a move is for the better.
type Verdict int

// The verdicts. Neither also stands for values of which one is undefined.
const (
	Neither Verdict = iota
	Better
	Worse
)

// String gives the verdict as a word: neither, better, worse.
func (v Verdict) String() string { return []string{"neither", "better", "worse"}[v] }

// Failure is a node whose failure now hits other services than before. Services
// that only one version has count as not hit in the other.
type Failure struct {
	Op       Op // Changed; Added and Removed for a node that only one version has
	ID       string
	Label    string
	Old, New Toll
	Hits     []Hit // services whose state in this failure changed, in the order of the new version
	Causes   []TollCause
}

// Toll counts the services that a failure reaches, the failed node left out.
type Toll struct {
	Others, Down, Degraded, Delayed int
}

// Hit is one service in a failure, before and after.
type Hit struct {
	ID, Label string
	Old, New  graph.State
}

// TollCause is a Cause for a failure: what it would do then.
type TollCause struct {
	Change int
	Toll   Toll
	Alone  bool
}

// Systems compares two versions. It fails only when ctx ends first, or when
// the facts of a side cannot be computed.
func Systems(ctx context.Context, old, new Side, o Options) (*Result, error) {
	r := &Result{Old: old, New: new}
	r.Changes = changes(items(old.Facts.System()), items(new.Facts.System()))
	r.describe()
	r.Fresh, r.Fixed = findings(old.Findings, new.Findings), findings(new.Findings, old.Findings)
	r.moves()
	r.failures()
	r.strains()
	r.lift()
	if err := old.Facts.Err(); err != nil {
		return nil, err
	}
	if err := new.Facts.Err(); err != nil {
		return nil, err
	}
	return r, r.weigh(ctx, o)
}

// Empty says that nothing at all differs.
func (r *Result) Empty() bool {
	return len(r.Changes) == 0 && r.Still() && len(r.Fresh) == 0 && len(r.Fixed) == 0
}

// Still says that whatever was changed moves no measure.
func (r *Result) Still() bool {
	return len(r.Moves) == 0 && len(r.Services) == 0 && len(r.Failures) == 0 && len(r.Strains) == 0
}

// Worse says whether the new version is worse than the old one: a metric of the
// system or a journey moved the wrong way by more than the tolerance (a share,
// 0..1), a failure takes down or degrades more, the peak overloads something
// more, or a finding is new that is at least a warning.
func (r *Result) Worse(tolerance float64) bool {
	moves, _ := r.Verdicts(tolerance)
	more, _ := r.Reaches()
	overloads, _ := r.Overloads()
	return moves > 0 || more > 0 || overloads > 0 || r.Fresh.Worst() >= model.Warning
}

// Verdicts counts the metrics of the system and of journeys that got worse and
// better, by more than a share; what only restates others is left out.
func (r *Result) Verdicts(tolerance float64) (worse, better int) {
	for i := range r.Moves {
		m := &r.Moves[i]
		switch v := m.Judge(tolerance); {
		case Restated(m.Metric):
		case v == Worse:
			worse++
		case v == Better:
			better++
		}
	}
	return worse, better
}

// Reaches counts the failures that hit more, and those that hit less, than before.
func (r *Result) Reaches() (more, less int) {
	for i := range r.Failures {
		switch r.Failures[i].Verdict() {
		case Worse:
			more++
		case Better:
			less++
		}
	}
	return more, less
}

// Neutral says whether a move of a metric is no judgement, in whatever direction
// it goes: it counts what there is, and growth is no fault, or it is an
// inequality, which also rises when most become better.
func Neutral(m metric.Metric) bool {
	return slices.Contains([]string{"system/services", "system/dependencies", "system/gini_afferent", "system/gini_efferent"}, m.Key())
}

// Restated says whether a metric says in other units what another one says. Its
// moves are in the result, but are not counted or told again.
func Restated(m metric.Metric) bool {
	return slices.Contains([]string{"journey/full_availability", "journey/naive_availability", "journey/minutes_down_a_month",
		"journey/objective_margin", "system/adcs", "system/scf"}, m.Key())
}

// Verdict compares two tolls by services down, then degraded, then delayed. A
// node that only one version has gets neither.
func (f *Failure) Verdict() Verdict {
	switch weight := f.New.weight() - f.Old.weight(); {
	case f.Op != Changed:
	case weight > 0:
		return Worse
	case weight < 0:
		return Better
	}
	return Neither
}

// weight orders tolls: one service down weighs more than any number degraded.
func (t Toll) weight() int64 {
	return int64(t.Down)<<40 + int64(t.Degraded)<<20 + int64(t.Delayed)
}

// Radius is the share of the other services that go down, 0..1.
func (t Toll) Radius() float64 {
	if t.Others == 0 {
		return 0
	}
	return float64(t.Down) / float64(t.Others)
}
