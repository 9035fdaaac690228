package design

import (
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/model"
)

// Change is one thing done to one dependency, for asking "what if".
type Change struct {
	Op       Op
	From, To string // ids: who depends, and on what; of an event, who publishes or consumes and the channel
}

// Op is what a Change does.
type Op string

// The things that can be done to a dependency.
const (
	Soften Op = "soft"   // who depends only degrades without it
	Harden Op = "hard"   // who depends is down without it
	Async  Op = "async"  // an event instead of a call, as the preset event-driven does it
	Remove Op = "remove" // it is gone
	Add    Op = "add"    // a hard one that was not there: of a service, store or external; of a channel, a publication
)

// Ops lists what can be done to a dependency.
func Ops() []Op { return []Op{Soften, Harden, Async, Remove, Add} }

// Changed gives the system with changes made, one after the other. The argument
// is not touched. It fails, naming the change by its number from 1, when there is
// no such service, target or dependency, or when the change would change nothing.
func Changed(base *model.System, changes []Change) (*model.System, error) {
	e := begin(base)
	for i, c := range changes {
		if err := e.change(c); err != nil {
			return nil, fmt.Errorf("change %d: %w", i+1, err)
		}
	}
	return e.sys, nil
}

func (e *edit) change(c Change) error {
	from := e.services[c.From]
	if from == nil {
		return unknownID("service", c.From, slices.Collect(idsOf(e.sys.Services)))
	}
	if !e.taken[c.To] {
		var known []string
		for _, part := range e.sections() {
			for _, x := range part.entities {
				known = append(known, x.ID)
			}
		}
		return unknownID("element", c.To, known)
	}
	switch c.Op {
	case Soften, Harden:
		return e.setSoft(from, c.To, c.Op == Soften)
	case Async:
		return e.async(from, c.To)
	case Remove:
		return e.remove(from, c.To)
	case Add:
		return e.add(from, c.To)
	}
	return fmt.Errorf("%q is none of %s", c.Op, words(Ops()))
}

// idsOf gives the ids of services in file order.
func idsOf(services []*model.Service) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, s := range services {
			if !yield(s.ID) {
				return
			}
		}
	}
}

func unknownID(what, id string, known []string) error {
	if near := model.Suggest(id, known); near != "" {
		return fmt.Errorf("there is no %s %q; did you mean %q?", what, id, near)
	}
	return fmt.Errorf("there is no %s %q, only %s", what, id, some(known))
}

func words(ops []Op) string {
	texts := make([]string, len(ops))
	for i, o := range ops {
		texts[i] = string(o)
	}
	return strings.Join(texts, ", ")
}

// setSoft changes how badly one dependency is needed. Publications can be soft
// too; who consumes never goes down with a channel.
func (e *edit) setSoft(from *model.Service, to string, soft bool) error {
	found := false
	word := map[bool]string{true: "soft", false: "hard"}[soft]
	for i := range from.DependsOn {
		d := &from.DependsOn[i]
		if !slices.Contains(d.To, to) {
			continue
		}
		if d.Soft != soft {
			d.Soft = soft
			if !soft {
				d.Fallback = ""
			}
			return nil
		}
		found = true
	}
	for i := range from.Publishes {
		if p := &from.Publishes[i]; p.To == to {
			if p.Soft != soft {
				p.Soft = soft
				return nil
			}
			found = true
		}
	}
	if found {
		return fmt.Errorf("%s → %s is %s already", from.ID, to, word)
	}
	return e.noEdge(from, to)
}

// async turns one call into a request event. A caller that needs the answer
// waits for it.
func (e *edit) async(from *model.Service, to string) error {
	i := slices.IndexFunc(from.DependsOn, func(d model.Dependency) bool { return slices.Contains(d.To, to) })
	if i < 0 {
		return e.noEdge(from, to)
	}
	d := from.DependsOn[i]
	callee := e.services[to]
	switch {
	case d.AnyOf:
		return fmt.Errorf("%s → %s is one of several alternatives, which stay calls; remove and add them by a patch", from.ID, to)
	case callee == nil || callee == from:
		return fmt.Errorf("%s is no other service: only a service can be sent an event", to)
	}
	from.DependsOn = slices.Delete(from.DependsOn, i, i+1)
	router, l := e.router(), later{from, callee, d}
	e.request(l, router)
	e.replies([]later{l}, router)
	return nil
}

// remove takes away everything that leads from a service to a target.
func (e *edit) remove(from *model.Service, to string) error {
	before := len(from.DependsOn) + len(from.Publishes) + len(from.Consumes)
	for i := range from.DependsOn {
		d := &from.DependsOn[i]
		if len(d.To) > 1 && slices.Contains(d.To, to) {
			return fmt.Errorf("%s → %s is one of several alternatives; take it out of any_of by a patch", from.ID, to)
		}
	}
	from.DependsOn = slices.DeleteFunc(from.DependsOn, func(d model.Dependency) bool { return d.To[0] == to })
	from.Publishes = slices.DeleteFunc(from.Publishes, func(p model.Publication) bool { return p.To == to })
	from.Consumes = slices.DeleteFunc(from.Consumes, func(c model.Consumption) bool { return c.From == to })
	if len(from.DependsOn)+len(from.Publishes)+len(from.Consumes) == before {
		return e.noEdge(from, to)
	}
	return nil
}

// add lets a service depend on what it did not depend on before.
func (e *edit) add(from *model.Service, to string) error {
	there := slices.ContainsFunc(from.DependsOn, func(d model.Dependency) bool { return slices.Contains(d.To, to) }) ||
		slices.ContainsFunc(from.Publishes, func(p model.Publication) bool { return p.To == to })
	if there {
		return fmt.Errorf("%s → %s is there already", from.ID, to)
	}
	if slices.ContainsFunc(e.sys.Channels, func(c *model.Channel) bool { return c.ID == to }) {
		from.Publishes = append(from.Publishes, model.Publication{Origin: from.Origin, To: to, Calls: 1})
		return nil
	}
	if e.services[to] == nil && !e.stores[to] && !slices.ContainsFunc(e.sys.Externals, func(x *model.External) bool { return x.ID == to }) {
		return fmt.Errorf("%s is no service, store, external or channel: nothing can call it", to)
	}
	if to == from.ID {
		return fmt.Errorf("%s cannot depend on itself", to)
	}
	from.DependsOn = append(from.DependsOn, call(to, from.Pos))
	return nil
}

func (e *edit) noEdge(from *model.Service, to string) error {
	list := targets(from)
	if len(list) == 0 {
		return fmt.Errorf("%s depends on nothing", from.ID)
	}
	return fmt.Errorf("%s does not depend on %s, but on %s", from.ID, to, some(list))
}

// targets lists what a service depends on, publishes to and consumes from.
func targets(s *model.Service) []string {
	var out []string
	for _, d := range s.DependsOn {
		out = append(out, d.To...)
	}
	for _, p := range s.Publishes {
		out = append(out, p.To)
	}
	for _, c := range s.Consumes {
		out = append(out, c.From)
	}
	return out
}
