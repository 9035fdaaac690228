package scaling

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// made is a system under construction.
type made struct {
	*model.System
	byID map[string]*model.Service
}

// build makes a system of calls ("a>b", "a>b*0.5", "a~>b" soft) and single
// services ("a"); what is no service yet becomes one.
func build(lines ...string) made {
	m := made{&model.System{}, map[string]*model.Service{}}
	for _, line := range lines {
		from, to, called := strings.Cut(line, ">")
		soft := strings.HasSuffix(from, "~")
		s := m.service(strings.TrimSuffix(from, "~"))
		if !called {
			continue
		}
		to, factor, _ := strings.Cut(to, "*")
		m.service(to)
		d := model.Dependency{To: []string{to}, AtLeast: 1, Calls: 1, Soft: soft}
		if factor != "" {
			fmt.Sscan(factor, &d.Calls)
		}
		s.DependsOn = append(s.DependsOn, d)
	}
	return m
}

func (m made) service(id string) *model.Service {
	if s := m.byID[id]; s != nil {
		return s
	}
	s := &model.Service{Entity: model.Entity{ID: id}}
	m.byID[id] = s
	m.Services = append(m.Services, s)
	return s
}

func (m made) load(id string, rate, peak float64, lasts time.Duration) made {
	d := &model.Demand{Rate: model.PerSecond(rate), PeakDuration: lasts}
	if peak > 0 {
		d.Peak = model.PerSecond(peak)
	}
	m.service(id).Load = d
	return m
}

func (m made) scale(id string, each time.Duration, concurrency int, target float64) *model.Scaling {
	x := &model.Scaling{Duration: each, Concurrency: concurrency, Min: 1, TargetUtilisation: target}
	m.service(id).Scaling = x
	return x
}

func (m made) store(id string, users ...string) *model.Store {
	st := &model.Store{Entity: model.Entity{ID: id}}
	m.Stores = append(m.Stores, st)
	for _, u := range users {
		s := m.service(u)
		s.DependsOn = append(s.DependsOn, model.Dependency{To: []string{id}, AtLeast: 1, Calls: 1, Access: model.Read})
	}
	return st
}

func (m made) channel(id string, kind model.ChannelKind) *model.Channel {
	c := &model.Channel{Entity: model.Entity{ID: id}, Kind: kind}
	m.Channels = append(m.Channels, c)
	return c
}

func (m made) publish(id, channel string, calls float64, events ...string) {
	s := m.service(id)
	s.Publishes = append(s.Publishes, model.Publication{To: channel, Events: events, Calls: calls})
}

func (m made) consume(id, channel string, events ...string) *model.Consumption {
	s := m.service(id)
	s.Consumes = append(s.Consumes, model.Consumption{From: channel, Events: events})
	return &s.Consumes[len(s.Consumes)-1]
}

func (m made) unit(id string, services ...string) *model.Unit {
	u := &model.Unit{Entity: model.Entity{ID: id}, Services: services}
	m.Units = append(m.Units, u)
	return u
}

func (m made) analyze() (*graph.Graph, *Result) {
	g := graph.Build(m.System)
	return g, Analyze(g)
}

func node(t testing.TB, g *graph.Graph, id string) int32 {
	t.Helper()
	v, ok := g.Lookup(id)
	if !ok {
		t.Fatalf("no node %q", id)
	}
	return v
}

// near fails unless got is want within half a unit of the last digit shown.
func near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v ± %v", what, got, want, tolerance)
	}
}

func defined(t testing.TB, what string, got graph.Value, want, tolerance float64) {
	t.Helper()
	if !got.OK {
		t.Errorf("%s is undefined, want %v", what, want)
		return
	}
	near(t, what, got.F, want, tolerance)
}

// groups writes lists of services as ids, for comparison.
func groups(g *graph.Graph, lists [][]int32) string {
	var b strings.Builder
	for _, l := range lists {
		b.WriteString(ids(g, l))
	}
	return b.String()
}

func ids(g *graph.Graph, list []int32) string {
	var names []string
	for _, v := range list {
		names = append(names, g.ID(v))
	}
	return "{" + strings.Join(names, " ") + "}"
}
