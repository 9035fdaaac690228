package diff

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// mostHits is how many failures are told with who they hit; the rest with counts.
const mostHits = 50

// failures finds the nodes whose failure hits others than before, and those of
// only one version whose failure takes something down.
func (r *Result) failures() {
	old, new := r.Old.Facts.Graph(), r.New.Facts.Graph()
	for v := range int32(new.Len()) {
		was, ok := old.Lookup(new.ID(v))
		f := Failure{Op: Changed, ID: new.ID(v), Label: new.Label(v), New: toll(r.New.Facts, v)}
		if ok && old.Kind(was) == new.Kind(v) {
			f.Old = toll(r.Old.Facts, was)
		} else {
			f.Op = Added
		}
		if f.told() {
			r.Failures = append(r.Failures, f)
		}
	}
	for v := range int32(old.Len()) {
		if is, ok := new.Lookup(old.ID(v)); ok && old.Kind(v) == new.Kind(is) {
			continue
		}
		if f := (Failure{Op: Removed, ID: old.ID(v), Label: old.Label(v), Old: toll(r.Old.Facts, v)}); f.told() {
			r.Failures = append(r.Failures, f)
		}
	}
	slices.SortStableFunc(r.Failures, func(a, b Failure) int {
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(a.ID, b.ID), cmp.Compare(b.New.Others, a.New.Others))
	})
	for i := range r.Failures[:min(len(r.Failures), mostHits)] {
		r.Failures[i].Hits = hits(old, new, r.Failures[i].ID)
	}
}

// told says whether a failure differs enough to be told: that of a node which is
// new or gone only when it takes something down.
func (f *Failure) told() bool {
	if f.Op != Changed {
		return f.Old.Down+f.New.Down > 0
	}
	return f.Old.Down != f.New.Down || f.Old.Degraded != f.New.Degraded || f.Old.Delayed != f.New.Delayed
}

// size is how much a failure changed, in either direction.
func size(f Failure) int64 {
	w := f.New.weight() - f.Old.weight()
	return max(w, -w)
}

// toll counts whom a failure reaches.
func toll(f *metric.Facts, v int32) Toll {
	others := f.Graph().Services()
	if f.Graph().Kind(v) == graph.Service {
		others--
	}
	x := f.Blast().Of(v)
	if x == nil {
		return Toll{Others: others}
	}
	return Toll{others, int(x.NDown), int(x.NDegraded), int(x.NDelayed)}
}

// hits lists the services that fare otherwise in a failure than before.
func hits(old, new *graph.Graph, id string) []Hit {
	before, after := make([]graph.State, old.Len()), make([]graph.State, new.Len())
	if v, ok := old.Lookup(id); ok {
		before = blast.States(old, v)
	}
	if v, ok := new.Lookup(id); ok {
		after = blast.States(new, v)
	}
	var out []Hit
	for s := range int32(new.Services()) {
		h := Hit{ID: new.ID(s), Label: new.Label(s), New: after[s]}
		if o, ok := old.Lookup(h.ID); ok {
			h.Old = before[o]
		}
		if h.Old != h.New && h.ID != id {
			out = append(out, h)
		}
	}
	for s := range int32(old.Services()) {
		if _, ok := new.Lookup(old.ID(s)); !ok && before[s] != graph.Up && old.ID(s) != id {
			out = append(out, Hit{ID: old.ID(s), Label: old.Label(s), Old: before[s]})
		}
	}
	return out
}
