package model

import "slices"

// presetWords lists the presets in the order of the documentation.
func presetWords() []Preset {
	return []Preset{PresetMonolith, PresetMicroservices, PresetEventDriven, PresetServerless, PresetHybrid}
}

// BaseDesign is what the file itself is called among its designs.
const BaseDesign = "base"

// patchKeys are the top-level keys that a design can change, in the order of
// the language; fixedKeys are those that stay as they are.
var (
	patchKeys = []string{"teams", "services", "stores", "channels", "externals", "platforms", "units", "journeys", "budgets", "strengths", "lint"}
	fixedKeys = []string{"version", "system", "include", "designs", "compare", "$schema"}
)

// designTable describes designs. A patch is put into the order of the language,
// which changes nothing and makes two files that say the same equal.
var designTable = newTable("design", "", designFields()...).checked(func(d *decoder, x *Design, o *Origin) {
	if x.Patch != nil {
		slices.SortFunc(x.Patch.Fields, func(a, b Field) int { return slices.Index(patchKeys, a.Key) - slices.Index(patchKeys, b.Key) })
	}
	if x.ID == BaseDesign {
		d.fail(ruleBadID, o.Pos, `a design cannot be called "base": that is the file itself`)
	}
	if !slices.ContainsFunc(o.Keys, func(k KeyPos) bool { return k.Path != "name" && k.Path != "description" }) {
		d.fail(ruleMissing, o.Pos, `design %s changes nothing: give it a "preset", or keys to patch such as "services"`, quote(x.ID))
	}
})

// designFields are a design's own keys, then those it patches, then those it
// must leave alone.
func designFields() []field[Design] {
	fields := []field[Design]{
		text("name", "label that people see; the id where it is not given", func(x *Design) *string { return &x.Name }),
		prose("description", "what this design is about", func(x *Design) *string { return &x.Description }),
		word("preset", "a rewriting of the whole model, applied before the patch", presetWords(), "", func(x *Design) *Preset { return &x.Preset }),
	}
	for _, name := range patchKeys {
		fields = append(fields, patchField(name))
	}
	for _, name := range fixedKeys {
		fields = append(fields, fixedField(name))
	}
	return fields
}

// patchField keeps a part of a patch as it was read: what it means shows only
// when it is applied. Here null takes the whole section away.
func patchField(name string) field[Design] {
	k := key{name: name, doc: "patch of " + name + ", by the rules of a JSON merge patch (RFC 7396)", typ: keyType{shape: patchShape, words: []string{name}}}
	f := field[Design]{key: k, null: true}
	f.read = func(d *decoder, x *Design, o *Origin, n *Node) {
		if n.Kind != Mapping && n.Kind != Null {
			d.wrongType(&k, n)
			return
		}
		if x.Patch == nil {
			x.Patch = &Node{Kind: Mapping, Pos: o.Pos}
		}
		x.Patch.Fields = append(x.Patch.Fields, Field{Key: name, KeyPos: o.Keys[len(o.Keys)-1].Key, Value: n})
	}
	f.write = func(x *Design, _ spot) *Node {
		if n := x.Patch.Get(name); n != nil {
			c := *n
			return &c
		}
		return nil
	}
	return f
}

// fixedField refuses a key that no design can change.
func fixedField(name string) field[Design] {
	f := field[Design]{key: key{name: name, hidden: true}, null: true}
	f.read = func(d *decoder, _ *Design, o *Origin, _ *Node) {
		d.fail(ruleUnknownKey, o.Keys[len(o.Keys)-1].Key, "a design cannot change %s: it is the same for all designs of a file", quote(name))
	}
	f.write = func(*Design, spot) *Node { return nil }
	return f
}
