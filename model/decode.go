package model

import (
	"fmt"
	"slices"
	"strings"
)

// Rule names of the errors in what a file says.
const (
	ruleUnknownKey = "unknown-key"
	ruleWrongType  = "wrong-type"
	ruleBadValue   = "bad-value"
	ruleMissing    = "missing-key"
	ruleNoValue    = "no-value"
	ruleBadID      = "bad-id"
	ruleShape      = "shape"
)

// decoder reads nodes into a System and collects what is wrong with them.
type decoder struct {
	diags    Diagnostics
	lim      Limits
	included bool   // this file is included by another
	section  string // "services", and what it holds:
	noun     string // "service"
	id       string
	texts    []string // slabs: there are many small slices
	keys     []KeyPos
}

// Decode makes a System of a tree that was read, encoded or patched, and
// resolves every reference in it.
func Decode(root *Node, lim Limits) (*System, Diagnostics) {
	sys, diags := decodeFile(root, lim.orDefault(), false)
	return finish(sys, diags, lim.orDefault())
}

// decodeFile reads the tree of one file, without resolving anything.
func decodeFile(root *Node, lim Limits, included bool) (*System, Diagnostics) {
	d := &decoder{lim: lim, included: included}
	sys := &System{}
	*sys = systemTable.blank
	sys.Pos = root.Pos
	switch root.Kind {
	case Mapping:
		systemTable.read(d, sys, &sys.Origin, root)
	case Null:
		d.fail(ruleShape, root.Pos, "the file is empty: describe a system in it, at least its services")
	default:
		d.fail(ruleShape, root.Pos, `the file holds %s: an architecture is a mapping with keys such as "system" and "services"`, root.what())
	}
	return sys, d.diags
}

// fail adds an error about the entity being read.
func (d *decoder) fail(rule string, pos Pos, format string, args ...any) {
	x := errorAt(rule, pos, format, args...)
	if d.section != "" {
		x.Subject = d.section
		if d.id != "" {
			x.Subject += "." + d.id
		}
	}
	d.diags = append(d.diags, x)
}

// enter says which entity is read from here on.
func (d *decoder) enter(section, noun, id string) { d.section, d.noun, d.id = section, noun, id }

// where names the object being read; prefix is that of a nested object.
func (d *decoder) where(prefix string) string {
	s := "the top level"
	if d.noun != "" {
		s = d.noun
		if d.id != "" {
			s += " " + quote(d.id)
		}
	}
	if prefix != "" {
		s = quote(strings.TrimSuffix(prefix, ".")) + " of " + s
	}
	return s
}

// unknown reports a key that is none of the names.
func (d *decoder) unknown(f *Field, where string, names []string) {
	if key, value, ok := strings.Cut(f.Key, ":"); ok && f.Value.Kind == Null && slices.Contains(names, key) {
		d.fail(ruleUnknownKey, f.KeyPos, `%s lacks a space after the ":": write %s`, quote(f.Key), quote(key+": "+value))
		d.typo(f.Key, key+": "+value)
		return
	}
	near := Suggest(f.Key, names)
	hint := didYouMean(near)
	if hint == "" {
		hint = ": known are " + strings.Join(names, ", ")
	}
	d.fail(ruleUnknownKey, f.KeyPos, "unknown key %s in %s%s", quote(f.Key), where, hint)
	d.typo(f.Key, near)
	if d.noun == "" && f.Value.Kind == Mapping {
		d.diags[len(d.diags)-1].section = f.Value
	}
}

// noValue reports a key whose value is null: YAML readers drop these, so that a
// line somebody left half written would go unnoticed.
func (d *decoder) noValue(key string, n *Node) {
	d.fail(ruleNoValue, n.Pos, "%s has no value: give one, or take the key away", quote(key))
}

