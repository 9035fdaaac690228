// Package compare sets designs of one system, or versions of it, side by side:
// the same measures, the same failure, the same spike, and what each design is
// better and worse at.
package compare

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
	"github.com/taut-dev/taut/model"
)

// Design is one column: a system with what was computed about it.
type Design struct {
	ID    string
	Title string
	Note  string // what is special about it, in a few words
	Facts *metric.Facts
	Table *metric.Table

	// Failed is the node that fails, -1 when this design has none of that name;
	// States is how every node fares then.
	Failed int32
	States []graph.State
	Hit    Hit

	// Surged is the service whose demand rises, -1 when this design has none.
	Surged int32
	Spiked scaling.Spiked
}

// Hit counts the services that the failure reaches, the failed node left out,
// and names them in file order.
type Hit struct {
	Others                  int
	Down, Degraded, Delayed []string
}

// Options choose what is shown. Empty values take the defaults of Compare.
type Options struct {
	Fail  string // id of the service, store, … that fails
	Surge string // id of the service whose demand rises
}

// Result is the comparison. Every slice has the order of the designs.
type Result struct {
	System  string
	Designs []Design
	Fail    string // id of what fails
	Surge   string // id of where demand rises; "" when nothing takes demand
	Rows    []Row
	Verdict []Line
	Short   []Line // each design after the first in one sentence
	Better  []Line // what it is better at, the most important first
	Worse   []Line // what it is worse at, the most important first
	Notes   []string
}

// Line is one sentence about one design.
type Line struct {
	Design int
	Text   string
}

// Row is one measure over all designs.
type Row struct {
	Metric  metric.Metric
	Subject string // of a journey; "" for the system
	Values  []graph.Value
	Best    []bool // whether the value is the best of the row; all false where none is better
}

// Compare sets designs side by side. The failure shown is that of the service
// that weighs most over all designs, so that none can hide its worst: the sum of
// the radii, services counted by tier and traffic (blast.Failure.Weighted); among
// equals the one that most others need, directly or not, in the first design;
// then file order. The spike shown is where peak ÷ rate is highest; ties in file
// order.
func Compare(designs []Design, o Options) (*Result, error) {
	base := designs[0].Facts.System()
	r := &Result{System: base.Name, Designs: designs}
	for i := range r.Designs {
		d := &r.Designs[i]
		d.Table = metric.Compute(d.Facts, metric.In(metric.System, metric.Journey))
		r.Notes = append(r.Notes, d.Facts.System().Notes...)
	}
	if err := r.chooseFailure(o.Fail); err != nil {
		return nil, err
	}
	if err := r.chooseSurge(o.Surge); err != nil {
		return nil, err
	}
	for i := range r.Designs {
		d := &r.Designs[i]
		d.fail(r.Fail)
		d.spike(r.Surge)
		if err := d.Facts.Err(); err != nil {
			return nil, err
		}
	}
	r.rows()
	r.judge()
	return r, nil
}

func (d *Design) fail(id string) {
	g := d.Facts.Graph()
	v, ok := g.Lookup(id)
	if !ok {
		d.Failed = -1
		return
	}
	d.Failed, d.States = v, blast.States(g, v)
	for s := range int32(g.Services()) {
		if s == v {
			continue
		}
		d.Hit.Others++
		switch d.States[s] {
		case graph.Down:
			d.Hit.Down = append(d.Hit.Down, g.Label(s))
		case graph.Degraded:
			d.Hit.Degraded = append(d.Hit.Degraded, g.Label(s))
		case graph.Delayed:
			d.Hit.Delayed = append(d.Hit.Delayed, g.Label(s))
		}
	}
}

func (d *Design) spike(id string) {
	g := d.Facts.Graph()
	v, ok := g.Lookup(id)
	if !ok || g.Kind(v) != graph.Service {
		d.Surged = -1
		return
	}
	d.Surged, d.Spiked = v, scaling.Spike(g, d.Facts.Scaling(), v)
}

// chooseFailure takes the named node, or the service whose failure weighs most
// over the designs.
func (r *Result) chooseFailure(named string) error {
	if named != "" {
		return r.known(named, "--fail", "service, store, channel, external, platform or unit", func(graph.Kind) bool { return true }, &r.Fail)
	}
	first := r.Designs[0].Facts.Graph()
	needed := r.Designs[0].Facts.Visibility().In
	best, most := -1.0, int32(-1)
	for v := range int32(first.Services()) {
		weight, everywhere := r.weight(first.ID(v))
		if everywhere && (weight > best || weight == best && needed[v] > most) {
			best, most, r.Fail = weight, needed[v], first.ID(v)
		}
	}
	if r.Fail == "" {
		return fmt.Errorf("the designs have no service in common; name what fails with --fail")
	}
	return nil
}

// weight adds up the weighted radii of a service over the designs, and says
// whether all of them have it.
func (r *Result) weight(id string) (sum float64, everywhere bool) {
	for i := range r.Designs {
		f := r.Designs[i].Facts
		v, ok := f.Graph().Lookup(id)
		if !ok || f.Graph().Kind(v) != graph.Service || f.Blast() == nil {
			return 0, false
		}
		sum += f.Blast().Of(v).Weighted
	}
	return sum, true
}

// chooseSurge takes the named service, or the entry with the steepest peak.
func (r *Result) chooseSurge(named string) error {
	if named != "" {
		return r.known(named, "--surge", "service", func(k graph.Kind) bool { return k == graph.Service }, &r.Surge)
	}
	steepest := 0.0
	f := r.Designs[0].Facts
	for _, e := range f.Scaling().Entries {
		if e.Rate > 0 && e.Peak/e.Rate > steepest {
			steepest, r.Surge = e.Peak/e.Rate, f.Graph().ID(e.Service)
		}
	}
	return nil
}

// known takes a name that at least one design has, of a kind that fits.
func (r *Result) known(named, flag, what string, fits func(graph.Kind) bool, into *string) error {
	var ids []string
	for i := range r.Designs {
		g := r.Designs[i].Facts.Graph()
		for v := range int32(g.Len()) {
			if fits(g.Kind(v)) {
				ids = append(ids, g.ID(v))
			}
		}
		if v, ok := g.Lookup(named); ok && fits(g.Kind(v)) {
			*into = named
		}
	}
	if *into == named {
		return nil
	}
	if near := model.Suggest(named, ids); near != "" {
		return fmt.Errorf("%s %q is no %s of these designs; did you mean %q?", flag, named, what, near)
	}
	return fmt.Errorf("%s %q is no %s of these designs", flag, named, what)
}
