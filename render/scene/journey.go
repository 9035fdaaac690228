package scene

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// journey draws what one journey touches: its services, all that they depend on,
// and who works off their events later. The rest is left out, and the picture
// says how much that is.
func journey(f *metric.Facts, o Options) (Scene, error) {
	g := f.Graph()
	j, err := findJourney(g.Sys, o.At)
	if err != nil {
		return Scene{}, err
	}
	needed := reached(g, append(append([]string{j.Entry}, j.Requires...), j.Optional...))
	keep := afterwards(g, needed)
	c := begin(g, keep)
	by, _ := frames(g.Sys, o.By)
	c.system(by)
	s := Scene{View: "journey", Title: g.Sys.Name, Subtitle: "what the journey " + journeyLabel(j) + " needs"}
	var in [Later + 1]int
	if !c.tooLarge(o) {
		c.needs(j, needed)
		for v := range int32(g.Services()) {
			if keep[v] {
				in[c.Nodes[c.node[v]].Need]++
			}
		}
		s.Headlines = journeyHeadlines(f, j, in)
	} else {
		s.Headlines = []Headline{{Value: thousands(count(keep[:g.Services()])) + " of " + thousands(g.Services()), Caption: "services take part"}}
	}
	return s.finish(c, o), nil
}

// journeyHeadlines counts the services by need and says how often the journey
// works.
func journeyHeadlines(f *metric.Facts, j *model.Journey, in [Later + 1]int) []Headline {
	out := []Headline{{Value: thousands(in[Required]) + " of " + thousands(f.Graph().Services()), Caption: "services must work for it"}}
	for n := Optional; n <= Later; n++ {
		if in[n] > 0 {
			words := [...]string{Optional: "it can do without", Later: verb(in[n], "works off its events later", "work off its events later")}
			out = append(out, Headline{Value: thousands(in[n]), Caption: words[n]})
		}
	}
	for _, r := range f.Journeys() {
		if r.Journey != j {
			continue
		}
		h := Headline{Value: metric.Percent(r.Works.Value), Caption: "of the time it works"}
		if !r.Works.Exact {
			h.Value = "≈ " + h.Value
		}
		if j.Objective != nil && r.Margin.OK {
			h.Caption = "of the time (objective " + metric.Percent(*j.Objective) + ")"
			h.Tone = badIf(r.Margin.F < 0)
		}
		out = append(out, h)
	}
	return out
}

// needs finds what each drawn node is to the journey by letting it fail: what
// takes the entry or something required down must work.
func (c *canvas) needs(j *model.Journey, needed []bool) {
	var steps []int32
	for _, id := range append([]string{j.Entry}, j.Requires...) {
		if v, ok := c.g.Lookup(id); ok {
			steps = append(steps, v)
		}
	}
	for v := range int32(c.g.Len()) {
		k := c.node[v]
		if k < 0 || !c.kept(v) {
			continue
		}
		states := blast.States(c.g, v)
		switch {
		case slices.ContainsFunc(steps, func(s int32) bool { return states[s] == graph.Down }):
			c.Nodes[k].Need = Required
		case needed[v]:
			c.Nodes[k].Need = Optional
		default:
			c.Nodes[k].Need = Later
		}
	}
}

// afterwards adds to what a journey needs those who take its events from a
// channel, and what they do with them.
func afterwards(g *graph.Graph, needed []bool) []bool {
	keep := slices.Clone(needed)
	senders := map[string][]int{}
	for v, s := range g.Sys.Services {
		for _, p := range s.Publishes {
			senders[p.To] = append(senders[p.To], v)
		}
	}
	fed := func(x model.Consumption) bool {
		return slices.ContainsFunc(senders[x.From], func(u int) bool {
			return keep[u] && publishesTo(g.Sys.Services[u].Publishes, x.From, x.Events)
		})
	}
	for changed := true; changed; {
		changed = false
		for v, s := range g.Sys.Services {
			if keep[v] || !slices.ContainsFunc(s.Consumes, fed) {
				continue
			}
			for u, in := range reached(g, []string{s.ID}) {
				keep[u] = keep[u] || in
			}
			changed = true
		}
	}
	return keep
}

// count is how many are set.
func count(list []bool) int {
	n := 0
	for _, x := range list {
		if x {
			n++
		}
	}
	return n
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
