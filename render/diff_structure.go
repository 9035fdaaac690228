package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// crossing says that a new edge joins what two teams own.
func (v *diffView) crossing(c *diff.Change) []string {
	if c.Op != diff.Added || !c.Kind.Edge() {
		return nil
	}
	from := v.owner(c.From)
	var others []string
	for _, id := range c.To {
		if to := v.owner(id); from != "" && to != "" && to != from && !slices.Contains(others, to) {
			others = append(others, to)
		}
	}
	if len(others) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("it crosses teams: %s belongs to %s, %s to %s", v.label(c.From), from, v.targets(c), strings.Join(others, " and "))}
}

func (v *diffView) owner(id string) string {
	g := v.r.New.Facts.Graph()
	n, ok := g.Lookup(id)
	if !ok {
		return ""
	}
	return g.Entity(n).Owner
}

// endless says that what a change closes goes round without end, so that numbers
// that were there are none any more.
func (v *diffView) endless(b int) []string {
	lost := slices.ContainsFunc(v.r.Moves, func(m diff.Move) bool {
		return m.Old.OK && !m.New.OK && slices.ContainsFunc(m.Causes, func(c diff.Cause) bool { return c.Change == b })
	})
	if !lost {
		return nil
	}
	var out []string
	for _, p := range v.r.New.Facts.Scaling().Problems {
		if p.Severity == model.Error && !slices.ContainsFunc(v.r.Old.Facts.Scaling().Problems, func(o model.Diagnostic) bool { return o.Message == p.Message }) {
			out = append(out, p.Message+"; "+p.Hint)
		}
	}
	return out
}

// joined names what a measure of groups counts: who has come together.
func (v *diffView) joined(m *metric.Metric) string {
	groups := func(f *metric.Facts) [][]int32 { return nil }
	verb := ""
	switch m.ID {
	case "cycles":
		groups, verb = (*metric.Facts).Cycles, "now wait for each other"
	case "scaling_units":
		groups, verb = func(f *metric.Facts) [][]int32 { return f.Scaling().Units }, "must now be scaled together"
	}
	old := v.r.Old.Facts.Graph()
	before := groups(v.r.Old.Facts)
	for _, members := range groups(v.r.New.Facts) {
		g := v.r.New.Facts.Graph()
		if len(members) > 1 && !slices.ContainsFunc(before, func(was []int32) bool { return containsAll(g, members, old, was) }) {
			return ": " + enumerate(labels(g, members), 4) + " " + verb
		}
	}
	return ""
}

// containsAll says whether a group of the old version has all members of one of
// the new version.
func containsAll(g *graph.Graph, members []int32, old *graph.Graph, was []int32) bool {
	for _, n := range members {
		if o, ok := old.Lookup(g.ID(n)); !ok || !slices.Contains(was, o) {
			return false
		}
	}
	return true
}

func labels(g *graph.Graph, nodes []int32) []string {
	names := make([]string, len(nodes))
	for i, n := range nodes {
		names[i] = g.Label(n)
	}
	return names
}
