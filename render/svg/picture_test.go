package svg

import (
	"bytes"
	"context"
	"encoding/xml"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/render/scene"
)

var update = flag.Bool("update", false, "rewrite testdata")

// example reads one of the examples.
func example(t testing.TB, name string) *model.System {
	t.Helper()
	s, ds := model.Load(os.DirFS(filepath.Join("..", "..", "examples", name)), "architecture.yaml", model.LoadOptions{Limits: model.DefaultLimits()})
	if s == nil {
		t.Fatalf("example %s: %v", name, ds)
	}
	return s
}

// awkward is a system whose every name is one of naughty.
func awkward() *model.System {
	s := &model.System{Name: naughty[4], Description: naughty[6]}
	for i, n := range naughty {
		x := &model.Service{Entity: model.Entity{ID: fmt.Sprintf("s%d", i), Name: n, Owner: naughty[(i+3)%len(naughty)],
			Domain: naughty[(i*7)%9], Tier: 3, URL: n, Description: n}, Runtime: model.Runtime([]string{"server", "container", "function", "managed"}[i%4])}
		x.Exposed = i%5 == 0
		if i > 0 {
			x.DependsOn = []model.Dependency{{To: []string{fmt.Sprintf("s%d", i/2)}, Soft: i%3 == 0, Calls: float64(i), Knows: model.KnowsContract}}
			x.DependsOn = append(x.DependsOn, model.Dependency{To: []string{fmt.Sprintf("d%d", i%4)}, Access: model.Write, Calls: 1})
		}
		if i%6 == 1 {
			x.Publishes = []model.Publication{{To: "q", Calls: 1}}
		} else if i%6 == 2 {
			x.Consumes = []model.Consumption{{From: "q"}}
		}
		x.Scaling = &model.Scaling{Duration: 50 * time.Millisecond, Concurrency: 1, Min: 1, Startup: time.Duration(i) * time.Second, TargetUtilisation: 0.7}
		s.Services = append(s.Services, x)
	}
	s.Services[9].Load = &model.Demand{Rate: model.PerSecond(3), Peak: model.PerSecond(300), PeakDuration: time.Minute}
	for i := range 4 {
		s.Stores = append(s.Stores, &model.Store{Entity: model.Entity{ID: fmt.Sprintf("d%d", i), Name: naughty[13+i], URL: "javascript:alert(1)"}})
	}
	s.Channels = []*model.Channel{{Entity: model.Entity{ID: "q", Name: naughty[13]}, Kind: model.Queue}}
	s.Externals = []*model.External{{Entity: model.Entity{ID: "e", Name: naughty[4], URL: "https://example.org/?a=1&b=2"}}}
	s.Platforms = []*model.Platform{{Entity: model.Entity{ID: "p", Name: naughty[15]}}}
	s.Services[0].RunsOn = []model.Ground{{To: []string{"p"}, AtLeast: 1}}
	s.Journeys = []*model.Journey{{ID: "j", Name: naughty[4], Entry: "s0", Requires: []string{"s9"}}}
	return s
}

// comparisonOf compares presets of a system, with the first service failing
// and another in a spike.
func comparisonOf(s *model.System, presets ...model.Preset) *scene.Comparison {
	c := &scene.Comparison{System: s.Name, Facts: []string{"facts", naughty[4]}, Failure: []string{s.Services[0].Label(), "crashes"}, Spike: []string{"10×"}}
	for _, p := range design.Presets() {
		if !slices.Contains(presets, p.ID) {
			continue
		}
		g := graph.Build(p.Apply(s))
		r := scaling.Analyze(g)
		at := int32(g.Services() / 2)
		spiked := scaling.Spike(g, r, at)
		c.Columns = append(c.Columns, scene.Column{Title: string(p.ID), Note: naughty[4], Graph: g, Failed: []int32{at}, States: blast.States(g, at),
			Copies: scene.CopiesOf(r, spiked), Backlogs: scene.BacklogsOf(spiked, 0),
			Headlines: []scene.Headline{{Value: "1 of 2", Caption: "others " + naughty[16], Tone: scene.Worse}, {Value: "0.5", Caption: "tightness"}}, Price: []string{naughty[4], naughty[18]}})
	}
	return c
}

