package diff

import (
	"slices"

	"github.com/taut-dev/taut/model"
)

// Union is one system that declares what either version does; where both do,
// as the new one does. It is for drawing only. ok is false when the versions do
// not fit into one valid system; then it is the new one.
func (r *Result) Union(limits model.Limits) (sys *model.System, ok bool) {
	root := model.Encode(r.New.Facts.System())
	for _, key := range []string{"designs", "compare", "budgets", "lint", "journeys", "strengths"} {
		root = set(root, []string{key}, nil)
	}
	old := model.Encode(r.Old.Facts.System())
	for _, edges := range []bool{false, true} {
		for i := range r.Changes {
			c := &r.Changes[i]
			if c.Kind.Edge() != edges || c.oldPath == nil || c.Kind == Setting || c.Kind == Journey || c.Kind == Unit {
				continue
			}
			if node := at(old, c.oldPath); c.Op == Removed || !slices.Equal(c.oldPath, c.newPath) {
				if !edges {
					node = withEdges(node, &model.Node{})
				}
				root = set(root, c.oldPath, node)
			}
		}
	}
	sys, found := model.Decode(root, limits)
	if sys == nil || found.HasErrors() {
		return r.New.Facts.System(), false
	}
	return sys, true
}

// Marks says what happened to what a picture of the union shows.
type Marks struct {
	Nodes map[string]Op    // by id
	Edges map[[2]string]Op // by the ids that depend and are depended on; of events, as they flow
}

// Marks compares what both versions would draw. An edge that a group only lost
// or gained is removed or added; the others of the group are changed.
func (r *Result) Marks() Marks {
	m := Marks{map[string]Op{}, map[[2]string]Op{}}
	old, new := drawn(r.Old.Facts.System()), drawn(r.New.Facts.System())
	for i := range r.Changes {
		c := &r.Changes[i]
		if !c.Kind.Edge() {
			m.Nodes[c.ID] = c.Op
			continue
		}
		for _, ends := range ends(c.Kind, c.From, c.To) {
			m.Edges[ends] = Changed
		}
	}
	for _, pair := range new.list {
		if !old.set[pair] {
			m.Edges[pair] = Added
		}
	}
	for _, pair := range old.list {
		if !new.set[pair] {
			m.Edges[pair] = Removed
		}
	}
	return m
}

// ends gives the pairs of an edge as they are drawn.
func ends(k Kind, from string, to []string) [][2]string {
	var out [][2]string
	for _, t := range to {
		if k == Consumption {
			out = append(out, [2]string{t, from})
		} else {
			out = append(out, [2]string{from, t})
		}
	}
	return out
}

// pairs are ends of edges, in order and for looking up.
type pairs struct {
	list [][2]string
	set  map[[2]string]bool
}

// drawn gives all pairs that a system would draw.
func drawn(sys *model.System) pairs {
	p := pairs{set: map[[2]string]bool{}}
	for _, it := range items(sys) {
		if it.kind.Edge() {
			for _, pair := range ends(it.kind, it.from, it.to) {
				p.list, p.set[pair] = append(p.list, pair), true
			}
		}
	}
	return p
}
