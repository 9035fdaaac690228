package design

import (
	"slices"

	"github.com/taut-dev/taut/model"
)

// later is a call that can become an event.
type later struct {
	from, to *model.Service
	call     model.Dependency
}

// decouple turns the calls that can go on without the reply into request
// events. Calls between two members stay: they are in one process.
func (e *edit) decouple(members set) {
	moved, stuck := e.takeLater(members)
	if len(stuck) > 0 {
		e.note("an answer may come later, but only a service can be sent an event: " + some(stuck))
	}
	if len(moved) == 0 {
		if len(stuck) == 0 {
			e.noteCandidates(members)
		}
		return
	}
	router := e.router()
	for _, l := range moved {
		e.request(l, router)
	}
	e.replies(moved, router)
}

// takeLater takes the calls with `answer: later` out of their callers.
func (e *edit) takeLater(members set) (moved []later, stuck []string) {
	for _, s := range e.sys.Services {
		s.DependsOn = slices.DeleteFunc(s.DependsOn, func(d model.Dependency) bool {
			if !d.AnswerLater {
				return false
			}
			to := e.services[d.To[0]]
			if d.AnyOf || to == nil || to == s {
				stuck = append(stuck, s.ID+" → "+edgeName(d.To, d.AnyOf))
				return false
			}
			if members[s.ID] && members[to.ID] {
				return false
			}
			moved = append(moved, later{s, to, d})
			return true
		})
		if len(s.DependsOn) == 0 {
			forget(&s.Origin, "depends_on")
		}
	}
	return moved, stuck
}

// noteCandidates says that nothing could change, and which calls could if their
// answers may come later: those that are not needed for the reply.
func (e *edit) noteCandidates(members set) {
	var soft []string
	for _, s := range e.sys.Services {
		for _, d := range s.DependsOn {
			inside := members[s.ID] && members[d.To[0]]
			if d.Soft && !d.AnyOf && e.services[d.To[0]] != nil && !inside {
				soft = append(soft, s.ID+" → "+d.To[0])
			}
		}
	}
	text := "no call says `answer: later`, so no call becomes an event"
	if len(soft) > 0 {
		text += "; candidates, as the caller works without them: " + some(soft)
	}
	e.note(text)
}

// router is the first event router of the file on which everybody names their
// events, or a new one: where somebody takes all events, requests would too.
func (e *edit) router() string {
	by := e.channelEnds()
	unnamed := func(x end) bool {
		return x.pub != nil && len(x.pub.Events) == 0 || x.con != nil && len(x.con.Events) == 0
	}
	for _, c := range e.sys.Channels {
		x := by[c.ID]
		if c.Kind == model.Router && !slices.ContainsFunc(x.from, unnamed) && !slices.ContainsFunc(x.to, unnamed) {
			return c.ID
		}
	}
	return e.addChannel("events", model.Router, "carries what were calls with answer: later")
}

// A channel that a preset makes is a managed one: nobody adds a server to get
// rid of a call.
func (e *edit) addChannel(id string, kind model.ChannelKind, reason string) string {
	c := &model.Channel{Entity: entityNamed(e.fresh(id)), Kind: kind, Runtime: model.Managed}
	e.sys.Channels = append(e.sys.Channels, c)
	e.because(reason, "channels", c.ID)
	return c.ID
}

// request lets the caller publish what it called, and the callee take it.
func (e *edit) request(l later, router string) {
	event := l.to.ID + ".request"
	publish(l.from, router, event, l.call)
	consume(l.to, router, event, false, l.call.Pos)
	e.because("the answer may come later: "+event+" instead of a call", "services", l.from.ID, "publishes", router)
	e.because("the answer may come later: an event instead of a call", "services", l.from.ID, "depends_on")
	e.because("takes as events what were calls", "services", l.to.ID, "consumes", router)
}

// replies lets callers that need the answer some time wait for it, each answer
// by itself.
func (e *edit) replies(moved []later, router string) {
	for _, l := range moved {
		if l.call.Soft {
			continue // fire and forget
		}
		event := l.to.ID + ".reply"
		if !publishes(l.to, router, event) {
			publish(l.to, router, event, call(l.to.ID, l.to.Pos))
			e.because("the reply that a caller still needs", "services", l.to.ID, "publishes", router)
		}
		consume(l.from, router, event, true, l.call.Pos)
		e.because("hard, so the reply is still needed: waits for it", "services", l.from.ID, "consumes", router)
	}
}

func publishes(s *model.Service, channel, event string) bool {
	return slices.ContainsFunc(s.Publishes, func(p model.Publication) bool {
		return p.To == channel && (len(p.Events) == 0 || slices.Contains(p.Events, event))
	})
}

// publish adds an event to what a service sends to a channel. A file names a
// channel once for each service, so the outbox then holds for all its events.
func publish(s *model.Service, channel, event string, was model.Dependency) {
	for i := range s.Publishes {
		p := &s.Publishes[i]
		if p.To != channel {
			continue
		}
		if len(p.Events) > 0 && !slices.Contains(p.Events, event) {
			p.Events = append(p.Events, event)
		}
		p.Outbox = true
		p.Calls += was.Calls
		return
	}
	s.Publishes = append(s.Publishes, model.Publication{
		Origin: model.Origin{Pos: was.Pos},
		To:     channel, Events: []string{event}, Outbox: true, Calls: was.Calls,
	})
}

// consume adds an event to what a service takes from a channel. Who takes all
// events takes this one too.
func consume(s *model.Service, channel, event string, answer bool, pos model.Pos) {
	c := consumption(s, channel)
	if c == nil {
		s.Consumes = append(s.Consumes, model.Consumption{Origin: model.Origin{Pos: pos}, From: channel, Events: []string{event}})
		c = &s.Consumes[len(s.Consumes)-1]
	}
	if len(c.Events) > 0 && !slices.Contains(c.Events, event) {
		c.Events = append(c.Events, event)
	}
	if answer && !slices.Contains(c.Answers, event) {
		c.Answers = append(c.Answers, event)
	}
}

// consumption finds what a service takes from a channel: one entry at most.
func consumption(s *model.Service, channel string) *model.Consumption {
	for i := range s.Consumes {
		if s.Consumes[i].From == channel {
			return &s.Consumes[i]
		}
	}
	return nil
}
