package blast

import "github.com/taut-dev/taut/analyze/graph"

// Step is one link of the chain that carries a failure: the node, and the rule
// by which the next step's node hurts it. The last step is the failed node; its
// Clause is nil.
type Step struct {
	Node   int32
	Clause *graph.Clause
}

// Witness gives a shortest chain of dependencies that carries the failure to
// the victim at the state it ends in, from the victim to the failed node; nil
// when the victim stays up. Where several alternatives must fail, the chain
// follows the one that is reached last. Among equals the first declared wins.
func Witness(g *graph.Graph, states []graph.State, failed, victim int32) []Step {
	return nil
}
