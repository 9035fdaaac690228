package metric

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/scaling"
)

// BoundText says how a deployable fares in a spike when it may not grow as far
// as planned: its busy share against its target, both shares of a replica. It
// is "" where the bound does not matter.
func BoundText(c *scaling.Change) string {
	if !c.Short {
		return ""
	}
	replicas := fmt.Sprintf("at %s replicas", Number(c.After.F))
	if c.After.F == 1 {
		replicas = "at 1 replica"
	}
	text := fmt.Sprintf("%s, its bound, it is %s busy, more than ", replicas, Percent(c.Busy.F))
	if c.Busy.F > 1 {
		return text + "it can serve"
	}
	return text + "its target of " + Percent(c.Target)
}
