package availability

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Budget is how a journey's allowed unavailability is used up. Each critical
// dependency counts once, at whatever depth it lies, and unavailabilities are
// added up (Treynor, Dahlin, Rau and Beyer, The Calculus of Service
// Availability, 2017). All are shares of time.
type Budget struct {
	Allowed          float64 // 1 - objective
	FromDependencies float64 // Σ (1 - availability) over the critical dependencies
	Own              float64 // what is left for the entry and its unit; negative: overspent
	Used             float64 // what the entry and its unit do use
	Dependencies     []Share // by node
}

// Share is one critical dependency's part of a budget.
type Share struct {
	Node int32
	Used float64 // 1 - availability
	Left float64 // what it may use while all others stay as they are; negative: none
}

// budget counts the critical nodes of the cone and the given free ones.
func (w *worker) budget(j *model.Journey, free []int32) *Budget {
	b := &Budget{Allowed: 1 - *j.Objective}
	var own []int32
	if v, ok := w.s.g.Lookup(j.Entry); ok {
		own = append(own, v)
		if w.s.g.Kind(v) == graph.Service {
			own = append(own, w.s.g.Unit(v))
		}
	}
	critical := slices.Clone(free)
	w.cone.eachCritical(func(v int32) bool {
		critical = append(critical, v)
		return true
	})
	slices.Sort(critical)
	for _, v := range critical {
		used := 1 - w.s.up[v]
		if slices.Contains(own, v) {
			b.Used += used
			continue
		}
		b.FromDependencies += used
		b.Dependencies = append(b.Dependencies, Share{Node: v, Used: used})
	}
	b.Own = b.Allowed - b.FromDependencies
	for i := range b.Dependencies {
		s := &b.Dependencies[i]
		s.Left = b.Allowed - b.Used - (b.FromDependencies - s.Used)
	}
	return b
}
