package scene

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
)

// parse reads a system from YAML.
func parse(t testing.TB, text string) *model.System {
	t.Helper()
	s, ds := model.Parse("test.yaml", []byte(text), model.DefaultLimits())
	if s == nil {
		t.Fatalf("%v", ds)
	}
	return s
}

func shop(t testing.TB) *model.System {
	t.Helper()
	s, ds := model.Load(os.DirFS(filepath.Join("..", "..", "examples", "shop")), "architecture.yaml", model.LoadOptions{Limits: model.DefaultLimits()})
	if s == nil {
		t.Fatalf("%v", ds)
	}
	return s
}

// build builds one view.
func build(t testing.TB, s *model.System, view string, o Options) Scene {
	t.Helper()
	for _, v := range Views() {
		if v.ID == view {
			sc, err := v.Build(metric.NewFacts(context.Background(), s, metric.Options{}), o)
			if err != nil {
				t.Fatal(err)
			}
			return sc
		}
	}
	t.Fatalf("no view %s", view)
	return Scene{}
}

func (d *Drawing) labels() string {
	var out []string
	for i := range d.Nodes {
		out = append(out, d.Nodes[i].ID)
	}
	return strings.Join(out, " ")
}

// lines lists edges as "a>b", with the meaning's number.
func (d *Drawing) lines() string {
	var out []string
	for _, e := range d.Edges {
		from := "frame"
		if e.From >= 0 {
			from = d.Nodes[e.From].ID
		}
		out = append(out, fmt.Sprintf("%s>%s:%d", from, d.Nodes[e.To].ID, e.Meaning))
	}
	return strings.Join(out, " ")
}

const small = `
system: small
teams: {t: {name: Team T}}
services:
  a: {owner: t, domain: x, exposed: true, depends_on: [b, {to: c, needs: soft}, {to: b, knows: internals, calls: 3}, db]}
  b: {owner: u, domain: x, publishes: [bus], runtime: function}
  c: {domain: y, consumes: [bus], depends_on: [out], runs_on: [ground]}
stores: {db: {}}
channels: {bus: {kind: queue}}
externals: {out: {}}
platforms: {ground: {}}
`

func TestDrawing(t *testing.T) {
	s := parse(t, strings.Replace(small, ", {to: b, knows: internals, calls: 3}", "", 1))
	d := build(t, s, "services", Options{}).Drawing
	if got, want := d.labels(), "a b c db bus out ground"; got != want {
		t.Errorf("nodes %s, want %s", got, want)
	}
	if got, want := d.lines(), "a>b:0 a>c:1 a>db:3 b>bus:2 c>out:0 bus>c:2 c>ground:4"; got != want {
		t.Errorf("edges %s, want %s", got, want)
	}
	if d.Nodes[3].Attach != 0 || d.Nodes[1].Kind != Function || d.Nodes[4].Kind != Queue || !d.Nodes[0].Exposed {
		t.Errorf("kinds and attachments are wrong: %+v", d.Nodes)
	}
	if !d.Edges[0].Cross || d.Edges[1].Cross {
		t.Error("only a to b crosses teams: c has no owner")
	}
	if want := []string{"Team T", "u"}; !slices.Equal(d.Groups, want) || d.GroupWord != "team" {
		t.Errorf("groups %v (%s), want %v", d.Groups, d.GroupWord, want)
	}
	if len(d.Frames) != 2 || d.Frames[0].Label != "x" || d.Nodes[2].Frame != 1 {
		t.Errorf("frames %+v", d.Frames)
	}
	if f := build(t, s, "services", Options{By: "team"}).Drawing.Frames; len(f) != 2 || f[0].Label != "Team T" || f[0].Group != 0 {
		t.Errorf("frames by team: %+v", f)
	}
}

func TestFocus(t *testing.T) {
	s := build(t, shop(t), "services", Options{Focus: "payments", Depth: 1})
	if got, want := s.Drawing.labels(), "orders payments payments-db stripe adyen"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(s.Messages) != 1 || !strings.Contains(s.Messages[0], "1 step of Payments") {
		t.Errorf("messages %q", s.Messages)
	}
}

