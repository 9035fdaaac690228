package lint

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// named is one event on one channel.
type named struct{ channel, event string }

// eventCycle reports services whose named events set each other off in a
// circle. A service stands in the circle if taking one event may make it publish
// another. Events without names are not followed, for nothing says that they
// meet, and neither is an event that is awaited: it ends an exchange.
func eventCycle(p *Pass) {
	c, events := eventGraph(p.Sys)
	services := len(p.Sys.Services)
	for _, group := range graph.Cyclic(c) {
		cycle := graph.ShortestCycle(c, group)
		var stops []string
		for i := 0; i <= len(cycle); i++ {
			if v := int(cycle[i%len(cycle)]); v < services {
				stops = append(stops, p.Sys.Services[v].ID)
			} else {
				stops = append(stops, "("+model.Safe(events[v-services].event)+")")
			}
		}
		s := p.Sys.Services[cycle[0]]
		first := events[int(cycle[1])-services]
		p.Report(publication(s, first), "services."+s.ID+arrow+first.channel,
			fmt.Sprintf("events of %q come back to it through %d services: %s", s.ID, len(cycle)/2, route(stops)),
			"make sure that one of them stops the circle, or let one side call or await the other")
	}
}

// eventGraph leads from each service to the named events it publishes, and from
// those to the services that take them. Events are nodes, numbered behind the
// services, so that many publishers and consumers of one event stay cheap.
func eventGraph(sys *model.System) (*graph.CSR, []named) {
	index := map[named]int32{}
	var events []named
	out := make([][]int32, len(sys.Services))
	node := func(channel, event string) int32 {
		key := named{channel, event}
		v, known := index[key]
		if !known {
			v = int32(len(sys.Services) + len(events))
			index[key], events, out = v, append(events, key), append(out, nil)
		}
		return v
	}
	for u, s := range sys.Services {
		for _, x := range s.Publishes {
			for _, event := range x.Events {
				out[u] = append(out[u], node(x.To, event))
			}
		}
	}
	for v, s := range sys.Services {
		for _, x := range s.Consumes {
			for _, part := range x.Parts() {
				for _, event := range part.Events {
					e := node(x.From, event)
					// Taking its own event is a retry or a schedule, no circle.
					if !part.Awaits && !slices.Contains(out[v], e) {
						out[e] = append(out[e], int32(v))
					}
				}
			}
		}
	}
	var edges []graph.Edge
	for u := range out {
		for _, v := range out[u] {
			edges = append(edges, graph.Edge{From: int32(u), To: v})
		}
	}
	return graph.NewCSR(len(out), edges), events
}

// publication is where the service says that it publishes the event: the line to
// change, or to put a comment on.
func publication(s *model.Service, n named) model.Pos {
	for _, x := range s.Publishes {
		if x.To == n.channel {
			for _, event := range x.Events {
				if event == n.event {
					return x.Pos
				}
			}
		}
	}
	return s.Pos
}
