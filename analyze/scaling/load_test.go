package scaling

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// loads writes the loads of all services, "?" for an undefined one.
func loads(g *graph.Graph, values []graph.Value) string {
	var words []string
	for s, v := range values {
		if !v.OK {
			words = append(words, g.ID(int32(s))+"?")
			continue
		}
		words = append(words, fmt.Sprintf("%s%g", g.ID(int32(s)), v.F))
	}
	return strings.Join(words, " ")
}

// loadCase is a system and the loads of its services.
type loadCase struct {
	what string
	make func() made
	want string
}

func checkLoads(t *testing.T, cases []loadCase) {
	for _, c := range cases {
		g, r := c.make().analyze()
		if got := loads(g, r.Load); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestLoad(t *testing.T) {
	checkLoads(t, []loadCase{
		{"a chain", func() made { return build("a>b", "b>c*3").load("a", 10, 0, 0) }, "a10 b10 c30"},
		{"a diamond counts both ways", func() made { return build("a>b", "a>c", "b>d", "c>d*0.5").load("a", 10, 0, 0) }, "a10 b10 c10 d15"},
		{"soft calls count", func() made { return build("a~>b").load("a", 4, 0, 0) }, "a4 b4"},
		{"decimals stay exact", func() made { return build("a>b*0.1", "a>b*0.2").load("a", 1, 0, 0) }, "a1 b0.3"},
		{"calls that fade", func() made { return build("a>b", "b>a*0.5").load("a", 10, 0, 0) }, "a20 b20"},
		{"a service that calls itself", func() made { return build("a>a*0.75").load("a", 10, 0, 0) }, "a40"},
		{"endless, and behind it", func() made { return build("a>b", "b>a", "b>c", "d>e").load("a", 1, 0, 0).load("d", 1, 0, 0) }, "a? b? c? d1 e1"},
		{"endless without demand", func() made { return build("a>b", "b>a", "d>e").load("d", 1, 0, 0) }, "a0 b0 d1 e1"},
		{"alternatives share", func() made {
			m := build("a", "b", "c").load("a", 9, 0, 0)
			m.service("a").DependsOn = []model.Dependency{{To: []string{"b", "c"}, AnyOf: true, AtLeast: 1, Calls: 2}}
			return m
		}, "a9 b9 c9"},
		{"journeys bring demand", func() made {
			m := build("a>b", "c")
			m.Journeys = []*model.Journey{{ID: "j", Entry: "a", Rate: model.PerSecond(3)}, {ID: "k", Entry: "a", Rate: model.PerSecond(4)}}
			return m
		}, "a7 b7 c0"},
		{"a load stands above its journeys", func() made {
			m := build("a>b").load("a", 5, 0, 0)
			m.Journeys = []*model.Journey{{ID: "j", Entry: "a", Rate: model.PerSecond(3)}}
			return m
		}, "a5 b5"},
		{"unit demand at the roots", func() made { return build("a>b", "c>b") }, "a1 b2 c1"},
		{"unit demand at what is exposed", func() made {
			m := build("a>b", "c>b")
			m.service("b").Exposed = true
			return m
		}, "a0 b1 c0"},
	})
}

func TestLoadThroughChannels(t *testing.T) {
	checkLoads(t, []loadCase{
		{"a router copies", func() made { return events(model.Router) }, "p12 x12 y12 z6"},
		{"a queue shares", func() made { return events(model.Queue) }, "p12 x5 y5 z2"},
		{"a queue shares among all", func() made {
			m := build("p", "x", "y", "z").load("p", 12, 0, 0)
			m.channel("c", model.Queue)
			m.publish("p", "c", 1)
			m.consume("x", "c")
			m.consume("y", "c")
			m.consume("z", "c", "one")
			return m
		}, "p12 x4 y4 z4"},
		{"an answer is no new work", func() made { return askAndAnswer(true) }, "web10 order10 pay10"},
		{"what comes home is work but causes nothing", func() made { return askAndAnswer(false) }, "web10 order20 pay10"},
		{"a consumer that calls back", func() made {
			m := build("a", "b>a").load("a", 10, 0, 0)
			m.channel("c", model.Topic)
			m.publish("a", "c", 1)
			m.consume("b", "c")
			return m
		}, "a20 b10"},
		{"an event published again", func() made {
			m := build("a", "b").load("a", 10, 0, 0)
			m.channel("c", model.Topic)
			m.publish("a", "c", 1, "e")
			m.publish("b", "c", 1, "e")
			m.consume("b", "c", "e")
			return m
		}, "a10 b20"},
	})
}

// events is one publisher of two events and consumers of both, one, and all.
func events(kind model.ChannelKind) made {
	m := build("p", "x", "y", "z").load("p", 12, 0, 0)
	m.channel("c", kind)
	m.publish("p", "c", 1, "one", "two")
	m.consume("x", "c")
	m.consume("y", "c", "one", "two")
	m.consume("z", "c", "one")
	return m
}

// askAndAnswer is a request event with a reply event.
func askAndAnswer(awaits bool) made {
	m := build("web>order", "pay").load("web", 10, 0, 0)
	m.channel("bus", model.Router)
	m.publish("order", "bus", 1, "placed")
	m.consume("pay", "bus", "placed")
	m.publish("pay", "bus", 1, "settled")
	m.consume("order", "bus", "settled").Awaits = awaits
	return m
}

func TestProblems(t *testing.T) {
	m := build("x>a", "a>b", "b>c", "c>a").load("x", 1, 0, 0)
	at := model.Pos{File: "f.yaml", Line: 7, Col: 3}
	m.service("a").DependsOn[0].Origin.Pos = at
	_, r := m.analyze()
	if len(r.Problems) != 1 {
		t.Fatalf("%d problems, want 1", len(r.Problems))
	}
	p := r.Problems[0]
	if p.Rule != "endless-calls" || p.Severity != model.Error || p.Pos != at || p.Subject != "services.a" || len(p.Related) != 2 ||
		!strings.Contains(p.Message, `"a" → "b" → "c" → "a"`) || !strings.Contains(p.Hint, `"c" → "a"`) {
		t.Errorf("got %+v", p)
	}
	_, r = build("a>a").analyze()
	if len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Message, `"a" → "a"`) {
		t.Errorf("a service that calls itself: %+v", r.Problems)
	}
	_, r = askAndAnswer(false).analyze()
	if len(r.Problems) != 1 || r.Problems[0].Severity != model.Note || !strings.Contains(r.Problems[0].Message, `"order" → "bus" → "pay" → "bus" → "order"`) {
		t.Errorf("a loop of events: %+v", r.Problems)
	}
	for _, fine := range []made{askAndAnswer(true), build("a>b", "b>a*0.9"), build("a>b", "b>c"), events(model.Queue), build()} {
		if _, r := fine.analyze(); len(r.Problems) != 0 {
			t.Errorf("problems without reason: %+v", r.Problems)
		}
	}
}

func TestLongCycleIsShortened(t *testing.T) {
	m := build()
	for i := range 30 {
		m.service(name(i)).DependsOn = []model.Dependency{{To: []string{name((i + 1) % 30)}, Calls: 1}}
	}
	_, r := m.analyze()
	if len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Message, "… 23 more … → \"s0\"") {
		t.Errorf("got %+v", r.Problems)
	}
}

