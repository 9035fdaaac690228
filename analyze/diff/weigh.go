package diff

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

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
// and calls; then elements, together with the edges that end at them. What no
// change can undo is tried the other way: the old system with one change alone.
func (r *Result) weigh(ctx context.Context, o Options) error {
	if r.Still() {
		return ctx.Err()
	}
	w := &weigher{r: r, ctx: ctx, limits: o.Limits, old: tree(r.Old), new: tree(r.New)}
	most := o.Weigh
	if most <= 0 {
		most = min(DefaultWeigh, max(leastWeighed, weighedNodes/max(1, r.New.Facts.Graph().Len())))
	}
	list := r.candidates()
	r.Left = max(0, len(list)-most)
	list = list[:len(list)-r.Left]
	for _, i := range list {
		if f := w.facts(w.new, w.turn(i, false)); f != nil {
			r.Weighed++
			r.Changes[i].Still = !w.share(i, f, false)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	for _, i := range list {
		if !r.unexplained() {
			break
		}
		if f := w.facts(w.old, w.turn(i, true)); f != nil {
			w.share(i, f, true)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	r.order()
	return w.remedies()
}

// tree is a system as the edits want it: without what moves no measure.
func tree(s Side) *model.Node {
	root := model.Encode(s.Facts.System())
	for _, key := range []string{"designs", "compare", "budgets", "lint"} {
		root = set(root, []string{key}, nil)
	}
	return root
}

// unexplained says whether something got better or worse and no change can undo
// it.
func (r *Result) unexplained() bool {
	return slices.ContainsFunc(r.Moves, func(m Move) bool { return m.Verdict != Neither && m.alone() }) ||
		slices.ContainsFunc(r.Failures, func(f Failure) bool { return f.alone() }) ||
		slices.ContainsFunc(r.Strains, func(s Strain) bool { return s.alone() })
}

// alone says whether the causes are to be found among what moves the old version.
func (m *Move) alone() bool    { return len(m.Causes) == 0 || m.Causes[0].Alone }
func (f *Failure) alone() bool { return len(f.Causes) == 0 || f.Causes[0].Alone }

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

// weigher analyses variants of both systems.
type weigher struct {
	r        *Result
	ctx      context.Context
	limits   model.Limits
	old, new *model.Node
}

// turn gives the edits that take one change back from the new system, or, when
// made, that make it in the old one. An edge brings along the elements it needs;
// an element takes along the edges that only exist with it.
func (w *weigher) turn(i int, made bool) []edit {
	c := &w.r.Changes[i]
	comes, needs := Removed, c.oldTo // the op of what is brought back
	if made {
		comes, needs = Added, c.To
	}
	var edits []edit
	for k := range w.r.Changes {
		x := &w.r.Changes[k]
		switch {
		case c.Kind.Edge():
			if x.Op == comes && x.Kind <= Unit && (x.ID == c.From && c.Op == comes || slices.Contains(needs, x.ID)) {
				edits = append(edits, w.bare(x, made))
			}
		case x.Kind.Edge() && c.Op != Changed && x.Op == c.Op && (slices.Contains(x.To, c.ID) || x.From == c.ID && c.Op != comes):
			edits = append(edits, w.single(x, made)...)
		}
	}
	own := w.single(c, made)
	if !c.Kind.Edge() && c.Op == comes {
		return append(own, edits...) // first the element, then what ends at it
	}
	return append(edits, own...)
}

// bare brings an element without its edges: those are changes of their own.
func (w *weigher) bare(c *Change, made bool) edit {
	if made {
		return edit{c.newPath, withEdges(at(w.new, c.newPath), &model.Node{})}
	}
	return edit{c.oldPath, withEdges(at(w.old, c.oldPath), &model.Node{})}
}

// single turns one declaration. Of an element that was changed, the edges stay
// as they are: they are changes of their own.
func (w *weigher) single(c *Change, made bool) []edit {
	from, to, value, here := c.newPath, c.oldPath, at(w.old, c.oldPath), at(w.new, c.newPath)
	if made {
		from, to, value, here = c.oldPath, c.newPath, here, value
	}
	if c.Op == Changed && !c.Kind.Edge() && value != nil && here != nil {
		value = withEdges(value, here)
	}
	switch {
	case to == nil:
		return []edit{{from, nil}}
	case from != nil && !slices.Equal(from, to):
		return []edit{{from, nil}, {to, value}}
	}
	return []edit{{to, value}}
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

// facts prepares the analysis of a system with edits. It gives nil when what
// comes out is no valid system: then the change cannot stand alone.
func (w *weigher) facts(root *model.Node, edits []edit) *metric.Facts {
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

// share notes what moves and failures would be without one change, or with it
// alone. Only what differs in the direction of the move is a cause; moved says
// that anything differs at all.
func (w *weigher) share(change int, f *metric.Facts, alone bool) (moved bool) {
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
			from, to := v, m.New
			if alone {
				from, to = m.Old, v
			}
			moved = moved || known && !same(from, to)
			if known && (!alone || m.alone()) && !same(from, to) && (!from.OK || !to.OK || !m.Old.OK || !m.New.OK || (to.F > from.F) == (m.New.F > m.Old.F)) {
				m.Causes = append(m.Causes, Cause{change, v, alone})
			}
		}
	}
	moved = w.r.strainCauses(change, f, alone) || moved
	for i := range w.r.Failures {
		x := &w.r.Failures[i]
		v, ok := f.Graph().Lookup(x.ID)
		if !ok {
			continue
		}
		then := toll(f, v)
		from, to := then.weight(), x.New.weight()
		if alone {
			from, to = x.Old.weight(), then.weight()
		}
		moved = moved || from != to
		if (!alone || x.alone()) && from != to && (to > from) == (x.New.weight() > x.Old.weight()) {
			x.Causes = append(x.Causes, TollCause{change, then, alone})
		}
	}
	return moved
}

// smallPart is the share of a move below which a change is no cause of it beside
// larger ones.
const smallPart = 0.1

// order puts the largest cause of each move first, and leaves out what is no
// cause to speak of.
func (r *Result) order() {
	for _, list := range [][]Move{r.Moves, r.Services} {
		for i := range list {
			m := &list[i]
			slices.SortStableFunc(m.Causes, func(a, b Cause) int { return cmp.Compare(m.part(b), m.part(a)) })
			if by := func(c Cause) bool { return !r.Dilutes(m, c.Change) }; slices.ContainsFunc(m.Causes, by) {
				m.Causes = slices.DeleteFunc(m.Causes, func(c Cause) bool { return !by(c) })
			}
			least := float64(smallPart * math.Abs(m.New.F-m.Old.F))
			for k := len(m.Causes) - 1; k > 0 && m.Old.OK && m.New.OK && m.part(m.Causes[k]) < least; k-- {
				m.Causes = m.Causes[:k]
			}
		}
	}
	for i := range r.Failures {
		x := &r.Failures[i]
		part := func(c TollCause) int64 {
			end := x.New
			if c.Alone {
				end = x.Old
			}
			d := end.weight() - c.Toll.weight()
			return max(d, -d)
		}
		slices.SortStableFunc(x.Causes, func(a, b TollCause) int { return cmp.Compare(part(b), part(a)) })
	}
}

// part is how much of a move goes by a cause.
func (m *Move) part(c Cause) float64 {
	end := m.New
	if c.Alone {
		end = m.Old
	}
	if !c.Value.OK || !end.OK {
		return math.Inf(1)
	}
	return math.Abs(end.F - c.Value.F)
}

// Dilutes says that a change moves a share only by its denominator: what is
// taken away does not add to what is counted, and what comes does not take from
// it. (Of blast radii it may: a publisher that goes leaves those that wait for it.)
func (r *Result) Dilutes(m *Move, change int) bool {
	if m.Metric.Scope != metric.System || m.Metric.Unit != "share" || m.Metric.Better != metric.Less || strings.HasPrefix(m.Metric.ID, "blast_radius.") {
		return false
	}
	op, up := r.Changes[change].Op, m.New.F > m.Old.F
	return op == Removed && up || op == Added && !up
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
