package model

import (
	"slices"
	"strings"
)

// Schema gives the JSON Schema (draft 2020-12) of the language, for editors
// and for other programs. It accepts what the decoder accepts, as far as a
// schema can tell: not that ids exist, for instance, or are unique.
func Schema() []byte {
	g := &schemaWriter{made: map[string]bool{}, defs: mapOf()}
	root := mapOf(
		member("$schema", jsonText("https://json-schema.org/draft/2020-12/schema")),
		member("$id", jsonText("https://github.com/taut-dev/taut/architecture.schema.json")),
		member("title", jsonText("Architecture file of taut")),
	)
	root.Fields = append(root.Fields, g.object(systemTable, false).Fields...)
	root.Fields = append(root.Fields, member("$defs", g.defs))
	return FormatJSON(root)
}

// schemaWriter writes each table once, as a definition. Tables have a second
// definition for patches, where null takes a value away and nothing is
// required.
type schemaWriter struct {
	made map[string]bool
	defs *Node
}

// member is one key of a schema.
func member(key string, value *Node) Field { return Field{Key: key, Value: value} }

// mapOf is a JSON object.
func mapOf(members ...Field) *Node { return &Node{Kind: Mapping, Fields: members} }

// listOf is a JSON array.
func listOf(items ...*Node) *Node { return &Node{Kind: Sequence, Items: items} }

// jsonText is a JSON string.
func jsonText(s string) *Node { return &Node{Kind: Scalar, Text: s, Quoted: true} }

// jsonTexts is an array of strings.
func jsonTexts(words ...string) *Node {
	n := listOf()
	for _, w := range words {
		n.Items = append(n.Items, jsonText(w))
	}
	return n
}

// jsonType is the keyword type, with one type or several.
func jsonType(names ...string) Field {
	if len(names) == 1 {
		return member("type", jsonText(names[0]))
	}
	return member("type", jsonTexts(names...))
}

// either accepts any of some schemas.
func either(schemas ...*Node) *Node { return mapOf(member("anyOf", listOf(schemas...))) }

// ref gives a reference to the definition of a table, which it makes first.
func (g *schemaWriter) ref(t describer, patch bool) *Node {
	noun, _ := t.describe()
	if patch {
		noun += "-patch"
	}
	if !g.made[noun] {
		g.made[noun] = true
		at := len(g.defs.Fields)
		g.defs.Fields = append(g.defs.Fields, Field{Key: noun})
		g.defs.Fields[at].Value = g.object(t, patch)
	}
	return mapOf(member("$ref", jsonText("#/$defs/"+noun)))
}

// object is the schema of a mapping with the keys of a table.
func (g *schemaWriter) object(t describer, patch bool) *Node {
	_, keys := t.describe()
	properties, required := mapOf(), listOf()
	for i := range keys {
		k := &keys[i]
		properties.Fields = append(properties.Fields, member(k.name, g.key(k, patch)))
		if k.required {
			required.Items = append(required.Items, jsonText(k.name))
		}
	}
	n := mapOf(jsonType("object"), member("additionalProperties", plainNode("false")), member("properties", properties))
	if len(required.Items) > 0 && !patch {
		n.Fields = append(n.Fields, member("required", required))
	}
	return n
}

// key is the schema of one key: its meaning, its default, its type.
func (g *schemaWriter) key(k *key, patch bool) *Node {
	n := mapOf(member("description", jsonText(k.doc)))
	if k.def != "" {
		def := plainNode(k.def)
		def.Quoted = !isNumber(k.def) && !isBoolWord(k.def)
		n.Fields = append(n.Fields, member("default", def))
	}
	typ := g.typ(&k.typ, patch)
	if patch {
		typ = either(mapOf(jsonType("null")), typ)
	}
	n.Fields = append(n.Fields, typ.Fields...)
	return n
}

