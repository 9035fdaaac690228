package blast

import (
	"reflect"
	"testing"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

func TestWaiting(t *testing.T) {
	sys := edges("shop", "till>bank", "bank", "stock")
	shop, till, stock := sys.Services[0], sys.Services[1], sys.Services[3]
	sys.Channels = []*model.Channel{
		{Entity: model.Entity{ID: "orders"}, Retention: 12 * time.Hour},
		{Entity: model.Entity{ID: "news"}},
	}
	shop.Publishes = []model.Publication{{To: "orders", Events: []string{"placed"}, Outbox: true}, {To: "news", Soft: true}}
	till.Consumes = []model.Consumption{{From: "orders", Events: []string{"placed"}}, {From: "news"}}
	stock.Consumes = []model.Consumption{{From: "orders", Events: []string{"moved"}}}
	g := graph.Build(sys)
	id := func(name string) int32 { v, _ := g.Lookup(name); return v }
	orders, news := id("orders"), id("news")
	for failed, want := range map[string][]Held{
		"shop":   nil, // nobody publishes
		"stock":  nil, // nobody publishes what it takes
		"till":   {{orders, id("till"), false, 12 * time.Hour}, {news, id("till"), false, 0}},
		"bank":   {{orders, id("till"), false, 12 * time.Hour}, {news, id("till"), false, 0}},
		"orders": {{orders, id("shop"), true, 0}},
		"news":   nil, // nothing keeps what was not sent
	} {
		got := Waiting(g, States(g, id(failed)))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", failed, got, want)
		}
		if after, ok := Loss(got); ok != (len(want) == 2) || ok && after != 12*time.Hour {
			t.Errorf("%s: lost after %v, %v", failed, after, ok)
		}
	}
}