func TestReplicas(t *testing.T) {
	m := build("a", "b").load("a", 4.9, 0, 0).load("b", 30, 60, 0)
	m.scale("a", time.Second, 1, 0.7)
	x := m.scale("b", time.Second, 3, 0.5)
	x.Min, x.Max = 2, 25
	_, r := m.analyze()
	defined(t, "4.9 ÷ 0.7", r.Deploy[0].Replicas, 7, 0)
	defined(t, "b", r.Deploy[1].Replicas, 20, 0)
	defined(t, "b at peak", r.Deploy[1].ReplicasAtPeak, 25, 0)
	defined(t, "utilisation of b", r.Utilisation[1], 5, 0)
	defined(t, "share of the bottleneck", r.Bottleneck.Share, 0.4, 1e-15)
	if !r.Deploy[1].Short || r.Deploy[0].Short || r.Bottleneck.Node != 1 || !r.Bottleneck.Bounded {
		t.Errorf("b is short of replicas and the bottleneck: %+v", r.Bottleneck)
	}
	m.unit("u", "a", "b").Replicas = &model.Replicas{Min: 3, Max: 30}
	g, r := m.analyze()
	if len(r.Deploy) != 1 || r.Deploy[0].Min != 3 || r.Deploy[0].Max != 30 || r.Deploy[0].Node != node(t, g, "u") {
		t.Errorf("the unit's own bounds: %+v", r.Deploy)
	}
	defined(t, "the unit", r.Deploy[0].Replicas, 27, 0)
}

