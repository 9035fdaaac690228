package diff

import (
	"cmp"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/scaling"
	"github.com/taut-dev/taut/model"
)

// Op is what happened to a declaration.
type Op int

// The operations, in the order of reports.
const (
	Added Op = iota
	Removed
	Changed
)

// String gives the operation as a word: added, removed, changed.
func (o Op) String() string { return []string{"added", "removed", "changed"}[o] }

// Sign is the mark of the operation: +, −, ~.
func (o Op) Sign() string { return []string{"+", "−", "~"}[o] }

// Change is one declaration that only one version has, or that both have with
// other values.
type Change struct {
	Op     Op
	Kind   Kind
	ID     string    // of an element or setting; "" for edges
	From   string    // of an edge
	To     []string  // of an edge in its latest version: one id, or the members of a group
	Fields []Field   // of what was changed: what exactly
	Pos    model.Pos // in the new version; of what was removed, in the old one
	OldPos model.Pos // of what was changed: in the old version

	// Of edges, in the version that has it, the new one first:
	Target   graph.Kind // of the first thing it points to
	Hard     bool       // who depends goes down with it
	Hardened bool       // it is hard now and was not before; always for an added hard edge
	Timeout  bool       // a timeout is given

	Still bool // without it, and everything computed again, nothing that moved is otherwise

	oldTo            []string // of an edge, in the old version
	oldPath, newPath []string
	item             *item // in the version that has it, the new one first
}

// Field is one key that has another value. Of lists, Old is what went and New
// is what came.
type Field struct {
	Key      string
	Old, New string // "" where the version does not give it
	Default  string // what holds where a version does not give it; "" for nothing
	List     bool
}

// Sync says whether the change is about a call of another service or of
// something that others run, as opposed to stores, events and grounds.
func (c *Change) Sync() bool {
	return c.Kind == Dependency && (c.Target == graph.Service || c.Target == graph.External)
}

// Subject names the change stably: "services.orders", "services.orders -> payments".
func (c *Change) Subject() string {
	path := c.newPath
	if path == nil {
		path = c.oldPath
	}
	switch {
	case c.Kind == Setting:
		return c.ID
	case c.Kind.Edge():
		return path[0] + "." + path[1] + " -> " + strings.Join(c.To, ", ")
	}
	return path[0] + "." + path[1]
}

// Lost lists the members that a group of alternatives no longer has.
func (c *Change) Lost() []string {
	var out []string
	for _, id := range c.oldTo {
		if c.Op == Changed && !slices.Contains(c.To, id) {
			out = append(out, id)
		}
	}
	return out
}

// changes pairs the declarations of both versions. Those of the new version come
// first, by kind and in its order; the removed ones of a kind follow.
func changes(old, new []item) []Change {
	before, after := index(old), index(new)
	var out []Change
	for i := range new {
		n := &new[i]
		j, ok := before[n.key]
		if !ok {
			out = append(out, made(Added, nil, n))
		} else if fields := differences(&old[j], n); len(fields) > 0 {
			c := made(Changed, &old[j], n)
			c.Fields = fields
			c.Pos, c.OldPos = n.at(fields[0].Key), old[j].at(fields[0].Key)
			out = append(out, c)
		}
	}
	for i := range old {
		if _, ok := after[old[i].key]; !ok {
			out = append(out, made(Removed, &old[i], nil))
		}
	}
	out = regroup(out)
	slices.SortStableFunc(out, func(a, b Change) int { return cmp.Compare(a.Kind, b.Kind) })
	return out
}

func index(items []item) map[string]int {
	m := make(map[string]int, len(items))
	for i := range items {
		m[items[i].key] = i
	}
	return m
}

// made describes a change of one item.
func made(op Op, old, new *item) Change {
	it := new
	if it == nil {
		it = old
	}
	c := Change{Op: op, Kind: it.kind, ID: it.id, From: it.from, To: it.to, Pos: it.origin.Pos, Hard: it.asks.hard, Timeout: it.asks.timeout, item: it}
	if old != nil {
		c.oldPath, c.oldTo = old.path, old.to
	}
	if new != nil {
		c.newPath = new.path
		c.Hardened = new.asks.hard && (old == nil || !old.asks.hard)
	}
	return c
}

// at is where a value stands, or the declaration where it is not given.
func (it *item) at(path string) model.Pos {
	if path == "" {
		return it.origin.Pos
	}
	return it.origin.At(strings.Split(path, ".")...)
}

