package scene

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// carried lists the edges that carry a failure as "a>b:D".
func (d *Drawing) carried() string {
	var out []string
	for _, e := range d.Edges {
		if l := e.Carries.Letter(); l != "" {
			out = append(out, d.Nodes[e.From].ID+">"+d.Nodes[e.To].ID+":"+l)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestEdgesCarryAFailure(t *testing.T) {
	for _, c := range []struct{ text, fail, want string }{
		{"a: {depends_on: [b]}\n  b: {depends_on: [{to: c, needs: soft}]}\n  c:", "c", "a>b:P b>c:P"},
		{"a: {depends_on: [b]}\n  b: {depends_on: [c]}\n  c:", "c", "a>b:D b>c:D"},
		{"a: {depends_on: [{any_of: [b, c]}]}\n  b:\n  c:", "c", ""},
		{"a: {publishes: [{to: q}]}\n  b: {consumes: [{from: q}]}\nchannels: {q: }", "q", "a>q:D q>b:W"},
	} {
		s := build(t, parse(t, "system: s\nservices:\n  "+c.text), "blast", Options{At: c.fail})
		if got := s.Drawing.carried(); got != c.want {
			t.Errorf("%s fails in %q: %q, want %q", c.fail, c.text, got, c.want)
		}
	}
}

// Whatever is hit has an edge that carries it, or stands in a unit that fails:
// the picture never shows a failure that jumps.
func TestNoFailureJumps(t *testing.T) {
	s := shop(t)
	for _, x := range s.Services {
		d := build(t, s, "blast", Options{At: x.ID}).Drawing
		for i, n := range d.Nodes {
			if n.Impact <= Works || n.Impact == Failed || n.Frame >= 0 {
				continue
			}
			if !slices.ContainsFunc(d.Edges, func(e Edge) bool { return e.Carries > Works && (e.From == i || e.To == i) }) {
				t.Errorf("%s fails: nothing carries it to %s", x.ID, n.ID)
			}
		}
	}
}

// A platform takes down all that stands on it, which is no news: without a name
// the worst service or store fails, and the journeys that stop are named.
func TestBlastChoosesAServiceOrStore(t *testing.T) {
	s := build(t, parse(t, `
system: s
services:
  a: {depends_on: [b], runs_on: [p]}
  b: {depends_on: [db], runs_on: [p]}
  c: {depends_on: [db], runs_on: [p]}
  d: {runs_on: [p]}
stores: {db: }
platforms: {p: }
journeys: {buy: {entry: a}, look: {entry: d}}
`), "blast", Options{})
	if !strings.HasPrefix(s.Subtitle, "db fails, the worst failure of a service or store") {
		t.Errorf("subtitle %q", s.Subtitle)
	}
	last := s.Headlines[len(s.Headlines)-1]
	if last.Value != "1 of 2" || last.Caption != "journey stops: buy" || last.Tone != Worse {
		t.Errorf("headline %+v", last)
	}
}

func TestUnitsShowWhatBindsThem(t *testing.T) {
	d := build(t, parse(t, `
system: s
services:
  a: {depends_on: [db, c]}
  b: {depends_on: [db]}
  c: {depends_on: [own, parts]}
  d: {depends_on: [parts]}
stores: {db: , own: , parts: {partitioned: true}}
units: {u: {services: [b]}}
`), "units", Options{}).Drawing
	if len(d.Frames) == 0 {
		t.Fatal("no frame")
	}
	f := slices.IndexFunc(d.Frames, func(f Frame) bool { return f.Kind == BoundFrame })
	if f < 0 || d.Frames[f].Note != "bound by db" {
		t.Fatalf("frames %+v", d.Frames)
	}
	var in []string
	for _, n := range d.Nodes {
		if n.Frame == f || n.Frame >= 0 && d.Frames[n.Frame].Parent == f {
			in = append(in, n.ID)
		}
	}
	if got := strings.Join(in, " "); got != "a b db" {
		t.Errorf("bound: %s", got)
	}
	for _, e := range d.Edges {
		if want := d.Nodes[e.From].ID+d.Nodes[e.To].ID == "ac"; e.Ties != want {
			t.Errorf("%s>%s ties: %v", d.Nodes[e.From].ID, d.Nodes[e.To].ID, e.Ties)
		}
	}
}

func TestJourneyTellsWhatItNeeds(t *testing.T) {
	s := build(t, parse(t, `
system: s
services:
  a: {depends_on: [b, {to: c, needs: soft}, {any_of: [e, f]}], publishes: [{to: q}]}
  b:
  c: {depends_on: [d]}
  d:
  e:
  f:
  g: {consumes: [{from: q}], depends_on: [h]}
  h:
  away:
channels: {q: }
journeys: {j: {entry: a, objective: 99%}}
`), "journey", Options{})
	var got []string
	for _, n := range s.Drawing.Nodes {
		got = append(got, n.ID+":"+n.Need.Word()[:2])
	}
	if want := "a:mu b:mu c:ca d:ca e:ca f:ca g:wo h:wo q:mu"; strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
	if len(s.Headlines) != 4 || s.Headlines[3].Tone == Plain {
		t.Errorf("headlines %+v", s.Headlines)
	}
}

func TestLargeSystemsShowWhatAFailureReaches(t *testing.T) {
	text := "system: s\nservices:\n  a: {depends_on: [b]}\n  b: {depends_on: [db]}\n"
	for i := range 150 {
		text += fmt.Sprintf("  x%d:\n", i)
	}
	s := build(t, parse(t, text+"stores: {db: }"), "blast", Options{At: "db"})
	if got := s.Drawing.labels(); got != "a b db" {
		t.Errorf("shown: %s", got)
	}
	if len(s.Messages) != 1 || !strings.Contains(s.Messages[0], "3 things of 153") {
		t.Errorf("messages %q", s.Messages)
	}
}
