package scene

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/metric"
)

// One service serves 10 requests/s, 40 arrive for 60 s, and 4 replicas more
// are there after 20 s. So 30/s too many come for 20 s: 600 wait. Then 70/s can
// be served (6 replicas for 40/s at 70 %, 5 more than the one): 600 ÷ (60 − 40).
const surging = `
system: s
services:
  a:
    exposed: true
    load: {rate: 1/s, peak: 40/s, peak_duration: 60s}
    scaling: {duration: 100ms, startup: 20s}
    publishes: [{to: q}]
  b:
    scaling: {duration: 200ms}
    consumes: [{from: q}]
channels: {q: {kind: queue}}
`

func TestTimelineOfASpike(t *testing.T) {
	s := build(t, parse(t, surging), "timeline", Options{})
	l := s.Timeline.Lanes[0]
	if l.ID != "a" || l.Most != (Sample{20, 600}) || l.Empty != 50 || l.Holds {
		t.Errorf("a: most %v, empty at %v", l.Most, l.Empty)
	}
	if len(l.Waiting) != 4 {
		t.Errorf("up, down, and nothing is %v", l.Waiting)
	}
	// The consumer takes 5/s: (40 − 5) × 60 = 2,100 wait at the end, 2,100 ÷ (5 − 1) later none.
	q := s.Timeline.Lanes[1]
	if q.ID != "q" || !q.Holds || q.Most != (Sample{60, 2100}) || q.Empty != 60+525 {
		t.Errorf("q: most %v, empty at %v", q.Most, q.Empty)
	}
	if w := s.Timeline.Windows; len(w) != 2 || w[0].To >= w[1].To {
		t.Errorf("the first 50 s of 585 need a close-up, got %v", w)
	}
}

func TestTimelineKeepsWhatHasLittleRetention(t *testing.T) {
	text := strings.Replace(surging, "kind: queue", "kind: queue, retention: 10s", 1)
	q := build(t, parse(t, text), "timeline", Options{}).Timeline.Lanes[1]
	if q.Most.V != 400 || q.Lost <= 0 { // never more than 10 s × 40/s
		t.Errorf("most %v, lost %v", q.Most, q.Lost)
	}
	for _, x := range q.Waiting {
		if x.V > 400 {
			t.Errorf("%v waits", x)
		}
	}
}

func TestTimelineNeverDrained(t *testing.T) {
	text := strings.NewReplacer("rate: 1/s", "rate: 8/s", "duration: 200ms}", "duration: 200ms, max: 1}").Replace(surging)
	s := build(t, parse(t, text), "timeline", Options{})
	q := s.Timeline.Lanes[slices.IndexFunc(s.Timeline.Lanes, func(l Lane) bool { return l.ID == "q" })]
	if q.Empty != -1 || q.Waiting[len(q.Waiting)-1].V <= q.Most.V {
		t.Errorf("8/s for 5/s never drain: %+v", q)
	}
	if h := s.Headlines[len(s.Headlines)-1]; h.Value != "never" || h.Tone != Worse {
		t.Errorf("headline %+v", h)
	}
}

func TestTimelineSaysWhatIsMissing(t *testing.T) {
	for text, want := range map[string]string{
		"system: s\nservices: {a: }":                               "load: {rate:",
		"system: s\nservices: {a: {load: {rate: 2/s, peak: 9/s}}}": "scaling: {duration:",
	} {
		f := metric.NewFacts(context.Background(), parse(t, text), metric.Options{})
		if _, err := timeline(f, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Calls that come round without end leave loads unknown: that is never shown as
// enough, and what must be said is said where it stands.
func TestUnknownLoadIsMarked(t *testing.T) {
	sys := parse(t, `
system: s
services:
  front:
    exposed: true
    load: {rate: 1/s, peak: 40/s, peak_duration: 60s}
    scaling: {duration: 1ms, min: 3}
    depends_on: [a, calm]
  a: {depends_on: [b], publishes: [q]}
  b: {depends_on: [a]}
  calm: {scaling: {duration: 1ms}}
channels: {q: }
`)
	s := build(t, sys, "surge", Options{})
	var unknown []string
	for _, n := range s.Drawing.Nodes {
		if n.Impact == Unknown {
			unknown = append(unknown, n.ID)
		}
	}
	if !slices.Equal(unknown, []string{"a", "b", "q"}) || s.Headlines[0].Value != "?" || !strings.Contains(s.Messages[0], "come round without end") {
		t.Errorf("unknown %v; %v; %q", unknown, s.Headlines, s.Messages)
	}
	s = build(t, sys, "timeline", Options{})
	if text := strings.Join(s.Messages, "\n"); !strings.Contains(text, "1 more that feels the spike and has replicas enough") || !strings.Contains(text, "2 more that feel the spike: no load is known there") {
		t.Errorf("%q", s.Messages)
	}
}