// differences lists the values that are not the same, those of the new version
// first. That an edge is hard no longer is one, whichever key makes it so.
func differences(was, is *item) []Field {
	var out []Field
	old, new := was.leaves, is.leaves
	find := func(in []leaf, path string) leaf {
		i := slices.IndexFunc(in, func(l leaf) bool { return l.path == path })
		if i < 0 {
			return leaf{}
		}
		return in[i]
	}
	for _, n := range new {
		if o := find(old, n.path); o.text != n.text {
			out = append(out, field(n.path, o, n))
		}
	}
	for _, o := range old {
		if find(new, o.path).path == "" && o.path != "" {
			out = append(out, field(o.path, o, leaf{}))
		}
	}
	if is.kind == Dependency && was.asks.hard != is.asks.hard && !slices.ContainsFunc(out, func(f Field) bool { return f.Key == "needs" }) {
		needs := map[bool]string{true: "hard", false: "soft"}
		out = append([]Field{{Key: "needs", Old: needs[was.asks.hard], New: needs[is.asks.hard]}}, out...)
	}
	for i := range out {
		out[i].Default = assumed(is.path, out[i].Key)
	}
	return out
}

// assumed is what holds where a declaration does not give a value: the default
// of the language, else what the analyses go by.
func assumed(path []string, key string) string {
	steps := append(slices.Clone(path), strings.Split(key, ".")...)
	last := len(steps) - 1
	place, _ := model.PlaceAt(steps[:last]...)
	for _, k := range place.Keys {
		if k.Name == steps[last] && k.Default != "" {
			return k.Default
		}
	}
	for _, d := range scaling.Defaults() {
		if d.Key == key {
			return d.Value
		}
	}
	if key == "availability" {
		return "assumed by kind"
	}
	return ""
}

// field words one value that changed; of a list, only what went and came.
func field(path string, old, new leaf) Field {
	if old.list == nil && new.list == nil {
		return Field{Key: path, Old: old.text, New: new.text}
	}
	less := func(a, b []string) string {
		return strings.Join(slices.DeleteFunc(slices.Clone(a), func(x string) bool { return slices.Contains(b, x) }), ", ")
	}
	return Field{Key: path, Old: less(old.list, new.list), New: less(new.list, old.list), List: true}
}

// regroup sees a group of alternatives that gained or lost members as changed,
// not as one edge removed and another added: of such pairs, those that share
// most members first. The choice does not depend on which version is the old one.
func regroup(list []Change) []Change {
	type pair struct {
		added, removed, shared int
		low, high              string
	}
	var pairs []pair
	gone, removed := map[int]bool{}, map[string][]int{}
	for i, c := range list {
		if c.Op == Removed && c.Kind.Edge() {
			removed[c.Kind.String()+c.From] = append(removed[c.Kind.String()+c.From], i)
		}
	}
	for i, a := range list {
		if a.Op != Added || !a.Kind.Edge() {
			continue
		}
		for _, j := range removed[a.Kind.String()+a.From] {
			if n := shared(a.To, list[j].To); n > 0 {
				x, y := sorted(a.To), sorted(list[j].To)
				pairs = append(pairs, pair{i, j, n, min(x, y), max(x, y)})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.shared, a.shared), cmp.Compare(a.low, b.low), cmp.Compare(a.high, b.high))
	})
	for _, p := range pairs {
		a, b := &list[p.added], &list[p.removed]
		if gone[p.removed] || a.Op == Changed {
			continue
		}
		a.Op, a.OldPos, a.oldPath, a.oldTo, a.Hardened = Changed, b.Pos, b.oldPath, b.To, a.Hard && !b.Hard
		a.Fields = append([]Field{field("any_of", leaf{list: b.To}, leaf{list: a.To})}, differences(b.item, a.item)...)
		gone[p.removed] = true
	}
	out := list[:0]
	for i, c := range list {
		if !gone[i] {
			out = append(out, c)
		}
	}
	return out
}

func shared(a, b []string) int {
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// describe adds to the edges what kind of thing they point to.
func (r *Result) describe() {
	for i := range r.Changes {
		c := &r.Changes[i]
		g := r.New.Facts.Graph()
		if c.Op == Removed {
			g = r.Old.Facts.Graph()
		}
		if c.Kind.Edge() {
			if v, ok := g.Lookup(c.To[0]); ok {
				c.Target = g.Kind(v)
			}
		}
	}
}