// typ is the schema of a value.
func (g *schemaWriter) typ(t *keyType, patch bool) *Node {
	switch t.shape {
	case wordShape:
		return mapOf(member("enum", jsonTexts(t.words...)))
	case wholeShape, numberShape:
		return boundedNumber(t)
	case listShape:
		return mapOf(jsonType("array"), member("items", g.typ(t.item, false)))
	case objectShape:
		return g.ref(t.of, patch)
	case mapShape:
		return g.mapping(t, patch)
	case edgesShape:
		return g.edges(t, patch)
	case limitsShape:
		return g.budgets(patch)
	case patchShape:
		return g.patch(t.words[0])
	}
	return g.simple(t.shape)
}

// simple refers to the definition of a scalar, which it makes first.
func (g *schemaWriter) simple(s shape) *Node {
	name := map[shape]string{textShape: "line", proseShape: "text", boolShape: "truth", shareShape: "share", rateShape: "rate",
		durationShape: "duration", sizeShape: "size", dateShape: "day"}[s]
	if !g.made[name] {
		g.made[name] = true
		g.defs.Fields = append(g.defs.Fields, member(name, simpleSchema(s)))
	}
	return mapOf(member("$ref", jsonText("#/$defs/"+name)))
}

// boundedNumber is the schema of a plain number. What has no bound of its own
// has that of all numbers in the language.
func boundedNumber(t *keyType) *Node {
	name, most := "number", "1e30"
	if t.shape == wholeShape {
		name, most = "integer", "9223372036854775807"
	}
	if t.max > 0 {
		most = formatNumber(t.max)
	}
	return mapOf(jsonType(name), member("minimum", plainNode(formatNumber(t.min))), member("maximum", plainNode(most)))
}

// decimalPattern is a number that is not negative, in a regular expression.
const decimalPattern = `\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?`

// simpleSchema is the schema of a scalar. Texts may be spelled like numbers or
// truth values: the file's spelling is the text.
func simpleSchema(s shape) *Node {
	quantity := func(most, pattern string) *Node {
		return either(
			mapOf(jsonType("number"), member("minimum", plainNode("0")), member("maximum", plainNode(most))),
			mapOf(jsonType("string"), member("pattern", jsonText("^("+pattern+")$"))))
	}
	switch s {
	case boolShape:
		return mapOf(jsonType("boolean"))
	case shareShape:
		return quantity("1", decimalPattern+`%|`+decimalPattern)
	case rateShape:
		return quantity("1e15", decimalPattern+`[kMG]?(/(s|min|h|d))?`)
	case durationShape:
		return quantity("2305843009", `[0-9]+(\.[0-9]*)?|(([0-9]+\.?[0-9]*|\.[0-9]+)(d|h|ms|m|s|us|µs|μs|ns))+`)
	case sizeShape:
		return quantity("1152921504606846976", decimalPattern+`([KMGT]iB|[kMGT]?B)?`)
	case dateShape:
		return mapOf(jsonType("string"), member("pattern", jsonText(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)))
	case textShape:
		return textSchema("\x00-\x09\x0b-\x1f")
	}
	return textSchema("\x00-\x08\x0b-\x1f")
}

// textSchema is the schema of a text without some control characters, and
// without what checkText refuses anyway.
func textSchema(controls string) *Node {
	return mapOf(jsonType("string", "number", "boolean"),
		member("pattern", jsonText("^[^"+controls+"\x7f-\u009f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]+$")))
}

// idPattern is checkID as a regular expression.
const idPattern = `^[a-z0-9]+([._/-][a-z0-9]+)*$`

// mapping is the schema of a section, or of another map from names.
func (g *schemaWriter) mapping(t *keyType, patch bool) *Node {
	item := g.typ(t.item, patch)
	if patch || t.empty && !requires(t.item.of) {
		item = either(mapOf(jsonType("null")), item)
	}
	n := mapOf(jsonType("object"))
	if t.empty {
		n.Fields = append(n.Fields, member("propertyNames", mapOf(
			member("pattern", jsonText(idPattern)), member("maxLength", plainNode("128")),
			member("not", mapOf(member("const", jsonText(defaultSubject)))))))
	}
	n.Fields = append(n.Fields, member("additionalProperties", item))
	return n
}

