package availability

import (
	"context"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// MinutesPerMonth is the length of a mean month of 30.4375 days.
const MinutesPerMonth = 30.4375 * 24 * 60

// Options bounds the work. Zero values take the defaults.
type Options struct {
	Workers  int    // goroutines; 0: all cores. Results do not depend on it.
	MaxNodes int    // of one decision diagram; default 2,000,000
	MaxOrder int    // of the cut sets listed; default 3
	MaxCuts  int    // cut sets listed for a journey; default 1,000
	Samples  int    // of the simulation where the exact answer is out of reach; default 200,000
	Seed     uint64 // of that simulation
	Only     []int  // journeys to look at; nil: all
	Details  bool   // importance of every node, cut sets beyond the single points of failure
}

// Estimate is a probability. Exact: Value is it. Otherwise it certainly lies in
// [Low, High], and Value is a simulation's mean with the 95 % interval
// [SampleLow, SampleHigh].
type Estimate struct {
	Value                 float64
	Exact                 bool
	Low, High             float64
	SampleLow, SampleHigh float64
	Samples               int // 0 when exact
}

// Result is what is known of one journey. Availabilities are shares of time.
type Result struct {
	Journey *model.Journey
	Works   Estimate    // entry and required are not down
	Full    Estimate    // optional ones neither
	Naive   graph.Value // product down the tree, shared things counted again; undefined where alternatives form a cycle
	Assumed []int32     // nodes whose availability is assumed and not 1, ascending

	Single      []int32     // single points of failure: nodes each of which stops the journey, ascending
	CutSets     [][]int32   // minimal sets of nodes that stop it, by order; those of order 1 are Single
	CutsAll     bool        // CutSets is complete
	RareEvent   graph.Value // sum of the cut sets' probabilities, capped at 1: at least the unavailability
	MCUB        graph.Value // minimal cut upper bound 1-∏(1-P): at least the unavailability
	Importance  []Importance
	MinutesDown float64     // a mean month, see MinutesPerMonth
	Margin      graph.Value // Works - objective; undefined without objective
	Budget      *Budget     // nil without objective
}

// Importance is what one node means for a journey (measures as in fault tree
// analysis, with q the node's and Q the journey's unavailability).
type Importance struct {
	Node          int32
	Birnbaum      float64     // P(fails | node down) - P(fails | node up)
	Criticality   graph.Value // q/Q · Birnbaum
	FussellVesely graph.Value // P(some minimal cut set with the node occurs) / Q; undefined when cut sets are not complete
	Diagnosis     graph.Value // P(node down | journey fails), called DIF
	Achievement   graph.Value // P(fails | node down) / Q, called RAW
	Reduction     graph.Value // Q / P(fails | node up), called RRW
}

// Budget is how a journey's allowed unavailability is used up, each critical
// dependency counted once at any depth (Treynor, Dahlin, Rau and Beyer, 2017).
type Budget struct {
	Allowed          float64 // 1 - objective
	FromDependencies float64 // Σ (1 - availability) over critical dependencies
	Own              float64 // what is left for the entry itself; negative: overspent
	Dependencies     []Share
}

// Share is one critical dependency's part of the budget.
type Share struct {
	Node int32
	Used float64 // 1 - availability
	Left float64 // what it may use while the others stay as they are
}

// Journeys computes every journey of the system, in file order. What is beyond
// the limits is said to be inexact, never silently wrong.
func Journeys(ctx context.Context, g *graph.Graph, o Options) ([]Result, error) {
	return nil, ctx.Err()
}
