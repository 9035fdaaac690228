package layout

import "math"

// Distances that are matters of taste, in pixels.
const (
	framePad = 14 // inside a frame's border
	hangGap  = 10 // between a node and what hangs under it
	hangSide = 8  // between things that hang side by side
	portEdge = 10 // from a box's corner to its first port
	loopSize = 18 // how far a self loop reaches out
	labelAir = 4  // round a label
)

// settings are Options with defaults filled in and references checked.
type settings struct {
	Options
	pref []int // place of each node in the preferred order
}

// settle fills in what options leave open. Grids are always top-down: their rows
// are what people see as rows.
func settle(g *Graph, o Options) settings {
	s := settings{Options: o}
	if o.Grid != nil {
		s.Direction = TopDown
	}
	s.Aspect = fallback(o.Aspect, 1.6)
	s.NodeGap = fallback(o.NodeGap, 24)
	s.RankGap = fallback(o.RankGap, 44)
	s.EdgeGap = fallback(o.EdgeGap, 12)
	s.Margin = math.Max(o.Margin, 0)
	s.pref = preference(o.Order, len(g.Nodes))
	return s
}

// fallback is v where it is a positive number, else another value.
func fallback(v, otherwise float64) float64 {
	if v > 0 && !math.IsInf(v, 0) {
		return v
	}
	return otherwise
}

// preference turns an order of nodes into the place of each node.
func preference(order []int, n int) []int {
	place := make([]int, n)
	for i := range place {
		place[i] = None
	}
	next := 0
	put := func(i int) {
		if i >= 0 && i < n && place[i] == None {
			place[i] = next
			next++
		}
	}
	for _, i := range order {
		put(i)
	}
	for i := range place {
		put(i)
	}
	return place
}

// within says whether i is an index of a list of n.
func within(i, n int) bool { return i >= 0 && i < n }

// clamp moves v into an interval.
func clamp(v, lo, hi float64) float64 { return math.Max(lo, math.Min(v, hi)) }
