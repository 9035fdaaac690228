package blast

import "github.com/taut-dev/taut/analyze/graph"

// plane is one level's rules together with what its rows count for.
type plane struct {
	*graph.Plane
	rows   []row
	class  []int8  // of each row: which tally counts it when it is dense; -1: none
	weight []int64 // of each tally's rows
}

// row is what searches and sums need of one.
type row struct {
	from, to int32 // its part of Gives
	services int32 // that share it
	watched  bool  // some group of alternatives has it as a member
	weight   int64 // of its services
}

// maxClasses is how many different weights are tallied in parallel; rows of
// other weights are counted bit by bit.
const maxClasses = 8

// weigh notes what rows count for.
func (p *plane) weigh(weights []int64) {
	p.rows = make([]row, p.Rows)
	for r := range p.rows {
		p.rows[r] = row{from: p.Gives.Off[r], to: p.Gives.Off[r+1], watched: len(p.Watch.Out(int32(r))) > 0}
	}
	p.class = make([]int8, p.Rows)
	for s, w := range weights {
		r := &p.rows[p.RowOf[s]]
		r.services++
		r.weight += w
	}
	for r := range p.class {
		p.class[r] = p.classOf(&p.rows[r])
	}
}

func (p *plane) classOf(r *row) int8 {
	if r.services != 1 {
		return -1
	}
	for i, w := range p.weight {
		if w == r.weight {
			return int8(i)
		}
	}
	if len(p.weight) == maxClasses {
		return -1
	}
	p.weight = append(p.weight, r.weight)
	return int8(len(p.weight) - 1)
}

// planes builds the planes that differ, worst level first. A level at which no
// rule stops has the answers of the next worse one.
func planes(g *graph.Graph) []*plane {
	var stops [graph.Down + 1]bool
	for v := range int32(g.Len()) {
		clauses := g.Clauses(v)
		for i := range clauses {
			stops[clauses[i].Cap] = true
		}
	}
	list := []*plane{{Plane: g.Plane(graph.Down)}}
	for _, level := range []graph.State{graph.Degraded, graph.Delayed} {
		if stops[level] {
			list = append(list, &plane{Plane: g.Plane(level)})
		}
	}
	return list
}
