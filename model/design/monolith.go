package design

import "github.com/taut-dev/taut/model"

// The documentation of a preset stands beside its code: `taut transform` and the
// documentation show it as it is.
const monolithDoc = `- All services go into one unit: the declared unit that holds them all already, else a new one named after the system (or ` + "`monolith`" + `, with a number when taken). Other units dissolve; what stood on them stands on the new one.
- It runs on the most server-like runtime of its parts (server, container, function, managed) with ` + "`isolation: none`" + `, and its services take that runtime. Scaling and memory stay with the services; the unit may have as many replicas as all its parts together, without bound where one of them has none, and at least as many as the one that needs most; where dissolved units had prices, it has their sum. Availability that the file gives is kept, and noted.
- The unit stands on all that its parts stood on: one process works only where all of it can.
- The stores that services use merge into one, ` + "`UNIT-store`" + `: the lowest availability given, encrypted and partitioned only if all were, the union of their data, the largest capacity, for each service the strongest access it had. Owner and domain stay if they were the same.
- A channel with publishers and consumers vanishes. Its events become calls from publisher to consumer in the same process: hard, as a handler that fails now fails in the publisher's process (soft if publishing was), with ` + "`answer: later`" + ` so that the way back is known. An awaited event was an answer: it becomes that of a call from its consumer. A channel with one side only leads out of the system and stays.
`

// monolith makes one deployment of everything.
func monolith(e *edit) {
	e.join(e.all(), "all services in one deployment")
}

// all is every service of the system.
func (e *edit) all() set {
	all := make(set, len(e.sys.Services))
	for _, s := range e.sys.Services {
		all[s.ID] = true
	}
	return all
}

// join makes one deployment of the members, with one store and no channels.
func (e *edit) join(members set, reason string) *model.Unit {
	if len(members) == 0 {
		return nil
	}
	u := e.unite(members, reason)
	e.shareStore(members, u.ID)
	e.inline(members)
	return u
}
