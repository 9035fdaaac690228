package blast

import (
	"fmt"

	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

// maker draws systems that use every feature of the failure rules.
type maker struct {
	t   *rapid.T
	sys *model.System
}

func drawSystem(t *rapid.T, most int) *model.System {
	m := maker{t, &model.System{}}
	for i := range m.number("services", 1, most) {
		m.sys.Services = append(m.sys.Services, &model.Service{Entity: m.entity("s", i), Runtime: model.Container})
	}
	for i := range m.number("stores", 0, 2) {
		m.sys.Stores = append(m.sys.Stores, &model.Store{Entity: m.entity("d", i)})
	}
	for i := range m.number("channels", 0, 2) {
		m.sys.Channels = append(m.sys.Channels, &model.Channel{Entity: m.entity("c", i)})
	}
	for i := range m.number("externals", 0, 2) {
		m.sys.Externals = append(m.sys.Externals, &model.External{Entity: m.entity("x", i)})
	}
	for i := range m.number("platforms", 0, 2) {
		m.sys.Platforms = append(m.sys.Platforms, &model.Platform{Entity: m.entity("p", i)})
	}
	m.units()
	m.grounds()
	for _, s := range m.sys.Services {
		m.links(s)
	}
	return m.sys
}

func (m maker) number(what string, low, high int) int {
	return rapid.IntRange(low, high).Draw(m.t, what)
}

func (m maker) chance(what string, oneIn int) bool { return m.number(what, 1, oneIn) == 1 }

func (m maker) entity(prefix string, i int) model.Entity {
	return model.Entity{ID: fmt.Sprintf("%s%d", prefix, i), Tier: m.number("tier", 1, 4)}
}

// units spreads some services over up to two units.
func (m maker) units() {
	for i := range m.number("units", 0, 2) {
		u := &model.Unit{Entity: m.entity("u", i), Runtime: model.Server, Isolation: model.NoIsolation}
		if m.chance("process", 3) {
			u.Isolation = model.ProcessIsolation
		}
		m.sys.Units = append(m.sys.Units, u)
	}
	for _, s := range m.sys.Services {
		if i := m.number("unit", 0, 4); i < len(m.sys.Units) {
			m.sys.Units[i].Services = append(m.sys.Units[i].Services, s.ID)
		}
	}
}

// pick draws distinct ids, at least one.
func (m maker) pick(what string, from []string, most int) []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, min(most, len(from)), rapid.ID[string]).Draw(m.t, what)
}

func (m maker) grounds() {
	var ground []string
	for _, p := range m.sys.Platforms {
		ground = append(ground, p.ID)
	}
	for _, u := range m.sys.Units {
		ground = append(ground, u.ID)
	}
	if len(ground) == 0 {
		return
	}
	stands := func(e *model.Entity) {
		if m.chance("stands", 3) {
			to := m.pick("ground", ground, 3)
			e.RunsOn = append(e.RunsOn, model.Ground{To: to, AnyOf: true, AtLeast: m.number("at least", 1, len(to))})
		}
	}
	for _, x := range m.sys.Services {
		stands(&x.Entity)
	}
	for _, x := range m.sys.Stores {
		stands(&x.Entity)
	}
	for _, x := range m.sys.Channels {
		stands(&x.Entity)
	}
	for _, x := range m.sys.Platforms {
		stands(&x.Entity)
	}
	for _, x := range m.sys.Units {
		stands(&x.Entity)
	}
}

// links draws what a service calls, publishes and consumes.
func (m maker) links(s *model.Service) {
	var targets []string
	for _, x := range m.sys.Services {
		targets = append(targets, x.ID)
	}
	for _, x := range m.sys.Stores {
		targets = append(targets, x.ID)
	}
	for _, x := range m.sys.Externals {
		targets = append(targets, x.ID)
	}
	for range m.number("dependencies", 0, 3) {
		most := 1
		if m.chance("any of", 3) {
			most = 4
		}
		to := m.pick("to", targets, most)
		s.DependsOn = append(s.DependsOn, model.Dependency{
			To: to, AnyOf: len(to) > 1, AtLeast: m.number("at least", 1, len(to)), Soft: m.chance("soft", 4),
		})
	}
	for _, c := range m.sys.Channels {
		if m.chance("publishes", 3) {
			s.Publishes = append(s.Publishes, model.Publication{
				To: c.ID, Events: m.events(), Outbox: m.chance("outbox", 3), Soft: m.chance("soft", 4),
			})
		}
		if m.chance("consumes", 3) {
			taken := model.Consumption{From: c.ID, Events: m.events(), Awaits: m.chance("awaits", 2)}
			if len(taken.Events) > 0 && m.chance("answers", 3) {
				taken.Answers = taken.Events[:m.number("answers", 1, len(taken.Events))]
			}
			s.Consumes = append(s.Consumes, taken)
		}
	}
}

func (m maker) events() []string {
	return rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"e1", "e2"}), 0, 2, rapid.ID[string]).Draw(m.t, "events")
}
