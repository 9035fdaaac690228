package design

import "github.com/taut-dev/taut/model"

const serverlessDoc = `- First all rules of ` + "`event-driven`" + `.
- The runtime of services and units becomes ` + "`function`" + ` (what is ` + "`managed`" + ` stays), that of stores and channels ` + "`managed`" + `. Availability that the file gives is kept, and noted.
- Cost becomes pay-for-value as far as the file has prices: where it gives a price for requests or GB-seconds, those of replica hours and idle hours go. Where it gives only those, they stay, and a note says so.
- The ground (` + "`runs_on`" + `) stays: the file does not say whether it is a machine or a region.
`

// serverless leaves no server to manage.
func serverless(e *edit) {
	eventDriven(e)
	const runtime = "no server to manage"
	var kept, priced []string
	for _, s := range e.sys.Services {
		if s.Runtime != model.Function && s.Runtime != model.Managed {
			s.Runtime = model.Function
			kept = keptAvailability(kept, &s.Entity)
		}
		e.because(runtime, "services", s.ID, "runtime")
		priced = e.payForValue(priced, &s.Entity, s.Cost, "services")
	}
	for _, u := range e.sys.Units {
		if u.Runtime != "" && u.Runtime != model.Function && u.Runtime != model.Managed {
			u.Runtime = model.Function
			kept = keptAvailability(kept, &u.Entity)
		}
		e.because(runtime, "units", u.ID, "runtime")
		priced = e.payForValue(priced, &u.Entity, u.Cost, "units")
	}
	for _, s := range e.sys.Stores {
		kept = e.manage(kept, &s.Runtime, &s.Entity, "stores")
		priced = e.payForValue(priced, &s.Entity, s.Cost, "stores")
	}
	for _, c := range e.sys.Channels {
		kept = e.manage(kept, &c.Runtime, &c.Entity, "channels")
		priced = e.payForValue(priced, &c.Entity, c.Cost, "channels")
	}
	e.noteKept(kept)
	if len(priced) > 0 {
		e.note("no price for use is given, so that for provision stays: " + some(priced))
	}
}

// manage lets a provider run a store or channel.
func (e *edit) manage(kept []string, runtime *model.Runtime, x *model.Entity, kind string) []string {
	e.because("run by a provider", kind, x.ID, "runtime")
	if *runtime == model.Managed {
		return kept
	}
	*runtime = model.Managed
	return keptAvailability(kept, x)
}

// payForValue takes the prices of provision away where there is one for use,
// and lists the entity where there is none.
func (e *edit) payForValue(priced []string, x *model.Entity, c *model.Cost, kind string) []string {
	if c == nil || c.ReplicaHour == 0 && c.Idle == 0 {
		return priced
	}
	if c.MillionRequests == 0 && c.GBSecond == 0 {
		return append(priced, x.ID)
	}
	c.ReplicaHour, c.Idle = 0, 0
	forget(&x.Origin, "cost.replica_hour")
	forget(&x.Origin, "cost.idle")
	e.because("pay for use, not for provision", kind, x.ID, "cost")
	return priced
}
