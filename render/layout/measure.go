package layout

// Quality is what can be counted about a finished drawing. Everything but
// Aspect is better when smaller.
type Quality struct {
	Crossings       int     // pairs of lines that cross
	Bends           int     // changes of direction: corners, or curves that move sideways
	Length          float64 // total length of all lines
	Area, Aspect    float64 // of the whole drawing; Aspect is width / height
	NodeOverlaps    int     // pairs of boxes that overlap
	FrameViolations int     // frames that miss a member or overlap what is not theirs
	LabelOverlaps   int     // labels that overlap a box, a frame's title or another label
	BoxCrossings    int     // pairs of a line and a box it has no business with
	TitleCrossings  int     // pairs of a line and a frame's title it runs through
}

// Measure counts the quality of r, a drawing of g.
func Measure(g Graph, r Result) Quality {
	return Quality{Area: r.W * r.H}
}
