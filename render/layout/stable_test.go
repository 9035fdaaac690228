package layout

import (
	"math"
	"testing"
)

// TestStable adds one service to systems of twenty and looks how many pairs of
// the others change sides.
func TestStable(t *testing.T) {
	turned, pairs := 0, 0
	for seed := range uint64(30) {
		c := random("", 20, 28, 0, seed)
		more := random("", 20, 28, 0, seed).g
		more.Nodes = append(more.Nodes, Node{W: 110, H: 38, Frame: None, Attach: None})
		more.Edges = append(more.Edges, Edge{From: int(seed) % 20, To: 20})
		a, b := Layered(c.g, c.o), Layered(more, c.o)
		for i := range c.g.Nodes {
			for j := range i {
				before, after := middle(a.Nodes[i])-middle(a.Nodes[j]), middle(b.Nodes[i])-middle(b.Nodes[j])
				if math.Abs(before) < 20 || math.Abs(after) < 20 {
					continue
				}
				pairs++
				if before*after < 0 {
					turned++
				}
			}
		}
	}
	t.Logf("%d of %d pairs changed sides", turned, pairs)
	if share := float64(turned) / float64(pairs); share > 0.2 {
		t.Errorf("adding one node turned %.0f %% of the pairs of others round", 100*share)
	}
}

func middle(r Rect) float64 { return r.X + r.W/2 }
