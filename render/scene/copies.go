package scene

import (
	"math"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
)

// CopiesOf lists what runs more than once in a spike.
func CopiesOf(r *scaling.Result, s scaling.Spiked) []Copies {
	var out []Copies
	for i, d := range r.Deploy {
		if i >= len(s.Deploy) || !s.Deploy[i].After.OK {
			continue
		}
		out = append(out, Copies{Node: d.Node, Before: int(s.Deploy[i].Before.F), After: int(s.Deploy[i].After.F)})
	}
	return out
}

// unknown marks what runs nobody can say how often, and channels that nobody
// knows what passes; it gives how many.
func (c *canvas) unknown(r *scaling.Result, s *scaling.Spiked) int {
	n := 0
	mark := func(v int32) {
		n++
		if k := c.node[v]; k >= 0 {
			c.Nodes[k].Impact = Unknown
		}
		if k := c.frame[v]; k >= 0 {
			c.Frames[k].Impact = Unknown
		}
	}
	for i, d := range r.Deploy {
		if !s.Deploy[i].After.OK {
			mark(d.Node)
		}
	}
	for _, f := range r.Channels {
		if !f.Load.OK {
			mark(f.Node)
		}
	}
	return n
}

// endless says why no load is known somewhere, and where to look.
func endless(r *scaling.Result) string {
	at := r.Endless()
	if len(at) == 0 {
		return "as it is too large to be computed"
	}
	text := "as calls come round without end: " + at[0].String()
	if n := len(at) - 1; n > 0 {
		text += " and " + plural(n, "more place")
	}
	return text
}

// longestFill is how far the longest backlog fills its channel: a full bar is
// kept for what never drains.
const longestFill = 0.6

// BacklogsOf lists what waits in channels in a spike. Bars are filled in
// proportion to the longest backlog of all that are compared, or of this spike
// when longest is 0.
func BacklogsOf(s scaling.Spiked, longest float64) []Backlog {
	if longest == 0 {
		for _, b := range s.Buffers {
			longest = max(longest, b.Backlog)
		}
	}
	var out []Backlog
	for _, b := range s.Buffers {
		if b.Backlog < 1 && !b.Never {
			continue
		}
		x := Backlog{Channel: b.Channel, Fill: 1, Text: "fills up: never drained"}
		if !b.Never {
			x.Fill = longestFill * b.Backlog / longest
			x.Text = thousands(int(math.Ceil(b.Backlog))) + " waiting, drained in " + metric.Span(time.Duration(b.Drain*float64(time.Second)))
		}
		out = append(out, x)
	}
	return out
}

// copies marks nodes and frames with how often they run.
func (c *canvas) copies(list []Copies) {
	for _, x := range list {
		if k := c.node[x.Node]; k >= 0 {
			c.Nodes[k].Replicas, c.Nodes[k].Grew = x.After, x.After > x.Before
		}
		if k := c.frame[x.Node]; k >= 0 {
			c.Frames[k].Replicas, c.Frames[k].Grew = x.After, x.After > x.Before
		}
	}
}

// backlogs marks channels with what waits in them. Several backlogs of one
// channel show the longest.
func (c *canvas) backlogs(list []Backlog) {
	for _, b := range list {
		k := c.node[b.Channel]
		if k < 0 || c.g.Kind(b.Channel) != graph.Channel {
			continue
		}
		if n := &c.Nodes[k]; b.Fill > n.Fill {
			n.Fill, n.Note = b.Fill, b.Text
		}
	}
}
