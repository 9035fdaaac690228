package scene

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
	"github.com/taut-dev/taut/model"
)

// Timeline is one spike over time: in each lane what arrives at one thing, what
// it can serve, and what waits there. Times are seconds from the spike's begin.
type Timeline struct {
	Windows   []Window // side by side: a close-up and the whole, or the whole alone
	Spike     float64  // how long it lasts
	Lanes     []Lane
	Groups    []string
	GroupWord string
}

// Window is a stretch of time that all lanes share.
type Window struct {
	Title    string
	From, To float64
}

// Lane is one deployable, or one channel with who takes from it.
type Lane struct {
	ID, Label, Tip   string
	Notes            []string // what happens, in words
	Kind             Kind
	Group            int      // index into Timeline.Groups; -1: none
	Holds            bool     // a channel: what is beyond the capacity is kept, not refused
	Unit             string   // what is counted: "requests", "events"
	Demand, Capacity []Sample // in 1/s; each holds until the next
	Waiting          []Sample // straight lines between; nil: nothing waits
	Most             Sample   // the most that waits
	Empty            float64  // when nothing waits any more; 0: nothing ever did; -1: never, or past what is followed
	Lost             float64  // of Unit; without end when Empty is -1
}

// Sample is a value at a time.
type Sample struct{ T, V float64 }

const (
	lanesShown   = 6         // of services, and of channels
	followed     = 4 * 3600  // seconds after a spike
	followedMost = 24 * 3600 // seconds of a spike
	closeUp      = 0.16      // a part shorter than this share of the whole has a close-up
)

// timeline follows the spike of the surge view second by second: what falls
// behind most comes first, then the channels that hold work back.
func timeline(f *metric.Facts, o Options) (Scene, error) {
	g, r := f.Graph(), f.Scaling()
	if err := timed(g.Sys, r); err != nil {
		return Scene{}, err
	}
	at, err := surgeAt(g, r, o.At)
	if err != nil {
		return Scene{}, err
	}
	x := scaling.Spike(g, r, at)
	c := begin(g, nil)
	t := &Timeline{Spike: x.Duration.Seconds(), Groups: c.Groups, GroupWord: c.GroupWord}
	s := Scene{View: "timeline", Title: g.Sys.Name, Timeline: t}
	s.Subtitle = "demand rises at " + g.Label(at)
	if x.Before > 0 {
		s.Subtitle += ", " + factor(x.After/x.Before) + "×, for " + metric.Span(x.Duration)
	}
	direct, fine, unknown := c.directLanes(r, &x)
	held := c.heldLanes(&x)
	s.Messages = laneMessages(len(direct), len(held), fine, x.Assumed)
	known := ""
	if unknown > 0 {
		known = ", where the load is known"
		s.Messages = append(s.Messages, "not shown: "+thousands(unknown)+" more that "+verb(unknown, "feels", "feel")+" the spike: no load is known there, "+endless(r))
	}
	s.Headlines = laneHeadlines(g.Label(at), &x, direct, held, known)
	t.Lanes = append(direct[:min(len(direct), lanesShown)], held[:min(len(held), lanesShown)]...)
	t.windows(len(direct))
	return s, nil
}

// timed says what a file lacks for a course over time to mean anything.
func timed(sys *model.System, r *scaling.Result) error {
	if !r.Relative {
		return nil
	}
	given := slices.ContainsFunc(sys.Services, func(s *model.Service) bool { return s.Load != nil }) ||
		slices.ContainsFunc(sys.Journeys, func(j *model.Journey) bool { return j.Rate.Given() })
	if given {
		return fmt.Errorf("no service says how long a request takes, so no spike can be followed over time: give services scaling: {duration: 50ms, startup: 20s}")
	}
	return fmt.Errorf("no service says how much demand there is, so no spike can be followed over time: give the service where it enters load: {rate: 20/s, peak: 200/s, peak_duration: 10m}")
}

// directLanes are the deployables that the spike meets at once and that grow or
// fall behind, and the one where it enters; fine counts the rest that feel it,
// and unknown those that feel it whose load is not known.
func (c *canvas) directLanes(r *scaling.Result, x *scaling.Spiked) (lanes []Lane, fine, unknown int) {
	for i := range x.Deploy {
		if x.Deploy[i].Hit && !x.Deploy[i].After.OK {
			unknown++
			continue
		}
		ch, d := &x.Deploy[i], &r.Deploy[i]
		grows := ch.Added.OK && ch.Added.F > 0 || ch.Hit && (ch.Short || !ch.Course.Holds())
		if !grows && int32(i) != r.DeployOf[x.Entry] {
			if ch.Hit {
				fine++
			}
			continue
		}
		if ch.Course.Surge > 0 {
			lanes = append(lanes, c.directLane(d, ch))
		}
	}
	slices.SortStableFunc(lanes, func(a, b Lane) int { return cmp.Compare(b.Most.V, a.Most.V) })
	return lanes, fine, unknown
}

