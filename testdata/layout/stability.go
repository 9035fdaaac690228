package main

import (
	"math"
	"slices"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/render/layout"
)

// steady is how much of a picture changes when one service is added, in the mean
// of all additions.
type steady struct {
	turned float64 // share of the pairs of old nodes that change sides, left-right or above-below
	moved  float64 // mean distance by which old nodes move against each other, in pixels
	ok     bool
}

// plainly is the distance in pixels from which one sees that a node is left of or
// above another.
const plainly = 20

// steadiness adds services to a system, one at a time, and compares the pictures.
func steadiness(e engine, p picture) (steady, error) {
	var s steady
	if p.view == "teams" || e.name == "taut-graphviz" { // a service is no node there; too slow, and dot again
		return s, nil
	}
	before, err := e.place(p.graph)
	if err != nil {
		return s, err
	}
	changed := additions(p.system)
	for _, system := range changed {
		q, err := draw(system, p.view)
		if err != nil {
			return s, err
		}
		after, err := e.place(q.graph)
		if err != nil {
			return s, err
		}
		turned, moved := change(p, q, before, after)
		s.turned += turned / float64(len(changed))
		s.moved += moved / float64(len(changed))
	}
	s.ok = true
	return s, nil
}

// additions are copies of a system with one more service each: called by the
// first, by the one in the middle, calling the last, between first and last, and
// with no line. The last two stand first in the file, the others at its end.
func additions(base *model.System) []*model.System {
	n := len(base.Services)
	first, middle, last := 0, n/2, n-1
	call := func(s *model.System, from *model.Service, to string) {
		from.DependsOn = append(from.DependsOn, model.Dependency{To: []string{to}, Calls: 1})
	}
	var out []*model.System
	for kind := range 5 {
		s := design.Clone(base)
		like := s.Services[first]
		if kind == 1 || kind == 2 {
			like = s.Services[middle]
		}
		add := &model.Service{Entity: model.Entity{ID: "one-more-service", Name: "One more service", Owner: like.Owner, Domain: like.Domain}}
		switch kind {
		case 0, 1:
			call(s, like, add.ID)
		case 2:
			call(s, add, s.Services[last].ID)
		case 3:
			call(s, like, add.ID)
			call(s, add, s.Services[last].ID)
		}
		at := len(s.Services)
		if kind >= 3 {
			at = 0
		}
		s.Services = slices.Insert(s.Services, at, add)
		out = append(out, s)
	}
	return out
}

// change compares two pictures by the nodes that both have.
func change(p, q picture, before, after layout.Result) (turned, moved float64) {
	type place struct{ x, y, toX, toY float64 }
	var all []place
	for i, id := range p.ids {
		if k := slices.Index(q.ids, id); k >= 0 {
			a, b := before.Nodes[i], after.Nodes[k]
			all = append(all, place{a.X + a.W/2, a.Y + a.H/2, b.X + b.W/2, b.Y + b.H/2})
		}
	}
	// The whole may move: what counts is how nodes move against the others.
	dx, dy := make([]float64, len(all)), make([]float64, len(all))
	for i, a := range all {
		dx[i], dy[i] = a.toX-a.x, a.toY-a.y
	}
	slices.Sort(dx)
	slices.Sort(dy)
	pairs := 0
	for i, a := range all {
		moved += math.Hypot(a.toX-a.x-dx[len(dx)/2], a.toY-a.y-dy[len(dy)/2]) / float64(len(all))
		for _, b := range all[:i] {
			pairs++
			if sides(a.x-b.x, a.toX-b.toX) || sides(a.y-b.y, a.toY-b.toY) {
				turned++
			}
		}
	}
	return turned / float64(max(1, pairs)), moved
}

// sides says whether a difference changes its sign for all to see.
func sides(before, after float64) bool {
	return before >= plainly && after <= -plainly || before <= -plainly && after >= plainly
}
