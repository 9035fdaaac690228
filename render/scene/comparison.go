package scene

import (
	"github.com/taut-dev/taut/analyze/graph"
)

// Comparison is the designs of one system side by side: what each looks like,
// what one failure does to each and what one spike does to each.
type Comparison struct {
	System   string   // its name
	Subtitle string   // "two designs of the same system"; empty: made from Columns
	Facts    []string // under "The shape": "8 services", "4 teams"
	Failure  []string // under "One failure": "Payments", "crashes"
	Spike    []string // under "One spike": "10× demand", "on Orders"
	Columns  []Column // two to four
}

// Column is one design.
type Column struct {
	Title     string // "Monolith"
	Note      string // quietly beside it; may be empty
	Graph     *graph.Graph
	Failed    []int32       // the nodes that fail; empty: no failure is shown
	States    []graph.State // by node, after the failure; nil: not computed
	Copies    []Copies      // at the spike: what runs more than once, or grows
	Backlogs  []Backlog     // at the spike: what waits in channels
	Headlines []Headline    // two to four; Better and Worse against the other columns
	Price     []string      // what the design costs, a line each
}

// Panel is one field of a comparison: a design in one situation.
type Panel struct {
	Drawing Drawing
	Caption string // what happens, in a few words
	Tone    Tone   // against the same row's other columns
}

// Row is a situation in which all designs are drawn.
type Row uint8

// The rows of a comparison.
const (
	ShapeRow Row = iota
	FailureRow
	SpikeRow
)

// Rows is the number of rows.
const Rows = 3

// Copies is how many replicas of a service or unit the spike needs.
type Copies struct {
	Node          int32 // a service or a unit of the column's graph
	Before, After int
}

// Backlog is what waits in a channel at the worst moment of the spike.
type Backlog struct {
	Channel int32
	Fill    float64 // 0..1 of the bar
	Text    string  // "12,000 waiting, drained in 4 min"
}
