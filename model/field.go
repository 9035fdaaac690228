package model

import "strings"

// The language is defined by tables of fields, one table for each kind of
// entity (schema_*.go). Decoder, encoder, messages, JSON Schema and the
// reference page all read these tables: a key is one line in one place.

// shape is the form that a value takes in a file.
type shape uint8

// The shapes. Each has a wording (shapeTexts) and a schema (schemaWriter.typ).
const (
	textShape shape = iota
	proseShape
	wordShape
	boolShape
	wholeShape
	numberShape
	shareShape
	rateShape
	durationShape
	sizeShape
	dateShape
	listShape
	objectShape
	mapShape    // from names to item
	edgesShape  // list or map of item, whose target may be a bare text
	limitsShape // from metrics to bounds
	patchShape  // any of the top-level keys that a design can change
	anyShape
)

// keyType is what a key accepts, for messages, schema and documentation.
type keyType struct {
	shape    shape
	words    []string // of wordShape
	min, max float64  // of wholeShape and numberShape
	refs     string   // what an id must name: "a service"
	item     *keyType // of a list or map
	of       describer
	bare     string // of an object: the key whose value may stand for it alone
	empty    bool   // a map whose items may be left empty
}

// key is a key of the language without the type it fills.
type key struct {
	name, doc string
	def       string // default, as written in a file
	required  bool
	hidden    bool // known, but only to be refused
	typ       keyType
}

// describer is a table without the type it fills.
type describer interface {
	describe() (noun string, keys []key)
}

// field is a key with how it is read into, and written from, a T.
type field[T any] struct {
	key
	path  string // "operations.slo"
	init  func(*T)
	read  func(d *decoder, t *T, o *Origin, n *Node)
	write func(t *T, at spot) *Node
	null  bool // the value may be left empty
}

// or sets the default: as text for readers, as value in every new T.
func (f field[T]) or(def string, init func(*T)) field[T] {
	f.def, f.init = def, init
	return f
}

// must makes the key required.
func (f field[T]) must() field[T] {
	f.required = true
	return f
}

// naming says what the ids in this key must name.
func (f field[T]) naming(what string) field[T] {
	f.typ.refs = what
	if f.typ.item != nil {
		item := *f.typ.item
		item.refs = what
		f.typ.item = &item
	}
	return f
}

// table is the definition of one kind of entity, or of one nested object.
type table[T any] struct {
	noun   string // "service", or the key of a nested object
	prefix string // of paths, for nested objects: "operations."
	fields []field[T]
	blank  T // with all defaults
	check  func(d *decoder, t *T, o *Origin)
}

// newTable makes a table. The prefix is that of the paths of a nested object's
// keys, so that no path is put together while a file is read.
func newTable[T any](noun, prefix string, fields ...field[T]) *table[T] {
	t := &table[T]{noun: noun, prefix: prefix, fields: fields}
	for i := range fields {
		fields[i].path = prefix + fields[i].name
		if fields[i].init != nil {
			fields[i].init(&t.blank)
		}
	}
	return t
}

// checked adds a check of the whole object, after its keys were read.
func (t *table[T]) checked(check func(d *decoder, t *T, o *Origin)) *table[T] {
	t.check = check
	return t
}

// describe gives the keys that documentation shows.
func (t *table[T]) describe() (string, []key) {
	keys := make([]key, 0, len(t.fields))
	for i := range t.fields {
		if !t.fields[i].hidden {
			keys = append(keys, t.fields[i].key)
		}
	}
	return t.noun, keys
}

// find gives the field of a key. A walk is faster than a map here: tables are
// short, and comparing lengths rules most keys out.
func (t *table[T]) find(name string) *field[T] {
	for i := range t.fields {
		if t.fields[i].name == name {
			return &t.fields[i]
		}
	}
	return nil
}

// names are the keys to offer where another was given.
func (t *table[T]) names() []string {
	names := make([]string, 0, len(t.fields))
	for i := range t.fields {
		if f := &t.fields[i]; !f.hidden && f.name[0] != '$' {
			names = append(names, f.name)
		}
	}
	return names
}

// read fills an object from a mapping, key by key.
func (t *table[T]) read(d *decoder, to *T, o *Origin, n *Node) {
	if o.Keys == nil {
		o.Keys = d.keyRoom(len(n.Fields))
	}
	for i := range n.Fields {
		f := &n.Fields[i]
		field := t.find(f.Key)
		if field == nil {
			d.unknown(f, d.where(t.prefix), t.names())
			continue
		}
		o.Keys = append(o.Keys, KeyPos{Path: field.path, Key: f.KeyPos, Value: f.Value.Pos})
		if f.Value.Kind == Null && !field.null {
			d.noValue(f.Key, f.Value)
			continue
		}
		field.read(d, to, o, f.Value)
	}
	for i := range t.fields {
		if f := &t.fields[i]; f.required && n.Get(f.name) == nil {
			d.fail(ruleMissing, n.Pos, "%s lacks the key %s: %s", d.where(t.prefix), quote(f.name), f.doc)
		}
	}
	if t.check != nil {
		t.check(d, to, o)
	}
}

// spot is where a value being written stood when it was read.
type spot struct {
	origin *Origin
	path   string
	index  int // into origin.Keys, or -1: then the file did not give the value
}

// given says whether the file gave the value: then it is written even if it is
// the default, so that a patch can take it away.
func (s spot) given() bool { return s.index >= 0 }

// item gives the place of an item of a list, as the decoder noted it behind
// the list's own.
func (s spot) item(i int) Pos {
	if s.index < 0 || s.index+1+i >= len(s.origin.Keys) {
		return Pos{}
	}
	k := s.origin.Keys[s.index+1+i]
	if !strings.HasPrefix(k.Path, s.path) || len(k.Path) == len(s.path) {
		return Pos{}
	}
	return k.Value
}

// spot finds where the value under a path stood.
func (o *Origin) spot(path string) spot {
	for i := range o.Keys {
		if o.Keys[i].Path == path {
			return spot{o, path, i}
		}
	}
	return spot{o, path, -1}
}

// write gives the mapping of an object: what differs from the defaults, and
// what the file gave.
func (t *table[T]) write(from *T, o *Origin) *Node {
	n := &Node{Kind: Mapping, Pos: o.Pos}
	for i := range t.fields {
		f := &t.fields[i]
		at := o.spot(f.path)
		value := f.write(from, at)
		if value == nil {
			continue
		}
		written := Field{Key: f.name, Value: value}
		if at.given() {
			written.KeyPos, value.Pos = o.Keys[at.index].Key, o.Keys[at.index].Value
		}
		n.Fields = append(n.Fields, written)
	}
	return n
}