// directLane follows one deployable.
func (c *canvas) directLane(d *scaling.Deployable, ch *scaling.Change) Lane {
	e, k := c.g.Entity(d.Node), ch.Course
	l := Lane{ID: e.ID, Label: e.Label(), Tip: c.tip(d.Node), Kind: c.kind(d.Node), Group: c.groupOf(c.groupKey(e)), Unit: "requests",
		Demand: wave(k.Base, k.Surge, k.Duration.Seconds()), Capacity: []Sample{{math.Inf(-1), k.Start}}}
	if k.Max > k.Start {
		l.Capacity = append(l.Capacity, Sample{math.Ceil(k.Every.Seconds()), k.Max})
	}
	if !k.Holds() {
		m := scaling.Simulate(k, followed+int(min(followedMost, k.Duration.Seconds())))
		l.Waiting, l.Most = corners(m.Moments), Sample{float64(m.PeakAt), m.Backlog}
		l.Empty = emptied(&m)
	}
	if n := len(d.Services); n > 1 {
		l.Notes = append(l.Notes, plural(n, "service")+" that scale as one")
	}
	l.Notes = append(l.Notes, replicaNote(d, ch))
	if ch.Short {
		l.Notes = append(l.Notes, metric.BoundText(ch))
	}
	return l
}

// replicaNote says how a deployable grows.
func replicaNote(d *scaling.Deployable, ch *scaling.Change) string {
	switch {
	case ch.Added.F > 0:
		s := thousands(int(ch.Before.F)) + " → " + plural(int(ch.After.F), "replica")
		if d.Startup > 0 {
			s += ", serving after " + metric.Span(d.Startup)
		}
		return s
	}
	if ch.Short {
		return plural(int(ch.Before.F), "replica")
	}
	return plural(int(ch.Before.F), "replica") + ", enough as it is"
}

// wave is a demand that is higher for some seconds.
func wave(base, surge, seconds float64) []Sample {
	return []Sample{{math.Inf(-1), base}, {0, surge}, {seconds, base}}
}

// emptied is the first second after its peak at whose end nothing waits, -1 when
// that is not seen.
func emptied(m *scaling.Simulated) float64 {
	for t := m.PeakAt; t < len(m.Moments); t++ {
		if m.Moments[t].Backlog == 0 {
			return float64(t + 1)
		}
	}
	return float64(m.EmptyAt)
}

// corners keeps the moments at which the backlog changes its pace.
func corners(m []scaling.Moment) []Sample {
	out := []Sample{{0, 0}}
	for t := range m {
		if t+1 < len(m) {
			before := 0.0
			if t > 0 {
				before = m[t-1].Backlog
			}
			bend := m[t+1].Backlog - m[t].Backlog - (m[t].Backlog - before)
			if math.Abs(bend) <= 1e-9*max(1, m[t].Backlog) {
				continue
			}
		}
		out = append(out, Sample{float64(t + 1), m[t].Backlog})
	}
	return out
}

// heldLanes are the queues that the spike fills, fullest first.
func (c *canvas) heldLanes(x *scaling.Spiked) []Lane {
	var lanes []Lane
	for i := range x.Buffers {
		if b := &x.Buffers[i]; b.Backlog >= 1 || b.Never || b.Lost > 0 {
			lanes = append(lanes, c.heldLane(b))
		}
	}
	slices.SortStableFunc(lanes, func(a, b Lane) int { return cmp.Compare(b.Most.V, a.Most.V) })
	return lanes
}

// heldLane follows one queue of a channel, as a fluid: what waits grows evenly in
// the spike, up to what the retention keeps, and shrinks evenly after it.
func (c *canvas) heldLane(b *scaling.Buffer) Lane {
	e, end := c.g.Entity(b.Channel), b.Duration.Seconds()
	l := Lane{ID: e.ID, Label: e.Label(), Tip: c.tip(b.Channel), Kind: c.kind(b.Channel), Group: -1, Holds: true, Unit: "events",
		Demand: wave(b.Base, b.Surge, end), Capacity: []Sample{{math.Inf(-1), b.Capacity}}, Most: Sample{end, b.Backlog}, Lost: b.Lost}
	l.Waiting = []Sample{{0, 0}}
	if pace := b.Surge - b.Capacity; pace > 0 && b.Backlog/pace < end {
		l.Waiting = append(l.Waiting, Sample{b.Backlog / pace, b.Backlog})
	}
	l.Waiting = append(l.Waiting, l.Most)
	if l.Empty = end + b.Drain; b.Never {
		l.Empty = -1
		l.Waiting = append(l.Waiting, Sample{3 * end, b.Backlog + float64(2*end*(b.Base-b.Capacity))})
	} else {
		l.Waiting = append(l.Waiting, Sample{l.Empty, 0})
	}
	takers := c.g.Label(b.Consumers[0])
	if n := len(b.Consumers) - 1; n > 0 {
		takers += " and " + thousands(n) + " more"
	}
	l.Notes = []string{"holds back what " + takers + " cannot take yet"}
	if b.Lost > 0 {
		l.Notes = append(l.Notes, "loses "+metric.Number(b.Lost)+" events")
	}
	return l
}

