package model

import (
	"slices"
	"strings"
)

// edgeForm says where an edge keeps what it points to.
type edgeForm[E any] struct {
	key    string // "to" or "from"
	origin func(*E) *Origin
	aim    func(e *E, targets []string, anyOf bool)
	target func(*E) (targets []string, anyOf bool)
}

// anyOfPrefix starts the key of a group in the map form: "any_of:stripe,adyen".
const anyOfPrefix = "any_of:"

// edges is what one entity has to do with others. It may be written as a list
// of names and mappings, or as a mapping from names; the two mean the same.
func edges[T, E any](name, doc string, inner *table[E], form edgeForm[E], at func(*T) *[]E) field[T] {
	item := keyType{shape: objectShape, of: inner, bare: form.key}
	k := key{name: name, doc: doc, typ: keyType{shape: edgesShape, item: &item}}
	f := field[T]{key: k}
	f.read = func(d *decoder, t *T, _ *Origin, n *Node) {
		var made []E
		switch n.Kind {
		case Sequence:
			made = make([]E, 0, len(n.Items))
			for i, item := range n.Items {
				made = readEdge(d, &k, inner, form, made, i, item)
			}
		case Mapping:
			made = make([]E, 0, len(n.Fields))
			for i := range n.Fields {
				made = readKeyedEdge(d, inner, form, made, &n.Fields[i])
			}
		default:
			d.wrongType(&k, n)
			return
		}
		d.uniqueTargets(&k, len(made), func(i int) (string, Pos) { return edgeKey(form, &made[i]), form.origin(&made[i]).Pos })
		*at(t) = made
	}
	f.write = func(t *T, s spot) *Node {
		if len(*at(t)) == 0 && !s.given() {
			return nil
		}
		n := &Node{Kind: Mapping}
		for i := range *at(t) {
			n.Fields = append(n.Fields, writeEdge(inner, form, &(*at(t))[i]))
		}
		return n
	}
	return f
}

// readEdge reads an item of the list form.
func readEdge[E any](d *decoder, k *key, inner *table[E], form edgeForm[E], made []E, i int, n *Node) []E {
	made = append(made, inner.blank)
	e := &made[len(made)-1]
	o := form.origin(e)
	o.Pos = n.Pos
	switch n.Kind {
	case Scalar:
		if _, problem := oneLine(n.Text); problem != "" {
			d.badValue(k, n, problem)
		}
		form.aim(e, d.one(n.Text), false)
		return made
	case Mapping:
		inner.read(d, e, o, n)
		if d.aimed(inner.find("any_of") != nil, form.key, n) {
			return made
		}
	default:
		d.item(k, i, n)
	}
	return made[:len(made)-1]
}

// aimed checks that an edge in list form says once what it points to.
func (d *decoder) aimed(group bool, to string, n *Node) bool {
	one, many := n.Get(to), group && n.Get("any_of") != nil
	switch {
	case one != nil && many:
		d.fail(ruleBadValue, n.Pos, `%s and "any_of" exclude each other: this points to one thing or to a group`, quote(to))
	case one != nil:
		return one.Kind == Scalar
	case many:
		return len(n.Get("any_of").Items) > 0
	case slices.ContainsFunc(n.Fields, func(f Field) bool { return strings.HasPrefix(f.Key, to+":") }): // reported as an unknown key
	case group:
		d.fail(ruleMissing, n.Pos, `this points to nothing: give it %s with an id, or "any_of" with a list of them`, quote(to))
	default:
		d.fail(ruleMissing, n.Pos, `this points to nothing: give it %s with an id`, quote(to))
	}
	return false
}

// readKeyedEdge reads one entry of the map form.
func readKeyedEdge[E any](d *decoder, inner *table[E], form edgeForm[E], made []E, f *Field) []E {
	made = append(made, inner.blank)
	e := &made[len(made)-1]
	o := form.origin(e)
	o.Pos = f.KeyPos
	group, isGroup := strings.CutPrefix(f.Key, anyOfPrefix)
	if isGroup = isGroup && inner.find("any_of") != nil; isGroup {
		members := strings.Split(group, ",")
		for i := range members {
			members[i] = strings.TrimSpace(members[i])
		}
		form.aim(e, members, true)
	} else {
		form.aim(e, d.one(f.Key), false)
	}
	switch f.Value.Kind {
	case Mapping:
		for _, name := range []string{form.key, "any_of"} {
			if v := f.Value.Get(name); v != nil {
				d.fail(ruleBadValue, v.Pos, "%s is not taken here: the key %s says already what this points to", quote(name), quote(f.Key))
				return made
			}
		}
		inner.read(d, e, o, f.Value)
	case Null:
		d.fail(ruleNoValue, f.Value.Pos, "%s has no value: write {} (only in a design does nothing stand for taking away)", quote(f.Key))
	default:
		d.fail(ruleWrongType, f.Value.Pos, "%s is %s, but takes a mapping: write {} if there is nothing to say", quote(f.Key), f.Value.what())
	}
	return made
}

// edgeKey is what an edge is called in the map form.
func edgeKey[E any](form edgeForm[E], e *E) string {
	targets, anyOf := form.target(e)
	if !anyOf && len(targets) == 1 {
		return targets[0]
	}
	return anyOfPrefix + strings.Join(targets, ",")
}

// writeEdge writes an edge in the map form, which a patch can address; it keeps
// the place of the target as that of the key.
func writeEdge[E any](inner *table[E], form edgeForm[E], e *E) Field {
	o := form.origin(e)
	n := inner.write(e, o)
	n.Fields = slices.DeleteFunc(n.Fields, func(f Field) bool { return f.Key == form.key || f.Key == "any_of" })
	f := Field{Key: edgeKey(form, e), KeyPos: o.Pos, Value: n}
	if s := o.spot(form.key); s.given() {
		f.KeyPos = o.Keys[s.index].Value
	}
	return f
}

// uniqueTargets reports edges to what an earlier one points to already. Groups
// of the same members are the same, in whatever order.
func (d *decoder) uniqueTargets(k *key, n int, at func(int) (string, Pos)) {
	twice := func(target string, pos, first Pos) {
		d.fail(ruleDuplicate, pos, "%s names %s twice: it does so at %s already", quote(k.name), quote(target), first)
		d.diags[len(d.diags)-1].Related = []Related{{Pos: first, Message: "first named here"}}
	}
	if n <= 8 {
		for i := range n {
			target, pos := at(i)
			for j := range i {
				if other, first := at(j); sameTarget(other, target) {
					twice(target, pos, first)
					break
				}
			}
		}
		return
	}
	seen := make(map[string]Pos, n)
	for i := range n {
		target, pos := at(i)
		key := sortedGroup(target)
		if first, ok := seen[key]; ok {
			twice(target, pos, first)
			continue
		}
		seen[key] = pos
	}
}

// sameTarget compares two keys of the map form.
func sameTarget(a, b string) bool {
	return a == b || len(a) == len(b) && strings.HasPrefix(a, anyOfPrefix) && sortedGroup(a) == sortedGroup(b)
}

// sortedGroup gives a key that is the same for the same set of alternatives.
func sortedGroup(target string) string {
	group, ok := strings.CutPrefix(target, anyOfPrefix)
	if !ok || !strings.Contains(group, ",") {
		return target
	}
	members := strings.Split(group, ",")
	slices.Sort(members)
	return anyOfPrefix + strings.Join(members, ",")
}
