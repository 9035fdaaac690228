package diff

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// edit replaces what stands at a path of an encoded system; a nil node takes it
// away.
type edit struct {
	path []string
	node *model.Node
}

// weigh works out the share of each change in each move: the new system without
// that change alone is analysed again. Edges come first, as they carry failures
// and calls; then elements, together with the edges that end at them.
func (r *Result) weigh(ctx context.Context, o Options) error {
	if len(r.Moves) == 0 && len(r.Failures) == 0 {
		return ctx.Err()
	}
	w := &weigher{r: r, ctx: ctx, limits: o.Limits, old: model.Encode(r.Old.Facts.System()), new: model.Encode(r.New.Facts.System())}
	most := o.Weigh
	if most <= 0 {
		most = min(DefaultWeigh, max(leastWeighed, weighedNodes/max(1, r.New.Facts.Graph().Len())))
	}
	for _, i := range r.candidates() {
		if r.Weighed >= most {
			r.Left++
			continue
		}
		if f := w.facts(w.undo(i)); f != nil {
			r.Weighed++
			w.share(i, f)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	r.order()
	return w.remedies()
}

// candidates are the changes that can move a measure, in the order in which
// they are weighed.
func (r *Result) candidates() []int {
	var edges, others []int
	for i, c := range r.Changes {
		switch {
		case c.Kind.Edge():
			edges = append(edges, i)
		case c.Kind != Setting || c.newPath != nil || c.oldPath != nil:
			others = append(others, i)
		}
	}
	first := func(i int) int {
		if c := &r.Changes[i]; c.Hardened && c.Kind == Dependency {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(edges, func(a, b int) int { return cmp.Compare(first(a), first(b)) })
	return append(edges, others...)
}

// weigher analyses variants of the new system.
type weigher struct {
	r        *Result
	ctx      context.Context
	limits   model.Limits
	old, new *model.Node
}

// undo gives the edits that take one change back. An element takes along the
// edges that only exist with it.
func (w *weigher) undo(i int) []edit {
	c := &w.r.Changes[i]
	edits := w.back(c)
	if c.Kind.Edge() || c.Op == Changed {
		return edits
	}
	for k := range w.r.Changes {
		if e := &w.r.Changes[k]; e.Op == c.Op && e.Kind.Edge() && (slices.Contains(e.To, c.ID) || e.From == c.ID) {
			if c.Op == Added || e.From != c.ID {
				edits = append(w.back(e), edits...)
			}
		}
	}
	return edits
}

// back takes a single declaration back. Of an element that was changed, the
// edges stay as they are now: they are changes of their own.
func (w *weigher) back(c *Change) []edit {
	old := at(w.old, c.oldPath)
	if c.Op == Changed && !c.Kind.Edge() && old != nil {
		old = withEdges(old, at(w.new, c.newPath))
	}
	if c.Op == Changed && !slices.Equal(c.oldPath, c.newPath) {
		return []edit{{c.newPath, nil}, {c.oldPath, old}}
	}
	if c.newPath != nil {
		return []edit{{c.newPath, old}}
	}
	return []edit{{c.oldPath, old}}
}

// withEdges is the first element with the edges of the second.
func withEdges(values, edges *model.Node) *model.Node {
	kinds := edgeKeys()
	isEdge := func(f model.Field) bool { _, ok := kinds[f.Key]; return ok }
	n := *values
	n.Fields = slices.DeleteFunc(slices.Clone(values.Fields), isEdge)
	for _, f := range edges.Fields {
		if isEdge(f) {
			n.Fields = append(n.Fields, f)
		}
	}
	return &n
}

// facts prepares the analysis of the new system with edits. It gives nil when
// what is left is no valid system: then the change cannot stand alone.
func (w *weigher) facts(edits []edit) *metric.Facts {
	root := w.new
	for _, key := range []string{"designs", "compare", "budgets", "lint"} {
		root = set(root, []string{key}, nil)
	}
	for _, e := range edits {
		root = set(root, e.path, e.node)
	}
	sys, found := model.Decode(root, w.limits)
	if sys == nil || found.HasErrors() {
		return nil
	}
	was := w.r.New.Facts.System()
	if sys.Design = was.Design; sys.Design != model.BaseDesign && len(was.Journeys) > 0 && was.Journeys[0].Implied {
		// A design answers for the entry points of the base, see design.Apply.
		sys.Journeys = slices.DeleteFunc(slices.Clone(was.Journeys), func(j *model.Journey) bool {
			return !slices.ContainsFunc(sys.Services, func(s *model.Service) bool { return s.ID == j.Entry })
		})
	}
	return metric.NewFacts(w.ctx, sys, metric.Options{Diagram: w.limits.Diagram})
}

// share notes what moves and failures would be without one change. Only what
// differs from the new version, towards the old one, is a cause.
func (w *weigher) share(change int, f *metric.Facts) {
	var keys []string
	for _, list := range [][]Move{w.r.Moves, w.r.Services} {
		for _, m := range list {
			keys = append(keys, m.Metric.Key())
		}
	}
	t := metric.Compute(f, metric.Named(keys...))
	for _, list := range [][]Move{w.r.Moves, w.r.Services} {
		for i := range list {
			m := &list[i]
			v, known := t.Value(m.Metric.Scope, m.Metric.ID, m.Subject)
			if known && !same(v, m.New) && (!v.OK || !m.New.OK || !m.Old.OK || (m.New.F > v.F) == (m.New.F > m.Old.F)) {
				m.Causes = append(m.Causes, Cause{change, v})
			}
		}
	}
	for i := range w.r.Failures {
		x := &w.r.Failures[i]
		v, ok := f.Graph().Lookup(x.ID)
		if !ok {
			continue
		}
		without := toll(f, v)
		if now, then := x.New.weight(), without.weight(); now != then && (now > then) == (now > x.Old.weight()) {
			x.Causes = append(x.Causes, TollCause{change, without})
		}
	}
}

// order puts the largest cause of each move first.
func (r *Result) order() {
	for _, list := range [][]Move{r.Moves, r.Services} {
		for i := range list {
			m := &list[i]
			part := func(c Cause) float64 {
				if !c.Without.OK || !m.New.OK {
					return math.Inf(1)
				}
				return math.Abs(m.New.F - c.Without.F)
			}
			slices.SortStableFunc(m.Causes, func(a, b Cause) int { return cmp.Compare(part(b), part(a)) })
		}
	}
	for i := range r.Failures {
		x := &r.Failures[i]
		part := func(c TollCause) int64 { d := x.New.weight() - c.Without.weight(); return max(d, -d) }
		slices.SortStableFunc(x.Causes, func(a, b TollCause) int { return cmp.Compare(part(b), part(a)) })
	}
}

// at gives the node at a path, nil where there is none.
func at(n *model.Node, path []string) *model.Node {
	if path == nil {
		return nil
	}
	for _, key := range path {
		n = n.Get(key)
	}
	return n
}

// set gives a tree with another node at a path, and shares the rest. Mappings on
// the way are made where they lack, except for elements: an edge does not bring
// back what it starts at.
func set(n *model.Node, path []string, node *model.Node) *model.Node {
	c := model.Node{Kind: model.Mapping}
	if n != nil {
		c = *n
	}
	i := slices.IndexFunc(c.Fields, func(f model.Field) bool { return f.Key == path[0] })
	var value *model.Node
	if i >= 0 {
		value = c.Fields[i].Value
	}
	if len(path) > 1 {
		if value == nil && (node == nil || len(path) == 3) {
			return &c
		}
		value = set(value, path[1:], node)
	} else {
		value = node
	}
	c.Fields = slices.Clone(c.Fields)
	switch {
	case value == nil && i >= 0:
		c.Fields = slices.Delete(c.Fields, i, i+1)
	case value == nil:
	case i >= 0:
		c.Fields[i].Value = value
	default:
		c.Fields = append(c.Fields, model.Field{Key: path[0], Value: value})
	}
	return &c
}
