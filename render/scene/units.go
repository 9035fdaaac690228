package scene

import (
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
)

// units frames what ships together, and round that what can only be scaled
// together as it shares a store; calls that need their answer tie demand.
func units(f *metric.Facts, o Options) (Scene, error) {
	c, s, err := start(f, "units", ByUnit, o)
	if err != nil {
		return s, err
	}
	r := f.Scaling()
	s.Subtitle = "what is deployed, crashes and scales as one"
	s.Headlines = []Headline{{Value: thousands(len(r.Deploy)), Caption: verb(len(r.Deploy), "thing", "things") + " to deploy for " + plural(c.g.Services(), "service")}}
	if bound := c.bind(r); bound > 0 {
		s.Headlines = append(s.Headlines, Headline{Value: thousands(len(r.Units)), Caption: verb(len(r.Units), "group", "groups") + " can be scaled alone: shared stores bind " + thousands(bound) + " of " + thousands(len(r.Deploy)), Tone: Worse})
	}
	if n := c.tie(); n > 0 {
		s.Headlines = append(s.Headlines, Headline{Value: thousands(n), Caption: verb(n, "call needs its answer and carries", "calls need their answer and carry") + " demand on at once"})
	}
	return s.finish(c, o), nil
}

// bind frames the deployables that one store or several bind, and counts them.
func (c *canvas) bind(r *scaling.Result) int {
	bound := 0
	for _, unit := range r.Units {
		var deployed []int32
		for _, v := range unit {
			if d := r.DeployOf[v]; !slices.Contains(deployed, d) {
				deployed = append(deployed, d)
			}
		}
		if len(deployed) > 1 {
			bound += len(deployed)
			c.boundFrame(unit)
		}
	}
	return bound
}

// boundFrame draws a frame round services with their units, and round the
// stores that bind them.
func (c *canvas) boundFrame(unit []int32) {
	outer := len(c.Frames)
	var stores []string
	from, to := c.g.Range(graph.Store)
	for v := from; v < to; v++ {
		users := c.g.Dependents().Out(v)
		inside := len(users) > 1 && !c.g.Sys.Stores[v-from].Partitioned && !slices.ContainsFunc(users, func(u int32) bool { return !slices.Contains(unit, u) })
		if !inside {
			continue
		}
		stores = append(stores, c.g.Label(v))
		if k := c.node[v]; k >= 0 {
			c.Nodes[k].Frame = outer
		}
	}
	c.Frames = append(c.Frames, Frame{ID: "bound-" + c.g.ID(unit[0]), Label: "scale together", Note: "bound by " + strings.Join(stores, ", "), Kind: BoundFrame,
		Parent: -1, Group: -1, Tip: "deployed separately, but none can be scaled without the others: they use the same store"})
	for _, v := range unit {
		k := c.node[v]
		switch {
		case k < 0:
		case c.Nodes[k].Frame < 0:
			c.Nodes[k].Frame = outer
		default:
			c.Frames[c.Nodes[k].Frame].Parent = outer
		}
	}
	for i := range c.Nodes {
		if a := c.Nodes[i].Attach; a >= 0 {
			c.Nodes[i].Frame = c.Nodes[a].Frame
		}
	}
}

// tie marks the calls between deployables that need their answer, and counts
// them.
func (c *canvas) tie() int {
	n := 0
	for i := range c.Edges {
		e := &c.Edges[i]
		if e.Meaning != Call || e.From < 0 || e.To < 0 {
			continue
		}
		a, b := &c.Nodes[e.From], &c.Nodes[e.To]
		if b.Kind <= Unit && (a.Frame < 0 || a.Frame != b.Frame || c.Frames[a.Frame].Kind != UnitFrame) {
			e.Ties = true
			n++
		}
	}
	return n
}
