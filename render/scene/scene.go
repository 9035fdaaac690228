package scene

import "github.com/taut-dev/taut/model"

// Kind is what a node is, and so the shape it has.
type Kind uint8

// The kinds of nodes.
const (
	Service  Kind = iota // rounded box
	Function             // a service that runs as a function: box with a slanted edge
	Unit                 // a deployment unit shown as one box
	Store                // cylinder
	Channel              // long bar that services plug into
	Queue                // long bar with slots
	External             // dashed box: others run it
	Platform             // ground line
	Group                // folded: a domain or a team, with a count
)

// Impact is what a failure does to a node. Unmarked is used where no failure
// is shown, so that "works" is never claimed without a computation.
type Impact uint8

// The impacts, mildest first.
const (
	Unmarked Impact = iota
	Works
	Delayed
	Degraded
	Down
	Failed
	Unknown // of a spike: no load is known there
)

// Letter is the one-letter badge of an impact, so that colour is never the
// only signal: "" for none. W waits, P partly works, D down, X failed.
func (i Impact) Letter() string { return [...]string{"", "", "W", "P", "D", "X", "?"}[i] }

// Word is what the legend and screen readers call the impact.
func (i Impact) Word() string {
	return [...]string{"", "works", "waits", "partly works", "down", "failed", "load unknown"}[i]
}

// Need is what a journey asks of a node.
type Need uint8

// The needs.
const (
	NoNeed   Need = iota // not a picture of a journey
	Required             // without it the journey fails
	Optional             // without it the journey does with less
	Later                // works off events afterwards: nobody waits for it
)

// Word is what the legend and screen readers call the need.
func (n Need) Word() string {
	return [...]string{"", "must work", "can do without it", "works later"}[n]
}

// Meaning is what an edge says.
type Meaning uint8

// The meanings of edges.
const (
	Call     Meaning = iota // synchronous, must succeed: solid
	SoftCall                // synchronous, may fail: dots
	Event                   // over a channel, in the direction of the event: long dash
	Use                     // of a store: thin solid without a head
	Stands                  // on a platform or in a unit: thin
)

// Node is one thing in the picture.
type Node struct {
	ID       string // unique in the drawing; the model's id
	Label    string // what people read; any text
	Sub      string // a second, quieter line: "12 services"; may be empty
	Tip      string // the whole story for the tooltip and screen readers
	Kind     Kind
	Group    int // index into Drawing.Groups, which gives the colour; -1: none
	Frame    int // index into Drawing.Frames; -1: none
	Attach   int // index of the only user of a store, which it is drawn under; -1: none
	Impact   Impact
	Replicas int     // copies drawn as stacked sheets when more than 1
	Grew     bool    // the copies are more than before: the pill stands out
	Fill     float64 // 0..1: how full a channel is
	Note     string  // said on a channel: "12,000 waiting, drained in 4 min"
	URL      string
	Exposed  bool
	Runtime  model.Runtime // "" where it has none
	Cell     Cell          // of the comparison: where in the grid it stands
	Above    bool          // of the comparison: stands above the channels
	Tile     bool          // of the comparison: a small square without a name
	Change   Change        // of an overlay of two versions
	Need     Need          // of a journey
}

// Cell is a place in the grid of a comparison; Row is -1 for what has none.
type Cell struct{ Row, Col int }

// Edge connects two nodes of the same drawing.
type Edge struct {
	From, To  int
	Meaning   Meaning
	Internals bool    // must know the other's internals: a double line
	Cross     bool    // crosses teams: a small mark
	Calls     float64 // mean calls for one request, 1 when not given: the width
	Label     string  // a count on folded edges; usually empty
	Change    Change  // of an overlay of two versions
	Carries   Impact  // of a failure: what it does to the end that depends; Unmarked: not shown, Works: nothing
	Ties      bool    // its ends share demand, see the units view
	count     int     // Label as a number
	Tip       string
}

// FrameKind is what a frame stands for.
type FrameKind uint8

// The kinds of frames.
const (
	DomainFrame FrameKind = iota
	TeamFrame
	UnitFrame  // deployed, crashes and scales as one
	BoundFrame // separately deployed, but scales as one: a store that all use
)

// Frame is drawn round nodes.
type Frame struct {
	ID       string
	Label    string
	Note     string // at the right of the title: "one process, one deployment"
	Tip      string
	Kind     FrameKind
	Parent   int // index of the frame it lies in; -1: none
	Group    int // index into Drawing.Groups; -1: none
	Impact   Impact
	Replicas int
	Grew     bool
	URL      string
}

// Drawing is a picture's content. Slices are in a fixed order, and drawing the
// same one twice gives the same bytes.
type Drawing struct {
	Nodes     []Node
	Edges     []Edge
	Frames    []Frame
	Groups    []string // names of the teams or domains that colours stand for
	GroupWord string   // what they are: "team" or "domain"
}

// Tone says whether a headline is good or bad news.
type Tone uint8

// The tones.
const (
	Plain Tone = iota
	Better
	Worse
)

// Headline is a number worth large type.
type Headline struct {
	Value   string // "7 of 7", "+9", "0.16"
	Caption string // "others down with Payments"
	Tone    Tone
}

// Scene is one picture of one system.
type Scene struct {
	View      string // id of the view: "services"
	Title     string // the system
	Subtitle  string // what is shown: "services by domain"
	Drawing   Drawing
	Matrix    *Matrix   // drawn in place of Drawing when set
	Plot      *Plot     // drawn in place of Drawing when set
	Timeline  *Timeline // drawn in place of Drawing when set
	Headlines []Headline
	Messages  []string // what the picture does not show and why; also for stderr
}

// Matrix is a dependency structure matrix: row i uses column j. Rows and
// columns have the same order, in which cycles are blocks on the diagonal.
type Matrix struct {
	Labels    []string
	IDs       []string // of services; nil where rows are groups of them
	Tips      []string
	Group     []int // index into Groups; -1: none
	Groups    []string
	GroupWord string
	Marks     []Mark
	Blocks    []Block
	Most      int // largest Count off the diagonal; 0: the marks count nothing
}

// Mark is one dependency in a matrix.
type Mark struct {
	Row, Col int
	Meaning  Meaning
	Count    int // in a matrix of counts: how many dependencies, on the diagonal those inside; else 0
}

// Block is a run of rows that form a cycle: [From, To).
type Block struct{ From, To int }

// Plot is a scatter of services over two measures.
type Plot struct {
	XTitle, YTitle string
	Corners        [2]string // what it means to lie high: at the left, at the right
	XMax, YMax     float64   // shares: 1 is all
	Points         []Point
	Groups         []string
	GroupWord      string
}

// Point is one service in a plot.
type Point struct {
	ID, Label, Tip string
	X, Y           float64
	Group          int
}
