package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/taut-dev/taut/render/layout"
)

func TestPlacesEverything(t *testing.T) {
	g := layout.Graph{
		Nodes: []layout.Node{
			{W: 100, H: 40, Frame: 0, Attach: layout.None}, {W: 100, H: 40, Frame: 1, Attach: layout.None},
			{W: 120, H: 40, Frame: layout.None, Attach: layout.None},
		},
		Edges:  []layout.Edge{{From: 0, To: 1}, {From: 1, To: 0}, {From: layout.FrameEnd(0), To: 2}, {From: 2, To: 2}},
		Frames: []layout.Frame{{Parent: layout.None, TitleW: 60, TitleH: 20}, {Parent: 0, TitleW: 60, TitleH: 20}},
	}
	input, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(bytes.NewReader(input), &out, ""); err != nil {
		t.Fatal(err)
	}
	var r layout.Result
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	outer, inner := r.Frames[0], r.Frames[1]
	if inner.X < outer.X || inner.Y < outer.Y || inner.X+inner.W > outer.X+outer.W || inner.Y+inner.H > outer.Y+outer.H {
		t.Errorf("the inner frame %v is not inside %v", inner, outer)
	}
	for i, p := range r.Edges {
		if len(p.Points) < 4 || !p.Curve {
			t.Errorf("edge %d has no line: %v", i, p)
		}
	}
	for i, n := range r.Nodes {
		if n.W != g.Nodes[i].W || n.H != g.Nodes[i].H || n.X < 0 || n.Y < 0 || n.X+n.W > r.W || n.Y+n.H > r.H {
			t.Errorf("node %d is at %v in a picture of %v × %v", i, n, r.W, r.H)
		}
	}
}

func TestRefusesWhatIsNoGraph(t *testing.T) {
	for _, input := range []string{
		``, `[]`, `{"Nodes":[{"Frame":3}]}`, `{"Edges":[{"From":0,"To":1}]}`, `{"Frames":[{"Parent":0}]}`,
		`{"Nodes":[{"W":1e9,"Frame":-1,"Attach":-1}]}`,
	} {
		if err := run(strings.NewReader(input), &bytes.Buffer{}, ""); err == nil {
			t.Errorf("%s was taken", input)
		}
	}
	if err := run(strings.NewReader(`{}`), &bytes.Buffer{}, "much"); err == nil {
		t.Error("a memory limit that is no number was taken")
	}
}