func TestRelative(t *testing.T) {
	_, r := build("a>b").analyze()
	if !r.Relative || !r.Assumed[0] || r.Entries[0] != (Entry{Service: 0, Rate: 1, Peak: 10, Duration: SpikeDuration}) {
		t.Errorf("nothing given: %+v", r.Entries)
	}
	m := build("a>b").load("a", 5, 0, 0)
	if _, r = m.analyze(); !r.Relative {
		t.Error("no duration is given, so the numbers are relative")
	}
	m.scale("a", time.Second, 1, 0.7).Memory = 1
	if _, r = m.analyze(); r.Relative || r.Assumed[0] || !r.Assumed[1] {
		t.Errorf("relative %v, assumed %v", r.Relative, r.Assumed)
	}
}

func TestPeak(t *testing.T) {
	m := build("a>c", "b>c").load("a", 10, 50, 0).load("b", 10, 0, 0)
	g, r := m.analyze()
	if got := loads(g, r.Peak); got != "a50 c60 b10" {
		t.Errorf("one peak is given: %s", got)
	}
	m.service("a").Load.Peak = model.Rate{}
	if g, r = m.analyze(); loads(g, r.Peak) != "a100 c200 b100" {
		t.Errorf("no peak is given: %s", loads(g, r.Peak))
	}
	if g, r = build("a").load("a", 0.1, 0.3, 0).analyze(); loads(g, r.Peak) != "a0.3" {
		t.Errorf("a sum of decimals: %s", loads(g, r.Peak))
	}
	m.service("a").Load.Peak = model.PerSecond(2)
	if g, r = m.analyze(); loads(g, r.Peak) != "a10 c20 b10" {
		t.Errorf("a peak below the rate: %s", loads(g, r.Peak))
	}
}

func TestSpikePlaces(t *testing.T) {
	m := build("a>b*2", "c").load("a", 10, 30, 3*time.Minute)
	g, r := m.analyze()
	for _, c := range []struct {
		id            string
		before, after float64
		assumed       bool
	}{{"a", 10, 30, false}, {"b", 20, 200, true}, {"c", 1, 10, true}} {
		s := Spike(g, r, node(t, g, c.id))
		if s.Before != c.before || s.After != c.after || s.Assumed != c.assumed {
			t.Errorf("%s: %v → %v, assumed %v", c.id, s.Before, s.After, s.Assumed)
		}
	}
	if s := Spike(g, r, 0); s.Duration != 3*time.Minute {
		t.Errorf("duration %v", s.Duration)
	}
}

// TestSpikeStartup: until new replicas serve, what the old ones cannot take waits.
func TestSpikeStartup(t *testing.T) {
	m := build("a").load("a", 10, 100, 10*time.Minute)
	m.scale("a", 100*time.Millisecond, 1, 0.5).Startup = 45 * time.Second
	g, r := m.analyze()
	c := Spike(g, r, 0).Deploy[0]
	defined(t, "before", c.Before, 2, 0)
	defined(t, "after", c.After, 20, 0)
	defined(t, "overload", c.Overload, (100-20)*45, 1e-9)
	if s := Simulate(c.Course, 10000); s.Backlog != 3600 || s.PeakAt != 45 {
		t.Errorf("most %v at %v", s.Backlog, s.PeakAt)
	}
}

