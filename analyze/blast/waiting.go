package blast

import (
	"slices"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Held is work that waits while something has failed: events that are not lost,
// but late, until their channel gives them up.
type Held struct {
	Channel int32
	Service int32         // who should take them; with Outbox, who could not send them
	Outbox  bool          // they wait at the publisher, because the channel is down
	Keeps   time.Duration // from when on the oldest are lost: the channel's retention; 0: no bound is given
}

// Waiting lists what is held in some states: the events for services that are
// down, in channels that are not and that somebody still publishes to, and the
// outboxes of publishers whose channel is down. Services come in file order.
//
// A file gives a channel's capacity as a rate, not as room, so that retention
// alone ends the wait.
func Waiting(g *graph.Graph, states []graph.State) []Held {
	first, _ := g.Range(graph.Channel)
	alive := publishing(g, states)
	var out []Held
	for s, x := range g.Sys.Services {
		for i := range x.Publishes {
			c, ok := g.Lookup(x.Publishes[i].To)
			if ok && x.Publishes[i].Outbox && states[c] == graph.Down && states[s] != graph.Down {
				out = append(out, Held{Channel: c, Service: int32(s), Outbox: true})
			}
		}
		if states[s] != graph.Down {
			continue
		}
		for i := range x.Consumes {
			c, ok := g.Lookup(x.Consumes[i].From)
			if !ok || g.Kind(c) != graph.Channel || states[c] == graph.Down || !feeds(alive[c-first], x.Consumes[i].Events) {
				continue
			}
			out = append(out, Held{Channel: c, Service: int32(s), Keeps: g.Sys.Channels[c-first].Retention})
		}
	}
	return out
}

// Loss gives the time after which the first of what is held is lost; ok is false
// when nothing is, or nothing has a bound.
func Loss(held []Held) (after time.Duration, ok bool) {
	for _, h := range held {
		if h.Keeps > 0 && (!ok || h.Keeps < after) {
			after, ok = h.Keeps, true
		}
	}
	return after, ok
}

// publishing gives what services that are not down publish to each channel.
func publishing(g *graph.Graph, states []graph.State) [][]*model.Publication {
	first, _ := g.Range(graph.Channel)
	out := make([][]*model.Publication, len(g.Sys.Channels))
	for s, x := range g.Sys.Services {
		if states[s] == graph.Down {
			continue
		}
		for i := range x.Publishes {
			if c, ok := g.Lookup(x.Publishes[i].To); ok && g.Kind(c) == graph.Channel {
				out[c-first] = append(out[c-first], &x.Publishes[i])
			}
		}
	}
	return out
}

// feeds says whether any publication has one of some events; none means all.
func feeds(list []*model.Publication, events []string) bool {
	return slices.ContainsFunc(list, func(p *model.Publication) bool {
		return len(events) == 0 || len(p.Events) == 0 ||
			slices.ContainsFunc(p.Events, func(e string) bool { return slices.Contains(events, e) })
	})
}
