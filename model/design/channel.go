package design

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/model"
)

// end is one end of a channel: a service with what it sends or takes.
type end struct {
	service *model.Service
	pub     *model.Publication
	con     *model.Consumption
}

// ends are the two sides of one channel, in file order.
type ends struct{ from, to []end }

// The ends are found in one pass over all services: a system may have as many
// channels as services.
func (e *edit) channelEnds() map[string]*ends {
	by := map[string]*ends{}
	for _, c := range e.sys.Channels {
		by[c.ID] = &ends{}
	}
	for _, s := range e.sys.Services {
		for i := range s.Publishes {
			if c := by[s.Publishes[i].To]; c != nil {
				c.from = append(c.from, end{service: s, pub: &s.Publishes[i]})
			}
		}
		for i := range s.Consumes {
			if c := by[s.Consumes[i].From]; c != nil {
				c.to = append(c.to, end{service: s, con: &s.Consumes[i]})
			}
		}
	}
	return by
}

// inside says whether both ends exist and all are members: a channel with a
// side missing leads out of the system and stays.
func (c *ends) inside(members set) bool {
	outside := func(x end) bool { return !members[x.service.ID] }
	return len(c.from) > 0 && len(c.to) > 0 &&
		!slices.ContainsFunc(c.from, outside) && !slices.ContainsFunc(c.to, outside)
}

// mostCalls is how many calls the events of one system may become. A bus that
// everybody talks and listens on would become the square of its services.
const mostCalls = 1_000_000

// inline turns the events of channels that lie inside the members into calls.
func (e *edit) inline(members set) {
	inside, names := e.innerChannels(members)
	if len(inside) == 0 {
		return
	}
	// All requests before all answers: an answer to a request that is a call by
	// now adds none.
	for i, x := range inside {
		e.handOver(names[i], x)
	}
	for i, x := range inside {
		e.answer(names[i], x)
	}
	gone := map[string][]string{}
	for _, id := range names {
		gone[id] = nil
	}
	vanished := func(id string) bool { _, out := gone[id]; return out }
	e.sys.Channels = slices.DeleteFunc(e.sys.Channels, func(c *model.Channel) bool { return vanished(c.ID) })
	e.because("both ends lie inside one process; gone: "+some(names), "channels")
	for _, s := range e.sys.Services {
		ends := len(s.Publishes) + len(s.Consumes)
		s.Publishes = slices.DeleteFunc(s.Publishes, func(p model.Publication) bool { return vanished(p.To) })
		s.Consumes = slices.DeleteFunc(s.Consumes, func(c model.Consumption) bool { return vanished(c.From) })
		if len(s.Publishes)+len(s.Consumes) == ends {
			continue
		}
		for _, key := range []string{"depends_on", "publishes", "consumes"} {
			e.because("events inside one process become calls", "services", s.ID, key)
		}
		if len(s.Publishes) == 0 {
			forget(&s.Origin, "publishes")
		}
		if len(s.Consumes) == 0 {
			forget(&s.Origin, "consumes")
		}
		unify(s)
	}
	e.retarget(gone, "gone, as both ends lie inside one process: "+some(names))
}

// innerChannels finds the channels that can become calls.
func (e *edit) innerChannels(members set) (inside []*ends, names []string) {
	by := e.channelEnds()
	budget := mostCalls
	for _, c := range e.sys.Channels {
		x := by[c.ID]
		if !x.inside(members) {
			continue
		}
		if n := len(x.from) * len(x.to); n > budget {
			e.note(fmt.Sprintf("channel %s stays: its events would become up to %d calls", c.ID, n))
			continue
		}
		budget -= len(x.from) * len(x.to)
		inside = append(inside, x)
		names = append(names, c.ID)
	}
	return inside, names
}

// handOver makes calls of the events of one channel that nobody awaits. The
// publisher can go on without the reply, as it did.
func (e *edit) handOver(channel string, x *ends) {
	for _, from := range x.from {
		for _, to := range x.to {
			if from.service == to.service || !shares(from.pub.Events, to.con, false) {
				continue
			}
			d := call(to.service.ID, from.pub.Pos)
			d.Calls, d.Soft, d.AnswerLater = from.pub.Calls, from.pub.Soft, true
			from.service.DependsOn = append(from.service.DependsOn, d)
			e.because("an event over "+channel+" becomes a call in the same process", "services", from.service.ID, "depends_on", to.service.ID)
		}
	}
}

// answer makes the consumers of awaited events ask for them.
func (e *edit) answer(channel string, x *ends) {
	for _, to := range x.to {
		for _, from := range x.from {
			if from.service != to.service && shares(from.pub.Events, to.con, true) {
				e.awaited(to.service, from.service.ID, to.con.Pos, channel)
			}
		}
	}
}

// awaited makes the consumer of an answer ask for it. The answer to a request
// that it already makes is no second call.
func (e *edit) awaited(s *model.Service, on string, pos model.Pos, channel string) {
	if d := callOf(s, on); d != nil {
		d.Soft, d.Fallback = false, ""
		forget(&d.Origin, "fallback")
		return
	}
	s.DependsOn = append(s.DependsOn, call(on, pos))
	e.because("an answer over "+channel+" becomes that of a call in the same process", "services", s.ID, "depends_on", on)
}

// shares says whether a consumption takes any of what is published, as an
// answer or as work.
func shares(published []string, c *model.Consumption, answer bool) bool {
	return slices.ContainsFunc(c.Parts(), func(p model.Part) bool { return p.Awaits == answer && sharesEvent(published, p.Events) })
}

// sharesEvent says whether a subscription takes any of what is published. None
// named means all.
func sharesEvent(published, taken []string) bool {
	return len(published) == 0 || len(taken) == 0 ||
		slices.ContainsFunc(published, func(e string) bool { return slices.Contains(taken, e) })
}
