package budget

import (
	"fmt"
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// advice is what brings a metric to its limit, by id; "" for one that only says
// how much there is.
func advice(id string) string {
	switch id {
	case "cycles", "largest_cycle", "siy":
		return "make one call of the circle an event, or move what both need into a service of its own"
	case "blast_radius", "blast_radius.max", "blast_radius.mean", "blast_radius.expected", "exposure":
		return "make the dependencies on it soft with a fallback, or give it an alternative (any_of; what stands on one platform can stand on two)"
	case "call_depth":
		return "let a service further up keep the answer, or turn a call that may be answered later into an event"
	case "efferent", "scf", "adcs", "propagation_cost", "nccd", "tightness", "dependencies", "coupling":
		return "take out a call that passes on what another one already brings, or turn calls that may be answered later into events"
	case "afferent", "gini_afferent":
		return "let the callers consume events instead, or split it by what they ask for"
	case "availability", "full_availability", "minutes_down_a_month", "objective_margin", "single_points_of_failure":
		return "make a dependency on the way soft, or give it an alternative (any_of)"
	case "data_sharing", "database_per_service", "shared_stores", "scaling_units", "surge_share.max", "independent_deployability":
		return "give each service a store of its own, fed by events, or put what changes together into one service"
	case "asynchronous_share", "broker_share":
		return "turn calls that may be answered later into events"
	case "cross_team_share", "team_congruence":
		return "move services to the teams that change them together, or let the teams meet at events"
	case "utilisation", "replicas_at_peak":
		return "cut its calls or their duration, or give it more room"
	}
	return ""
}

// contributor says what a value comes from: of the largest blast radius, which
// failure takes down how many; of others, the largest part, which need not be what
// made it too large.
func (c *checker) contributor(m *metric.Metric, most metric.Term) string {
	if m.Key() == "system/blast_radius.max" {
		if worst := c.facts.Blast().Max(); worst != nil {
			g := c.facts.Graph()
			others := g.Services()
			if g.Kind(worst.Node) == graph.Service {
				others--
			}
			return fmt.Sprintf("; %q takes down %d of %d services", g.Label(worst.Node), worst.NDown, others)
		}
	}
	share := ""
	if most.Value.OK && most.Note == "" {
		share = " (" + m.Format(most.Value) + ")"
	}
	return fmt.Sprintf("; largest contributor: %q%s", most.Label, share)
}

// hint puts the ways out together.
func hint(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "; or ")
}
