package design

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/taut-dev/taut/model"
)

var update = flag.Bool("update", false, "rewrite the wanted files in testdata")

// TestStories rewrites the in.yaml of every archive by the preset that the
// archive is named after (up to the first underscore) and compares.
func TestStories(t *testing.T) {
	stories, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(stories) == 0 {
		t.Fatal("no stories", err)
	}
	for _, story := range stories {
		name := strings.TrimSuffix(filepath.Base(story), ".txtar")
		t.Run(name, func(t *testing.T) {
			a, err := txtar.ParseFile(story)
			if err != nil {
				t.Fatal(err)
			}
			preset, _, _ := strings.Cut(name, "_")
			node, err := Rewrite(parse(t, string(a.Files[0].Data)), model.Preset(preset))
			if err != nil {
				t.Fatal(err)
			}
			got := model.FormatYAML(node)
			parse(t, string(got))
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "want.yaml", Data: got})
				if err := os.WriteFile(story, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) < 2 || !bytes.Equal(got, a.Files[1].Data) {
				t.Errorf("got\n%s\n(go test ./model/design -update rewrites)", got)
			}
		})
	}
}

func TestPresetsAreDocumented(t *testing.T) {
	for _, p := range Presets() {
		if p.Title == "" || !strings.HasPrefix(p.Doc, "- ") || !strings.HasSuffix(p.Doc, "\n") {
			t.Errorf("%s: %q", p.ID, p.Doc)
		}
		if stories, _ := filepath.Glob("testdata/" + string(p.ID) + "*.txtar"); len(stories) == 0 {
			t.Errorf("no story about %s", p.ID)
		}
	}
	if _, err := Rewrite(&model.System{}, "macro"); err == nil {
		t.Error("an unknown preset is no error")
	}
}

const shop = `
system: web shop
services:
  storefront:
    exposed: true
    depends_on: {orders: {}, email: {needs: soft}}
  orders:
    depends_on: {payments: {answer: later}, orders-db: {access: write}}
  payments: {}
  email: {}
stores:
  orders-db: {}
designs:
  mono: {preset: monolith}
  events:
    preset: event-driven
    channels: {events: {retention: 1h}}
  lean:
    services:
      storefront: {depends_on: {email: null}}
      email: null
  more:
    services: {chat: {exposed: true}}
  wrong: {services: {storefront: {depends_on: {emial: null}}}}
  broken: {services: {storefront: {depends_on: {chat: {}}}}}
`

func TestApply(t *testing.T) {
	base := parse(t, shop)
	before := written(base)
	apply := func(id string) *model.System {
		t.Helper()
		s, ds := Apply(base, id, model.Limits{})
		if s == nil {
			t.Fatal(ds)
		}
		if s.Design != id || len(s.Designs) != len(base.Designs) {
			t.Errorf("%s: design %q with %d designs", id, s.Design, len(s.Designs))
		}
		return s
	}
	if got := written(apply("base")); !bytes.Equal(got, before) {
		t.Errorf("base is\n%s", got)
	}
	if s := apply("mono"); len(s.Units) != 1 || s.Units[0].ID != "web-shop" {
		t.Errorf("units %v", s.Units)
	}
	s := apply("events")
	if len(s.Channels) != 1 || s.Channels[0].Retention == 0 || s.Channels[0].Runtime != model.Managed {
		t.Errorf("channels %+v", s.Channels)
	}
	if got := journeys(s); got != journeys(base) {
		t.Errorf("journeys %s, those of the base are %s", got, journeys(base))
	}
	s = apply("lean")
	if len(s.Services) != 3 || len(s.Services[0].DependsOn) != 1 {
		t.Errorf("services %v", serviceIDs(s))
	}
	if p := s.Services[1].Pos; p != base.Services[1].Pos || p.File != "architecture.yaml" {
		t.Errorf("orders stands at %v", p)
	}
	if got := journeys(apply("more")); got != "storefront chat" {
		t.Errorf("journeys %s", got)
	}
	if !bytes.Equal(written(base), before) {
		t.Error("the base was changed")
	}
}

func journeys(s *model.System) string {
	var entries []string
	for _, j := range s.Journeys {
		entries = append(entries, j.Entry)
	}
	return strings.Join(entries, " ")
}

