package layout

import "testing"

// A line enters a frame no wider than its title: the title stands at the bottom,
// for which the frame grows, and a note that finds no place has none.
func TestNoLineRunsThroughATitle(t *testing.T) {
	g := Graph{
		Nodes:  []Node{{W: 90, H: 38, Frame: None, Attach: None}, {W: 90, H: 38, Frame: 0, Attach: None}},
		Edges:  []Edge{{From: 0, To: 1}},
		Frames: []Frame{{Parent: None, TitleW: 80, TitleH: 20, NoteW: 70}},
	}
	r := Layered(g, Options{})
	q := Measure(g, r)
	if q.TitleCrossings+q.LabelOverlaps+q.FrameViolations > 0 {
		t.Errorf("%+v", q)
	}
	f, title := r.Frames[0], r.Titles[0]
	if title.W != 80 || !covers(f, title) || overlap(title, r.Nodes[1]) {
		t.Errorf("frame %v, title %v, box %v", f, title, r.Nodes[1])
	}
	if f.Y+f.H > r.H {
		t.Errorf("the frame ends at %g, the drawing at %g", f.Y+f.H, r.H)
	}
	if note := r.Notes[0]; overlap(note, title) || note.W > 0 && !covers(f, note) {
		t.Errorf("note %v, title %v", note, title)
	}
}
