package design

import (
	"slices"

	"github.com/taut-dev/taut/model"
)

// use is one dependency of a service on a store.
type use struct {
	service *model.Service
	writes  bool
}

// users lists, for each store, who uses it, in file order.
func (e *edit) users() map[string][]use {
	by := map[string][]use{}
	for _, s := range e.sys.Services {
		for _, d := range s.DependsOn {
			for _, id := range d.To {
				if e.stores[id] {
					by[id] = append(by[id], use{s, d.Access == model.Write || d.Access == model.ReadWrite})
				}
			}
		}
	}
	return by
}

// shareStore merges the stores that only members use into one.
func (e *edit) shareStore(members set, name string) {
	by := e.users()
	var old []*model.Store
	for _, s := range e.sys.Stores {
		us := by[s.ID]
		inside := len(us) > 0 && !slices.ContainsFunc(us, func(u use) bool { return !members[u.service.ID] })
		if inside {
			old = append(old, s)
		}
	}
	if len(old) < 2 {
		return
	}
	shared, ids := e.mergedStore(old, name+"-store")
	to := map[string]string{}
	heir := map[string][]string{}
	for _, id := range ids {
		to[id], heir[id] = shared.ID, []string{shared.ID}
	}
	at := slices.Index(e.sys.Stores, old[0])
	e.sys.Stores = slices.DeleteFunc(e.sys.Stores, func(s *model.Store) bool { return slices.Contains(old, s) })
	e.sys.Stores = slices.Insert(e.sys.Stores, at, shared)
	e.because("one store for one process, merged from "+some(ids), "stores")
	for _, s := range e.sys.Services {
		if members[s.ID] && redirect(s, to) {
			e.because("its stores are merged into "+shared.ID, "services", s.ID, "depends_on")
		}
	}
	e.retarget(heir, "merged into "+shared.ID)
}

// mergedStore is the store that does the work of all: as bad as the worst of
// them where that can hurt, as big as the biggest.
func (e *edit) mergedStore(old []*model.Store, name string) (*model.Store, []string) {
	first := old[0]
	m := &model.Store{
		Entity: entityNamed(e.fresh(name)),
		Kind:   first.Kind, Runtime: first.Runtime, Encrypted: ptr(first.Encrypted), Partitioned: true,
	}
	m.Origin, m.Owner, m.Domain, m.Lifecycle, m.Tier = model.Origin{Pos: first.Pos}, first.Owner, first.Domain, first.Lifecycle, first.Tier
	e.stores[m.ID] = true
	var ids, assumed []string
	for _, s := range old {
		ids = append(ids, s.ID)
		absorb(m, s)
		if s.Availability == nil {
			assumed = append(assumed, s.ID)
		}
	}
	m.RunsOn = retargetGrounds(m.RunsOn, nil, m.ID)
	if m.Availability != nil {
		e.note("availability of " + m.ID + " is the lowest that is given of the stores it replaces")
		if len(assumed) > 0 {
			e.note("no availability is given for " + some(assumed) + ", merged into " + m.ID)
		}
	}
	return m, ids
}

// absorb adds one store to the merged one. What is said of all of them is said
// of it; what they differ in is said of none.
func absorb(m, s *model.Store) {
	if s.Kind == "relational" {
		m.Kind = s.Kind
	}
	m.Runtime = lower(m.Runtime, s.Runtime)
	m.Availability = least(m.Availability, s.Availability)
	m.Encrypted = allTrue(m.Encrypted, s.Encrypted)
	m.Partitioned = m.Partitioned && s.Partitioned
	m.Tier = min(m.Tier, s.Tier)
	if m.Owner != s.Owner {
		m.Owner = "" // what several own, nobody owns
	}
	if m.Domain != s.Domain {
		m.Domain = ""
	}
	if m.Lifecycle != s.Lifecycle {
		m.Lifecycle = model.Production
	}
	if s.Capacity.Given() && s.Capacity.Rat().Cmp(m.Capacity.Rat()) > 0 {
		m.Capacity = s.Capacity
	}
	m.Data = replaced(append(slices.Clone(m.Data), s.Data...), nil)
	m.Tags = replaced(append(slices.Clone(m.Tags), s.Tags...), nil)
	m.RunsOn = append(m.RunsOn, grounds(s.RunsOn)...)
	m.Cost = dearer(m.Cost, s.Cost)
}

