package design

const eventDrivenDoc = `- First all rules of ` + "`microservices`" + `.
- Every call of a service with ` + "`answer: later`" + ` becomes an event ` + "`CALLEE.request`" + ` over the event router: the first channel of kind router on which everybody names their events, else a managed one made as ` + "`events`" + `. The caller publishes it with an outbox and as often as it called (a file has one mean for all events of a service on a channel, so uneven calls are evened out); the callee consumes it. Timeout, retries, circuit breaker and fallback go with the call.
- Where the call was hard, the caller needs the reply some time: the callee publishes ` + "`CALLEE.reply`" + ` with an outbox and the caller consumes it as one of its ` + "`answers`" + `: it waits while the callee is down. A soft call is fire and forget.
- Calls that need their answer now stay calls, and so do calls of externals, uses of stores and alternatives (` + "`any_of`" + `): those with ` + "`answer: later`" + ` are noted.
- With no ` + "`answer: later`" + ` in the file this equals ` + "`microservices`" + `: a note says so and lists the soft calls as candidates.
`

// eventDriven replaces the calls that can wait by events.
func eventDriven(e *edit) {
	microservices(e)
	e.decouple(nil)
}