// pictures paints everything that can be painted.
func pictures(t testing.TB, th Theme) map[string][]byte {
	out := map[string][]byte{}
	systems := map[string]*model.System{"shop": example(t, "shop"), "bank": example(t, "bank"), "ticketing": example(t, "ticketing"), "awkward": awkward()}
	o := Options{Theme: th, Source: naughty[4], Version: "1", Design: "base"}
	for name, s := range systems {
		f := metric.NewFacts(context.Background(), s, metric.Options{})
		for _, v := range scene.Views() {
			sc, err := v.Build(f, scene.Options{})
			if err != nil {
				t.Fatalf("%s %s: %v", name, v.ID, err)
			}
			var b bytes.Buffer
			if err := Write(&b, &sc, o); err != nil {
				t.Fatal(err)
			}
			out[name+" "+v.ID] = b.Bytes()
		}
		var b bytes.Buffer
		if err := Compare(&b, comparisonOf(s, model.PresetMonolith, model.PresetEventDriven, model.PresetHybrid), o); err != nil {
			t.Fatal(err)
		}
		out[name+" compare"] = b.Bytes()
	}
	return out
}

// allowed is every element and attribute that a picture may hold.
var allowed = regexp.MustCompile(`^(svg|title|desc|style|defs|pattern|g|a|rect|path|circle|ellipse|text|tspan)$`)
var attributes = regexp.MustCompile(`^(xmlns|class|id|x|y|cx|cy|r|rx|ry|d|width|height|viewBox|role|aria-labelledby|transform|patternUnits|patternTransform|fill|style|href|target|rel|data-[a-z]+)$`)
var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]{1,2})?$`)

func TestPicturesAreWellFormedAndInert(t *testing.T) {
	for _, th := range Themes() {
		for name, data := range pictures(t, th) {
			checkPicture(t, string(th)+" "+name, data)
		}
	}
}

func checkPicture(t *testing.T, name string, data []byte) {
	t.Helper()
	ids := map[string]bool{}
	list := elements(t, data)
	for _, e := range list {
		for _, a := range e.Attr {
			if a.Name.Local == "id" {
				if ids[a.Value] {
					t.Errorf("%s: id %q twice", name, a.Value)
				}
				ids[a.Value] = true
			}
		}
	}
	for _, e := range list {
		if !allowed.MatchString(e.Name.Local) {
			t.Errorf("%s: element %s", name, e.Name.Local)
		}
		for _, a := range e.Attr {
			checkAttribute(t, name, a, ids)
		}
	}
}

func checkAttribute(t *testing.T, name string, a xml.Attr, ids map[string]bool) {
	t.Helper()
	key := a.Name.Local
	switch {
	case !attributes.MatchString(key):
		t.Errorf("%s: attribute %s", name, key)
	case key == "href":
		if _, ok := link(a.Value); !ok {
			t.Errorf("%s: link to %q", name, a.Value)
		}
	case key == "fill":
		if id := strings.TrimSuffix(strings.TrimPrefix(a.Value, "url(#"), ")"); !ids[id] {
			t.Errorf("%s: fill %q refers to nothing", name, a.Value)
		}
	case key == "style":
		t.Errorf("%s: style %q", name, a.Value)
	case slices.Contains([]string{"x", "y", "cx", "cy", "r", "rx", "ry", "width", "height"}, key) && !number.MatchString(a.Value):
		t.Errorf("%s: %s=%q is no short number", name, key, a.Value)
	}
}

func TestPicturesAreTheSameEveryTime(t *testing.T) {
	first, second := pictures(t, Auto), pictures(t, Auto)
	for name, data := range first {
		if !bytes.Equal(data, second[name]) {
			t.Errorf("%s: two runs differ", name)
		}
	}
}

// TestBoxesStayInThePicture finds rectangles, lines of text and so on that
// begin outside the paper.
func TestBoxesStayInThePicture(t *testing.T) {
	for name, data := range pictures(t, Light) {
		list := elements(t, data)
		w, h := value(list[0], "width"), value(list[0], "height")
		shift := 0
		for _, e := range list {
			if e.Name.Local == "g" && get(e, "transform") != "" {
				shift++ // inside, coordinates have another origin
			}
			if e.Name.Local != "rect" || shift > 0 || get(e, "x") == "" {
				continue
			}
			if x, y := value(e, "x"), value(e, "y"); x < 0 || y < 0 || x+value(e, "width") > w || y+value(e, "height") > h {
				t.Errorf("%s: a box at %v,%v is outside %v × %v", name, x, y, w, h)
			}
		}
	}
}

func get(e xml.StartElement, key string) string {
	for _, a := range e.Attr {
		if a.Name.Local == key {
			return a.Value
		}
	}
	return ""
}

func value(e xml.StartElement, key string) float64 {
	f, _ := strconv.ParseFloat(get(e, key), 64)
	return f
}

func TestGolden(t *testing.T) {
	d := scene.Drawing{
		Groups: []string{"web", "data"}, GroupWord: "team",
		Nodes: []scene.Node{
			{ID: "a", Label: "Front", Group: 0, Frame: -1, Attach: -1, Replicas: 3, Exposed: true, Impact: scene.Degraded},
			{ID: "b", Label: "Back & <co>", Kind: scene.Function, Group: 1, Frame: -1, Attach: -1, Impact: scene.Failed, URL: "https://example.org"},
			{ID: "db", Label: "db", Kind: scene.Store, Group: 1, Frame: -1, Attach: 1},
		},
		Edges: []scene.Edge{{From: 0, To: 1, Meaning: scene.SoftCall, Calls: 1, Cross: true}, {From: 1, To: 2, Meaning: scene.Use, Calls: 1}},
	}
	s := &scene.Scene{View: "services", Title: "small", Subtitle: "a golden picture", Drawing: d, Headlines: []scene.Headline{{Value: "1", Caption: "thing", Tone: scene.Worse}}}
	var b bytes.Buffer
	if err := Write(&b, s, Options{Theme: Light, Version: "1"}); err != nil {
		t.Fatal(err)
	}
	const file = "testdata/small.svg"
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(want, b.Bytes()) {
		t.Errorf("%s differs (%v); look at the new picture and run go test ./render/svg -update", file, err)
	}
}

func TestCompareRefusesTooManyColumns(t *testing.T) {
	if err := Compare(&bytes.Buffer{}, &scene.Comparison{}, Options{}); err == nil {
		t.Error("no columns should be refused")
	}
}

// TestPageStyleHoldsAllThatPicturesNeed paints for a page: no style of its own,
// no title, and every rule in the style of the page.
func TestPageStyleHoldsAllThatPicturesNeed(t *testing.T) {
	f := metric.NewFacts(context.Background(), example(t, "shop"), metric.Options{})
	s, err := scene.Views()[0].Build(f, scene.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, &s, Options{Page: true, Prefix: "p"}); err != nil {
		t.Fatal(err)
	}
	for _, no := range []string{"<style", "style=", `class="h1"`, ">taut<"} {
		if bytes.Contains(b.Bytes(), []byte(no)) {
			t.Errorf("a picture for a page has %s", no)
		}
	}
	page := PageStyle()
	for _, r := range rules {
		if !strings.Contains(page, scoped(r, Light)) {
			t.Errorf("the page misses %s", r)
		}
	}
	for _, c := range colours {
		for _, value := range []lit{c.light, c.dark, c.print} {
			if !strings.Contains(page, "--"+string(c.role)+":"+string(value)) {
				t.Errorf("the page misses %s %s", c.role, value)
			}
		}
	}
}
