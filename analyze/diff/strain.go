package diff

import (
	"math"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
)

// Strain is what the peak asks of one place that cannot take it in at least one
// version. Places that only one version has are not told.
type Strain struct {
	ID, Label string
	For       []string // of what waits: the consumers that the events wait for
	// Old and New are the demand at the peak ÷ what the place can serve, replicas
	// at their bound, above 1 when it is overloaded; or, when events wait, how
	// many at most, +Inf when they never drain.
	Old, New float64
	Causes   []Cause // as of a move

	key string
}

// Waits says that events wait, as opposed to requests that are not served.
func (s *Strain) Waits() bool { return len(s.For) > 0 }

// Verdict compares what the two versions ask of the place; rounding is neither.
func (s *Strain) Verdict() Verdict {
	switch {
	case s.Old == s.New || same(graph.Number(s.Old), graph.Number(s.New)):
		return Neither
	case s.New > s.Old:
		return Worse
	}
	return Better
}

// strained is what the peak asks of every place, in New.
func strained(f *metric.Facts) []Strain {
	g, r := f.Graph(), f.Scaling()
	var all []Strain
	note := func(node int32, takers []int32, value float64) {
		s := Strain{ID: g.ID(node), Label: g.Label(node), New: value, key: g.ID(node)}
		for _, v := range takers {
			s.For = append(s.For, g.Label(v))
			s.key += " " + g.ID(v)
		}
		all = append(all, s)
	}
	for i := range r.Deploy {
		switch d := &r.Deploy[i]; {
		case !d.BusyAtPeak.OK:
		case d.Max == 0:
			note(d.Node, nil, 0) // it may grow as it must
		default:
			note(d.Node, nil, d.BusyAtPeak.F/float64(d.Max))
		}
	}
	for _, flows := range [][]scaling.Flow{r.Stores, r.Channels} {
		for _, x := range flows {
			if x.Utilisation.OK && x.Peak.OK && x.Load.F > 0 {
				note(x.Node, nil, float64(x.Utilisation.F*(x.Peak.F/x.Load.F)))
			}
		}
	}
	for _, b := range r.Buffers {
		waiting := math.Ceil(b.Backlog)
		if b.Never {
			waiting = math.Inf(1)
		}
		note(b.Channel, b.Consumers, waiting)
	}
	return all
}

// strainOf finds a place by its key.
func strainOf(all []Strain, key string) (s Strain, ok bool) {
	i := slices.IndexFunc(all, func(s Strain) bool { return s.key == key })
	if i < 0 {
		return s, false
	}
	return all[i], true
}

// strains finds what is overloaded, or waits, otherwise than before.
func (r *Result) strains() {
	before := map[string]float64{}
	for _, s := range strained(r.Old.Facts) {
		before[s.key] = s.New
	}
	for _, s := range strained(r.New.Facts) {
		bound := 1.0
		if s.Waits() {
			bound = 0
		}
		var known bool
		if s.Old, known = before[s.key]; known && max(s.Old, s.New) > bound && s.Verdict() != Neither {
			r.Strains = append(r.Strains, s)
		}
	}
}

// Overloads counts the places that the peak asks for more than they can serve,
// or makes wait longer: those that got worse, and those that got better.
func (r *Result) Overloads() (worse, better int) {
	for i := range r.Strains {
		switch r.Strains[i].Verdict() {
		case Worse:
			worse++
		case Better:
			better++
		}
	}
	return worse, better
}

// lifted lists the deployables that have more replicas only because a bound no
// longer cuts what the same demand, or less, asks for, or fewer because one now
// does: that is no waste, and the overload itself is told.
func (r *Result) lifted() []string {
	old, new := r.Old.Facts, r.New.Facts
	before := map[string]*scaling.Deployable{}
	for i := range old.Scaling().Deploy {
		d := &old.Scaling().Deploy[i]
		before[old.Graph().ID(d.Node)] = d
	}
	var out []string
	for i := range new.Scaling().Deploy {
		less := &new.Scaling().Deploy[i]
		id := new.Graph().ID(less.Node)
		more := before[id]
		if more == nil || !more.BusyAtPeak.OK || !less.BusyAtPeak.OK {
			continue
		}
		if more.ReplicasAtPeak.F < less.ReplicasAtPeak.F {
			less, more = more, less
		}
		if less.Short && less.ReplicasAtPeak.F < more.ReplicasAtPeak.F && more.BusyAtPeak.F <= float64(less.BusyAtPeak.F*(1+1e-9)) {
			out = append(out, id)
		}
	}
	return out
}

// lift notes in the moves of replicas, and of what they cost, how much only lifts
// an overload.
func (r *Result) lift() {
	ids := r.lifted()
	if len(ids) == 0 {
		return
	}
	part := func(f *metric.Facts) (replicas, cost float64) {
		g, s := f.Graph(), f.Scaling()
		for i := range s.Deploy {
			if slices.Contains(ids, g.ID(s.Deploy[i].Node)) {
				replicas += s.Deploy[i].ReplicasAtPeak.F
			}
		}
		for _, c := range s.Cost.Items {
			if slices.Contains(ids, g.ID(c.Node)) {
				cost += c.Provisioned.F
			}
		}
		return replicas, cost
	}
	replicas, cost := part(r.Old.Facts)
	replicasNow, costNow := part(r.New.Facts)
	for i := range r.Moves {
		m := &r.Moves[i]
		if !m.Old.OK || !m.New.OK {
			continue
		}
		switch m.Metric.Key() {
		case "system/replicas_at_peak":
			m.Lifted = replicasNow - replicas
		case "system/cost.provisioned":
			m.Lifted = costNow - cost
		}
		m.Verdict = m.Judge(0)
	}
	s := r.New.Facts.Scaling()
	for i := range r.Services {
		m := &r.Services[i]
		v, _ := r.New.Facts.Graph().Lookup(m.Subject)
		if m.Metric.ID == "replicas_at_peak" && m.Old.OK && m.New.OK && slices.Contains(ids, r.New.Facts.Graph().ID(s.Deploy[s.DeployOf[v]].Node)) {
			m.Lifted = m.New.F - m.Old.F
			m.Verdict = m.Judge(0)
		}
	}
}

// Judge is the function Judge without what was Lifted, of which it takes half off
// each end: then the way back is judged as the way there.
func (m *Move) Judge(tolerance float64) Verdict {
	if m.Lifted == 0 {
		return Judge(m.Metric, m.Old, m.New, tolerance)
	}
	half := float64(m.Lifted / 2)
	return Judge(m.Metric, graph.Number(m.Old.F+half), graph.Number(m.New.F-half), tolerance)
}

// strainCauses notes what the strains would be without one change, or with it
// alone, as of moves.
func (r *Result) strainCauses(change int, f *metric.Facts, alone bool) (moved bool) {
	then := strained(f)
	for i := range r.Strains {
		s := &r.Strains[i]
		x, ok := strainOf(then, s.key)
		from, to := x.New, s.New
		if alone {
			from, to = s.Old, x.New
		}
		moved = moved || ok && from != to
		if ok && (!alone || s.alone()) && from != to && (to > from) == (s.New > s.Old) {
			s.Causes = append(s.Causes, Cause{change, graph.Value{F: x.New, OK: !math.IsInf(x.New, 0)}, alone})
		}
	}
	return moved
}

func (s *Strain) alone() bool { return len(s.Causes) == 0 || s.Causes[0].Alone }