// allTrue is true only if both are, false if one is known not to be.
func allTrue(a, b *bool) *bool {
	switch {
	case a != nil && !*a || b != nil && !*b:
		no := false
		return &no
	case a == nil || b == nil:
		return nil
	}
	return a
}

// dearer takes the higher of each price and the lower of each allowance.
func dearer(a, b *model.Cost) *model.Cost {
	if a == nil || b == nil {
		return ptr(or(a, b))
	}
	return &model.Cost{
		ReplicaHour:     max(a.ReplicaHour, b.ReplicaHour),
		MillionRequests: max(a.MillionRequests, b.MillionRequests),
		GBSecond:        max(a.GBSecond, b.GBSecond),
		Idle:            max(a.Idle, b.Idle),
		FreeRequests:    min(a.FreeRequests, b.FreeRequests),
		FreeGBSeconds:   min(a.FreeGBSeconds, b.FreeGBSeconds),
	}
}

// or gives the first that is there.
func or[T any](a, b *T) *T {
	if a != nil {
		return a
	}
	return b
}

// splitStores gives every store one party of users. A party is a service, or
// all members together. The first party that writes keeps the store, every
// other that writes gets a copy, and who only reads calls the first writer.
func (e *edit) splitStores(members set, memberName string) {
	by := e.users()
	var after []*model.Store
	moves := map[string]map[string]string{} // service → store → new target
	for _, s := range e.sys.Stores {
		after = append(after, s)
		after = append(after, e.splitStore(s, by[s.ID], members, memberName, moves)...)
	}
	e.sys.Stores = after
	for _, s := range e.sys.Services {
		if to := moves[s.ID]; to != nil {
			e.redirectUses(s, to)
		}
	}
}

// splitStore finds the party that keeps a store, makes the copies of the others
// that write, and notes in moves where every other user goes.
func (e *edit) splitStore(s *model.Store, us []use, members set, memberName string, moves map[string]map[string]string) []*model.Store {
	party := func(id string) string {
		if members[id] {
			return memberName
		}
		return id
	}
	keeper := slices.IndexFunc(us, func(u use) bool { return u.writes })
	if len(us) == 0 {
		return nil
	}
	first := us[max(keeper, 0)].service
	target := map[string]string{party(first.ID): s.ID}
	var copies []*model.Store
	for _, u := range us {
		if p := party(u.service.ID); u.writes && target[p] == "" {
			c := e.copyOf(s, u.service, p)
			target[p] = c.ID
			copies = append(copies, c)
		}
	}
	for _, u := range us {
		to := target[party(u.service.ID)]
		if to == "" {
			to = first.ID
		}
		if to == s.ID {
			continue
		}
		if moves[u.service.ID] == nil {
			moves[u.service.ID] = map[string]string{}
		}
		moves[u.service.ID][s.ID] = to
	}
	if len(copies) > 0 {
		e.note("store " + s.ID + " is split by user: how the copies are kept in step is not modelled")
	}
	return copies
}

// copyOf is a writer's own copy of a store.
func (e *edit) copyOf(s *model.Store, writer *model.Service, name string) *model.Store {
	copied := *s
	c := &copied
	store(c)
	c.ID, c.Name = e.fresh(name+"-store"), ""
	forget(&c.Origin, "name")
	e.stores[c.ID] = true
	if writer.Owner != "" {
		c.Owner = writer.Owner
	}
	e.because(name+" writes to "+s.ID+" too: its own copy", "stores", c.ID)
	return c
}

// redirectUses points a service at its copies, and at the services that now
// answer for a store it only reads.
func (e *edit) redirectUses(s *model.Service, to map[string]string) {
	for i := range s.DependsOn {
		d := &s.DependsOn[i]
		called := false
		for _, id := range d.To {
			next := to[id]
			called = called || next != "" && !e.stores[next]
		}
		if called {
			d.Knows = model.KnowsContract
			if !d.AnyOf {
				d.Access = model.Read
			}
		}
	}
	redirect(s, to)
	e.because("every store has one user", "services", s.ID, "depends_on")
	for _, d := range s.DependsOn {
		reason := "every store has one user: reads go through the one that writes"
		if e.stores[d.To[0]] {
			reason = "its own copy of the store"
		}
		e.because(reason, "services", s.ID, "depends_on", edgeName(d.To, d.AnyOf))
	}
}
