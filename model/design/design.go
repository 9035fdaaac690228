// Package design makes other designs of the same system, so that one
// architecture can be scored as a monolith, as microservices, event-driven,
// serverless or a mixture.
//
// A preset is a documented rewriting of the model: the same system in gives the
// same system out, the argument is never changed, and applying a preset twice
// gives what applying it once gave. Ids, owners and places in the file stay, so
// that a finding about a design still points at the line it came from.
package design

import (
	"slices"

	"github.com/taut-dev/taut/model"
)

// Preset is one documented way to rewrite a system.
type Preset struct {
	ID    model.Preset
	Title string // a few words, for headings
	Doc   string // markdown: a list with one item for each rewriting rule
	// Apply gives the rewritten system. It does not touch its argument. What a
	// reader should know about the result is in its Notes.
	Apply func(*model.System) *model.System

	rewrite func(*edit)
}

// Presets lists the presets, from one deployment to many.
func Presets() []Preset {
	return []Preset{
		preset(model.PresetMonolith, "One deployment", monolithDoc, monolith),
		preset(model.PresetHybrid, "A monolith with services beside it", hybridDoc, hybrid),
		preset(model.PresetMicroservices, "Every service on its own", microservicesDoc, microservices),
		preset(model.PresetEventDriven, "Events where no answer is needed now", eventDrivenDoc, eventDriven),
		preset(model.PresetServerless, "Functions and managed services", serverlessDoc, serverless),
	}
}

// Find gives the preset with the id.
func Find(id model.Preset) (p Preset, ok bool) {
	for _, p := range Presets() {
		if p.ID == id {
			return p, true
		}
	}
	return Preset{}, false
}

// preset makes the pure function of an editing one.
func preset(id model.Preset, title, doc string, rewrite func(*edit)) Preset {
	apply := func(s *model.System) *model.System {
		e := begin(s)
		rewrite(e)
		return e.sys
	}
	return Preset{ID: id, Title: title, Doc: doc, Apply: apply, rewrite: rewrite}
}

// WithPreset gives the system with a design named like a preset, where the file
// declares none of that name: so that a preset's name will do for Apply.
func WithPreset(base *model.System, id string) *model.System {
	p, ok := Find(model.Preset(id))
	if !ok || slices.ContainsFunc(base.Designs, func(d *model.Design) bool { return d.ID == id }) {
		return base
	}
	more := *base
	more.Designs = append(slices.Clone(base.Designs), &model.Design{ID: id, Name: p.Title, Preset: p.ID})
	return &more
}
