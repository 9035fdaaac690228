package scene

import (
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// blastView marks every node with its state while one has failed; without a
// name, the service or store with the largest radius fails: that a platform
// takes down what stands on it is no news.
func blastView(f *metric.Facts, o Options) (Scene, error) {
	g := f.Graph()
	at, chosen := worst(f), ""
	if o.At != "" {
		v, err := lookup(g, o.At)
		if err != nil {
			return Scene{}, err
		}
		at = v
	} else if k := g.Kind(at); k == graph.Service || k == graph.Store {
		chosen = ", the worst failure of a service or store (another: --fail NAME)"
	}
	c, s, err := start(f, "blast", ByUnit, o)
	if err != nil {
		return s, err
	}
	states := blast.States(g, at)
	c = c.only(&s, o, "what the failure reaches", func(v int32) bool { return v == at || states[v] > graph.Up })
	c.fail(states, []int32{at})
	c.carry(states)
	s.Subtitle = g.Label(at) + " fails" + chosen
	s.Headlines = append(impactHeadlines(g, states, at), journeysStopped(g, states)...)
	return s.finish(c, o), nil
}

// worst is the service or store whose failure takes down the most, the first of
// equals.
func worst(f *metric.Facts) int32 {
	best, radius := int32(0), -1.0
	if f.Blast() == nil {
		return best
	}
	for _, x := range f.Blast().Failures {
		if k := f.Graph().Kind(x.Node); (k == graph.Service || k == graph.Store) && x.Radius > radius {
			best, radius = x.Node, x.Radius
		}
	}
	return best
}

// journeysStopped names the journeys whose entry, or something they require, is
// down.
func journeysStopped(g *graph.Graph, states []graph.State) []Headline {
	var names []string
	for _, j := range g.Sys.Journeys {
		if slices.ContainsFunc(append([]string{j.Entry}, j.Requires...), func(id string) bool {
			v, ok := g.Lookup(id)
			return ok && states[v] == graph.Down
		}) {
			names = append(names, journeyLabel(j))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []Headline{{thousands(len(names)) + " of " + thousands(len(g.Sys.Journeys)),
		verb(len(names), "journey stops: ", "journeys stop: ") + strings.Join(names, ", "), Worse}}
}

// impactHeadlines counts the other services by state.
func impactHeadlines(g *graph.Graph, states []graph.State, at int32) []Headline {
	var n [graph.Down + 1]int
	others := 0
	for v := range int32(g.Services()) {
		if v != at {
			others++
			n[states[v]]++
		}
	}
	tone := Better
	if n[graph.Down] > 0 {
		tone = Worse
	}
	caption := "services down"
	if g.Kind(at) == graph.Service {
		caption = "other services down"
	}
	out := []Headline{{Value: thousands(n[graph.Down]) + " of " + thousands(others), Caption: caption, Tone: tone}}
	if n[graph.Degraded] > 0 {
		out = append(out, Headline{Value: thousands(n[graph.Degraded]), Caption: "partly work"})
	}
	if n[graph.Delayed] > 0 {
		out = append(out, Headline{Value: thousands(n[graph.Delayed]), Caption: "wait"})
	}
	return out
}

// fail marks nodes and unit frames with their states.
func (c *canvas) fail(states []graph.State, failed []int32) {
	if len(states) == 0 {
		return
	}
	for v := range int32(c.g.Len()) {
		i := impactOf(states[v])
		for _, f := range failed {
			if f == v {
				i = Failed
			}
		}
		if k := c.node[v]; k >= 0 {
			c.Nodes[k].Impact = i
		}
		if k := c.frame[v]; k >= 0 && i != Works {
			c.Frames[k].Impact = i
		}
	}
}
