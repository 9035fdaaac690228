package design

import (
	"slices"
	"strings"

	"github.com/taut-dev/taut/model"
)

// set is a set of service ids; it is asked, never ranged over.
type set map[string]bool

// unite makes one deployment of the members: the first declared unit that holds
// them all, else a new one. Units that lose all their services are gone.
func (e *edit) unite(members set, reason string) *model.Unit {
	u := e.holder(members)
	parts := e.deployables(members)
	gone := e.empty(u, members)
	if u == nil {
		u = &model.Unit{Entity: entityNamed(e.fresh(e.unitName())), Isolation: model.NoIsolation}
		for _, s := range e.sys.Services {
			if members[s.ID] {
				u.Services = append(u.Services, s.ID)
			}
		}
		e.sys.Units = append(e.sys.Units, u)
		e.because(reason, "units", u.ID)
		combine(u, parts)
	}
	e.settle(u, parts, members)
	heir := map[string][]string{}
	for _, id := range gone {
		heir[id] = []string{u.ID} // what stood on a unit that is gone stands on this one
	}
	e.retarget(heir, "its unit is now part of "+u.ID)
	return u
}

// empty takes the members out of all units but one and lists the ids of those
// that are left without services; they are gone and their ids are free.
func (e *edit) empty(but *model.Unit, members set) (gone []string) {
	e.sys.Units = slices.DeleteFunc(e.sys.Units, func(v *model.Unit) bool {
		if v == but || !shrink(v, members) {
			return false
		}
		gone = append(gone, v.ID)
		delete(e.taken, v.ID)
		return true
	})
	if len(gone) > 0 {
		e.because("dissolved: "+some(gone), "units")
	}
	return gone
}

// holder is the first unit that already deploys every member.
func (e *edit) holder(members set) *model.Unit {
	for _, u := range e.sys.Units {
		n := 0
		for _, id := range u.Services {
			if members[id] {
				n++
			}
		}
		if n == len(members) && n > 0 {
			return u
		}
	}
	return nil
}

// shrink takes the members out of a unit and says whether that emptied it.
func shrink(u *model.Unit, members set) bool {
	before := len(u.Services)
	u.Services = slices.DeleteFunc(u.Services, func(id string) bool { return members[id] })
	return before > 0 && len(u.Services) == 0
}