// laneMessages says what the picture leaves out or assumes.
func laneMessages(direct, held, fine int, assumed bool) []string {
	var out []string
	if fine > 0 {
		out = append(out, "not shown: "+thousands(fine)+" more that "+verb(fine, "feels", "feel")+" the spike and "+verb(fine, "has", "have")+" replicas enough")
	}
	if n := max(0, direct-lanesShown) + max(0, held-lanesShown); n > 0 {
		out = append(out, "not shown: "+thousands(n)+" more that "+verb(n, "grows or holds", "grow or hold")+" work back; taut analyze --section scaling lists all")
	}
	if assumed {
		out = append(out, "no peak is given there: "+thousands(scaling.SpikeFactor)+" times the rate are assumed (load: {peak: …})")
	}
	return out
}

// laneHeadlines are the numbers to remember; known limits what they hold for.
func laneHeadlines(entry string, x *scaling.Spiked, direct, held []Lane, known string) []Headline {
	out := []Headline{{Value: metric.Number(x.Before) + " → " + metric.Number(x.After) + "/s", Caption: "demand at " + entry}}
	if len(direct) > 0 && direct[0].Most.V >= 1 {
		out = append(out, Headline{Amount(direct[0].Most.V), "wait at " + brief(direct[0].Label) + ": callers feel it", Worse})
	} else {
		out = append(out, Headline{"0", "requests have to wait for replicas" + known, Better})
	}
	if len(held) > 0 {
		out = append(out, Headline{Value: Amount(held[0].Most.V), Caption: "wait in " + brief(held[0].Label) + ": no caller feels it"})
	}
	last, lost := 0.0, 0.0
	for _, l := range slices.Concat(direct, held) {
		if lost += l.Lost; l.Empty < 0 || last < 0 {
			last = -1
		} else {
			last = max(last, l.Empty)
		}
	}
	switch {
	case last < 0:
		out = append(out, Headline{"never", "is everything served", Worse})
	case last > 0:
		out = append(out, Headline{Value: Span(last), Caption: "from its begin until nothing waits" + known})
	}
	if lost > 0 {
		out = append(out, Headline{Amount(lost), "events are lost", Worse})
	}
	return out
}

// brief is a name that fits a caption.
func brief(label string) string {
	if r := []rune(label); len(r) > 24 {
		return string(r[:23]) + "…"
	}
	return label
}

// Amount writes how much waits as all of the program does.
func Amount(x float64) string { return metric.Number(x) }

// Span writes seconds as all of the program does.
func Span(seconds float64) string { return metric.Span(time.Duration(seconds * float64(time.Second))) }

// windows chooses the time that is shown: until all is drained; and, where what
// happens at most services is over long before, that part from near too.
func (t *Timeline) windows(direct int) {
	end, title := t.Spike, "the whole spike"
	for i := range t.Lanes {
		if l := &t.Lanes[i]; l.Empty > end {
			end, title = l.Empty, "until nothing waits"
		}
	}
	for i := range t.Lanes {
		if t.Lanes[i].Empty < 0 {
			end, title = max(end, 2*t.Spike), "the spike and after it"
		}
	}
	if near := t.settled(direct, closeUp*end); near > 0 {
		t.Windows = append(t.Windows, Window{"the first moments", -0.18 * near, 2 * near})
	}
	t.Windows = append(t.Windows, Window{title, -0.05 * end, 1.28 * end})
}

// settled is when the last service has served what waited and has all its
// replicas, of those that have before some time; 0 when they are fewer than half.
func (t *Timeline) settled(direct int, before float64) float64 {
	last, early, late := 0.0, 0, 0
	for i := range t.Lanes[:min(direct, lanesShown)] {
		l := &t.Lanes[i]
		at := l.Empty
		if n := len(l.Capacity); n > 1 {
			at = max(at, l.Capacity[n-1].T)
		}
		switch {
		case l.Empty < 0 || at >= before:
			late++
		case at > 0:
			early++
			last = max(last, at)
		}
	}
	if early < late {
		return 0
	}
	return last
}
