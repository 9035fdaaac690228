package design

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/taut-dev/taut/model"
)

// systems draws the text of a small valid file that uses everything a preset
// looks at.
func systems(t *rapid.T) string {
	n := rapid.IntRange(1, 6).Draw(t, "services")
	stores := rapid.IntRange(0, 3).Draw(t, "stores")
	channels := rapid.IntRange(0, 2).Draw(t, "channels")
	var b strings.Builder
	b.WriteString("system: " + rapid.SampledFrom([]string{"web shop", "shop", "s0", "Ünï"}).Draw(t, "name") + "\n")
	pick := func(label string, words ...string) string { return rapid.SampledFrom(words).Draw(t, label) }
	b.WriteString("services:\n")
	for i := range n {
		fmt.Fprintf(&b, "  s%d:\n    owner: %s\n", i, pick("owner", "a", "b"))
		b.WriteString(pick("runtime", "", "    runtime: server\n", "    runtime: function\n", "    runtime: managed\n"))
		b.WriteString(pick("keep", "", "", "    keep: monolith\n"))
		b.WriteString(pick("more", "", "    availability: 99.5%\n", "    exposed: true\n", "    cost: {replica_hour: 0.1, gb_second: 0.2}\n", "    cost: {replica_hour: 0.1}\n", "    scaling: {min: 2, max: 5}\n"))
		b.WriteString(pick("ground", "", "", "    runs_on: [p0]\n"))
		calls := ""
		for j := range n {
			if j != i {
				calls += pick("call", "", "", "",
					fmt.Sprintf("s%d: {}, ", j), fmt.Sprintf("s%d: {answer: later, calls: 2}, ", j), fmt.Sprintf("s%d: {needs: soft, answer: later}, ", j),
					fmt.Sprintf("s%d: {knows: internals, retries: 2}, ", j), fmt.Sprintf("s%d: {fallback: x}, ", j), fmt.Sprintf("'any_of:s%d,x0': {answer: later}, ", j))
			}
		}
		for j := range stores {
			calls += pick("use", "", fmt.Sprintf("d%d: {}, ", j), fmt.Sprintf("d%d: {access: write}, ", j), fmt.Sprintf("d%d: {access: read-write, needs: soft}, ", j), fmt.Sprintf("'any_of:d%d,x0': {}, ", j))
		}
		fmt.Fprintf(&b, "    depends_on: {%s}\n", calls)
		pubs, cons := "", ""
		for j := range channels {
			pubs += pick("publish", "", "", fmt.Sprintf("c%d: {events: [e0]}, ", j), fmt.Sprintf("c%d: {events: [e0, e1], outbox: true}, ", j), fmt.Sprintf("c%d: {needs: soft}, ", j))
			cons += pick("consume", "", "", fmt.Sprintf("c%d: {events: [e1]}, ", j), fmt.Sprintf("c%d: {}, ", j), fmt.Sprintf("c%d: {events: [e0], awaits: true}, ", j))
		}
		fmt.Fprintf(&b, "    publishes: {%s}\n    consumes: {%s}\n", pubs, cons)
	}
	b.WriteString("externals: {x0: {}}\nplatforms: {p0: {}, p1: {}}\n")
	if stores > 0 {
		b.WriteString("stores:\n")
	}
	for j := range stores {
		fmt.Fprintf(&b, "  d%d: {%s}\n", j, pick("store", "", "availability: 99%, encrypted: true", "encrypted: false, data: [pii], owner: a", "runs_on: [p1], capacity: 10/s", "partitioned: true, encrypted: true"))
	}
	if channels > 0 {
		b.WriteString("channels:\n")
	}
	for j := range channels {
		fmt.Fprintf(&b, "  c%d: {kind: %s}\n", j, pick("kind", "queue", "router", "topic"))
	}
	b.WriteString(units(t, n))
	b.WriteString(pick("journeys", "", "journeys: {j: {entry: s0}}\n"))
	return b.String()
}

func units(t *rapid.T, n int) string {
	k := rapid.IntRange(0, n).Draw(t, "in units")
	if k == 0 {
		return ""
	}
	cut := rapid.IntRange(1, k).Draw(t, "cut")
	ids := func(from, to int) string {
		var s []string
		for i := from; i < to; i++ {
			s = append(s, fmt.Sprintf("s%d", i))
		}
		return strings.Join(s, ", ")
	}
	more := rapid.SampledFrom([]string{"", ", runtime: server, availability: 99%", ", replicas: {min: 2, max: 9}, runs_on: [p1]", ", cost: {replica_hour: 1}, isolation: process"}).Draw(t, "unit")
	text := fmt.Sprintf("units:\n  shop: {services: [%s]%s}\n", ids(0, cut), more)
	if cut < k {
		text += fmt.Sprintf("  u1: {services: [%s]}\n", ids(cut, k))
	}
	return text
}

func parse(t rapid.TB, text string) *model.System {
	t.Helper()
	s, ds := model.Parse("architecture.yaml", []byte(text), model.Limits{})
	if s == nil {
		t.Fatalf("%v in\n%s", ds, text)
	}
	return s
}

