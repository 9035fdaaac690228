package model

import "strings"

// Reference gives the page of the language's documentation, as Markdown: every
// key with what it takes, its default and its meaning.
func Reference() string {
	w := &referenceWriter{made: map[string]bool{}}
	w.WriteString(referenceHead)
	w.table("The file", systemTable)
	for len(w.next) > 0 {
		t := w.next[0]
		w.next = w.next[1:]
		noun, _ := t.describe()
		w.table(strings.ToUpper(noun[:1])+noun[1:], t)
	}
	w.WriteString(referenceTail)
	return w.String()
}

// referenceHead and referenceTail say what the tables cannot.
const (
	referenceHead = `# The language

One YAML or JSON file describes one system. The smallest useful file:

` + "```yaml" + `
system: web shop
services:
  storefront: {depends_on: [orders, catalogue]}
  orders:     {depends_on: [payments, orders-db]}
  payments:
  catalogue:
stores:
  orders-db:
` + "```" + `

Ids are the keys of the sections: lower-case letters and digits, in parts joined by single ` + "`.` `_` `-` or `/`" + `, at most 128
characters, unique over services, stores, channels, externals, platforms and units. The word ` + "`default`" + ` is no id.

` + "`depends_on`, `runs_on`, `publishes` and `consumes`" + ` take a list of ids and mappings, or a mapping from ids to mappings; a
group of alternatives is written ` + "`any_of:a,b`" + ` there. The two forms mean the same.

A comment ` + "`# taut: ignore RULE reason`" + ` silences a finding on its own line or, alone on a line, on the next.
`
	referenceTail = `
## Quantities

| quantity | written as | a plain number is |
|---|---|---|
| rate | ` + "`20/s` `300/min` `5k/s` `1M/d`" + ` | per second |
| duration | ` + "`80ms` `45s` `20m` `1h30m` `7d`" + ` | seconds |
| size | ` + "`512MiB` `2GiB` `1.5GB`" + ` | bytes |
| share | ` + "`99.9%` or `0.999`" + ` | a fraction from 0 to 1 |
| day | ` + "`2027-06-30`" + ` | – |

Numbers are decimal, not negative and finite, with at most 30 digits. ` + "`true` and `false`" + ` are the only truth values: by
YAML 1.2, ` + "`no`, `on` and `off`" + ` are text.
`
)

// referenceWriter writes each table once, in the order they are first named.
type referenceWriter struct {
	strings.Builder
	made map[string]bool
	next []describer
}

// table writes the keys of one kind of object.
func (w *referenceWriter) table(heading string, t describer) {
	_, keys := t.describe()
	w.WriteString("\n## " + heading + "\n\n| key | takes | default | meaning |\n|---|---|---|---|\n")
	for i := range keys {
		k := &keys[i]
		def := k.def
		switch {
		case k.required:
			def = "required"
		case def != "":
			def = "`" + def + "`"
		}
		w.WriteString("| `" + k.name + "` | " + w.takes(&k.typ) + " | " + def + " | " + k.doc + " |\n")
	}
}

// takes says what a key takes, and has the tables it names written later.
func (w *referenceWriter) takes(t *keyType) string {
	switch t.shape {
	case wordShape:
		return "`" + strings.Join(t.words, "`, `") + "`"
	case wholeShape, numberShape:
		return t.want()
	case listShape:
		if t.item.of != nil {
			return "a list of: " + w.link(t.item.of)
		}
		if t.refs != "" {
			return "a list of ids, each of " + t.refs
		}
		return t.want()
	case objectShape:
		return w.link(t.of)
	case mapShape:
		return "a mapping from " + w.keysOf(t) + " to " + w.takes(t.item)
	case edgesShape:
		return w.link(t.item.of) + " by id of " + t.refs
	case limitsShape:
		return "by `system`, `services`, `teams`, `journeys`: " + w.link(budgetTable)
	case patchShape:
		return "a patch of that section"
	}
	if t.refs != "" {
		return "the id of " + t.refs
	}
	return t.want()
}

// keysOf says what the keys of a map are.
func (w *referenceWriter) keysOf(t *keyType) string {
	if t.refs != "" {
		return "the name of " + t.refs
	}
	return "ids"
}

// link points to a table, and has it written later.
func (w *referenceWriter) link(t describer) string {
	noun, _ := t.describe()
	if !w.made[noun] {
		w.made[noun] = true
		w.next = append(w.next, t)
	}
	return "[" + noun + "](#" + noun + ")"
}
