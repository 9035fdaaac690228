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
	type hit struct {
		journeys  []string
		objective float64
		ends      []model.Related
	}
	g := p.Graph()
	hits := map[int32]*hit{}
	for _, r := range p.Facts.Journeys() {
		if r.Journey.Objective == nil {
			continue
		}
		for _, v := range r.Single {
			if a, _ := availability.Of(g, v); a >= *r.Journey.Objective {
				continue
			}
			h := hits[v]
			if h == nil {
				h = &hit{}
				hits[v] = h
			}
			h.journeys = append(h.journeys, r.Journey.ID)
			h.objective = max(h.objective, *r.Journey.Objective)
			if len(h.ends) < shown {
				h.ends = append(h.ends, related(r.Journey.At("objective"), "the objective of %q", r.Journey.ID))
			}
		}
	}
	for d := range declarations(p.Sys) {
		v, _ := g.Lookup(d.entity.ID)
		h := hits[v]
		if h == nil {
			continue
		}
		a, assumed := availability.Of(g, v)
		share := metric.Percent(a)
		if assumed {
			share += " (assumed)"
		}
		p.Report(d.entity.Origin.At("availability"), d.subject(),
			fmt.Sprintf("%q alone stops %s and works %s of the time, less than the objective of %s",
				d.entity.ID, quoted(h.journeys), share, metric.Percent(h.objective)),
			"give it an alternative (`any_of`), make it `needs: soft`, put a channel before it, or lower the objective", h.ends...)
	}
}
