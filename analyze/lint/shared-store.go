package lint

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// sharedStore reports stores that services of more than one deployable use.
func sharedStore(p *Pass) {
	users := map[string][]edge{}
	for e := range p.edges() {
		if p.Graph().Kind(e.v) == graph.Store {
			users[e.to] = append(users[e.to], e)
		}
	}
	for _, s := range p.Sys.Stores {
		var names []string
		var ends []model.Related
		writers, deployables, seen := 0, map[int32]bool{}, map[*model.Service]bool{}
		for _, e := range users[s.ID] {
			deployables[p.deployable(e.u)] = true
			if e.dep.Access != model.Read {
				writers++
			}
			if !seen[e.from] {
				seen[e.from] = true
				names = append(names, e.from.ID)
			}
			if len(ends) < shown {
				ends = append(ends, related(e.dep.Pos, "%q uses it (%s)", e.from.ID, e.dep.Access))
			}
		}
		if len(deployables) < 2 {
			continue
		}
		p.Report(s.Pos, "stores."+s.ID,
			fmt.Sprintf("store %q is used by %d deployables, more than 1 (%s; %s)", s.ID, len(deployables), some(names, shown), plural(writers, "writer")),
			"let one service own it and the others ask that service or listen to its events", ends...)
	}
}