// wrongType reports a value of another form than its key takes.
func (d *decoder) wrongType(k *key, n *Node) {
	hint := ""
	if n.Kind == Scalar && n.Quoted && (k.typ.shape == boolShape || k.typ.shape == wholeShape || k.typ.shape == numberShape) {
		hint = " (quotes make it text: take them away)"
	}
	d.fail(ruleWrongType, n.Pos, "%s is %s, but takes %s%s", quote(k.name), n.what(), k.typ.want(), hint)
}

// badValue reports a scalar that has the right form and the wrong content.
func (d *decoder) badValue(k *key, n *Node, problem string) {
	d.fail(ruleBadValue, n.Pos, "%s: %s %s", quote(k.name), quote(n.Text), problem)
	if k.typ.shape == wordShape {
		d.typo(n.Text, Suggest(n.Text, k.typ.words))
	}
}

// what says what a node is, to stand in "is …".
func (n *Node) what() string {
	switch n.Kind {
	case Null:
		return "empty"
	case Sequence:
		return "a list"
	case Mapping:
		return "a mapping"
	}
	return quote(n.Text)
}

// want says what a key takes, to stand in "takes …".
func (t *keyType) want() string {
	switch t.shape {
	case wordShape:
		if len(t.words) == 1 {
			return quote(t.words[0])
		}
		return "one of " + strings.Join(t.words, ", ")
	case wholeShape:
		return "a whole number" + t.bounds()
	case numberShape:
		return "a number" + t.bounds()
	case listShape:
		if t.refs != "" {
			return "a list of ids"
		}
		return "a list of " + shapeTexts[t.item.shape].many
	case objectShape:
		noun, keys := t.of.describe()
		if t.bare != "" {
			return fmt.Sprintf("the name of what it points to, or a mapping with the key %s", quote(t.bare))
		}
		return fmt.Sprintf("a mapping with keys such as %s (%s)", quote(keys[0].name), noun)
	}
	return shapeTexts[t.shape].want
}

// shapeTexts says what each shape is called: one, and many of them.
var shapeTexts = map[shape]struct{ want, many string }{
	textShape:     {"one line of text", "texts"},
	proseShape:    {"text", "texts"},
	boolShape:     {"true or false", "truth values"},
	shareShape:    {"a share such as 99.9% or 0.999", "shares"},
	rateShape:     {"a rate such as 20/s, 300/min or 5k/s", "rates"},
	durationShape: {"a duration such as 80ms, 45s, 20m, 24h or 7d", "durations"},
	sizeShape:     {"a size such as 128MiB", "sizes"},
	dateShape:     {"a day such as 2027-06-30", "days"},
	mapShape:      {"a mapping from names to what they stand for", "mappings"},
	edgesShape:    {"a list of names or mappings, or a mapping from names to mappings", "names or mappings"},
	limitsShape:   {"a mapping from metrics to limits", "mappings"},
	patchShape:    {"a mapping", "mappings"},
	anyShape:      {"a value", "values"},
	objectShape:   {"a mapping", "mappings"},
}

// bounds words the range of a number, to stand behind "a number".
func (t *keyType) bounds() string {
	switch {
	case t.max > 0 && t.min == t.max:
		return ", which is " + formatNumber(t.min)
	case t.max > 0:
		return fmt.Sprintf(" from %s to %s", formatNumber(t.min), formatNumber(t.max))
	case t.min > 0:
		return fmt.Sprintf(" of at least %s", formatNumber(t.min))
	}
	return ""
}

// keyRoom gives room for the places of some keys, and of a few list items.
func (d *decoder) keyRoom(n int) []KeyPos {
	if n == 0 {
		return nil
	}
	if cap(d.keys)-len(d.keys) < n {
		d.keys = make([]KeyPos, 0, max(n, 64))
	}
	start := len(d.keys)
	d.keys = d.keys[:start+n]
	return d.keys[start:start:len(d.keys)]
}

// one gives a slice that holds one text.
func (d *decoder) one(text string) []string {
	if len(d.texts) == cap(d.texts) {
		d.texts = make([]string, 0, 64)
	}
	d.texts = append(d.texts, text)
	return d.texts[len(d.texts)-1 : len(d.texts) : len(d.texts)]
}
