package scene

import (
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// edges draws every declared dependency between drawn nodes, in file order.
// The same two ends with the same meaning are one edge.
func (c *canvas) edges() {
	have := map[[3]int]int{}
	for v := range int32(c.g.Len()) {
		if c.g.Kind(v) == graph.Service {
			c.calls(v, have)
			c.events(v, have)
		}
		for _, r := range c.g.Entity(v).RunsOn {
			for _, id := range r.To {
				if p, ok := c.g.Lookup(id); ok {
					c.link(have, v, p, Edge{Meaning: Stands, Calls: 1, Tip: "runs on"})
				}
			}
		}
	}
}

// calls draws the calls and store uses of a service.
func (c *canvas) calls(v int32, have map[[3]int]int) {
	for _, d := range c.g.Sys.Services[v].DependsOn {
		for _, id := range d.To {
			t, ok := c.g.Lookup(id)
			if !ok {
				continue
			}
			e := Edge{Meaning: Call, Calls: d.Calls, Internals: d.Knows == model.KnowsInternals, Cross: c.crosses(v, t), Tip: callTip(&d, c.g.Kind(t))}
			switch {
			case c.g.Kind(t) == graph.Store:
				e.Meaning, e.Calls = Use, 1
			case d.Soft || d.Fallback != "":
				e.Meaning = SoftCall
			}
			c.link(have, v, t, e)
		}
	}
}

// events draws publications and consumptions in the direction of the event.
func (c *canvas) events(v int32, have map[[3]int]int) {
	s := c.g.Sys.Services[v]
	for _, p := range s.Publishes {
		if t, ok := c.g.Lookup(p.To); ok {
			c.link(have, v, t, Edge{Meaning: Event, Calls: 1, Tip: eventTip("publishes", p.Events)})
		}
	}
	for _, x := range s.Consumes {
		if t, ok := c.g.Lookup(x.From); ok {
			c.link(have, t, v, Edge{Meaning: Event, Calls: 1, Tip: eventTip("consumes", x.Events)})
		}
	}
}

// callTip says what the file tells about a call.
func callTip(d *model.Dependency, to graph.Kind) string {
	var parts []string
	if d.AnyOf {
		parts = append(parts, "one of "+strings.Join(d.To, ", "))
	}
	if d.Soft || d.Fallback != "" {
		parts = append(parts, "can do without")
	}
	if d.Fallback != "" {
		parts = append(parts, "falls back to "+d.Fallback)
	}
	if d.AnswerLater {
		parts = append(parts, "the answer may come later")
	}
	if to == graph.Store {
		parts = append(parts, string(d.Access))
	}
	if d.Timeout > 0 {
		parts = append(parts, "timeout "+d.Timeout.String())
	}
	return strings.Join(parts, ", ")
}

// eventTip names the events, where the file does.
func eventTip(verb string, events []string) string {
	if len(events) == 0 {
		return verb
	}
	return verb + " " + strings.Join(events, ", ")
}

// crosses says that two owned things belong to different teams.
func (c *canvas) crosses(u, v int32) bool {
	a, b := c.g.Entity(u).Owner, c.g.Entity(v).Owner
	return a != "" && b != "" && a != b
}

// end is where an edge at a graph node ends: at its node, or at its frame; ok
// is false when it is not drawn.
func (c *canvas) end(v int32) (int, bool) {
	if c.node[v] >= 0 {
		return c.node[v], true
	}
	if c.frame[v] >= 0 {
		return -2 - c.frame[v], true
	}
	return 0, false
}

// link adds an edge between two graph nodes, or widens the one that is there:
// the same dependency may be declared twice.
func (c *canvas) link(have map[[3]int]int, from, to int32, e Edge) {
	a, okA := c.end(from)
	b, okB := c.end(to)
	if !okA || !okB || a == b {
		return
	}
	e.From, e.To = a, b
	key := [3]int{a, b, int(e.Meaning)}
	if i, ok := have[key]; ok {
		x := &c.Edges[i]
		x.Internals, x.Calls = x.Internals || e.Internals, max(x.Calls, e.Calls)
		return
	}
	have[key] = len(c.Edges)
	c.Edges = append(c.Edges, e)
}