func TestApplyErrors(t *testing.T) {
	base := parse(t, shop)
	for id, want := range map[string]struct{ text, pos string }{
		"evnets": {`did you mean "events"?`, "architecture.yaml"},
		"x\x1b":  {"known designs: base, mono, events, lean, more, wrong, broken", "architecture.yaml"},
		"wrong":  {"emial", "architecture.yaml:24:48"},
		"broken": {"chat", "architecture.yaml:25:49"},
	} {
		s, ds := Apply(base, id, model.Limits{})
		if s != nil || !ds.HasErrors() {
			t.Errorf("%s: no error", id)
			continue
		}
		if text := ds[0].Message + " " + ds[0].Hint; !strings.Contains(text, want.text) || ds[0].Pos.String() != want.pos || strings.Contains(text, "\x1b") {
			t.Errorf("%s: %v %s", id, ds[0].Pos, text)
		}
	}
	for _, key := range fixed {
		tree, ds := model.ReadYAML("a.yaml", []byte(key+": {}\n"), model.Limits{})
		if tree == nil {
			t.Fatal(ds)
		}
		base.Designs[0].Patch = tree
		if s, ds := Apply(base, "mono", model.Limits{}); s != nil || ds[0].Rule != "fixed-key" || ds[0].Pos.Line != 1 {
			t.Errorf("%s can be patched: %v", key, ds)
		}
	}
}

func TestApplyKeepsTheLimit(t *testing.T) {
	base := parse(t, shop) // 5 elements, 6 designs and the base
	lim := model.DefaultLimits()
	lim.DesignTotal = 5 * 7
	if s, ds := Apply(base, "mono", lim); s == nil {
		t.Error(ds)
	}
	lim.DesignTotal--
	if s, ds := Apply(base, "mono", lim); s != nil || ds[0].Rule != "limit" || !strings.Contains(ds[0].Message, "design-elements") {
		t.Error("past the limit:", ds)
	}
}

func TestMergedStore(t *testing.T) {
	base := parse(t, `
system: shop
services:
  a: {depends_on: {x: {access: read, timeout: 1s}, y: {access: write, timeout: 2s, retries: 2, knows: internals}, "any_of:x,z": {at_least: 2}}}
stores:
  x: {kind: cache, domain: d, owner: o, tier: 2, partitioned: true, encrypted: true, capacity: 10/s, cost: {replica_hour: 1, free: {requests: 9}}, lifecycle: experimental}
  y: {kind: document, domain: d, owner: o, tier: 1, partitioned: true, encrypted: true, capacity: 5/s, cost: {replica_hour: 2, free: {requests: 3}}, tags: [t]}
  z: {kind: cache, domain: e, owner: o, partitioned: true, tags: [t, u], runtime: managed}
`)
	p, _ := Find(model.PresetMonolith)
	s := p.Apply(base)
	got := string(written(s))
	for _, want := range []string{
		"shop-store: {timeout: 2s, retries: 2, calls: 3, access: read-write, knows: internals}",
		"owner: o", "tier: 1", "tags: [t, u]", "kind: cache", "capacity: 10/s", "partitioned: true", "cost: {replica_hour: 2, free: {requests: 3}}",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if x := s.Stores[0]; x.Encrypted != nil || x.Domain != "" || x.Lifecycle != model.Production || x.Runtime != model.Server {
		t.Errorf("merged store %+v", x)
	}
}

func TestBusOfEverybodyStays(t *testing.T) {
	var b strings.Builder
	b.WriteString("system: shop\nservices:\n")
	for i := range 1001 {
		b.WriteString("  s" + strings.Repeat("x", i%100) + string(rune('a'+i%26)) + "-" + strings.Repeat("y", i/100) + "z: {publishes: [bus], consumes: [bus]}\n")
	}
	b.WriteString("channels: {bus: {}}\n")
	p, _ := Find(model.PresetMonolith)
	s := p.Apply(parse(t, b.String()))
	if len(s.Channels) != 1 || len(s.Notes) != 1 || !strings.Contains(s.Notes[0], "1002001 calls") {
		t.Errorf("channels %v, notes %v", s.Channels, s.Notes)
	}
}