// unitName is the system's name as an id, or "monolith".
func (e *edit) unitName() string {
	var b strings.Builder
	for _, r := range strings.ToLower(e.sys.Name) {
		letter := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		switch {
		case letter && b.Len() < 100:
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if name := strings.Trim(b.String(), "-"); name != "" {
		return name
	}
	return "monolith"
}

// deployable is what was deployed as one before: a unit or a service alone.
type deployable struct {
	runtime  model.Runtime
	replicas model.Replicas
	cost     *model.Cost
	unit     *model.Unit // nil: a service alone
}

// deployables lists what the members were deployed as, each once.
func (e *edit) deployables(members set) []deployable {
	var parts []deployable
	seen := map[*model.Unit]bool{}
	for _, s := range e.sys.Services {
		if !members[s.ID] {
			continue
		}
		u := e.home[s.ID]
		if u == nil || !seen[u] {
			parts = append(parts, deployed(s, u))
		}
		seen[u] = u != nil
	}
	return parts
}

// deployed is what a service ran as: what its unit says holds for it, as the
// unit is what runs.
func deployed(s *model.Service, u *model.Unit) deployable {
	d := deployable{runtime: s.Runtime, cost: s.Cost, unit: u}
	if s.Scaling != nil {
		d.replicas = model.Replicas{Min: s.Scaling.Min, Max: s.Scaling.Max}
	}
	if u == nil {
		return d
	}
	d.cost = u.Cost
	if u.Runtime != "" {
		d.runtime = u.Runtime
	}
	if u.Replicas != nil {
		d.replicas = *u.Replicas
	}
	return d
}

// combine gives a new unit what the units it replaces had.
func combine(u *model.Unit, parts []deployable) {
	for _, p := range parts {
		if p.unit != nil {
			u.Availability = least(u.Availability, p.unit.Availability)
			u.RunsOn = append(u.RunsOn, grounds(p.unit.RunsOn)...)
		}
	}
	u.Replicas, u.Cost = bounds(parts), price(parts)
}

// settle moves what the members stood on and ran as into their unit.
func (e *edit) settle(u *model.Unit, parts []deployable, members set) {
	const runtime = "one process runs on the most server-like runtime of its parts"
	const ground = "one process stands on one ground, that of its unit"
	e.because(runtime, "units", u.ID, "runtime")
	e.because(ground, "units", u.ID, "runs_on")
	e.because("one process: it crashes as a whole", "units", u.ID, "isolation")
	for _, p := range parts {
		u.Runtime = lower(u.Runtime, p.runtime)
	}
	u.Isolation = model.NoIsolation
	var kept []string
	for _, s := range e.sys.Services {
		if !members[s.ID] {
			continue
		}
		if s.Runtime != u.Runtime {
			s.Runtime = u.Runtime
			e.because(runtime, "services", s.ID, "runtime")
			kept = keptAvailability(kept, &s.Entity)
		}
		if len(s.RunsOn) > 0 {
			u.RunsOn = append(u.RunsOn, s.RunsOn...)
			s.RunsOn = nil
			forget(&s.Origin, "runs_on")
			e.because(ground, "services", s.ID, "runs_on")
		}
	}
	u.RunsOn = retargetGrounds(u.RunsOn, nil, u.ID)
	e.noteKept(kept)
}

// lower gives the more server-like of two runtimes; an empty one loses.
func lower(a, b model.Runtime) model.Runtime {
	order := []model.Runtime{model.Server, model.Container, model.Function, model.Managed}
	for _, r := range order {
		if a == r || b == r {
			return r
		}
	}
	return a
}

// least is the lower of two shares; one that is not given says nothing.
func least(a, b *float64) *float64 {
	if a == nil || b != nil && *b < *a {
		return ptr(b)
	}
	return a
}

// bounds is how many copies there may be of all the parts together: at least as
// many as the part that needs most, at most as many as all may have. Nothing to
// say where no part had a maximum: the least copies are then those of the parts.
func bounds(parts []deployable) *model.Replicas {
	r := model.Replicas{Min: 1}
	said, bounded := false, true
	for _, p := range parts {
		said = said || p.unit != nil && p.unit.Replicas != nil || p.replicas.Max > 0
		r.Min = max(r.Min, p.replicas.Min)
		r.Max += p.replicas.Max
		bounded = bounded && p.replicas.Max > 0
	}
	if !said {
		return nil
	}
	if !bounded {
		r.Max = 0
	}
	return &r
}

// price is the sum of the parts' prices, as one replica of the whole carries one
// of each. Only when a unit had a price: services keep theirs.
func price(parts []deployable) *model.Cost {
	var sum model.Cost
	unit := false
	for _, p := range parts {
		if c := p.cost; c != nil {
			unit = unit || p.unit != nil
			sum.ReplicaHour += c.ReplicaHour
			sum.MillionRequests += c.MillionRequests
			sum.GBSecond += c.GBSecond
			sum.Idle += c.Idle
			sum.FreeRequests += c.FreeRequests
			sum.FreeGBSeconds += c.FreeGBSeconds
		}
	}
	if !unit {
		return nil
	}
	return &sum
}

// keptAvailability lists an entity whose given availability outlives its runtime.
func keptAvailability(kept []string, x *model.Entity) []string {
	if x.Availability != nil {
		return append(kept, x.ID)
	}
	return kept
}

// The availability of a runtime is only an assumption and changes with it; one
// that the file gives is a promise or a measurement, and may no longer be true.
func (e *edit) noteKept(ids []string) {
	if len(ids) > 0 {
		e.note("availability as given, though the runtime changes: " + some(ids))
	}
}
