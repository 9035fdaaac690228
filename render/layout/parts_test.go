package layout

import (
	"testing"

	"pgregory.net/rapid"
)

// TestRowsAreShortest compares the rows of small graphs with all rows there are.
func TestRowsAreShortest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "nodes")
		g := Graph{Nodes: make([]Node, n)}
		for i := range g.Nodes {
			g.Nodes[i] = Node{W: 100, H: 40, Frame: None, Attach: None}
		}
		for range rapid.IntRange(1, 9).Draw(t, "edges") {
			a, b := rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b")
			if a != b {
				g.Edges = append(g.Edges, Edge{From: min(a, b), To: max(a, b)})
			}
		}
		p := prepare(&g, Options{})
		row := p.rankMutual()
		if got, want := p.length(row), p.bestLength(); got != want {
			t.Fatalf("rows %v are %d long, %d is possible", row, got, want)
		}
	})
}

// length is the total length of all links, -1 if one points up.
func (p *plan) length(row []int) int {
	sum := 0
	for _, l := range p.link {
		d := row[l.v] - row[l.u]
		if d < 1 {
			return -1
		}
		sum += d
	}
	return sum
}

func (p *plan) bestLength() int {
	n := len(p.box)
	row := make([]int, n)
	best := -1
	for {
		if k := p.length(row); k >= 0 && (best < 0 || k < best) {
			best = k
		}
		i := 0
		for ; i < n && row[i] == n-1; i++ {
			row[i] = 0
		}
		if i == n {
			return best
		}
		row[i]++
	}
}

// TestCrossingsCounted compares the fast count with counting all pairs, and the
// gain of a swap with the difference it makes.
func TestCrossingsCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGraph(t)
		p := prepare(&g, Options{})
		for _, q := range p.parts(p.rankMutual()) {
			q.wrap(slip)
			n := newNet(q)
			before := n.crossings()
			if want := n.slowCrossings(); before != want {
				t.Fatalf("%d crossings, want %d", before, want)
			}
			for _, row := range n.rows {
				for i := 1; i < len(row); i++ {
					v, w := &n.v[row[i-1]], &n.v[row[i]]
					if v.kind >= isLeft || w.kind >= isLeft {
						continue
					}
					gain := n.swapGain(row[i-1:i], row[i:i+1])
					n.swapRuns(row, i-1, i, i+1)
					if after := n.crossings(); before-after != gain {
						t.Fatalf("swap promised %d, brought %d", gain, before-after)
					}
					n.swapRuns(row, i-1, i, i+1)
				}
			}
		}
	})
}

func (n *net) slowCrossings() int {
	sum := 0
	for i, s := range n.seg {
		for _, o := range n.seg[:i] {
			if n.v[s.a].row != n.v[o.a].row {
				continue
			}
			if d, e := n.pos[s.a]-n.pos[o.a], n.pos[s.b]-n.pos[o.b]; d < 0 && e > 0 || d > 0 && e < 0 {
				sum += s.cost() * o.cost()
			}
		}
	}
	return sum
}

// TestCycleTurnsLittle checks that one link of a ring is turned, the one back to
// where the ring is entered.
func TestCycleTurnsLittle(t *testing.T) {
	c := sketch("", "web > b\nb > c\nc > d\nd > b", Options{})
	r := Layered(c.g, c.o)
	for i, e := range r.Edges {
		down := e.Points[len(e.Points)-1].Y > e.Points[0].Y
		if want := i != 3; down != want {
			t.Errorf("edge %d points down: %v, want %v", i, down, want)
		}
	}
}

// TestOrderIsKept checks that boxes stand in preferred order where lines allow.
func TestOrderIsKept(t *testing.T) {
	c := sketch("", "hub > a\nhub > b\nhub > c\nhub > d", Options{Order: []int{0, 4, 2, 3, 1}})
	r := Layered(c.g, c.o)
	for i, want := range []int{4, 2, 3} {
		next := []int{2, 3, 1}[i]
		if r.Nodes[want].X >= r.Nodes[next].X {
			t.Errorf("%s stands right of %s", c.names[want], c.names[next])
		}
	}
}