func TestUnknownNamesAreErrors(t *testing.T) {
	f := metric.NewFacts(context.Background(), shop(t), metric.Options{})
	for view, o := range map[string]Options{"services": {Focus: "paymnts"}, "blast": {At: "paymnts"}, "surge": {At: "ordrs"}, "journey": {At: "nothing-like-it"}} {
		for _, v := range Views() {
			if v.ID != view {
				continue
			}
			if _, err := v.Build(f, o); err == nil || view != "journey" && !strings.Contains(err.Error(), "did you mean") {
				t.Errorf("%s: %v", view, err)
			}
		}
	}
	if _, err := surge(f, Options{At: "stripe"}); err == nil {
		t.Error("demand cannot rise at an external")
	}
}

func TestFolding(t *testing.T) {
	o := Options{MaxNodes: 5}
	s := build(t, shop(t), "services", o)
	if got := len(s.Drawing.Nodes); got > o.MaxNodes {
		t.Errorf("%d nodes after folding to %d", got, o.MaxNodes)
	}
	if len(s.Messages) != 1 || !strings.HasPrefix(s.Messages[0], "folded to") {
		t.Errorf("folding is not said: %q", s.Messages)
	}
	services, uses := 0, 0
	for _, n := range s.Drawing.Nodes {
		var k int
		if _, err := fmt.Sscanf(n.Sub, "%d service", &k); err != nil {
			t.Error(err)
		}
		services += k
	}
	for _, e := range s.Drawing.Edges {
		var k int
		fmt.Sscan(e.Label, &k)
		uses += k
	}
	if services != len(shop(t).Services) {
		t.Errorf("%d services are counted", services)
	}
	if uses == 0 {
		t.Error("no dependency is counted")
	}
	if s := build(t, shop(t), "matrix", o); len(s.Messages) == 0 {
		t.Error("a folded matrix has to say so")
	}
}

func TestWithoutTeamsALargeSystemFoldsToWhatDependsOnEachOther(t *testing.T) {
	text := "system: s\nservices:\n"
	for k := range 4 { // four hubs in a ring, each with its own hundred
		text += fmt.Sprintf("  hub%d: {depends_on: [hub%d]}\n", k, (k+1)%4)
		for i := range 100 {
			text += fmt.Sprintf("  s%d-%d: {depends_on: [hub%d]}\n", k, i, k)
		}
	}
	s := build(t, parse(t, text), "services", Options{})
	var got []string
	for _, n := range s.Drawing.Nodes {
		got = append(got, n.Label)
	}
	if want := "round hub0, round hub1, round hub2, round hub3"; strings.Join(got, ", ") != want {
		t.Errorf("folded to %q, want %q", got, want)
	}
	if len(s.Messages) != 1 || !strings.Contains(s.Messages[0], "give services domain: or owner:") {
		t.Errorf("messages %q", s.Messages)
	}
}

