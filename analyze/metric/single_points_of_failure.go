package metric

import (
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
)

// singlePointsOfFailure counts a node once however many journeys need it. Terms
// name the journeys that each one stops.
func singlePointsOfFailure() Metric {
	return Metric{
		ID: "single_points_of_failure", Scope: System, Title: "single points of failure", Unit: "things", Better: Less,
		Definition: "Things whose failure alone stops at least one journey: the minimal cut sets of order 1, entries included.",
		Source:     "fault tree analysis (Vesely and others 1981)",
		Values: func(f *Facts) []graph.Value {
			n, seen := 0, make([]bool, f.Graph().Len())
			for i := range f.Journeys() {
				for _, v := range f.Journeys()[i].Single {
					if !seen[v] {
						seen[v] = true
						n++
					}
				}
			}
			return count(n)
		},
		Terms: func(f *Facts, _ int) []Term {
			var out []Term
			for v, journeys := range stoppedBy(f) {
				if len(journeys) > 0 {
					note := "stops " + strings.Join(journeys, ", ")
					out = append(out, f.node(int32(v), graph.Number(1), note))
				}
			}
			return largest(out)
		},
	}
}

// stoppedBy names the journeys that each node stops by its failure alone.
func stoppedBy(f *Facts) [][]string {
	out := make([][]string, f.Graph().Len())
	for i := range f.Journeys() {
		j := &f.Journeys()[i]
		for _, v := range j.Single {
			out[v] = append(out[v], j.Journey.ID)
		}
	}
	return out
}