// TestBarSpans checks that a bar reaches over all that plugs into it, by straight
// vertical lines, publishers above and consumers below.
func TestBarSpans(t *testing.T) {
	c := sketch("", "bar router\na ~ router\nb ~ router\nrouter ~ c\nrouter ~ d\nrouter ~ e", Options{})
	r := Layered(c.g, c.o)
	bar := r.Nodes[0]
	for i, e := range r.Edges {
		if len(e.Points) != 2 || e.Points[0].X != e.Points[1].X {
			t.Errorf("edge %d is not a vertical line: %v", i, e.Points)
		}
	}
	for i, v := range r.Nodes[1:] {
		if above := v.Y+v.H <= bar.Y; above != (i < 2) {
			t.Errorf("%s above the bar: %v", c.names[i+1], above)
		}
		if v.X < bar.X-1 || v.X+v.W > bar.X+bar.W+1 {
			t.Errorf("%s at %v sticks out over the bar %v", c.names[i+1], v, bar)
		}
	}
}

// TestGridKeepsPlaces checks that two designs have their services in the same
// columns and rows.
func TestGridKeepsPlaces(t *testing.T) {
	names := "a\nb\nc\nd\ne\nf\n"
	o := Options{Grid: &Grid{Columns: 3, CellW: 120}, Order: []int{0, 1, 2, 3, 4, 5}}
	one := sketch("", names+"a > b\na > c\nb > e\na > f", o)
	two := sketch("", names+"bar r\na ~ r\nr ~ d\nr ~ e\nr ~ f", o)
	x, y := Layered(one.g, o), Layered(two.g, o)
	for i := range 6 {
		if x.Nodes[i].X-x.Nodes[0].X != y.Nodes[i].X-y.Nodes[0].X {
			t.Errorf("%s is at x %g in one design, %g in the other", names[2*i:2*i+1], x.Nodes[i].X, y.Nodes[i].X)
		}
		if (x.Nodes[i].Y > x.Nodes[0].Y) != (i > 2) || (y.Nodes[i].Y > y.Nodes[0].Y) != (i > 2) {
			t.Errorf("%s is in the wrong row", names[2*i:2*i+1])
		}
	}
}

// TestArrangeCells checks that a chain fills rows in reading order and that
// something shuffled is brought back to short lines.
func TestArrangeCells(t *testing.T) {
	cells := ArrangeCells(4, 2, [][2]int{{0, 1}, {0, 2}, {1, 3}, {2, 3}})
	for i, want := range []Cell{{0, 0}, {0, 1}, {1, 0}, {1, 1}} {
		if cells[i] != want {
			t.Errorf("node %d is in %v, want %v", i, cells[i], want)
		}
	}
	cells = ArrangeCells(4, 2, [][2]int{{3, 0}, {0, 1}, {3, 2}, {2, 1}})
	if cells[3] != (Cell{0, 0}) {
		t.Errorf("the first caller is in %v", cells[3])
	}
}

// TestMeasure checks every measure on a drawing made by hand.
func TestMeasure(t *testing.T) {
	g := Graph{
		Nodes:  []Node{{Frame: 0}, {Frame: None}, {Frame: None}, {Frame: None}},
		Edges:  []Edge{{From: 0, To: 1}, {From: 2, To: 3}},
		Frames: []Frame{{Parent: None}},
	}
	r := Result{
		W: 200, H: 100,
		Nodes:  []Rect{{0, 0, 10, 10}, {90, 90, 10, 10}, {90, 0, 10, 10}, {5, 5, 10, 10}},
		Frames: []Rect{{20, 20, 50, 50}},
		Titles: []Rect{{20, 20, 10, 10}},
		Edges: []Path{
			{Points: []Point{{10, 10}, {90, 90}}, Label: Rect{85, 85, 10, 10}},
			{Points: []Point{{90, 10}, {95, 50}, {10, 90}}},
		},
	}
	got := Measure(g, r)
	want := Quality{Crossings: 1, Bends: 1, Length: got.Length, Area: 20000, Aspect: 2, NodeOverlaps: 1, FrameViolations: 1, LabelOverlaps: 1, BoxCrossings: 1, TitleCrossings: 1}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
