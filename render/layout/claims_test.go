package layout

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestCyclesRead checks that one line of a ring points up, back to where the ring
// is entered, and that it lies beside the others.
func TestCyclesRead(t *testing.T) {
	for size := 2; size <= 6; size++ {
		var b strings.Builder
		fmt.Fprintln(&b, "web > r0")
		for i := range size {
			fmt.Fprintf(&b, "r%d > r%d\n", i, (i+1)%size)
		}
		c := sketch("", b.String(), Options{})
		r := Layered(c.g, c.o)
		for i, e := range r.Edges {
			if up := e.Points[len(e.Points)-1].Y < e.Points[0].Y; up != (i == size) {
				t.Errorf("ring of %d: edge %d points up: %v", size, i, up)
			}
			for k, other := range r.Edges[:i] {
				if a, b := e.Points[0], other.Points[len(other.Points)-1]; math.Hypot(a.X-b.X, a.Y-b.Y) < 4 {
					t.Errorf("ring of %d: edge %d starts where edge %d ends", size, i, k)
				}
			}
		}
		if q := Measure(c.g, r); q.Crossings+q.BoxCrossings > 0 {
			t.Errorf("ring of %d: %d crossings, %d lines through boxes", size, q.Crossings, q.BoxCrossings)
		}
	}
}

// TestHubIsReachedOnBothSides has a box in the way of six lines to another: half
// of them pass it on either side, each half as one trunk.
func TestHubIsReachedOnBothSides(t *testing.T) {
	text := "registry > config\n"
	for _, s := range []string{"a", "b", "c", "d", "e", "f"} {
		text += s + " > registry\n" + s + " > config\n"
	}
	c := sketch("", text, Options{})
	r := Layered(c.g, c.o)
	// All on one side would cross the lines to the registry 15 times.
	if q := Measure(c.g, r); q.Crossings > 6 {
		t.Errorf("%d crossings, 6 are possible", q.Crossings)
	}
	beside := map[float64]int{}
	for i, e := range r.Edges {
		for k := 3; k < len(e.Points) && e.Curve; k += 3 {
			if box := r.Nodes[0]; c.g.Edges[i].To == 1 && e.Points[k-3].X == e.Points[k].X && e.Points[k].Y > box.Y && e.Points[k-3].Y < box.Y+box.H {
				beside[e.Points[k].X]++
			}
		}
	}
	if len(beside) != 2 {
		t.Errorf("lines pass the registry at %v, want two places", beside)
	}
}

// TestIsolatedStandInAGrid checks rows of the same length and columns of the same
// width, whatever the widths of the boxes.
func TestIsolatedStandInAGrid(t *testing.T) {
	c := sketch("", "x > y\ny > z", Options{})
	for i := range 23 {
		c.g.Nodes = append(c.g.Nodes, Node{W: 90 + float64(i*7%40), H: 38, Frame: None, Attach: None})
	}
	r := Layered(c.g, c.o)
	rows := map[float64][]float64{}
	var heights []float64
	for _, v := range r.Nodes[3:] {
		if rows[v.Y] == nil {
			heights = append(heights, v.Y)
		}
		rows[v.Y] = append(rows[v.Y], v.X+v.W/2)
	}
	first := rows[heights[0]]
	for k, y := range heights {
		row := rows[y]
		if len(row) != len(first) && k < len(heights)-1 || len(row) > len(first) {
			t.Errorf("row %d has %d boxes, the first %d", k, len(row), len(first))
		}
		for i, x := range row {
			if i < len(first) && math.Abs(x-first[i]) > 1 {
				t.Errorf("row %d, column %d is at %g, in the first row at %g", k, i, x, first[i])
			}
			if i > 0 && math.Abs(row[i]-row[i-1]-(first[1]-first[0])) > 1 {
				t.Errorf("row %d: columns %d and %d are %g apart, the first two %g", k, i-1, i, row[i]-row[i-1], first[1]-first[0])
			}
		}
	}
}

// TestLinesLeaveBesideStores checks that a store under its user leaves room for
// three lines that can be told apart.
func TestLinesLeaveBesideStores(t *testing.T) {
	c := sketch("", "bar bus\nstore db under a\na > b\na > c\na ~ bus\nbus ~ d", Options{})
	i := slices.Index(c.names, "db")
	c.g.Nodes[i].W = 100
	r := Layered(c.g, c.o)
	var at []float64
	for k, e := range r.Edges {
		if c.names[c.g.Edges[k].From] == "a" && c.g.Edges[k].To != i {
			at = append(at, e.Points[0].X)
		}
	}
	slices.Sort(at)
	for k := 1; k < len(at); k++ {
		if at[k]-at[k-1] < 10 {
			t.Errorf("lines leave at %v", at)
		}
	}
	if store := r.Nodes[i]; at[0] < store.X+store.W {
		t.Errorf("a line leaves at %g, over the store that ends at %g", at[0], store.X+store.W)
	}
	hang := r.Edges[0].Points
	if hang[0].X != hang[1].X {
		t.Errorf("the line to the store is not straight: %v", hang)
	}
}