func TestWhatOneDomainAloneUsesStandsInItsFrame(t *testing.T) {
	d := build(t, parse(t, `
system: s
services:
  a: {domain: x, depends_on: [ours, theirs, ext], publishes: [{to: q}]}
  b: {domain: x, depends_on: [ours], consumes: [{from: q}]}
  c: {domain: y, depends_on: [theirs]}
stores: {ours: , theirs: }
channels: {q: }
externals: {ext: }
`), "services", Options{}).Drawing
	var got []string
	for _, n := range d.Nodes {
		in := "-"
		if n.Frame >= 0 {
			in = d.Frames[n.Frame].ID
		}
		got = append(got, n.ID+":"+in)
	}
	if want := "a:x b:x c:y ours:x theirs:- q:x ext:x"; strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

func TestTeamsThatAllDependOnEachOtherAreAMatrix(t *testing.T) {
	text := "system: s\nservices:\n"
	for _, a := range "abcde" {
		text += fmt.Sprintf("  %c1: {owner: %c, depends_on: [%c2", a, a, a)
		for _, b := range "abcde" {
			if a != b {
				text += fmt.Sprintf(", %c2", b)
			}
		}
		text += fmt.Sprintf("]}\n  %c2: {owner: %c, consumes: [{from: q}]}\n", a, a)
	}
	s := build(t, parse(t, text+"  p: {owner: a, publishes: [{to: q}]}\nchannels: {q: }"), "teams", Options{})
	if s.Matrix == nil {
		t.Fatal("no matrix")
	}
	sum, inside := 0, 0
	for _, k := range s.Matrix.Marks {
		if k.Row == k.Col {
			inside += k.Count
		} else {
			sum += k.Count
		}
	}
	if sum != 24 || inside != 6 || s.Matrix.Most != 2 {
		t.Errorf("%d between, %d inside, at most %d", sum, inside, s.Matrix.Most)
	}
	if want := "the numbers between two teams add up to 24: 20 calls, 4 events taken"; !slices.Contains(s.Messages, want) {
		t.Errorf("messages %q", s.Messages)
	}
}

func TestMatrixOrderMakesCyclesBlocks(t *testing.T) {
	s := parse(t, `
system: m
services:
  low:
  x: {depends_on: [y]}
  top: {depends_on: [x, low]}
  y: {depends_on: [z]}
  z: {depends_on: [x, low]}
`)
	m := build(t, s, "matrix", Options{}).Matrix
	if got, want := strings.Join(m.Labels, " "), "top x y z low"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	if want := []Block{{1, 4}}; !slices.Equal(m.Blocks, want) {
		t.Errorf("blocks %v, want %v", m.Blocks, want)
	}
	for _, k := range m.Marks {
		if k.Row > k.Col && (k.Col < 1 || k.Row >= 4) {
			t.Errorf("mark %v is below the diagonal and in no block", k)
		}
	}
}

func TestBlast(t *testing.T) {
	sys := shop(t)
	s := build(t, sys, "blast", Options{At: "payments"})
	g := graph.Build(sys)
	at, _ := g.Lookup("payments")
	states := blast.States(g, at)
	for i := range s.Drawing.Nodes {
		n := &s.Drawing.Nodes[i]
		v, _ := g.Lookup(n.ID)
		want := [...]Impact{Works, Delayed, Degraded, Down}[states[v]]
		if v == at {
			want = Failed
		}
		if n.Impact != want {
			t.Errorf("%s: %s, want %s", n.ID, n.Impact.Word(), want.Word())
		}
	}
	if len(s.Headlines) == 0 || s.Subtitle != "Payments fails" {
		t.Errorf("%q %v", s.Subtitle, s.Headlines)
	}
	for i := Delayed; i <= Failed; i++ {
		if i.Letter() == "" || i.Word() == "" {
			t.Errorf("impact %d is told by colour alone", i)
		}
	}
}

func TestViewsAreTheSameEveryTime(t *testing.T) {
	for _, v := range Views() {
		a, b := build(t, shop(t), v.ID, Options{}), build(t, shop(t), v.ID, Options{})
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%s: two runs differ", v.ID)
		}
		if a.Title != "web shop" || a.Subtitle == "" || a.View == "" {
			t.Errorf("%s: title %q, subtitle %q", v.ID, a.Title, a.Subtitle)
		}
	}
}

// columns applies presets.
func columns(s *model.System, presets ...model.Preset) []Column {
	var out []Column
	for _, p := range design.Presets() {
		if slices.Contains(presets, p.ID) {
			out = append(out, Column{Title: string(p.ID), Graph: graph.Build(p.Apply(s))})
		}
	}
	return out
}

