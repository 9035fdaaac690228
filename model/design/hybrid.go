package design

const hybridDoc = `- The services with ` + "`keep: monolith`" + ` are one unit, made by all rules of ` + "`monolith`" + ` for them alone: one store for what only they use, calls instead of the channels that only they use.
- The rest is made by all rules of ` + "`event-driven`" + `, where the unit counts as one user of a store and calls inside it stay as they are.
- With no ` + "`keep: monolith`" + ` in the file this equals ` + "`event-driven`" + `, and a note says so.
`

// hybrid keeps some services together and decouples the rest.
func hybrid(e *edit) {
	kept := set{}
	for _, s := range e.sys.Services {
		if s.Keep == "monolith" {
			kept[s.ID] = true
		}
	}
	if len(kept) == 0 {
		e.note("no service says `keep: monolith`, so this equals event-driven")
		eventDriven(e)
		return
	}
	// First apart, then together: who leaves a unit takes what it said along, and
	// only then does the rest of it change.
	e.separate(kept)
	u := e.unite(kept, "the services that stay together")
	e.splitStores(kept, u.ID)
	e.shareStore(kept, u.ID)
	e.inline(kept)
	e.decouple(kept)
}
