package lint

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// synchronousCycle reports each group of services that call each other in a
// circle, by one shortest circle in it. Services of one unit may: they ship
// together.
func synchronousCycle(p *Pass) {
	g := p.Graph()
	for _, group := range graph.Cyclic(g.Calls()) {
		if p.oneDeployable(group) {
			continue
		}
		cycle := graph.ShortestCycle(g.Calls(), group)
		var ends []model.Related
		for i := 1; i < len(cycle) && i <= shown; i++ {
			u, v := cycle[i], cycle[(i+1)%len(cycle)]
			if e, ok := p.find(u, v); ok {
				ends = append(ends, related(e.dep.Pos, "%q calls %q", g.ID(u), g.ID(v)))
			}
		}
		first, _ := p.find(cycle[0], cycle[1])
		message := fmt.Sprintf("%q calls itself in a circle of %d: %s", first.from.ID, len(cycle), p.circle(cycle))
		if len(group) > len(cycle) {
			message += fmt.Sprintf("; %d services in all call each other", len(group))
		}
		p.Report(first.dep.Pos, first.subject(), message,
			"turn one of the calls into an event, or move what both sides need into a service of its own", ends...)
	}
}

// oneDeployable says whether all the services ship as one.
func (p *Pass) oneDeployable(services []int32) bool {
	for _, s := range services[1:] {
		if p.deployable(s) != p.deployable(services[0]) {
			return false
		}
	}
	return true
}

// circle writes a cycle with its first stop again at the end.
func (p *Pass) circle(cycle []int32) string {
	var stops []string
	for _, v := range cycle {
		stops = append(stops, p.Graph().ID(v))
	}
	return route(append(stops, stops[0]))
}
