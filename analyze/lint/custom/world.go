package custom

import (
	"math"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// world is the environments of one system, tied to each other.
type world struct {
	system   system
	services map[string]*service
	channels map[string]*channel
	facts    *metric.Facts
	values   map[metric.Scope][]metric.Column
	nothing  serviceMetrics
}

// newWorld makes the environments; of the metrics only those with the keys.
func newWorld(f *metric.Facts, keys []string) *world {
	w := &world{facts: f, services: map[string]*service{}, channels: map[string]*channel{}, values: map[metric.Scope][]metric.Column{}, nothing: serviceMetrics{}}
	if len(keys) > 0 {
		table := metric.Compute(f, metric.Named(keys...))
		for _, s := range metric.Scopes() {
			w.values[s] = table.Columns(s)
		}
	}
	for _, c := range w.values[metric.Service] {
		w.nothing[c.Metric.ID] = math.NaN()
	}
	sys := f.System()
	w.system = system{Name: clip(sys.Name), Metrics: numbers[systemMetrics](w, metric.System, 0)}
	w.addServices(sys)
	w.addChannels(sys)
	w.addStores(sys)
	w.addDependencies()
	w.addTeams(sys)
	w.addJourneys(sys)
	return w
}

// numbers gives the metrics of one subject.
func numbers[M ~map[string]float64](w *world, scope metric.Scope, i int) M {
	m := make(M, len(w.values[scope]))
	for _, c := range w.values[scope] {
		m[c.Metric.ID] = math.NaN()
		if v := c.Values[i]; v.OK {
			m[c.Metric.ID] = v.F
		}
	}
	return m
}

func (w *world) addServices(sys *model.System) {
	for i, s := range sys.Services {
		x := &service{
			common: commonOf(&s.Entity), Runtime: string(s.Runtime), Exposed: s.Exposed, Volatility: string(s.Volatility),
			Technology: clips(s.Technology), API: apiOf(s.API), Operations: operationsOf(s.Operations), Scaling: scalingOf(s.Scaling),
			Metrics: numbers[serviceMetrics](w, metric.Service, i),
		}
		if s.Load != nil {
			x.Load = load{s.Load.Rate.PerSecond(), s.Load.Peak.PerSecond(), s.Load.PeakDuration.Seconds()}
		}
		if u := w.facts.Graph().Unit(int32(i)); u >= 0 {
			x.Unit = w.facts.Graph().ID(u)
		}
		for _, p := range s.Publishes {
			x.Publishes = append(x.Publishes, p.To)
		}
		for _, c := range s.Consumes {
			x.Consumes = append(x.Consumes, c.From)
		}
		w.system.Services = append(w.system.Services, x)
		x.Publishes, x.Consumes = clips(x.Publishes), clips(x.Consumes)
		w.services[s.ID] = x
	}
}

func (w *world) addChannels(sys *model.System) {
	for _, c := range sys.Channels {
		x := &channel{
			common: commonOf(&c.Entity), Kind: string(c.Kind), Runtime: string(c.Runtime), Capacity: c.Capacity.PerSecond(),
			Retention: c.Retention.Seconds(), DeadLetter: yes(c.DeadLetter), Archive: yes(c.Archive),
		}
		w.system.Channels = append(w.system.Channels, x)
		w.channels[c.ID] = x
	}
	for i, s := range sys.Services {
		for _, p := range s.Publishes {
			c := w.channels[p.To]
			c.Publishers = append(c.Publishers, w.system.Services[i])
		}
		for _, t := range s.Consumes {
			c := w.channels[t.From]
			c.Consumers = append(c.Consumers, w.system.Services[i])
		}
	}
}

func (w *world) addStores(sys *model.System) {
	for i, s := range sys.Stores {
		x := &store{
			common: commonOf(&s.Entity), Kind: string(s.Kind), Runtime: string(s.Runtime), Capacity: s.Capacity.PerSecond(),
			Partitioned: s.Partitioned, Encrypted: yes(s.Encrypted), Data: clips(s.Data),
		}
		for _, user := range w.facts.StoreUsers()[i] {
			x.Users = append(x.Users, w.system.Services[user])
		}
		w.system.Stores = append(w.system.Stores, x)
	}
}

// addDependencies gives every dependency, an any_of once a member.
func (w *world) addDependencies() {
	type place struct {
		from, to int32
		pos      model.Pos
	}
	strengths := map[place]float64{}
	for _, l := range w.facts.Links() {
		strengths[place{l.From, l.To, l.Pos}] = l.Strength
	}
	g := w.facts.Graph()
	targets := map[int32]*target{}
	for i, s := range w.facts.System().Services {
		from := w.system.Services[i]
		for n := range s.DependsOn {
			d := &s.DependsOn[n]
			for _, v := range g.Needs(int32(i), n) {
				if v < 0 {
					continue
				}
				if targets[v] == nil {
					targets[v] = w.target(v)
				}
				x := link(from, targets[v], d)
				strength, couples := strengths[place{int32(i), v, d.Pos}]
				if x.Strength = strength; !couples {
					x.Strength = math.NaN()
				}
				w.system.Dependencies = append(w.system.Dependencies, x)
				from.DependsOn = append(from.DependsOn, x)
				if to := w.services[x.To.ID]; to != nil {
					to.Dependents = append(to.Dependents, x)
				}
				x.To.Users++
			}
		}
	}
}

// target makes the other end of dependencies.
func (w *world) target(v int32) *target {
	g := w.facts.Graph()
	t := &target{common: commonOf(g.Entity(v)), Kind: g.Kind(v).String(), Metrics: w.nothing}
	switch first, _ := g.Range(g.Kind(v)); g.Kind(v) {
	case graph.Service:
		s := w.system.Services[v]
		t.Runtime, t.Exposed, t.Unit, t.API, t.Metrics = s.Runtime, s.Exposed, s.Unit, s.API, s.Metrics
	case graph.Store:
		t.Runtime = w.system.Stores[v-first].Runtime
	}
	return t
}

func link(from *service, to *target, d *model.Dependency) *dependency {
	x := &dependency{
		From: from, To: to, Needs: "hard", Fallback: clip(d.Fallback), Timeout: d.Timeout.Seconds(), Retries: d.Retries,
		CircuitBreaker: d.CircuitBreaker, Calls: d.Calls, Answer: "now", Access: string(d.Access), Knows: string(d.Knows), Alternatives: len(d.To),
		CrossesTeams: differ(from.Owner, to.Owner), CrossesDomains: differ(from.Domain, to.Domain),
		SameUnit: from.Unit != "" && from.Unit == to.Unit, pos: d.Pos,
	}
	if d.Soft || d.Fallback != "" {
		x.Needs = "soft"
	}
	if d.AnswerLater {
		x.Answer = "later"
	}
	return x
}

func (w *world) addTeams(sys *model.System) {
	declared := map[string]*model.Team{}
	for _, t := range sys.Teams {
		declared[t.ID] = t
	}
	owners := w.facts.Owners()
	for i, id := range owners.Teams {
		x := &team{ID: id, Name: clip(id), Members: owners.Members[i], Metrics: numbers[teamMetrics](w, metric.Team, i)}
		for _, s := range owners.Owned[i] {
			x.Services = append(x.Services, w.system.Services[s])
		}
		if t := declared[id]; t != nil {
			x.Declared, x.pos = true, t.Pos
			if t.Name != "" {
				x.Name = clip(t.Name)
			}
		} else if len(owners.Owned[i]) > 0 {
			x.pos = sys.Services[owners.Owned[i][0]].Origin.At("owner")
		}
		w.system.Teams = append(w.system.Teams, x)
	}
}

func (w *world) addJourneys(sys *model.System) {
	for i, j := range sys.Journeys {
		x := &journey{
			ID: j.ID, Name: clip(j.Name), Entry: w.services[j.Entry], Rate: j.Rate.PerSecond(), Requires: clips(j.Requires), Optional: clips(j.Optional),
			Objective: known(j.Objective), Implied: j.Implied, Metrics: numbers[journeyMetrics](w, metric.Journey, i), pos: j.Pos,
		}
		if x.Name == "" {
			x.Name = j.ID
		}
		w.system.Journeys = append(w.system.Journeys, x)
	}
}

func commonOf(e *model.Entity) common {
	c := common{
		ID: e.ID, Name: clip(e.Label()), Owner: clip(e.Owner), Domain: clip(e.Domain), Tier: e.Tier, Lifecycle: string(e.Lifecycle),
		Tags: clips(e.Tags), URL: clip(e.URL), Availability: known(e.Availability),
	}
	for _, g := range e.RunsOn {
		c.RunsOn = append(c.RunsOn, clips(g.To)...)
	}
	return c
}

func apiOf(a *model.API) api {
	if a == nil {
		return api{}
	}
	return api{true, string(a.Style), clip(a.Contract), clip(a.Version), string(a.Auth), a.RateLimit.PerSecond()}
}

func operationsOf(o *model.Operations) operations {
	if o == nil {
		return operations{SLO: math.NaN()}
	}
	return operations{yes(o.Logs), yes(o.Metrics), yes(o.Traces), yes(o.HealthCheck), yes(o.InfrastructureAsCode), known(o.SLO), string(o.Pipeline)}
}

// scalingOf gives the language's defaults where nothing is said.
func scalingOf(s *model.Scaling) scaling {
	if s == nil {
		return scaling{Concurrency: 1, Min: 1, TargetUtilisation: 0.7}
	}
	return scaling{seconds(s.Duration), s.Concurrency, s.Min, s.Max, float64(s.Memory), seconds(s.Startup), s.TargetUtilisation}
}

func seconds(d time.Duration) float64 { return d.Seconds() }

func yes(b *bool) bool { return b != nil && *b }

// known is NaN for what the file does not say.
func known(f *float64) float64 {
	if f == nil {
		return math.NaN()
	}
	return *f
}

func differ(a, b string) bool { return a != "" && b != "" && a != b }
