package design

import (
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/model"
)

// Base is the id of the design that the file itself is.
const Base = model.BaseDesign

// fixed are the keys that a patch must leave alone: they say what the file is,
// not how the system is built.
var fixed = []string{"version", "include", "system", "designs", "compare"}

// Apply makes a design of the file: its preset, then its patch, on a copy of
// the base. The id is that of a declared design, or Base for the file itself,
// whose services and the like are not copied: they must be left as they are.
// The System is nil if and only if there are errors. Its Design is the id; the
// file's designs and suppressions stay with it. Journeys that were implied by
// the base stay as they are, so that all designs answer for the same ones.
func Apply(base *model.System, id string, lim model.Limits) (*model.System, model.Diagnostics) {
	if id == Base {
		s := *base
		s.Design = Base
		return &s, nil
	}
	i := slices.IndexFunc(base.Designs, func(d *model.Design) bool { return d.ID == id })
	if i < 0 {
		return nil, unknownDesign(base, id)
	}
	d := base.Designs[i]
	if found := tooMany(base, lim); found != nil {
		return nil, found
	}
	s := Clone(base)
	if d.Preset != "" {
		p, ok := Find(d.Preset)
		if !ok {
			return nil, unknownPreset(d)
		}
		s = p.Apply(base)
	}
	s.Design = id
	if d.Patch == nil {
		return s, nil
	}
	return patched(s, d.Patch, lim)
}

// tooMany holds the elements of all designs together against their limit: each
// design is a copy of the whole file.
func tooMany(base *model.System, lim model.Limits) model.Diagnostics {
	if lim == (model.Limits{}) {
		lim = model.DefaultLimits()
	}
	n := len(base.Services) + len(base.Stores) + len(base.Channels) + len(base.Externals) + len(base.Platforms) + len(base.Units)
	if n *= 1 + len(base.Designs); n <= lim.DesignTotal {
		return nil
	}
	return model.Diagnostics{{
		Rule: "limit", Severity: model.Error, Pos: base.At("designs"),
		Message: lim.Exceeded("design-elements", fmt.Sprintf("%d designs of this system, %d elements in all", len(base.Designs), n)),
	}}
}

// An unknown design is an error that lists the known ones: a typing mistake must
// not silently score the base.
func unknownDesign(base *model.System, id string) model.Diagnostics {
	known := []string{Base}
	for _, d := range base.Designs {
		known = append(known, d.ID)
	}
	hint := "known designs: " + strings.Join(known, ", ")
	if near := model.Suggest(id, known); near != "" {
		hint = fmt.Sprintf("did you mean %q? %s", near, hint)
	}
	return model.Diagnostics{{
		Rule: "unknown-design", Severity: model.Error, Pos: model.Pos{File: base.Pos.File},
		Message: fmt.Sprintf("there is no design %q", model.Safe(id)), Hint: hint,
	}}
}

// A preset is checked when the file is read; this guards designs that were made
// by a program.
func unknownPreset(d *model.Design) model.Diagnostics {
	var known []string
	for _, p := range Presets() {
		known = append(known, string(p.ID))
	}
	return model.Diagnostics{{
		Rule: "unknown-preset", Severity: model.Error, Pos: d.At("preset"), Subject: "designs." + d.ID,
		Message: fmt.Sprintf("there is no preset %q", model.Safe(string(d.Preset))), Hint: "known presets: " + strings.Join(known, ", "),
	}}
}

// patched merges the patch into the encoded system and reads it again, so that
// a patch is checked as strictly as a file.
func patched(s *model.System, patch *model.Node, lim model.Limits) (*model.System, model.Diagnostics) {
	var found model.Diagnostics
	for _, f := range patch.Fields {
		if slices.Contains(fixed, f.Key) {
			found = append(found, model.Diagnostic{
				Rule: "fixed-key", Severity: model.Error, Pos: f.KeyPos,
				Message: fmt.Sprintf("%q cannot be patched", f.Key), Hint: "it says what the file is, not how the system is built: take it out of the design",
			})
		}
	}
	if found.HasErrors() {
		return nil, found
	}
	bare := *s
	bare.Include, bare.Designs, bare.Compare = nil, nil, nil
	tree, found := model.MergePatch(model.Encode(&bare), patch)
	if found.HasErrors() {
		return nil, found
	}
	out, more := model.Decode(tree, lim)
	found = append(found, more...)
	if out == nil || found.HasErrors() {
		return nil, found
	}
	out.Origin, out.Include, out.Designs, out.Compare = s.Origin, s.Include, s.Designs, s.Compare
	out.Design, out.Notes, out.Suppressions = s.Design, s.Notes, s.Suppressions
	out.Journeys = sameJourneys(s, out)
	return out, found
}

// sameJourneys keeps implied journeys: a rewriting that turns a call into an
// event must not make an entry point of its callee. Entries that the patch
// brought in are added, those that it took away are left out.
func sameJourneys(before, after *model.System) []*model.Journey {
	implied := func(js []*model.Journey) bool { return len(js) > 0 && js[0].Implied }
	if !implied(before.Journeys) || !implied(after.Journeys) {
		return after.Journeys
	}
	old, now := map[string]bool{}, map[string]bool{}
	for _, s := range before.Services {
		old[s.ID] = true
	}
	for _, s := range after.Services {
		now[s.ID] = true
	}
	keep := slices.DeleteFunc(slices.Clone(before.Journeys), func(j *model.Journey) bool { return !now[j.Entry] })
	for _, j := range after.Journeys {
		if !old[j.Entry] {
			keep = append(keep, j)
		}
	}
	if len(keep) == 0 {
		return after.Journeys
	}
	return keep
}
