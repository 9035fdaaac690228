package graph

import (
	"slices"
	"testing"

	"github.com/taut-dev/taut/model"
)

func entity(id string, on ...string) model.Entity {
	e := model.Entity{ID: id}
	for _, x := range on {
		e.RunsOn = append(e.RunsOn, model.Ground{To: []string{x}, AtLeast: 1})
	}
	return e
}

// shop uses every kind of node and every kind of declaration.
func shop() *model.System {
	return &model.System{
		Services: []*model.Service{
			{Entity: entity("web"), DependsOn: []model.Dependency{
				{To: []string{"orders"}, AtLeast: 1},
				{To: []string{"ads"}, AtLeast: 1, Fallback: "nothing"},
				{To: []string{"stripe", "ads"}, AnyOf: true, AtLeast: 1},
			}},
			{Entity: entity("orders"), DependsOn: []model.Dependency{{To: []string{"db"}, AtLeast: 1}},
				Publishes: []model.Publication{{To: "bus", Outbox: true}}},
			{Entity: entity("ads", "cluster"), Consumes: []model.Consumption{{From: "bus", Awaits: true}}},
		},
		Stores:    []*model.Store{{Entity: entity("db", "cluster")}},
		Channels:  []*model.Channel{{Entity: entity("bus")}},
		Externals: []*model.External{{Entity: entity("stripe")}},
		Platforms: []*model.Platform{{Entity: entity("cluster")}},
		Units:     []*model.Unit{{Entity: entity("app", "cluster"), Services: []string{"web", "orders"}}},
	}
}

func names(g *Graph, nodes []int32) []string {
	var s []string
	for _, v := range nodes {
		s = append(s, g.ID(v))
	}
	return s
}

func TestNumbering(t *testing.T) {
	g := Build(shop())
	want := []string{"web", "orders", "ads", "db", "bus", "stripe", "cluster", "app"}
	kinds := []Kind{Service, Service, Service, Store, Channel, External, Platform, Unit}
	for v, id := range want {
		n, ok := g.Lookup(id)
		if !ok || int(n) != v || g.ID(n) != id || g.Label(n) != id || g.Kind(n) != kinds[v] {
			t.Errorf("%s is %d, a %v", id, n, g.Kind(n))
		}
		from, to := g.Range(kinds[v])
		if n < from || n >= to {
			t.Errorf("%s is outside %d..%d", id, from, to)
		}
	}
	if g.Len() != len(want) || g.Services() != 3 {
		t.Errorf("%d nodes, %d services", g.Len(), g.Services())
	}
	if _, ok := g.Lookup("nobody"); ok {
		t.Error("found nobody")
	}
	if got := names(g, g.Members(7)); !slices.Equal(got, []string{"web", "orders"}) || g.Unit(0) != 7 || g.Unit(2) != -1 {
		t.Errorf("unit holds %v", got)
	}
}

func TestViews(t *testing.T) {
	g := Build(shop())
	for v, want := range [][]string{{"orders", "ads", "stripe", "app"}, {"db", "bus", "app"}, {"bus", "cluster"}, {"cluster"}, nil, nil, nil, {"cluster"}} {
		if got := names(g, g.Depends().Out(int32(v))); !slices.Equal(got, want) {
			t.Errorf("%s depends on %v, want %v", g.ID(int32(v)), got, want)
		}
	}
	if got := names(g, g.Calls().Out(0)); !slices.Equal(got, []string{"orders", "ads"}) {
		t.Errorf("calls %v", got)
	}
	if got := names(g, g.HardCalls().Out(0)); !slices.Equal(got, []string{"orders", "ads"}) {
		t.Errorf("hard calls %v", got) // ads as a member of a hard any_of
	}
	if got := names(g, g.Dependents().Out(6)); !slices.Equal(got, []string{"ads", "db", "app"}) {
		t.Errorf("cluster carries %v", got)
	}
	if got := names(g, g.Callers().Out(1)); !slices.Equal(got, []string{"web"}) {
		t.Errorf("orders is called by %v", got)
	}
}

