package availability

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
)

// Importance is what one node means for a journey. q is the node's and Q the
// journey's unavailability. The measures are those of fault tree analysis;
// names differ between books, so each says what it is.
type Importance struct {
	Node          int32       // its failures by itself; common causes have their own
	Birnbaum      float64     // P(journey fails | node down) - P(journey fails | node up)
	Criticality   graph.Value // q/Q · Birnbaum: the share of Q that a perfect node would take away
	FussellVesely graph.Value // P(some minimal cut set with the node occurs) / Q; undefined when cut sets are missing
	Diagnosis     graph.Value // P(node down | journey fails); also called DIF, or Fussell-Vesely by some tools
	Achievement   graph.Value // P(journey fails | node down) / Q: RAW
	Reduction     graph.Value // Q / P(journey fails | node up): RRW; undefined when the node is the only cause
}

// details adds cut sets, their bounds and the importance of nodes.
func (w *worker) details(r *Result, x *solution, free []int32) {
	most := max(20, detailed/max(1, len(w.o.Only)))
	for _, v := range r.Single[:min(len(r.Single), most)] {
		r.CutSets = append(r.CutSets, []int32{v})
	}
	for _, v := range w.criticalCauses(free) {
		r.CutSets = append(r.CutSets, []int32{v})
	}
	if !r.Works.Exact {
		return
	}
	sets, order, all := x.d.cuts(x.root, w.o.MaxOrder, w.o.MaxCuts+len(free))
	r.CutOrder = max(order, 1)
	r.CutsAll = all && min(len(r.Single), most) == r.NSingle
	for _, set := range sets {
		if len(set) > 1 {
			nodes := make([]int32, len(set))
			for i, variable := range set {
				nodes[i] = w.cone.nodes[variable]
			}
			slices.Sort(nodes)
			r.CutSets = append(r.CutSets, nodes)
		}
	}
	sortSets(r.CutSets)
	if r.CutsAll {
		w.bounds(r)
	}
	w.importance(r, x, sets)
	if len(r.Importance) > most {
		slices.SortFunc(r.Importance, func(a, b Importance) int {
			return cmp.Or(cmp.Compare(b.Criticality.F, a.Criticality.F), cmp.Compare(a.Node, b.Node))
		})
		r.Importance = slices.Clone(r.Importance[:most])
	}
	slices.SortFunc(r.Importance, func(a, b Importance) int { return cmp.Compare(a.Node, b.Node) })
}

// bounds computes what the cut sets alone say about the unavailability.
func (w *worker) bounds(r *Result) {
	sum, none := 0.0, 1.0
	for _, set := range r.CutSets {
		p := 1.0
		for _, v := range set {
			p *= 1 - w.s.up[v]
		}
		sum += p
		none *= 1 - p
	}
	r.RareEvent, r.MCUB = graph.Number(min(1, sum)), graph.Number(1-none)
}

func (w *worker) importance(r *Result, x *solution, sets [][]int32) {
	certain, open := w.cone.certain(), 1-x.likely[x.root]
	fails := 1 - r.Works.Value
	r.Importance = make([]Importance, 0, r.NSingle+len(w.cone.nodes))
	w.cone.eachCritical(func(v int32) bool {
		works := float64(w.without(v, certain) * open)
		m := measures(1-w.s.up[v], fails, 1, 1-works)
		m.Node, m.Birnbaum = v, works
		if r.CutsAll {
			m.FussellVesely = m.Diagnosis // its only minimal cut set is itself
		}
		r.Importance = append(r.Importance, m)
		return true
	})
	for i, b := range x.d.sensitivity(x.root, x.fail, x.likely) {
		q := x.fail[i]
		m := measures(q, fails, fails+float64((1-q)*certain*b), fails-float64(q*certain*b))
		m.Node, m.Birnbaum = w.cone.nodes[i], certain*b
		if p := x.occurs(int32(i), sets); r.CutsAll && p.OK {
			m.FussellVesely = graph.Ratio(p.F, fails)
		}
		r.Importance = append(r.Importance, m)
	}
}

// without is the probability that all that must be up is, given that v is.
func (w *worker) without(v int32, certain float64) float64 {
	if w.s.up[v] > 0 {
		return certain / w.s.up[v]
	}
	a := 1.0
	w.cone.eachCritical(func(u int32) bool {
		if u != v {
			a *= w.s.up[u]
		}
		return true
	})
	return a
}

// occurs is the probability that some cut set with the variable occurs.
func (x *solution) occurs(variable int32, sets [][]int32) graph.Value {
	var some ref
	for _, set := range sets {
		if !slices.Contains(set, variable) {
			continue
		}
		every := ref(1)
		for _, v := range slices.Backward(set) {
			every = x.d.and(x.d.single(v), every)
		}
		some = x.d.or(some, every)
	}
	if x.d.full {
		return graph.Value{}
	}
	x.likely = x.d.likely(x.fail, x.likely)
	return graph.Number(x.likely[some])
}

// measures computes importance from the unavailabilities of a node and of the
// journey, the latter also when the node is down and when it is up.
func measures(q, fails, down, up float64) Importance {
	m := Importance{
		Criticality: graph.Ratio(q*(down-up), fails),
		Diagnosis:   graph.Ratio(q*down, fails),
		Achievement: graph.Ratio(down, fails),
	}
	if up > 0 {
		m.Reduction = graph.Number(fails / up)
	}
	return m
}
