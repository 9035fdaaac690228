package model

import (
	"slices"
	"strings"
)

// ListItem is the step of a path that leads from a list to one of its items.
const ListItem = "[]"

// KeyInfo is a key of the language as an editor shows it.
type KeyInfo struct {
	Name, Doc string
	Takes     string // in words, to stand behind "takes"
	Default   string // as written in a file; empty for none
	Required  bool
}

// Place is what may stand at one place of a file.
type Place struct {
	Keys     []KeyInfo // fixed keys of a mapping here
	Declares string    // the keys of a mapping here declare names: of a "service", …
	KeyNames []string  // the keys of a mapping here name existing ones: of a "channel", …
	Words    []string  // a value here is one of these words
	Names    []string  // a text here names an existing "store", "design", "lint rule", …
	List     bool      // a value here is a list, or may be one
}

// PlaceAt gives what may stand under a path of keys from the top of a file, with
// ListItem for the step into a list; known is false where the language has no
// such path. Metrics are named "metric of services" and so on, by their scope.
func PlaceAt(path ...string) (p Place, known bool) {
	t := &keyType{shape: objectShape, of: systemTable}
	for i, step := range path {
		if t.shape == limitsShape {
			return limitPlace(path[i:])
		}
		if t = t.step(step); t == nil {
			return Place{}, false
		}
	}
	return t.place(), true
}

// step gives what stands under a key, or in a list; nil for nothing.
func (t *keyType) step(step string) *keyType {
	switch t.shape {
	case objectShape:
		return fieldType(t.of, step)
	case mapShape:
		if step != ListItem {
			return t.item
		}
	case edgesShape:
		if step == ListItem {
			return t.item
		}
		keyed := *t.item
		keyed.refs = ""
		return &keyed
	case listShape:
		if step == ListItem {
			return t.item
		}
	}
	return nil
}

// fieldType gives the type of a key of a table. The patch of a section takes
// what the section does.
func fieldType(table describer, name string) *keyType {
	_, keys := table.describe()
	for i := range keys {
		switch {
		case keys[i].name != name:
		case keys[i].typ.shape == patchShape:
			return fieldType(systemTable, name)
		default:
			return &keys[i].typ
		}
	}
	return nil
}

// place describes a type for editors.
func (t *keyType) place() Place {
	switch t.shape {
	case objectShape:
		_, keys := t.of.describe()
		return Place{Keys: keyInfos(keys), Names: refKinds(t.refs)}
	case mapShape:
		if t.refs != "" {
			return Place{KeyNames: refKinds(t.refs)}
		}
		noun, _ := t.item.of.describe()
		return Place{Declares: noun}
	case edgesShape:
		return Place{KeyNames: refKinds(t.refs), List: true}
	case listShape:
		return Place{List: true}
	case limitsShape:
		p, _ := limitPlace(nil)
		return p
	case wordShape:
		return Place{Words: t.words}
	case boolShape:
		return Place{Words: []string{"true", "false"}}
	}
	return Place{Names: refKinds(t.refs)}
}

// keyInfos shows keys of a table.
func keyInfos(keys []key) []KeyInfo {
	infos := make([]KeyInfo, len(keys))
	for i := range keys {
		k := &keys[i]
		infos[i] = KeyInfo{Name: k.name, Doc: k.doc, Takes: k.typ.want(), Default: k.def, Required: k.required}
		if k.typ.refs != "" && k.typ.shape == textShape {
			infos[i].Takes = "the id of " + k.typ.refs
		}
	}
	return infos
}

// refKinds splits "a service, store or external" into its words.
func refKinds(refs string) []string {
	switch refs {
	case "":
		return nil
	case "anything declared":
		refs = "service, store, channel, external, platform or unit"
	}
	refs = strings.TrimPrefix(strings.TrimPrefix(refs, "an "), "a ")
	return strings.Split(strings.ReplaceAll(refs, " or ", ", "), ", ")
}

// limitPlace is what may stand under budgets: a scope; a subject, or straight
// the metrics of all subjects; a metric, or a key of the budget; a bound.
func limitPlace(path []string) (Place, bool) {
	if len(path) == 0 {
		var keys []KeyInfo
		for _, scope := range budgetScopes {
			keys = append(keys, KeyInfo{Name: scope, Doc: "limits on metrics of " + scope, Takes: shapeTexts[limitsShape].want})
		}
		return Place{Keys: keys}, true
	}
	if !slices.Contains(budgetScopes, path[0]) {
		return Place{}, false
	}
	_, keys := budgetTable.describe()
	limits := Place{Keys: keyInfos(keys), KeyNames: []string{"metric of " + path[0]}}
	if path[0] != "system" && len(path) == 1 {
		limits.KeyNames = append(limits.KeyNames, strings.TrimSuffix(path[0], "s"))
		limits.Keys = append([]KeyInfo{{Name: defaultSubject, Doc: "limits for every other of the " + path[0], Takes: shapeTexts[limitsShape].want}}, limits.Keys...)
		return limits, true
	}
	if path[0] == "system" && len(path) == 1 || path[0] != "system" && len(path) == 2 && !isBudgetWord(path[1]) {
		return limits, true
	}
	return Place{}, len(path) <= 4
}

// isBudgetWord is true for the keys of a budget that are neither metric nor subject.
func isBudgetWord(name string) bool { return budgetTable.find(name) != nil }

// CheckID says what is wrong with an id, or "" for one that can be declared.
func CheckID(id string) string { return checkID(id) }
