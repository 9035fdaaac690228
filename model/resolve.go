package model

import (
	"cmp"
	"fmt"
)

// Rule names of the errors in what points to what.
const (
	ruleDangling   = "dangling-reference"
	ruleWrongKind  = "wrong-kind"
	ruleSelf       = "self-dependency"
	ruleNoServices = "no-services"

	ruleDuplicateID = "duplicate-id"
)

// kind is what an id names. The kinds are bits, so that sets of them are too.
type kind uint8

// The kinds of elements.
const (
	aService kind = 1 << iota
	aStore
	aChannel
	anExternal
	aPlatform
	aUnit
	anything = aService | aStore | aChannel | anExternal | aPlatform | aUnit
)

// String gives the word for one kind.
func (k kind) String() string {
	for i, word := range []string{"service", "store", "channel", "external", "platform", "unit"} {
		if k == 1<<i {
			return word
		}
	}
	return "anything declared"
}

// element is what an id stands for.
type element struct {
	kind kind
	*Entity
}

// resolver checks every reference of a system.
type resolver struct {
	decoder
	sys      *System
	elements []element // in order
	index    map[string]int32
	known    map[kind][]string // names for suggestions, made when wanted
	effort   int               // comparisons left for suggestions
	edges    int
	lost     map[string]bool // ids under keys of the top level that are unknown
}

// finish resolves a system and gives it if nothing is wrong.
func finish(sys *System, diags Diagnostics, lim Limits) (*System, Diagnostics) {
	r := &resolver{decoder: decoder{lim: lim}, sys: sys, known: map[kind][]string{}, effort: 3_000_000}
	for i := range diags {
		if n := diags[i].section; n != nil {
			if r.lost == nil {
				r.lost = map[string]bool{}
			}
			for k := range n.Fields {
				r.lost[n.Fields[k].Key] = true
			}
		}
	}
	sys.Design = BaseDesign
	r.collect()
	r.resolve()
	if len(sys.Services) == 0 && len(diags)+len(r.diags) == 0 {
		r.fail(ruleNoServices, sys.At("services"), `there are no services: name at least one under "services"`)
	}
	if diags = append(diags, r.diags...); diags.HasErrors() {
		return nil, diags.Sorted()
	}
	r.implyJourneys()
	r.budgets()
	if diags = append(diags, r.diags...); diags.HasErrors() {
		return nil, diags.Sorted()
	}
	return sys, diags.Sorted()
}

// collect gives every id its element; the same id twice is an error.
func (r *resolver) collect() {
	s := r.sys
	n := len(s.Services) + len(s.Stores) + len(s.Channels) + len(s.Externals) + len(s.Platforms) + len(s.Units)
	if n > r.lim.Elements {
		r.fail(ruleLimit, s.Pos, "%s", r.lim.Exceeded("elements", fmt.Sprintf("a system of %d elements", n)))
	}
	r.elements = make([]element, 0, n)
	r.index = make(map[string]int32, n)
	for _, x := range s.Services {
		r.add(aService, &x.Entity)
	}
	for _, x := range s.Stores {
		r.add(aStore, &x.Entity)
	}
	for _, x := range s.Channels {
		r.add(aChannel, &x.Entity)
	}
	for _, x := range s.Externals {
		r.add(anExternal, &x.Entity)
	}
	for _, x := range s.Platforms {
		r.add(aPlatform, &x.Entity)
	}
	for _, x := range s.Units {
		r.add(aUnit, &x.Entity)
	}
}

// add takes an element in, unless its id is taken.
func (r *resolver) add(k kind, e *Entity) {
	if i, ok := r.index[e.ID]; ok {
		first := r.elements[i]
		r.fail(ruleDuplicateID, e.Pos, "%s %s has the id of the %s at %s: give one of them another id, as ids are unique",
			k, quote(e.ID), first.kind, first.Pos)
		r.diags[len(r.diags)-1].Related = []Related{{Pos: first.Pos, Message: "first declared here"}}
		return
	}
	r.index[e.ID] = int32(len(r.elements))
	r.elements = append(r.elements, element{k, e})
}

// answers holds a consumption's answers to its events.
func (r *resolver) answers(c *Consumption) {
	if len(c.Answers) == 0 {
		return
	}
	list, known := c.spot("answers"), newNames(c.Events...)
	for i, a := range c.Answers {
		if known.has[a] {
			continue
		}
		near := ""
		if r.effort -= len(known.list) + 1; r.effort >= 0 {
			near = Suggest(a, known.list)
		}
		hint := cmp.Or(didYouMean(near), `: list it under "events" too`)
		r.fail(ruleDangling, list.item(i), `"answers" names %s, which is none of the events taken from %s%s`, quote(a), quote(c.From), hint)
		r.typo(a, near)
	}
}

