package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/cmd/query"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/render"
)

type whatIfInput struct {
	source
	Preset  string        `json:"preset,omitempty" jsonschema:"rewrite the whole system to this design"`
	Changes []changeInput `json:"changes,omitempty" jsonschema:"do this to single dependencies, one after the other"`
	Patch   any           `json:"patch,omitempty" jsonschema:"a JSON merge patch (RFC 7396) of the file, as YAML or JSON text or as an object: {services: {orders: {depends_on: {payments: {needs: soft}}}}}; null takes away"`
	form
}

type changeInput struct {
	Op   string `json:"op" jsonschema:"soft: who depends only degrades without it; hard: is down without it; async: an event instead of a call; remove; add: a new hard dependency, or a publication to a channel"`
	From string `json:"from" jsonschema:"id of the service that depends"`
	To   string `json:"to" jsonschema:"id of what it depends on"`
}

func whatIf(ctx context.Context, f *files, in whatIfInput) (*answer, error) {
	patch, written, err := f.patch(in.Patch)
	if err != nil {
		return nil, err
	}
	if in.Preset == "" && len(in.Changes) == 0 && patch == nil {
		return nil, errors.New("nothing is to change: give preset, changes or patch")
	}
	file, before, err := f.load(in.source)
	if err != nil {
		return nil, err
	}
	file.patch = written
	after, err := f.changed(file, before, in, patch)
	if err != nil {
		return nil, err
	}
	a, err := f.difference(ctx, before, after, file.shown, "what if")
	if err != nil {
		return nil, err
	}
	a.file = file.shown
	if len(after.Notes) > len(before.Notes) {
		text := a.text
		a.text = func() (string, error) {
			page, err := text()
			return page + "\nNotes on the changed system:\n\n- " + strings.Join(after.Notes[len(before.Notes):], "\n- ") + "\n", err
		}
	}
	return a, nil
}

// patchName is what messages call a patch.
const patchName = "patch"

// patch reads a patch given as text or as an object, and gives its text too.
func (f *files) patch(given any) (node *model.Node, data []byte, err error) {
	switch p := given.(type) {
	case nil:
		return nil, nil, nil
	case string:
		data = []byte(p)
	default:
		data, _ = json.Marshal(p) // it came as JSON
	}
	read := model.ReadYAML
	if strings.HasPrefix(strings.TrimSpace(string(data)), "{") && json.Valid(data) {
		read = model.ReadJSON
	}
	var found model.Diagnostics
	node, found = read(patchName, data, f.limits)
	if found.HasErrors() {
		return nil, nil, (&input{patch: data}).refuse(found)
	}
	if node.Kind != model.Mapping {
		return nil, nil, errors.New("patch: a mapping of sections is expected, as services: {orders: {depends_on: {payments: {needs: soft}}}}")
	}
	return node, data, nil
}

// changed makes the changes on a copy: the preset, then the changes, then the
// patch. The result is checked as strictly as a file.
func (f *files) changed(file *input, system *model.System, in whatIfInput, patch *model.Node) (*model.System, error) {
	const id = "what-if"
	var err error
	if in.Preset != "" {
		if system, err = applied(file, system, &model.Design{ID: id, Preset: model.Preset(in.Preset)}); err != nil {
			return nil, err
		}
	}
	changes := make([]design.Change, len(in.Changes))
	for i, c := range in.Changes {
		changes[i] = design.Change{Op: design.Op(c.Op), From: c.From, To: c.To}
	}
	if system, err = design.Changed(system, changes); err != nil {
		return nil, err
	}
	if patch == nil {
		patch = &model.Node{Kind: model.Mapping}
	}
	return applied(file, system, &model.Design{ID: id, Patch: patch})
}

// applied is a system rewritten by a design that its file does not declare.
func applied(file *input, system *model.System, d *model.Design) (*model.System, error) {
	with := *system
	with.Designs = []*model.Design{d}
	out, found := design.Apply(&with, d.ID, file.limits)
	if found.HasErrors() {
		return nil, fmt.Errorf("the changed system would not be valid:\n%w", file.refuse(found))
	}
	out.Designs, out.Compare = system.Designs, system.Compare
	return out, nil
}

type diffInput struct {
	source
	Old     string `json:"old,omitempty" jsonschema:"path of the old version"`
	OldText string `json:"old_text,omitempty" jsonschema:"the old version as text"`
	Base    string `json:"base,omitempty" jsonschema:"git revision: the old version is the file of path as it was where HEAD and this revision parted"`
	form
}

func compare(ctx context.Context, f *files, in diffInput) (*answer, error) {
	given := 0
	for _, s := range []string{in.Old, in.OldText, in.Base} {
		if s != "" {
			given++
		}
	}
	if given != 1 {
		return nil, errors.New("the old version is to be named once: by old (a path), old_text or base (a git revision); path or text is the new one")
	}
	now, after, err := f.load(in.source)
	if err != nil {
		return nil, err
	}
	was, before, err := f.old(ctx, now, in)
	if err != nil {
		return nil, err
	}
	name := was.shown
	if was.folder == nil {
		name = "old text"
	}
	return f.difference(ctx, before, after, name, now.shown)
}

// old loads the old version of what is compared.
func (f *files) old(ctx context.Context, now *input, in diffInput) (*input, *model.System, error) {
	if in.Base == "" {
		return f.load(source{Path: in.Old, Text: in.OldText, Design: in.Design})
	}
	was, err := f.past(ctx, now, in.Base)
	if err != nil {
		return nil, nil, err
	}
	system, err := was.read(in.Design)
	return was, system, err
}

// difference compares two systems.
func (f *files) difference(ctx context.Context, old, new *model.System, oldName, newName string) (*answer, error) {
	var sides [2]diff.Side
	for i, system := range []*model.System{old, new} {
		facts := metric.NewFacts(ctx, system, metric.Options{Diagram: f.limits.Diagram})
		sides[i] = diff.Side{Facts: facts, Findings: query.Findings(facts, today())}
	}
	r, err := diff.Systems(ctx, sides[0], sides[1], diff.Options{Limits: f.limits})
	if err != nil {
		return nil, err
	}
	text, parsed := pages(render.DiffFormats(), render.Diff{Result: r, Old: oldName, New: newName})
	return &answer{newName, text, parsed}, nil
}
