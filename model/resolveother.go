package model

import "strings"

// units checks who is in which unit: being in two would make "crashes and scales
// as one" mean two things.
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

// journeys looks up where journeys start and what they need.
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

// compare looks up the designs to compare.
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

// newNames makes a set of some names.
func newNames(first ...string) *names {
	n := &names{has: map[string]bool{}}
	for _, name := range first {
		n.add(name)
	}
	return n
}

// add puts a name into the set.
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
	near := ""
	if r.effort -= len(known.list) + 1; r.effort >= 0 {
		near = Suggest(id, known.list)
	}
	hint := didYouMean(near)
	if hint == "" && len(known.list) <= 20 {
		hint = ": known are " + strings.Join(known.list, ", ")
	}
	r.fail(ruleDangling, pos, "%s names %s, which is not %s%s", quote(key), quote(id), what, hint)
	r.typo(id, near)
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