func TestClauses(t *testing.T) {
	g := Build(shop())
	type rule struct {
		reason  Reason
		members string
		k       int32
		limit   State
	}
	want := [][]rule{
		{{PartOf, "app", 1, Down}, {Needs, "orders", 1, Down}, {Needs, "ads", 1, Degraded}, {Needs, "stripe ads", 1, Down}},
		{{PartOf, "app", 1, Down}, {Needs, "db", 1, Down}, {Publishes, "bus", 1, Delayed}},
		{{RunsOn, "cluster", 1, Down}, {Consumes, "bus", 1, Delayed}, {Awaits, "orders", 1, Delayed}},
		{{RunsOn, "cluster", 1, Down}}, {}, {}, {}, {{RunsOn, "cluster", 1, Down}},
	}
	for v := range int32(g.Len()) {
		var got []rule
		for _, c := range g.Clauses(v) {
			members := ""
			for i, m := range names(g, c.Members) {
				if i > 0 {
					members += " "
				}
				members += m
			}
			got = append(got, rule{c.Reason, members, c.K, c.Cap})
			if c.Origin == nil {
				t.Errorf("%s: no origin", g.ID(v))
			}
			if x := g.Group(c.Group); x.K != c.K || !slices.Equal(x.Members, c.Members) {
				t.Errorf("%s: group %v of clause %v", g.ID(v), x, c)
			}
		}
		if !slices.Equal(got, want[v]) {
			t.Errorf("%s: %v, want %v", g.ID(v), got, want[v])
		}
	}
}

func TestSeeds(t *testing.T) {
	sys := shop()
	g := Build(sys)
	if got := names(g, g.Seeds(0)); !slices.Equal(got, []string{"web", "app"}) {
		t.Errorf("web takes %v", got)
	}
	if got := names(g, g.Seeds(2)); !slices.Equal(got, []string{"ads"}) {
		t.Errorf("ads takes %v", got)
	}
	sys.Units[0].Isolation = model.ProcessIsolation
	if got := names(Build(sys), Build(sys).Seeds(0)); !slices.Equal(got, []string{"web"}) {
		t.Errorf("with isolation web takes %v", got)
	}
}

// References that lead nowhere, thresholds out of range and members given twice
// do no harm.
func TestBrokenReferences(t *testing.T) {
	sys := &model.System{
		Services: []*model.Service{{
			Entity: entity("a", "gone"),
			DependsOn: []model.Dependency{
				{To: []string{"gone"}}, {To: []string{"gone", "b"}, AnyOf: true, AtLeast: 9},
				{To: []string{"b", "b"}, AnyOf: true}, {To: []string{"a"}},
			},
			Publishes: []model.Publication{{To: "gone"}},
			Consumes:  []model.Consumption{{From: "gone", Awaits: true}, {From: "b", Awaits: true}},
		}, {Entity: entity("b")}},
		Units: []*model.Unit{{Entity: entity("u"), Services: []string{"gone", "a"}}, {Entity: entity("w"), Services: []string{"a"}}},
	}
	g := Build(sys)
	if g.ID(g.Unit(0)) != "u" {
		t.Error("the first unit has a service")
	}
	for _, c := range g.Clauses(0) {
		if int(c.K) > len(c.Members) || c.K < 1 {
			t.Errorf("%d of %v", c.K, c.Members)
		}
	}
	if g.Calls().Edges() != 1 {
		t.Errorf("%d calls", g.Calls().Edges())
	}
	if Build(&model.System{}).Len() != 0 {
		t.Error("an empty system has nodes")
	}
}

// Many consumers that await the same events share one list of publishers.
func TestAwaitsStayLinear(t *testing.T) {
	const n = 3000
	sys := &model.System{Channels: []*model.Channel{{Entity: entity("bus")}}}
	for i := range n {
		s := &model.Service{Entity: entity("s" + string(rune('a'+i%26)) + string(rune('0'+i/26%10)) + string(rune('0'+i/260%10)) + string(rune('0'+i/2600)))}
		s.Publishes = []model.Publication{{To: "bus"}}
		s.Consumes = []model.Consumption{{From: "bus", Awaits: true}}
		sys.Services = append(sys.Services, s)
	}
	g := Build(sys)
	if got := g.Groups() - g.Len(); got != 2 {
		t.Errorf("%d lists of members", got)
	}
	if got := g.Clauses(0)[2]; got.K != 2 || len(got.Members) != n {
		t.Errorf("awaits %d of %d", got.K, len(got.Members))
	}
}

func TestEventsDecideWhoIsAwaited(t *testing.T) {
	for _, c := range []struct {
		publishes, consumes []string
		want                bool
	}{
		{nil, nil, true},
		{[]string{"a"}, nil, true},
		{nil, []string{"a"}, true},
		{[]string{"a", "b"}, []string{"b", "c"}, true},
		{[]string{"a"}, []string{"b"}, false},
	} {
		sys := &model.System{
			Channels: []*model.Channel{{Entity: entity("bus")}},
			Services: []*model.Service{
				{Entity: entity("p"), Publishes: []model.Publication{{To: "bus", Events: c.publishes}}},
				{Entity: entity("c"), Consumes: []model.Consumption{{From: "bus", Events: c.consumes, Awaits: true}}},
			},
		}
		clauses := Build(sys).Clauses(1)
		if got := clauses[len(clauses)-1].Reason == Awaits; got != c.want {
			t.Errorf("%v and %v: %v", c.publishes, c.consumes, got)
		}
	}
}