func TestStoresAndChannels(t *testing.T) {
	m := build("a>b", "c").load("a", 10, 30, 0)
	m.store("db", "a", "b").Capacity = model.PerSecond(40)
	m.channel("bus", model.Router).Capacity = model.PerSecond(100)
	m.publish("b", "bus", 2, "x", "y")
	m.consume("c", "bus", "x")
	g, r := m.analyze()
	defined(t, "store", r.Stores[0].Load, 20, 0)
	defined(t, "store at peak", r.Stores[0].Peak, 60, 0)
	defined(t, "store in use", r.Stores[0].Utilisation, 0.5, 0)
	defined(t, "channel", r.Channels[0].Load, 20, 0)
	defined(t, "channel at peak", r.Channels[0].Peak, 60, 0)
	defined(t, "c", r.Load[node(t, g, "c")], 10, 0)
	defined(t, "growth", r.Bottleneck.Growth, 2, 0)
	if g.ID(r.Bottleneck.Node) != "db" {
		t.Errorf("bottleneck %q", g.ID(r.Bottleneck.Node))
	}
	if len(r.Bottleneck.Unknown) != 0 {
		t.Errorf("unknown: %v", r.Bottleneck.Unknown)
	}
	m.service("b").DependsOn = append(m.service("b").DependsOn, model.Dependency{To: []string{"b"}, Calls: 1})
	if _, r = m.analyze(); r.Stores[0].Load.OK || r.Channels[0].Load.OK || r.Waste.OK || r.TotalReplicasAtPeak.OK || len(r.Problems) != 1 {
		t.Errorf("numbers that depend on endless calls: %+v %+v", r.Stores, r.Channels)
	}
	m.store("own", "a").Capacity = model.PerSecond(1000)
	g, r = m.analyze()
	if b := r.Bottleneck; g.ID(b.Node) != "own" || len(b.Unknown) != 2 || g.ID(b.Unknown[0]) != "db" || g.ID(b.Unknown[1]) != "bus" {
		t.Errorf("bottleneck beside endless calls: %+v", b)
	}
}

func TestEmpty(t *testing.T) {
	g, r := build().analyze()
	if g.Services() != 0 || r.Waste.OK || r.TotalReplicasAtPeak.OK || r.Bottleneck.Node != -1 || len(r.Units)+len(r.Surge)+len(r.Deploy) != 0 {
		t.Errorf("got %+v", r)
	}
}

func TestAttempts(t *testing.T) {
	m := build("a>b", "a>c", "b>d", "c>d", "d>e", "e>d*0.1", "e>f")
	retry := func(id string, i, n int) { m.service(id).DependsOn[i].Retries = n }
	retry("a", 0, 2)
	retry("b", 0, 1)
	retry("c", 0, 4)
	g, r := m.analyze()
	if got := loads(g, r.Attempts); got != "a1 b3 c1 d? e? f6" {
		t.Errorf("attempts %s", got)
	}
	retry("e", 0, 1)
	if g, r = m.analyze(); loads(g, r.Attempts) != "a1 b3 c1 d? e? f?" {
		t.Errorf("attempts behind a cycle that is retried: %s", loads(g, r.Attempts))
	}
	b := node(t, g, "b")
	defined(t, "hidden", graph.Number(r.HiddenCapacity[b].F*3), r.Capacity[b].F, 1e-9)
}

func TestDeadlines(t *testing.T) {
	m := build("a>b", "b>c", "b>d")
	b := m.service("b").DependsOn
	b[0].Timeout, b[0].Retries = 300*time.Millisecond, 2
	b[1].Timeout = 200 * time.Millisecond
	m.service("a").DependsOn[0].Timeout = time.Second
	g, r := m.analyze()
	if len(r.Deadlines) != 1 {
		t.Fatalf("%d deadlines, want 1", len(r.Deadlines))
	}
	d := r.Deadlines[0]
	if g.ID(d.Caller) != "a" || g.ID(d.Callee) != "b" || d.Timeout != time.Second || d.Needed != 1100*time.Millisecond {
		t.Errorf("got %+v", d)
	}
	m.service("a").DependsOn[0].Timeout = 1100 * time.Millisecond
	if _, r = m.analyze(); len(r.Deadlines) != 0 {
		t.Errorf("enough time: %+v", r.Deadlines)
	}
	b[0].Timeout, b[1].Timeout = 1<<62, 1<<62
	if _, r = m.analyze(); len(r.Deadlines) != 1 || r.Deadlines[0].Needed != 1<<63-1 {
		t.Errorf("very long times: %+v", r.Deadlines)
	}
}
