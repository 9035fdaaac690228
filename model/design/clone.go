package design

import (
	"slices"

	"github.com/taut-dev/taut/model"
)

// Clone gives a copy that shares nothing with its argument that can be changed.
func Clone(s *model.System) *model.System {
	c := *s
	c.Origin = origin(s.Origin)
	c.Include = slices.Clone(s.Include)
	c.Teams = each(s.Teams, func(t *model.Team) { t.Origin = origin(t.Origin) })
	c.Services = each(s.Services, service)
	c.Stores = each(s.Stores, store)
	c.Channels = each(s.Channels, channel)
	c.Externals = each(s.Externals, func(x *model.External) { entity(&x.Entity) })
	c.Platforms = each(s.Platforms, func(p *model.Platform) { entity(&p.Entity) })
	c.Units = each(s.Units, unit)
	c.Journeys = each(s.Journeys, journey)
	c.Designs = each(s.Designs, func(d *model.Design) { d.Origin, d.Patch = origin(d.Origin), node(d.Patch) })
	c.Compare = slices.Clone(s.Compare)
	c.Budgets = each(s.Budgets, budget)
	c.Strengths = list(s.Strengths, func(x *model.Strength) { x.Origin = origin(x.Origin) })
	c.Lint = lint(s.Lint)
	c.Suppressions = slices.Clone(s.Suppressions)
	c.Notes = slices.Clone(s.Notes)
	return &c
}

// each copies the pointed-to values one level deep and lets deepen do the rest.
func each[T any](from []*T, deepen func(*T)) []*T {
	if from == nil {
		return nil
	}
	to := make([]*T, len(from))
	copies := make([]T, len(from)) // one allocation for all
	for i, p := range from {
		copies[i] = *p
		deepen(&copies[i])
		to[i] = &copies[i]
	}
	return to
}

// list is each for values that stand in the slice itself.
func list[T any](from []T, deepen func(*T)) []T {
	to := slices.Clone(from)
	for i := range to {
		deepen(&to[i])
	}
	return to
}

// ptr copies what is pointed to; nil stays nil, as it means "not given".
func ptr[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

// Origins are copied too: presets forget keys of what they take away.
func origin(o model.Origin) model.Origin {
	o.Keys = slices.Clone(o.Keys)
	return o
}

// entity and the functions below deepen a value that was copied as it stands.
func entity(e *model.Entity) {
	e.Origin = origin(e.Origin)
	e.Tags = slices.Clone(e.Tags)
	e.Availability = ptr(e.Availability)
	e.RunsOn = grounds(e.RunsOn)
}

// grounds copies what something stands on, with its alternatives.
func grounds(from []model.Ground) []model.Ground {
	return list(from, func(g *model.Ground) { g.Origin, g.To = origin(g.Origin), slices.Clone(g.To) })
}

// service has the most below it: every part that may be missing is a pointer.
func service(s *model.Service) {
	entity(&s.Entity)
	s.Technology = slices.Clone(s.Technology)
	s.API, s.Load = ptr(s.API), ptr(s.Load)
	s.Scaling, s.Cost = ptr(s.Scaling), ptr(s.Cost)
	s.Operations = ptr(s.Operations)
	if o := s.Operations; o != nil {
		o.Logs, o.Metrics, o.Traces, o.HealthCheck = ptr(o.Logs), ptr(o.Metrics), ptr(o.Traces), ptr(o.HealthCheck)
		o.SLO, o.InfrastructureAsCode = ptr(o.SLO), ptr(o.InfrastructureAsCode)
	}
	s.DependsOn = list(s.DependsOn, func(d *model.Dependency) { d.Origin, d.To = origin(d.Origin), slices.Clone(d.To) })
	s.Publishes = list(s.Publishes, func(p *model.Publication) { p.Origin, p.Events = origin(p.Origin), slices.Clone(p.Events) })
	s.Consumes = list(s.Consumes, func(c *model.Consumption) {
		c.Origin, c.Events, c.Answers = origin(c.Origin), slices.Clone(c.Events), slices.Clone(c.Answers)
	})
}

// store is also how a preset copies a store for a second writer.
func store(s *model.Store) {
	entity(&s.Entity)
	s.Encrypted, s.Cost = ptr(s.Encrypted), ptr(s.Cost)
	s.Data = slices.Clone(s.Data)
}

// channel deepens the answers that may be yes, no or not given.
func channel(c *model.Channel) {
	entity(&c.Entity)
	c.DeadLetter, c.Archive, c.Cost = ptr(c.DeadLetter), ptr(c.Archive), ptr(c.Cost)
}

// unit deepens the list of services, which presets cut and extend.
func unit(u *model.Unit) {
	entity(&u.Entity)
	u.Services = slices.Clone(u.Services)
	u.Replicas, u.Cost = ptr(u.Replicas), ptr(u.Cost)
}

// journey deepens what is required: stores and channels in it get new names.
func journey(j *model.Journey) {
	j.Origin = origin(j.Origin)
	j.Requires, j.Optional = slices.Clone(j.Requires), slices.Clone(j.Optional)
	j.Objective = ptr(j.Objective)
}

// budget is never changed by a preset; it is copied so that Clone holds its word.
func budget(b *model.Budget) {
	b.Origin = origin(b.Origin)
	b.Limits = list(b.Limits, func(l *model.Limit) {
		l.Origin, l.Value, l.Min, l.Max = origin(l.Origin), ptr(l.Value), ptr(l.Min), ptr(l.Max)
	})
}

// lint is the one part of a system that is no pointer and no list.
func lint(l model.Lint) model.Lint {
	l.Origin = origin(l.Origin)
	l.Rules = list(l.Rules, func(r *model.RuleSeverity) { r.Origin = origin(r.Origin) })
	l.Ignore = list(l.Ignore, func(i *model.Ignore) { i.Origin = origin(i.Origin) })
	l.Custom = list(l.Custom, func(r *model.CustomRule) { r.Origin = origin(r.Origin) })
	return l
}

// node copies a tree; the reader has bounded its depth.
func node(n *model.Node) *model.Node {
	if n == nil {
		return nil
	}
	c := *n
	c.Items = slices.Clone(n.Items)
	for i := range c.Items {
		c.Items[i] = node(c.Items[i])
	}
	c.Fields = slices.Clone(n.Fields)
	for i := range c.Fields {
		c.Fields[i].Value = node(c.Fields[i].Value)
	}
	return &c
}
