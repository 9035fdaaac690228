// Package layout places boxes, frames and lines on a plane: a layered drawing
// (Sugiyama, Tagawa, Toda 1981) with nested frames, long bars that others plug
// into, and nodes that hang under their only user.
//
// It is pure geometry: it knows nothing of services or colours, imports nothing
// of this program, and the same input gives the same output, bit for bit.
// Lengths are in the caller's unit (pixels); x grows to the right, y downwards.
package layout

// None is the value of Node.Frame, Node.Attach and Frame.Parent for "none".
const None = -1

// Graph is what is to be placed. Edges and frames refer to nodes and frames by index.
type Graph struct {
	Nodes  []Node
	Edges  []Edge
	Frames []Frame
}

// Node is one box.
type Node struct {
	W, H   float64
	Frame  int  // innermost frame it is in, or None
	Bar    bool // a long horizontal bar (event router): W is its least width, it grows over all that plugs into it
	Attach int  // node it hangs under (a store under its only user), or None; its place ignores its edges
}

// Edge is a line from one node to another. From or To may also be a whole
// frame, written FrameEnd(f): the line then starts or ends on the frame's border.
type Edge struct {
	From, To       int
	Event          bool    // asynchronous; lines of different kinds never share a stretch
	LabelW, LabelH float64 // size of its label; 0: none
	Weight         float64 // how much it wants to be short and straight; 0 means 1
}

// FrameEnd is the value of Edge.From or Edge.To that means frame f itself.
func FrameEnd(f int) int { return -2 - f }

// Frame is a titled box round its members, that is, the nodes and frames that name it.
type Frame struct {
	Parent         int     // enclosing frame, or None
	TitleW, TitleH float64 // room for the title in a band at the top; 0: no band
	NoteW          float64 // room for a note behind the title; 0: none
	Pad            float64 // free space inside the border; 0 means 14
}

// Direction is where edges point.
type Direction uint8

// The directions.
const (
	TopDown   Direction = iota // from a user down to what it uses
	LeftRight                  // from a user to the right; bars stand upright
)

// Options say how to place. The zero value is good.
type Options struct {
	Order     []int     // nodes in preferred reading order (left to right, top to bottom); those not named follow by index
	Ranks     []int     // row of each node, None: free; nil: all free
	Direction Direction // where edges point
	Grid      *Grid     // non-nil: nodes stand in the cells of a grid, see Grid
	Aspect    float64   // wanted width / height; 0 means 1.6
	MaxWidth  float64   // rows wider than this wrap where they can; 0: only Aspect decides
	NodeGap   float64   // between neighbours in a row; 0 means 24
	RankGap   float64   // between rows; 0 means 44
	EdgeGap   float64   // between parallel lines; 0 means 12
	Margin    float64   // free space round everything
}

// Grid fixes where nodes stand, so that the same nodes stand in the same cells in
// every drawing of a series. Nodes that hang (Attach) and bars take no cell: bars
// lie between the rows of those that plug into them.
type Grid struct {
	Columns int     // cells in a row, filled in Options.Order; 0 means about the square root of the count
	Cells   []Cell  // optional: the cell of each node, by node index; Row None: below all rows that are taken
	CellW   float64 // least width of a column, so that drawings of a series agree; 0: the widest node
}

// Cell is a place in a grid, counted from 0.
type Cell struct{ Row, Col int }

// Point is a place on the plane.
type Point struct{ X, Y float64 }

// Rect is a box; X, Y is its upper left corner. The zero Rect is "nothing".
type Rect struct{ X, Y, W, H float64 }

// Path is a line. It runs from Edge.From to Edge.To, also where the layout had
// to turn the edge round, so the arrowhead belongs at the last point, and points
// from the last but one point to the last (these two always differ).
type Path struct {
	Points []Point // corners when !Curve; else start, then (control, control, point) for each cubic Bézier
	Curve  bool
	Label  Rect // place of the label, centred on the line (paint a halo under it); zero: no label
}

// Result has one entry for each node, edge and frame of the graph, in its order.
type Result struct {
	W, H   float64
	Nodes  []Rect
	Edges  []Path
	Frames []Rect
	Titles []Rect // place of each frame's title inside it, where the fewest lines cross it
	Notes  []Rect // the same of its note; zero where none is free
}
