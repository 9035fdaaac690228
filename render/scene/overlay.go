package scene

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// Change is what happened to a node or edge between two versions. In pictures
// of one version everything is Unchanged.
type Change uint8

// The changes.
const (
	Unchanged Change = iota
	Added
	Removed
	Modified
)

// Sign is the mark of a change, so that colour is never the only signal.
func (c Change) Sign() string { return [...]string{"", "+", "−", "~"}[c] }

// Word is what the legend and screen readers call the change.
func (c Change) Word() string { return [...]string{"", "added", "removed", "changed"}[c] }

// Marks are the changes to show: of nodes by id, of edges by the ids of both
// ends as they are drawn.
type Marks struct {
	Nodes map[string]Change
	Edges map[[2]string]Change
}

// Overlay draws two versions of a system as one: f is about a system that holds
// both. A system too large to be read is cut down to what changed and what that
// is connected to.
func Overlay(f *metric.Facts, marks Marks, o Options) Scene {
	g := f.Graph()
	by, words := frames(f.System(), o.By)
	s := Scene{View: "overlay", Title: g.Sys.Name, Subtitle: "what changed, services" + words}
	c := begin(g, nil)
	c.system(by)
	if c.tooLarge(o) {
		c = begin(g, marks.touched(g))
		c.system(by)
		s.Messages = append(s.Messages, "only what changed and what it is connected to is shown, "+plural(len(c.Nodes), "thing")+" of "+thousands(g.Len()))
	}
	s = s.finish(c, o)
	for i := range s.Drawing.Nodes {
		n := &s.Drawing.Nodes[i]
		n.Change = marks.Nodes[n.ID]
	}
	for i := range s.Drawing.Edges {
		if e := &s.Drawing.Edges[i]; e.From >= 0 && e.To >= 0 {
			e.Change = marks.Edges[[2]string{s.Drawing.Nodes[e.From].ID, s.Drawing.Nodes[e.To].ID}]
		}
	}
	return s
}

// touched keeps what changed, the ends of edges that changed, and what those
// are connected to.
func (m Marks) touched(g *graph.Graph) []bool {
	near := make([]bool, g.Len())
	for v := range int32(g.Len()) {
		near[v] = m.Nodes[g.ID(v)] != Unchanged
		for _, u := range g.Depends().Out(v) {
			if m.Edges[[2]string{g.ID(v), g.ID(u)}] != Unchanged || m.Edges[[2]string{g.ID(u), g.ID(v)}] != Unchanged {
				near[v] = true
			}
		}
		for _, u := range g.Dependents().Out(v) {
			if m.Edges[[2]string{g.ID(u), g.ID(v)}] != Unchanged || m.Edges[[2]string{g.ID(v), g.ID(u)}] != Unchanged {
				near[v] = true
			}
		}
	}
	keep := make([]bool, g.Len())
	for v := range int32(g.Len()) {
		if !near[v] {
			continue
		}
		keep[v] = true
		for _, c := range [...]*graph.CSR{g.Depends(), g.Dependents()} {
			for _, u := range c.Out(v) {
				keep[u] = true
			}
		}
	}
	return keep
}
