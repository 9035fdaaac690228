package coupling

import "github.com/taut-dev/taut/analyze/graph"

// Domains compares the division of services into domains with the best one
// that an algorithm finds.
type Domains struct {
	Given graph.Value // Newman modularity of the declared domains, -1/2..1
	Best  graph.Value // the best found; never below Given
	Group []int32     // of each service, in the best division; nil when that is the declared one
}

// Share is how much of the modularity within reach the domains have, at most 1;
// undefined where the calls have no communities or nothing was computed.
func (d Domains) Share() graph.Value {
	if !d.Given.OK || !d.Best.OK || d.Best.F <= 0 {
		return graph.Value{}
	}
	return graph.Ratio(d.Given.F, d.Best.F)
}

// louvainSeed starts the search for communities; any fixed number would do.
const louvainSeed = 1

// Modularity compares the declared domains with the communities of the service
// graph, arrows taken as undirected (Newman and Girvan 2004; Blondel and others
// 2008). A service without a domain is one by itself. Nothing is defined when no
// service has a domain, or above graph.MaxCommunityNodes services.
func Modularity(g *graph.Graph) Domains {
	domain, any := domains(g)
	if !any {
		return Domains{}
	}
	var links []graph.Link
	for u := range int32(g.Services()) {
		for _, v := range g.Calls().Out(u) {
			links = append(links, graph.Link{A: u, B: v, Weight: 1})
		}
	}
	best, ok := graph.Communities(g.Services(), links, louvainSeed)
	if !ok {
		return Domains{}
	}
	d := Domains{Given: graph.Modularity(domain, links), Best: graph.Modularity(best, links), Group: best}
	if d.Given.F >= d.Best.F {
		d.Best, d.Group = d.Given, nil
	}
	return d
}

// domains numbers the domain of every service; any says that one is declared.
func domains(g *graph.Graph) (group []int32, any bool) {
	group = make([]int32, g.Services())
	at := map[string]int32{}
	next := int32(0)
	for i, s := range g.Sys.Services {
		n, known := at[s.Domain]
		if s.Domain == "" || !known {
			n = next
			next++
		}
		if s.Domain != "" {
			at[s.Domain], any = n, true
		}
		group[i] = n
	}
	return group, any
}