func TestArrange(t *testing.T) {
	a := arrange(columns(shop(t), model.PresetMonolith, model.PresetEventDriven, model.PresetHybrid))
	taken := map[Cell]string{}
	for _, id := range a.ids {
		c, ok := a.cell[id]
		if !ok || taken[c] != "" || c.Col < 0 || c.Col >= a.cols {
			t.Errorf("%s stands at %v with %q", id, c, taken[c])
		}
		taken[c] = id
	}
	for _, id := range []string{"storefront", "catalogue", "search", "cart"} {
		if a.cell[id].Row >= a.above {
			t.Errorf("%s starts things and belongs above the channels", id)
		}
	}
	for _, id := range []string{"payments", "inventory", "shipping", "email"} {
		if a.cell[id].Row < a.above {
			t.Errorf("%s works off events and belongs below the channels", id)
		}
	}
	if x, y := a.cell["shipping"], a.cell["email"]; x.Row != y.Row || abs(x.Col-y.Col) != 1 {
		t.Errorf("shipping and email share a unit in the hybrid design and stand at %v, %v", x, y)
	}
	if a.cell["storefront"] != (Cell{}) {
		t.Errorf("the entry stands at %v, not first", a.cell["storefront"])
	}
}

func TestCaptions(t *testing.T) {
	c := &Comparison{Columns: columns(shop(t), model.PresetMonolith, model.PresetEventDriven)}
	for i := range c.Columns {
		g := c.Columns[i].Graph
		at, _ := g.Lookup("payments")
		c.Columns[i].Failed, c.Columns[i].States = []int32{at}, blast.States(g, at)
	}
	p := c.Panels()
	if got := p[0][ShapeRow].Caption; got != "1 thing to deploy, 1 store" {
		t.Error(got)
	}
	if got := p[0][FailureRow]; got.Caption != "8 of 8 others down" || got.Tone != Worse {
		t.Error(got.Caption, got.Tone)
	}
	if got := p[1][FailureRow]; !strings.HasPrefix(got.Caption, "none of 8 others down") || got.Tone != Better {
		t.Error(got.Caption, got.Tone)
	}
	if p[0][ShapeRow].Drawing.Frames[0].Impact != Unmarked || p[0][FailureRow].Drawing.Frames[0].Impact != Down {
		t.Error("a failure marks its own row only")
	}
}

func TestManyServicesBecomeSquares(t *testing.T) {
	var b strings.Builder
	b.WriteString("system: many\nservices:\n")
	for i := range MaxCards + 1 {
		fmt.Fprintf(&b, "  s%d: {depends_on: [s%d]}\n", i, (i+1)%(MaxCards+1))
	}
	c := &Comparison{Columns: columns(parse(t, b.String()), model.PresetMonolith, model.PresetMicroservices)}
	for _, col := range c.Panels() {
		d := col[ShapeRow].Drawing
		if len(d.Nodes) != MaxCards+1 || !d.Nodes[0].Tile || len(d.Edges) != 0 {
			t.Errorf("%d nodes, %d edges", len(d.Nodes), len(d.Edges))
		}
	}
	if len(c.Messages()) != 1 {
		t.Error("what is left out has to be said")
	}
}

func TestTeamsNeedOwners(t *testing.T) {
	for _, v := range Views() {
		if v.ID != "teams" {
			continue
		}
		if _, err := v.Build(metric.NewFacts(context.Background(), parse(t, "system: s\nservices: {a: }"), metric.Options{}), Options{}); err == nil || !strings.Contains(err.Error(), "owner: TEAM") {
			t.Errorf("got %v", err)
		}
	}
}

func TestLargestTeamsStandAlone(t *testing.T) {
	text := "system: s\nservices:\n"
	for i := range 200 {
		text += fmt.Sprintf("  s%d: {owner: t%d}\n", i, min(i, 90))
	}
	s := build(t, parse(t, text), "teams", Options{})
	if n := len(s.Drawing.Nodes); n != MaxFolded {
		t.Fatalf("%d nodes", n)
	}
	labels := map[string]string{}
	for _, n := range s.Drawing.Nodes {
		labels[n.Label] = n.Sub
	}
	if labels["t90"] != "110 services" || labels["all others"] != "32 services" || len(s.Messages) != 1 {
		t.Errorf("labels %v, messages %v", labels, s.Messages)
	}
}
