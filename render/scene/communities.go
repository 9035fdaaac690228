package scene

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// unnamed is what a picture says that had to find its groups itself.
const unnamed = "no service has a domain or an owner, so these are groups that depend most on each other, named after the busiest of each; give services domain: or owner: for yours"

// communities is a key that puts together what depends most on each other, as
// nobody says what belongs together; false where the system is too large for it.
func communities(g *graph.Graph) (func(*model.Entity) string, bool) {
	var links []graph.Link
	degree := make([]int, g.Len())
	for v := range int32(g.Len()) {
		for _, u := range g.Depends().Out(v) {
			if own(g, v) && own(g, u) {
				links = append(links, graph.Link{A: v, B: u, Weight: 1})
				degree[v]++
				degree[u]++
			}
		}
	}
	group, ok := graph.Communities(g.Len(), links, 1)
	if !ok {
		return nil, false
	}
	busiest := map[int32]int32{}
	for v := range int32(g.Services()) {
		if b, known := busiest[group[v]]; !known || degree[v] > degree[b] {
			busiest[group[v]] = v
		}
	}
	name := map[string]string{}
	for v := range int32(g.Len()) {
		if b, known := busiest[group[v]]; known {
			name[g.ID(v)] = "round " + g.Label(b)
		}
	}
	return func(e *model.Entity) string { return name[e.ID] }, true
}

// own says that something is a part of the system's own structure: what all
// stand on or ship in binds without need of each other.
func own(g *graph.Graph, v int32) bool {
	return !slices.Contains([]graph.Kind{graph.Platform, graph.Unit}, g.Kind(v))
}
