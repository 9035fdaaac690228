package model

import (
	"strconv"
	"strings"
)

// texts is a list of free texts.
func texts[T any](name, doc string, at func(*T) *[]string) field[T] {
	return list(name, doc, keyType{shape: textShape}, at, oneLine)
}

// ids is a list of names of other entities; what they must name is said by
// naming, and checked when references are resolved.
func ids[T any](name, doc string, at func(*T) *[]string) field[T] {
	return list(name, doc, keyType{shape: textShape}, at, oneLine)
}

// list makes the field of a list of texts; the place of each item is noted.
func list[T any](name, doc string, item keyType, at func(*T) *[]string, parse func(string) (string, string)) field[T] {
	k := key{name: name, doc: doc, typ: keyType{shape: listShape, item: &item}}
	f := field[T]{key: k}
	f.read = func(d *decoder, t *T, o *Origin, n *Node) {
		if n.Kind != Sequence {
			d.wrongType(&k, n)
			return
		}
		path := o.Keys[len(o.Keys)-1].Path
		values := make([]string, 0, len(n.Items))
		for i, item := range n.Items {
			o.Keys = append(o.Keys, KeyPos{Path: path + "." + strconv.Itoa(i), Key: item.Pos, Value: item.Pos})
			if item.Kind != Scalar {
				d.item(&k, i, item)
				continue
			}
			v, problem := parse(item.Text)
			if problem != "" {
				d.badValue(&k, item, problem)
			}
			values = append(values, v)
		}
		*at(t) = values
	}
	f.write = func(t *T, s spot) *Node {
		values := *at(t)
		if len(values) == 0 && !s.given() {
			return nil
		}
		n := &Node{Kind: Sequence}
		for i, v := range values {
			item := textNode(v)
			item.Pos = s.item(i)
			n.Items = append(n.Items, item)
		}
		return n
	}
	return f
}

// item reports a list item of the wrong form.
func (d *decoder) item(k *key, i int, n *Node) {
	if n.Kind == Null {
		d.fail(ruleNoValue, n.Pos, "item %d of %s is empty: give it a value, or take it away", i+1, quote(k.name))
		return
	}
	d.fail(ruleWrongType, n.Pos, "item %d of %s is %s, but the key takes %s", i+1, quote(k.name), n.what(), k.typ.want())
}

// object is a nested mapping that fills a struct of its own; nil is "not given".
func object[T, S any](name, doc string, inner *table[S], at func(*T) **S) field[T] {
	k := key{name: name, doc: doc, typ: keyType{shape: objectShape, of: inner}}
	f := field[T]{key: k}
	f.read = func(d *decoder, t *T, o *Origin, n *Node) {
		if n.Kind != Mapping {
			d.wrongType(&k, n)
			return
		}
		s := new(S)
		*s = inner.blank
		inner.read(d, s, o, n)
		*at(t) = s
	}
	f.write = func(t *T, s spot) *Node {
		if *at(t) == nil {
			return nil
		}
		return inner.write(*at(t), s.origin)
	}
	return f
}

// group is a nested mapping that fills fields of the same struct.
func group[T any](name, doc string, inner *table[T]) field[T] {
	k := key{name: name, doc: doc, typ: keyType{shape: objectShape, of: inner}}
	f := field[T]{key: k}
	f.read = func(d *decoder, t *T, o *Origin, n *Node) {
		if n.Kind != Mapping {
			d.wrongType(&k, n)
			return
		}
		inner.read(d, t, o, n)
	}
	f.write = func(t *T, s spot) *Node {
		n := inner.write(t, s.origin)
		if len(n.Fields) == 0 && !s.given() {
			return nil
		}
		return n
	}
	return f
}

// head is the part of an entity that its section fills.
type head[T any] func(*T) (id *string, o *Origin)

// section is a mapping from ids to entities.
func section[T any](name, doc string, entity *table[T], at func(*System) *[]*T, part head[T]) field[System] {
	item := keyType{shape: objectShape, of: entity}
	k := key{name: name, doc: doc, typ: keyType{shape: mapShape, item: &item, empty: true}}
	f := field[System]{key: k}
	f.read = func(d *decoder, sys *System, _ *Origin, n *Node) {
		if n.Kind != Mapping {
			d.fail(ruleWrongType, n.Pos, `%s is %s, but takes a mapping: write each %s as a key, as in "%s: {name: …}"`, quote(name), n.what(), entity.noun, "some-id")
			return
		}
		made := make([]T, len(n.Fields))
		list := make([]*T, len(n.Fields))
		for i := range n.Fields {
			list[i] = &made[i]
			made[i] = entity.blank
			id, o := part(&made[i])
			*id, o.Pos = n.Fields[i].Key, n.Fields[i].KeyPos
			d.enter(name, entity.noun, *id)
			entity.entity(d, &made[i], o, &n.Fields[i])
		}
		d.enter("", "", "")
		*at(sys) = list
	}
	f.write = func(sys *System, s spot) *Node {
		if len(*at(sys)) == 0 && !s.given() {
			return nil
		}
		n := &Node{Kind: Mapping}
		for _, t := range *at(sys) {
			id, o := part(t)
			n.Fields = append(n.Fields, Field{Key: *id, KeyPos: o.Pos, Value: entity.write(t, o)})
		}
		return n
	}
	return f
}

// entity reads one entity; a key with nothing behind it declares one too.
func (t *table[T]) entity(d *decoder, to *T, o *Origin, f *Field) {
	if problem := checkID(f.Key); problem != "" {
		d.fail(ruleBadID, f.KeyPos, "%s is no id: %s", quote(f.Key), problem)
	}
	switch f.Value.Kind {
	case Mapping:
		t.read(d, to, o, f.Value)
	case Null:
		t.read(d, to, o, &Node{Kind: Mapping, Pos: f.KeyPos})
	default:
		d.fail(ruleWrongType, f.Value.Pos, `%s %s is %s, but takes a mapping, or nothing at all`, t.noun, quote(f.Key), f.Value.what())
	}
}

// maxID is how many characters an id may have.
const maxID = 128

// checkID says what is wrong with an id. The rules keep ids fit for file
// names, for addresses and for every format that taut writes.
func checkID(id string) string {
	if id == "default" {
		return `the word is taken: in "budgets" it stands for all others`
	}
	if len(id) > maxID {
		return "it has " + strconv.Itoa(len(id)) + " characters, and at most " + strconv.Itoa(maxID) + " are allowed"
	}
	separated := true
	for i := 0; i < len(id); i++ {
		c := id[i]
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			separated = false
		case strings.IndexByte("._-/", c) >= 0 && !separated:
			separated = true
		default:
			return idProblem(id)
		}
	}
	if separated {
		return idProblem(id)
	}
	return ""
}

// idProblem words the rule, with an id that would do if there is an easy one.
func idProblem(id string) string {
	const rule = "an id is lower-case letters and digits, in parts joined by single . _ - or /"
	var b strings.Builder
	for _, r := range strings.ToLower(id) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', strings.ContainsRune("._-/", r):
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('-')
		default:
			return rule
		}
	}
	if s := b.String(); s != id && checkID(s) == "" {
		return rule + `: write ` + quote(s) + `, and the label as "name"`
	}
	return rule
}
