package lint

import (
	"fmt"
	"strings"

	"github.com/taut-dev/taut/model"
)

// Validate checks what the file says about the rules themselves: a severity, a
// suppression comment or a waiver for a rule or subject that does not exist is
// an error, because it would silently do nothing.
//
// So is a rule of the file's own that cannot work; source gives the texts of
// files, for places inside of expressions, and may be nil.
func Validate(sys *model.System, source func(file string) []byte) model.Diagnostics {
	var ids []string
	known := map[string]bool{}
	for _, r := range all(sys) {
		ids, known[r.ID] = append(ids, r.ID), true
	}
	var found model.Diagnostics
	rule := func(pos model.Pos, id string) {
		if !known[id] {
			found = append(found, unknown("unknown-rule", "rule", pos, id, ids))
		}
	}
	for _, r := range sys.Lint.Rules {
		rule(r.Pos, r.Rule)
	}
	for _, s := range sys.Suppressions {
		rule(s.Pos, s.Rule)
	}
	for _, g := range sys.Lint.Ignore {
		rule(g.Origin.At("rule"), g.Rule)
	}
	found = append(found, validateCustom(sys, source)...)
	return append(found, unknownSubjects(sys)...).Sorted()
}

// unknownSubjects reports each "at" of lint.ignore that names nothing in the file.
// The other end of a dependency may be anything: the dependency may be gone.
func unknownSubjects(sys *model.System) model.Diagnostics {
	if len(sys.Lint.Ignore) == 0 {
		return nil
	}
	known := map[string]bool{"": true, "system": true}
	var paths []string
	add := func(path string) { paths, known[path] = append(paths, path), true }
	for d := range declarations(sys) {
		add(d.subject())
	}
	for _, t := range sys.Teams {
		add("teams." + t.ID)
	}
	for _, j := range sys.Journeys {
		add("journeys." + j.ID)
	}
	var found model.Diagnostics
	for _, g := range sys.Lint.Ignore {
		if from, _, _ := strings.Cut(g.At, arrow); !known[from] {
			found = append(found, unknown("unknown-subject", "subject", g.Origin.At("at"), g.At, paths))
		}
	}
	return found
}

// unknown says that a name is not one of those that exist, and which it could be:
// the nearest if there is one, else the list.
func unknown(rule, what string, pos model.Pos, word string, known []string) model.Diagnostic {
	hint := "known: " + some(known, 40)
	d := model.Diagnostic{
		Rule: rule, Severity: model.Error, Pos: pos, Subject: "lint",
		Message: fmt.Sprintf("%q is no %s", word, what), Hint: hint,
	}
	if near := model.Suggest(word, known); near != "" {
		d.Hint, d.Typo = fmt.Sprintf("did you mean %q?", near), &model.Typo{Word: word, Meant: near}
	}
	return d
}
