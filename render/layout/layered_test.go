package layout

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// anyGraph draws any graph, sensible or not.
func anyGraph(t *rapid.T) Graph {
	var g Graph
	frames := rapid.IntRange(0, 6).Draw(t, "frames")
	for i := range frames {
		f := Frame{Parent: rapid.IntRange(-1, i-1).Draw(t, "parent")}
		if rapid.Bool().Draw(t, "titled") {
			f.TitleW, f.TitleH = 70, 16
		}
		g.Frames = append(g.Frames, f)
	}
	n := rapid.IntRange(1, 30).Draw(t, "nodes")
	for i := range n {
		v := Node{W: float64(rapid.IntRange(20, 160).Draw(t, "w")), H: float64(rapid.IntRange(12, 60).Draw(t, "h"))}
		v.Frame = rapid.IntRange(-1, frames-1).Draw(t, "frame")
		v.Bar = rapid.IntRange(0, 9).Draw(t, "bar") == 0
		v.Attach = None
		if i > 0 && rapid.IntRange(0, 5).Draw(t, "hangs") == 0 {
			v.Attach = rapid.IntRange(0, i-1).Draw(t, "host")
			v.Frame = g.Nodes[v.Attach].Frame
		}
		g.Nodes = append(g.Nodes, v)
	}
	for range rapid.IntRange(0, 2*n).Draw(t, "edges") {
		e := Edge{From: rapid.IntRange(0, n-1).Draw(t, "from"), To: rapid.IntRange(0, n-1).Draw(t, "to")}
		e.Event = rapid.Bool().Draw(t, "event")
		if rapid.IntRange(0, 4).Draw(t, "labelled") == 0 {
			e.LabelW, e.LabelH = 60, 14
		}
		if frames > 0 && rapid.IntRange(0, 9).Draw(t, "end") == 0 {
			of := FrameEnd(rapid.IntRange(0, frames-1).Draw(t, "of"))
			if rapid.Bool().Draw(t, "leaves") {
				e.From = of
			} else {
				e.To = of
			}
		}
		g.Edges = append(g.Edges, e)
	}
	return g
}

func anyOptions(t *rapid.T, g Graph) Options {
	var o Options
	switch rapid.IntRange(0, 5).Draw(t, "mode") {
	case 0:
		o.Grid = &Grid{Columns: rapid.IntRange(0, 6).Draw(t, "columns")}
	case 1:
		o.Grid = &Grid{Cells: make([]Cell, len(g.Nodes)), CellW: 120}
		for i := range o.Grid.Cells {
			o.Grid.Cells[i] = Cell{rapid.IntRange(-1, 4).Draw(t, "row"), rapid.IntRange(0, 6).Draw(t, "col")}
		}
	case 2:
		o.Ranks = make([]int, len(g.Nodes))
		for i := range o.Ranks {
			o.Ranks[i] = rapid.IntRange(-2, 5).Draw(t, "rank")
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "ordered") {
		o.Order = append(o.Order, rapid.IntRange(-1, len(g.Nodes)).Draw(t, "next"))
	}
	if rapid.Bool().Draw(t, "lr") && o.Ranks == nil {
		o.Direction = LeftRight
	}
	if rapid.Bool().Draw(t, "narrow") {
		o.MaxWidth = 500
	}
	return o
}

// TestProperties checks what must hold of every drawing.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGraph(t)
		o := anyOptions(t, g)
		r := Layered(g, o)
		if err := sound(g, r); err != nil {
			t.Fatalf("%v\noptions %+v grid %+v\ngraph %+v", err, o, o.Grid, g)
		}
		if q := Measure(g, r); o.Grid == nil && o.Ranks == nil && q.BoxCrossings > 0 {
			t.Fatalf("%d lines run through boxes\noptions %+v\ngraph %+v", q.BoxCrossings, o, g)
		}
		if again := Layered(g, o); !reflect.DeepEqual(r, again) {
			t.Fatal("two runs differ")
		}
	})
}

// sound reports what is wrong with a drawing, whatever the graph.
func sound(g Graph, r Result) error {
	q := Measure(g, r)
	for i, e := range r.Edges {
		for k, f := range r.Edges {
			if k < i && overlap(e.Label, f.Label) {
				return fmt.Errorf("labels of edges %d and %d: %v %v", i, k, e.Label, f.Label)
			}
		}
		for k, v := range r.Nodes {
			if overlap(e.Label, v) {
				return fmt.Errorf("label of edge %d (%v) lies on node %d: %v", i, e.Label, k, v)
			}
		}
		for k, v := range r.Titles {
			if overlap(e.Label, v) {
				return fmt.Errorf("label of edge %d (%v) lies on title %d: %v", i, e.Label, k, v)
			}
		}
	}
	if q.NodeOverlaps+q.FrameViolations > 0 {
		return fmt.Errorf("%d node overlaps, %d frame violations: nodes %v frames %v\nof %+v", q.NodeOverlaps, q.FrameViolations, r.Nodes, r.Frames, g)
	}
	for i, v := range r.Nodes {
		if math.IsNaN(v.X+v.Y) || v.W <= 0 || v.X < -slight || v.Y < -slight || v.X+v.W > r.W+slight || v.Y+v.H > r.H+slight {
			return fmt.Errorf("node %d is at %v, outside %g × %g", i, v, r.W, r.H)
		}
	}
	for i, e := range r.Edges {
		if err := lineSound(g, r, i, e); err != nil {
			return err
		}
	}
	return nil
}

// lineSound checks that a line starts and ends on the rims of its boxes.
func lineSound(g Graph, r Result, i int, p Path) error {
	k := len(p.Points)
	if (g.Edges[i].From < 0 || g.Edges[i].To < 0) && k == 0 { // from a frame to what is inside it
		return nil
	}
	if k < 2 || p.Curve && k%3 != 1 {
		return fmt.Errorf("edge %d has %d points", i, k)
	}
	if g.Edges[i].LabelW > 0 && p.Label.W == 0 {
		return fmt.Errorf("edge %d has lost its label", i)
	}
	if p.Points[k-2] == p.Points[k-1] {
		return fmt.Errorf("edge %d (%+v) has no direction at its end: %v\n%+v", i, g.Edges[i], p, g)
	}
	for end, at := range map[int]Point{g.Edges[i].From: p.Points[0], g.Edges[i].To: p.Points[k-1]} {
		rect := Rect{}
		if end >= 0 {
			rect = r.Nodes[end]
		} else {
			rect = r.Frames[-2-end]
		}
		grown := Rect{rect.X - slight, rect.Y - slight, rect.W + 2*slight, rect.H + 2*slight}
		in := Rect{rect.X + slight, rect.Y + slight, rect.W - 2*slight, rect.H - 2*slight}
		spot := Rect{at.X, at.Y, 0, 0}
		if !covers(grown, spot) || end >= 0 && at.X > in.X && at.X < in.X+in.W && at.Y > in.Y && at.Y < in.Y+in.H {
			return fmt.Errorf("edge %d (%d to %d) meets %v at %v", i, g.Edges[i].From, g.Edges[i].To, rect, at)
		}
	}
	return nil
}
