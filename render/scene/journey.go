package scene

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// journey draws what one journey touches: its services and all that they
// depend on. The rest is left out, and the picture says how much that is.
func journey(f *metric.Facts, o Options) (Scene, error) {
	g := f.Graph()
	j, err := findJourney(g.Sys, o.At)
	if err != nil {
		return Scene{}, err
	}
	keep := reached(g, append(append([]string{j.Entry}, j.Requires...), j.Optional...))
	c := begin(g, keep)
	by, _ := frames(g.Sys, o.By)
	c.system(by)
	s := Scene{View: "journey", Title: g.Sys.Name, Subtitle: "what the journey " + journeyLabel(j) + " needs"}
	in := 0
	for v := range g.Services() {
		if keep[v] {
			in++
		}
	}
	s.Headlines = []Headline{{Value: thousands(in) + " of " + thousands(g.Services()), Caption: "services take part"}}
	return s.finish(c, o), nil
}

func journeyLabel(j *model.Journey) string {
	if j.Name != "" {
		return j.Name
	}
	return j.ID
}

// findJourney finds a journey by id; without one, the first.
func findJourney(s *model.System, id string) (*model.Journey, error) {
	var known []string
	for _, j := range s.Journeys {
		if j.ID == id || id == "" {
			return j, nil
		}
		known = append(known, j.ID)
	}
	if near := model.Suggest(id, known); near != "" {
		return nil, fmt.Errorf("no journey is called %q; did you mean %q?", id, near)
	}
	return nil, fmt.Errorf("no journey is called %q", id)
}

// reached marks some nodes and all that they depend on.
func reached(g *graph.Graph, ids []string) []bool {
	keep := make([]bool, g.Len())
	var queue []int32
	visit := func(v int32) {
		if !keep[v] {
			keep[v] = true
			queue = append(queue, v)
		}
	}
	for _, id := range ids {
		if v, ok := g.Lookup(id); ok {
			visit(v)
		}
	}
	for len(queue) > 0 {
		v := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, u := range g.Depends().Out(v) {
			visit(u)
		}
	}
	return keep
}

// publishesTo says that a service publishes one of the events to a channel;
// no events on either side means all.
func publishesTo(list []model.Publication, channel string, events []string) bool {
	return slices.ContainsFunc(list, func(p model.Publication) bool {
		return p.To == channel && (len(p.Events) == 0 || len(events) == 0 ||
			slices.ContainsFunc(p.Events, func(e string) bool { return slices.Contains(events, e) }))
	})
}
