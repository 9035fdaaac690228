package coupling

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// endpoint is one side of a channel: a service that publishes or consumes.
type endpoint struct {
	service int32
	events  []string // none: all
	pos     model.Pos
}

// traffic is who publishes to and who consumes from one channel.
type traffic struct {
	node int32
	kind Integration
	pubs []endpoint
	cons []endpoint
}

// allTraffic gives the traffic of every channel, in file order.
func allTraffic(g *graph.Graph) []traffic {
	base, _ := g.Range(graph.Channel)
	out := make([]traffic, len(g.Sys.Channels))
	for i, c := range g.Sys.Channels {
		out[i] = traffic{node: base + int32(i), kind: Routed}
		if c.Kind == model.Queue {
			out[i].kind = PointToPoint
		}
	}
	find := func(id string) *traffic {
		v, ok := g.Lookup(id)
		if !ok || g.Kind(v) != graph.Channel {
			return &traffic{} // not a channel: nothing is carried
		}
		return &out[v-base]
	}
	for i, s := range g.Sys.Services {
		for j := range s.Publishes {
			p := &s.Publishes[j]
			t := find(p.To)
			t.pubs = append(t.pubs, endpoint{int32(i), p.Events, p.Pos})
		}
		for j := range s.Consumes {
			c := &s.Consumes[j]
			t := find(c.From)
			t.cons = append(t.cons, endpoint{int32(i), c.Events, c.Pos})
		}
	}
	return out
}

// topic is one meeting point of a channel: every consumer in it receives from
// every publisher in it.
type topic struct {
	cons, pubs []int32 // places in traffic.cons and traffic.pubs
}

// topics splits a channel into meeting points that together are linear in the
// file: one for each named event, one where consumers of everything meet all
// publishers, one where publishers of anything meet the remaining consumers.
func (t *traffic) topics() []topic {
	var all, anything topic
	var named []topic
	at := map[string]int{}
	event := func(name string) *topic {
		i, ok := at[name]
		if !ok {
			i = len(named)
			at[name], named = i, append(named, topic{})
		}
		return &named[i]
	}
	for i, c := range t.cons {
		if len(c.events) == 0 {
			all.cons = append(all.cons, int32(i))
			continue
		}
		anything.cons = append(anything.cons, int32(i))
		for _, e := range c.events {
			x := event(e)
			x.cons = append(x.cons, int32(i))
		}
	}
	for i, p := range t.pubs {
		all.pubs = append(all.pubs, int32(i))
		if len(p.events) == 0 {
			anything.pubs = append(anything.pubs, int32(i))
		}
		for _, e := range p.events {
			x := event(e)
			x.pubs = append(x.pubs, int32(i))
		}
	}
	return slices.DeleteFunc(append(named, all, anything), func(x topic) bool {
		return len(x.cons) == 0 || len(x.pubs) == 0
	})
}

// pairs counts the ordered pairs (consumer, publisher) of different services
// that share at least one event. Endpoints with equal event lists are counted
// as one group, so a bus where everybody takes everything costs nothing.
func (t *traffic) pairs() int {
	cons, pubs := grouped(t.cons), grouped(t.pubs)
	byEvent := map[string][]int{}
	for i, p := range pubs {
		for _, e := range p.events {
			byEvent[e] = append(byEvent[e], i)
		}
	}
	total, seen := 0, make([]int, len(pubs))
	meet := func(c, p int) {
		if seen[p] == c+1 {
			return
		}
		seen[p] = c + 1
		total += len(cons[c].services)*len(pubs[p].services) - common(cons[c].services, pubs[p].services)
	}
	for i, c := range cons {
		for j, p := range pubs {
			if len(c.events) == 0 || len(p.events) == 0 {
				meet(i, j)
			}
		}
		for _, e := range c.events {
			for _, j := range byEvent[e] {
				meet(i, j)
			}
		}
	}
	return total
}

// eventGroup is the services with one list of events.
type eventGroup struct {
	events   []string
	services []int32 // ascending
}

func grouped(ends []endpoint) []eventGroup {
	var out []eventGroup
	at := map[string]int{}
	for _, e := range ends {
		names := slices.Clone(e.events)
		slices.Sort(names)
		key := ""
		for _, n := range slices.Compact(names) {
			key += n + "\x00"
		}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key], out = i, append(out, eventGroup{events: slices.Compact(names)})
		}
		out[i].services = append(out[i].services, e.service)
	}
	return out
}

// common counts what two ascending lists share.
func common(a, b []int32) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n, a, b = n+1, a[1:], b[1:]
		}
	}
	return n
}
