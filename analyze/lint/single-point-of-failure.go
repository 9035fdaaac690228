package lint

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// singlePointOfFailure reports nodes that alone stop a journey and work less of
// the time than the journey is meant to: whatever the rest does, the objective
// is out of reach. Any other order-1 cut set is a fact of life and no finding.
func singlePointOfFailure(p *Pass) {
	g := p.Graph()
	broken := p.brokenObjectives()
	for d := range declarations(p.Sys) {
		v, _ := g.Lookup(d.entity.ID)
		if len(broken[v]) == 0 {
			continue
		}
		highest := 0.0
		var ids []string
		var ends []model.Related
		for _, j := range broken[v] {
			highest = max(highest, *j.Objective)
			ids = append(ids, j.ID)
			if len(ends) < shown {
				ends = append(ends, related(j.At("objective"), "the objective of %q", j.ID))
			}
		}
		a, assumed := availability.Of(g, v)
		share := metric.Percent(a)
		if assumed {
			share += " (assumed)"
		}
		p.Report(d.entity.Origin.At("availability"), d.subject(),
			fmt.Sprintf("%q alone stops %s and works %s of the time, less than the objective of %s",
				d.entity.ID, quoted(ids), share, metric.Percent(highest)),
			"give it an alternative (`any_of`), make it `needs: soft`, put a channel before it, or lower the objective", ends...)
	}
}

// brokenObjectives gives, by node, the journeys whose objective the node makes
// unreachable. A service in a unit has the availability of its unit, so it is the
// unit that is listed.
func (p *Pass) brokenObjectives() map[int32][]*model.Journey {
	broken := map[int32][]*model.Journey{}
	for _, r := range p.Facts.Journeys() {
		if r.Journey.Objective == nil {
			continue
		}
		for _, v := range r.Single {
			if a, _ := availability.Of(p.Graph(), v); a < *r.Journey.Objective {
				broken[v] = append(broken[v], r.Journey)
			}
		}
	}
	return broken
}