func written(s *model.System) []byte { return model.FormatYAML(model.Encode(s)) }

func TestLawsOfPresets(t *testing.T) {
	for _, p := range Presets() {
		t.Run(string(p.ID), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				base := parse(t, systems(t))
				before := Clone(base)
				once := p.Apply(base)
				if !reflect.DeepEqual(base, before) {
					t.Fatal("the argument was changed")
				}
				text := written(once)
				if twice := written(p.Apply(once)); !bytes.Equal(text, twice) {
					t.Fatalf("once\n%s\ntwice\n%s", text, twice)
				}
				again := parse(t, string(text))
				if reread := written(again); !bytes.Equal(text, reread) {
					t.Fatalf("written\n%s\nread and written\n%s", text, reread)
				}
				if reread := written(p.Apply(again)); !bytes.Equal(text, reread) {
					t.Fatalf("written\n%s\nread and applied\n%s", text, reread)
				}
				if a, b := serviceIDs(base), serviceIDs(once); !slices.Equal(a, b) {
					t.Fatalf("services %v became %v", a, b)
				}
				check(t, p.ID, base, once)
				node, err := Rewrite(base, p.ID)
				if err != nil {
					t.Fatal(err)
				}
				parse(t, string(model.FormatYAML(node)))
			})
		})
	}
}

// check is what each preset promises of its result.
func check(t *rapid.T, id model.Preset, base, s *model.System) {
	switch id {
	case model.PresetMonolith:
		if len(s.Units) != 1 || len(s.Units[0].Services) != len(s.Services) || s.Units[0].Isolation != model.NoIsolation {
			t.Fatalf("units %+v", s.Units)
		}
		if used := usedStores(s); len(used) > 1 {
			t.Fatalf("stores %v", used)
		}
		for _, c := range s.Channels {
			if x := begin(s).channelEnds()[c.ID]; len(x.from) > 0 && len(x.to) > 0 {
				t.Fatalf("channel %s is still inside", c.ID)
			}
		}
	case model.PresetHybrid:
		for _, u := range s.Units {
			for _, id := range u.Services {
				if len(u.Services) > 1 && begin(s).services[id].Keep != "monolith" {
					t.Fatalf("%s is in unit %s", id, u.ID)
				}
			}
		}
	default:
		for _, u := range s.Units {
			if len(u.Services) > 1 {
				t.Fatalf("unit %s holds %v", u.ID, u.Services)
			}
		}
		for id, us := range begin(s).users() {
			if parties(us) > 1 {
				t.Fatalf("store %s has %d users", id, len(us))
			}
		}
	}
	if id == model.PresetServerless || id == model.PresetEventDriven {
		checkEvents(t, s)
	}
	if id == model.PresetServerless {
		for _, x := range s.Services {
			if x.Runtime != model.Function && x.Runtime != model.Managed {
				t.Fatalf("%s runs as %s", x.ID, x.Runtime)
			}
		}
	}
}

func parties(us []use) int {
	var ids []string
	for _, u := range us {
		if !slices.Contains(ids, u.service.ID) {
			ids = append(ids, u.service.ID)
		}
	}
	return len(ids)
}

func checkEvents(t *rapid.T, s *model.System) {
	e := begin(s)
	for _, x := range s.Services {
		for _, d := range x.DependsOn {
			if d.AnswerLater && !d.AnyOf && e.services[d.To[0]] != nil {
				t.Fatalf("%s still calls %s", x.ID, d.To[0])
			}
		}
		for _, c := range x.Consumes {
			if c.Awaits && len(c.Events) == 1 && strings.HasSuffix(c.Events[0], ".reply") {
				from := e.channelEnds()[c.From].from
				if !slices.ContainsFunc(from, func(p end) bool { return p.service.ID == strings.TrimSuffix(c.Events[0], ".reply") }) {
					t.Fatalf("nobody answers %s", x.ID)
				}
			}
		}
	}
}

func serviceIDs(s *model.System) (ids []string) {
	for _, x := range s.Services {
		ids = append(ids, x.ID)
	}
	return ids
}

func usedStores(s *model.System) (ids []string) {
	by := begin(s).users()
	for _, x := range s.Stores {
		if len(by[x.ID]) > 0 {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

// TestThereAndBack checks that taking a monolith apart again loses no service
// and no journey.
func TestThereAndBack(t *testing.T) {
	mono, _ := Find(model.PresetMonolith)
	micro, _ := Find(model.PresetMicroservices)
	rapid.Check(t, func(t *rapid.T) {
		base := parse(t, systems(t))
		back := micro.Apply(mono.Apply(base))
		if !slices.Equal(serviceIDs(base), serviceIDs(back)) {
			t.Fatal("services changed")
		}
		if len(base.Journeys) != len(back.Journeys) {
			t.Fatal("journeys changed")
		}
		for i, j := range base.Journeys {
			if k := back.Journeys[i]; j.ID != k.ID || j.Entry != k.Entry {
				t.Fatalf("journey %+v became %+v", j, k)
			}
		}
	})
}
