package scaling

import (
	"fmt"
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// shownCycle is the most members of a cycle that a message names.
const shownCycle = 8

const endlessCalls = "endless-calls"

// problems reports calls without end, and loops through channels.
func (t *traffic) problems(g *graph.Graph) model.Diagnostics {
	var list model.Diagnostics
	w := walker{traffic: t, parent: make([]int32, t.nodes()), seen: make([]int32, t.nodes())}
	for c := int32(t.members.Len()) - 1; c >= 0; c-- {
		if t.endless[c] {
			list = append(list, w.endlessCalls(g, c))
		}
	}
	reported := make([]bool, t.nodes())
	for v := range int32(t.nodes()) {
		for _, e := range t.out(v) {
			if e.mode == work && !reported[t.ring[v]] {
				reported[t.ring[v]] = true
				list = append(list, w.eventLoop(g, v, e.to))
			}
		}
	}
	return list.Sorted()
}

// Endless gives where calls begin that come round and grow: of what they reach
// no load is known.
func (r *Result) Endless() []model.Pos {
	var list []model.Pos
	for i := range r.Problems {
		if r.Problems[i].Rule == endlessCalls {
			list = append(list, r.Problems[i].Pos)
		}
	}
	return list
}

// walker finds short ways; see walk.
type walker struct {
	*traffic
	parent, seen []int32
	search       int32
}

// walk gives a shortest way between two nodes, both included, inside an area;
// from a node to itself it is a cycle, written with both ends.
func (w *walker) walk(from, to int32, inside func(int32) bool) []int32 {
	w.search++
	queue := []int32{from}
	for i := 0; i < len(queue); i++ {
		for _, e := range w.out(queue[i]) {
			if w.seen[e.to] == w.search || !inside(e.to) {
				continue
			}
			w.seen[e.to], w.parent[e.to] = w.search, queue[i]
			if e.to == to {
				return w.trace(from, to)
			}
			queue = append(queue, e.to)
		}
	}
	return nil
}

func (w *walker) trace(from, to int32) []int32 {
	way := []int32{to}
	for v := w.parent[to]; v != from; v = w.parent[v] {
		way = append(way, v)
	}
	way = append(way, from)
	for i, j := 0, len(way)-1; i < j; i, j = i+1, j-1 {
		way[i], way[j] = way[j], way[i]
	}
	return way
}

// endlessCalls reports a component whose calls make at least as many again.
func (w *walker) endlessCalls(g *graph.Graph, c int32) model.Diagnostic {
	first := w.members.Out(c)[0]
	cycle := w.walk(first, first, func(v int32) bool { return int(v) < w.services && w.comp[v] == c })
	d := model.Diagnostic{
		Rule: endlessCalls, Severity: model.Error, Subject: "services." + g.ID(first),
		Message: fmt.Sprintf("calls come round without end: %s; each round makes at least as many as the one before, so no load can be computed", w.names(g, cycle)),
	}
	d.Pos, d.Related = w.places(g, cycle)
	back := cycle[len(cycle)-2]
	d.Hint = fmt.Sprintf("give one of these calls its mean number for one request, below 1: the one back is at %s (%q → %q): `calls: 0.1`", declared(g, back, first), g.ID(back), g.ID(first))
	return d
}

// eventLoop reports a loop that was followed once.
func (w *walker) eventLoop(g *graph.Graph, from, to int32) model.Diagnostic {
	ring := w.ring[from]
	way := append(w.walk(to, from, func(v int32) bool { return w.ring[v] == ring }), to)
	for int(way[0]) >= w.services { // begin with a service
		way = append(way[1:], way[1])
	}
	d := model.Diagnostic{
		Rule: "event-loop", Severity: model.Note, Subject: "services." + g.ID(way[0]),
		Message: fmt.Sprintf("events come round: %s; for the load the loop is followed once", w.names(g, way)),
		Hint:    "if the event is the answer to a request of its consumer, say `awaits: true`",
	}
	d.Pos, d.Related = w.places(g, way)
	return d
}

// names writes a way, with channels for hubs, each once.
func (w *walker) names(g *graph.Graph, way []int32) string {
	first, _ := g.Range(graph.Channel)
	var words []string
	last := int32(-1)
	for _, v := range way {
		if int(v) >= w.services {
			v = first + w.hubs[int(v)-w.services].channel
		}
		if v != last || len(way) == 2 { // a service may call itself
			words = append(words, fmt.Sprintf("%q", g.ID(v)))
		}
		last = v
	}
	if n := len(words); n > shownCycle {
		words = append(append(words[:shownCycle-1:shownCycle-1], fmt.Sprintf("… %d more …", n-shownCycle)), words[n-1])
	}
	return strings.Join(words, " → ")
}

// places gives where each step of a way is declared: the first, and the rest.
func (w *walker) places(g *graph.Graph, way []int32) (model.Pos, []model.Related) {
	first, _ := g.Range(graph.Channel)
	var related []model.Related
	for i, v := range way[:len(way)-1] {
		to := way[i+1]
		if int(v) >= w.services || len(related) > shownCycle {
			continue
		}
		if int(to) >= w.services {
			to = first + w.hubs[int(to)-w.services].channel
		}
		related = append(related, model.Related{Pos: declared(g, v, to), Message: fmt.Sprintf("%q leads to %q here", g.ID(v), g.ID(to))})
	}
	return related[0].Pos, related[1:]
}

// declared is where a service says that it calls a service or publishes to a
// channel.
func declared(g *graph.Graph, from, to int32) model.Pos {
	s, id := g.Sys.Services[from], g.ID(to)
	for i := range s.DependsOn {
		for _, t := range s.DependsOn[i].To {
			if t == id {
				return s.DependsOn[i].Pos
			}
		}
	}
	for i := range s.Publishes {
		if s.Publishes[i].To == id {
			return s.Publishes[i].Pos
		}
	}
	return s.Pos
}