// requires says whether something must be given in a mapping.
func requires(t describer) bool {
	_, keys := t.describe()
	return slices.ContainsFunc(keys, func(k key) bool { return k.required })
}

// edges is the schema of a list or map of targets.
func (g *schemaWriter) edges(t *keyType, patch bool) *Node {
	noun, keys := t.item.of.describe()
	names := []string{t.item.bare}
	for _, k := range keys {
		if k.name == "any_of" {
			names = append(names, k.name)
		}
	}
	item := g.ref(t.item.of, false)
	var aims []*Node
	for _, name := range names {
		aims = append(aims, mapOf(member("required", jsonTexts(name))))
	}
	aimed := mapOf(append(item.Fields, member("oneOf", listOf(aims...)))...)
	list := mapOf(jsonType("array"), member("items", either(g.simple(textShape), aimed)))
	suffix := ""
	if patch {
		suffix = "-patch"
	}
	keyed := g.keyed(noun+"-by-target"+suffix, t.item.of, names, patch)
	if patch {
		keyed = either(mapOf(jsonType("null")), keyed)
	}
	return either(list, mapOf(jsonType("object"), member("additionalProperties", keyed)))
}

// keyed is the schema of an edge whose target is the key it stands under.
func (g *schemaWriter) keyed(name string, t describer, without []string, patch bool) *Node {
	if !g.made[name] {
		g.made[name] = true
		at := len(g.defs.Fields)
		g.defs.Fields = append(g.defs.Fields, Field{Key: name})
		n := g.object(t, patch)
		properties := n.Get("properties")
		kept := properties.Fields[:0]
		for _, f := range properties.Fields {
			if !strings.Contains(" "+strings.Join(without, " ")+" ", " "+f.Key+" ") {
				kept = append(kept, f)
			}
		}
		properties.Fields = kept
		g.defs.Fields[at].Value = n
	}
	return mapOf(member("$ref", jsonText("#/$defs/"+name)))
}

// patch is the schema of a section in a design.
func (g *schemaWriter) patch(name string) *Node {
	for i := range sectionFields {
		if sectionFields[i].name == name {
			return either(mapOf(jsonType("null")), g.typ(&sectionFields[i].typ, true))
		}
	}
	return mapOf()
}

// budgets is the schema of limits on metrics: the metrics are known elsewhere.
func (g *schemaWriter) budgets(patch bool) *Node {
	bound := either(
		mapOf(jsonType("number"), member("minimum", plainNode("0")), member("maximum", plainNode("1e30"))),
		mapOf(jsonType("string"), member("pattern", jsonText("^"+decimalPattern+"%$"))))
	limit := either(bound, mapOf(jsonType("object"), member("minProperties", plainNode("1")), member("additionalProperties", plainNode("false")),
		member("properties", mapOf(member("min", bound), member("max", bound)))))
	name := "budget"
	if patch {
		name, limit = "budget-patch", either(mapOf(jsonType("null")), limit)
	}
	subject := g.object(budgetTable, patch)
	for i := range subject.Fields {
		if subject.Fields[i].Key == "additionalProperties" {
			subject.Fields[i].Value = limit
		}
	}
	g.defs.Fields = append(g.defs.Fields, member(name, subject))
	ref := mapOf(member("$ref", jsonText("#/$defs/"+name)))
	scopes := mapOf(member("system", ref))
	subjects := mapOf(jsonType("object"), member("properties", subject.Get("properties")), member("additionalProperties", either(limit, ref)))
	for _, name := range budgetScopes[1:] {
		scopes.Fields = append(scopes.Fields, member(name, subjects))
	}
	return mapOf(jsonType("object"), member("additionalProperties", plainNode("false")), member("properties", scopes))
}