// resolve looks up every reference.
func (r *resolver) resolve() {
	for _, s := range r.sys.Services {
		r.enter("services", "service", s.ID)
		for i := range s.DependsOn {
			e := &s.DependsOn[i]
			r.targets(s.ID, "depends_on", &e.Origin, e.To, aService|aStore|anExternal)
		}
		for i := range s.Publishes {
			e := &s.Publishes[i]
			r.target(s.ID, "publishes", e.To, aChannel, func() Pos { return e.At("to") })
		}
		for i := range s.Consumes {
			e := &s.Consumes[i]
			r.target(s.ID, "consumes", e.From, aChannel, func() Pos { return e.At("from") })
			r.answers(e)
		}
	}
	sections := map[kind]string{aService: "services", aStore: "stores", aChannel: "channels", anExternal: "externals", aPlatform: "platforms", aUnit: "units"}
	for _, x := range r.elements {
		for i := range x.RunsOn {
			r.enter(sections[x.kind], x.kind.String(), x.ID)
			r.targets(x.ID, "runs_on", &x.RunsOn[i].Origin, x.RunsOn[i].To, anything)
		}
	}
	r.units()
	r.journeys()
	r.enter("", "", "")
	r.compare()
	if r.edges > r.lim.Dependencies {
		r.fail(ruleLimit, r.sys.Pos, "%s", r.lim.Exceeded("dependencies", fmt.Sprintf("a system of %d dependencies", r.edges)))
	}
}

// targets looks up what one edge points to: one id, or those of a group.
func (r *resolver) targets(self, key string, o *Origin, to []string, allowed kind) {
	if len(to) == 1 {
		r.target(self, key, to[0], allowed, func() Pos { return cmp.Or(o.spot("any_of").item(0), o.At("to")) })
		return
	}
	list, seen := o.spot("any_of"), make(map[string]bool, len(to))
	for i, id := range to {
		at := func() Pos {
			if list.given() {
				return list.item(i)
			}
			return o.At("to")
		}
		r.target(self, key, id, allowed, at)
		if seen[id] {
			r.fail(ruleDuplicate, at(), "%s names %s twice in one group: name another alternative", quote(key), quote(id))
		}
		seen[id] = true
	}
}

// target looks up one id that an element points to.
func (r *resolver) target(self, key, id string, allowed kind, at func() Pos) {
	r.edges++
	if id == self && id != "" {
		r.fail(ruleSelf, at(), "%s names %s itself: take it away", quote(key), quote(id))
		return
	}
	r.reference(key, id, allowed, at)
}

// reference looks up an id; the place is worked out only if it is wrong.
func (r *resolver) reference(key, id string, allowed kind, at func() Pos) {
	i, ok := r.index[id]
	switch {
	case !ok && r.lost[id]: // the unknown key is what is wrong
	case !ok:
		near, hint := r.suggest(id, allowed)
		r.fail(ruleDangling, at(), "%s names %s, which is not declared%s", quote(key), quote(id), hint)
		r.typo(id, near)
	case r.elements[i].kind&allowed == 0:
		k := r.elements[i].kind
		r.fail(ruleWrongKind, at(), "%s names %s %s: %s", quote(key), k, quote(id), instead(key, k))
	}
}

// instead says what to do about a reference to the wrong kind of thing.
func instead(key string, k kind) string {
	switch {
	case key == "depends_on" && k == aChannel:
		return `publish to it ("publishes") or consume from it ("consumes") instead`
	case key == "depends_on" && k == aPlatform:
		return `say "runs_on" instead`
	case key == "depends_on" && k == aUnit:
		return "name the service in it that is called"
	case key == "publishes" && k != aChannel, key == "consumes" && k != aChannel:
		return `events go through a channel; to call or use this, say "depends_on"`
	case key == "services":
		return "a unit holds services"
	case key == "entry":
		return "a journey starts at a service"
	}
	return "it cannot stand here"
}

// suggest finds the id that was probably meant, among those allowed. The work
// is bounded over the whole run: a file may hold many wrong names.
func (r *resolver) suggest(id string, allowed kind) (near, hint string) {
	names, ok := r.known[allowed]
	if !ok {
		for _, e := range r.elements {
			if e.kind&allowed != 0 {
				names = append(names, e.ID)
			}
		}
		r.known[allowed] = names
	}
	if r.effort -= len(names) + 1; r.effort < 0 {
		return "", ""
	}
	if near = Suggest(id, names); near != "" {
		return near, didYouMean(near)
	}
	return "", ": declare it, or take it away"
}
