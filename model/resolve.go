package model

import (
	"fmt"
	"slices"
	"strings"
)

const (
	ruleDangling   = "dangling-reference"
	ruleWrongKind  = "wrong-kind"
	ruleSelf       = "self-dependency"
	ruleNoServices = "no-services"
)

// kind is what an id names. The kinds are bits, so that sets of them are too.
type kind uint8

const (
	aService kind = 1 << iota
	aStore
	aChannel
	anExternal
	aPlatform
	aUnit
	anything = aService | aStore | aChannel | anExternal | aPlatform | aUnit
)

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
}

// finish resolves a system and gives it if nothing is wrong.
func finish(sys *System, diags Diagnostics, lim Limits) (*System, Diagnostics) {
	r := &resolver{decoder: decoder{lim: lim}, sys: sys, known: map[kind][]string{}, effort: 3_000_000}
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

func (r *resolver) add(k kind, e *Entity) {
	if i, ok := r.index[e.ID]; ok {
		first := r.elements[i]
		r.fail(ruleDuplicate, e.Pos, "%s %s has the id of the %s at %s: give one of them another id, as ids are unique",
			k, quote(e.ID), first.kind, first.Pos)
		r.diags[len(r.diags)-1].Related = []Related{{Pos: first.Pos, Message: "first declared here"}}
		return
	}
	r.index[e.ID] = int32(len(r.elements))
	r.elements = append(r.elements, element{k, e})
}

// answers holds a consumption's answers to its events.
func (r *resolver) answers(c *Consumption) {
	for _, a := range c.Answers {
		if slices.Contains(c.Events, a) {
			continue
		}
		hint := "list it under events too"
		if near := Suggest(a, c.Events); near != "" {
			hint = "did you mean " + quote(near) + "?"
		}
		r.fail(ruleDangling, c.At("answers"), "answers names %s, which is none of the events taken from %s: %s", quote(a), quote(c.From), hint)
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
	if len(to) == 1 && len(o.Keys) == 0 {
		r.target(self, key, to[0], allowed, func() Pos { return o.Pos })
		return
	}
	list := o.spot("any_of")
	for i, id := range to {
		at := func() Pos {
			if list.given() {
				return list.item(i)
			}
			return o.At("to")
		}
		r.target(self, key, id, allowed, at)
		for _, other := range to[:min(i, 8)] {
			if other == id {
				r.fail(ruleDuplicate, at(), "%s names %s twice in one group: name another alternative", quote(key), quote(id))
			}
		}
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
	case !ok:
		r.fail(ruleDangling, at(), "%s names %s, which is not declared%s", quote(key), quote(id), r.suggest(id, allowed))
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
func (r *resolver) suggest(id string, allowed kind) string {
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
		return ""
	}
	if s := Suggest(id, names); s != "" {
		return didYouMean(s)
	}
	return ": declare it, or take it away"
}

func (r *resolver) units() {
	in := map[string]*Unit{}
	for _, u := range r.sys.Units {
		r.enter("units", "unit", u.ID)
		list := u.spot("services")
		for i, id := range u.Services {
			r.edges++
			at := func() Pos { return list.item(i) }
			r.reference("services", id, aService, at)
			other, taken := in[id]
			if !taken {
				in[id] = u
				continue
			}
			if other == u {
				r.fail(ruleDuplicate, at(), "unit %s names service %s twice: take one away", quote(u.ID), quote(id))
				continue
			}
			r.fail(ruleDuplicate, at(), "service %s is in unit %s at %s already: take it out of one of them", quote(id), quote(other.ID), other.Pos)
			r.diags[len(r.diags)-1].Related = []Related{{Pos: other.Pos, Message: "the unit it is in"}}
		}
	}
}

func (r *resolver) journeys() {
	for _, j := range r.sys.Journeys {
		r.enter("journeys", "journey", j.ID)
		if j.Entry != "" {
			r.reference("entry", j.Entry, aService, func() Pos { return j.At("entry") })
		}
		r.members("requires", j.Requires, &j.Origin)
		r.members("optional", j.Optional, &j.Origin)
	}
}

// members looks up a list of ids of any kind, each once.
func (r *resolver) members(key string, ids []string, o *Origin) {
	list := o.spot(key)
	seen := make(map[string]bool, len(ids))
	for i, id := range ids {
		at := func() Pos { return list.item(i) }
		r.reference(key, id, anything, at)
		if seen[id] {
			r.fail(ruleDuplicate, at(), "%s names %s twice: take one away", quote(key), quote(id))
		}
		seen[id] = true
	}
}

func (r *resolver) compare() {
	known := newNames(BaseDesign)
	for _, d := range r.sys.Designs {
		known.add(d.ID)
	}
	list := r.sys.spot("compare")
	for i, id := range r.sys.Compare {
		r.oneOf("compare", id, "a design of this file", known, list.item(i))
	}
}

// names is a set of names that keeps their order.
type names struct {
	list []string
	has  map[string]bool
}

func newNames(first ...string) *names {
	n := &names{has: map[string]bool{}}
	for _, name := range first {
		n.add(name)
	}
	return n
}

func (n *names) add(name string) {
	if !n.has[name] {
		n.has[name] = true
		n.list = append(n.list, name)
	}
}

// oneOf checks a name that is not an element's.
func (r *resolver) oneOf(key, id, what string, known *names, pos Pos) {
	if known.has[id] {
		return
	}
	hint := ""
	if r.effort -= len(known.list) + 1; r.effort >= 0 {
		hint = didYouMean(Suggest(id, known.list))
	}
	if hint == "" && len(known.list) <= 20 {
		hint = ": known are " + strings.Join(known.list, ", ")
	}
	r.fail(ruleDangling, pos, "%s names %s, which is not %s%s", quote(key), quote(id), what, hint)
}

// implyJourneys makes a journey for every entry point where none is declared.
func (r *resolver) implyJourneys() {
	if len(r.sys.Journeys) > 0 {
		return
	}
	entries := r.entries()
	made := make([]Journey, len(entries))
	for i, s := range entries {
		made[i] = Journey{Origin: Origin{Pos: s.Pos}, ID: s.ID, Name: s.Name, Entry: s.ID, Implied: true}
		r.sys.Journeys = append(r.sys.Journeys, &made[i])
	}
}

// entries are the exposed services or, if none is, those that nothing calls.
func (r *resolver) entries() []*Service {
	var exposed, uncalled []*Service
	called := make([]bool, len(r.elements))
	for _, s := range r.sys.Services {
		for i := range s.DependsOn {
			for _, id := range s.DependsOn[i].To {
				called[r.index[id]] = true
			}
		}
	}
	for i, s := range r.sys.Services {
		if s.Exposed {
			exposed = append(exposed, s)
		}
		if !called[i] {
			uncalled = append(uncalled, s)
		}
	}
	if exposed != nil {
		return exposed
	}
	return uncalled
}

// budgets checks that every budget by name has its subject.
func (r *resolver) budgets() {
	known := map[string]*names{}
	for _, b := range r.sys.Budgets {
		if b.Scope == "system" || b.Subject == defaultSubject {
			continue
		}
		if known[b.Scope] == nil {
			known[b.Scope] = r.subjects(b.Scope)
		}
		r.enter("budgets", "budget of", b.Scope)
		r.oneOf("budgets", b.Subject, "one of the "+b.Scope, known[b.Scope], b.Pos)
	}
}

// subjects are what budgets of a scope can be for. Teams need no declaration:
// who owns something is one.
func (r *resolver) subjects(scope string) *names {
	n := newNames()
	switch scope {
	case "services":
		for _, s := range r.sys.Services {
			n.add(s.ID)
		}
	case "journeys":
		for _, j := range r.sys.Journeys {
			n.add(j.ID)
		}
	case "teams":
		for _, t := range r.sys.Teams {
			n.add(t.ID)
		}
		for _, e := range r.elements {
			if e.Owner != "" {
				n.add(e.Owner)
			}
		}
	}
	return n
}
