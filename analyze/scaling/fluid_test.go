package scaling

import (
	"math"
	"testing"
	"time"

	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

// TestFillBySimulation compares the formulas with the simulation in seconds.
func TestFillBySimulation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.IntRange(0, 20).Draw(t, "base")
		surge := base + rapid.IntRange(0, 50).Draw(t, "more")
		capacity := base + rapid.IntRange(1, 60).Draw(t, "spare")
		seconds := rapid.IntRange(1, 100).Draw(t, "seconds")
		q := Fill(float64(base), float64(surge), float64(seconds), float64(capacity), 0)
		s := Simulate(Course{Base: float64(base), Surge: float64(surge), Duration: time.Duration(seconds) * time.Second, Start: float64(capacity)}, 1e6)
		if q.Most != s.Backlog {
			t.Fatalf("backlog %v by formula, %v simulated", q.Most, s.Backlog)
		}
		if want := seconds + int(math.Ceil(q.Drain)); s.EmptyAt != want {
			t.Fatalf("empty at %v by formula, %v simulated", want, s.EmptyAt)
		}
	})
}

// TestFillWithRetention follows every message of a surge in small steps: first
// in, first out, and what is too old is thrown away.
func TestFillWithRetention(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := float64(rapid.IntRange(0, 5).Draw(t, "base"))
		surge := base + float64(rapid.IntRange(1, 30).Draw(t, "more"))
		capacity := base + float64(rapid.IntRange(1, 30).Draw(t, "spare"))
		seconds := float64(rapid.IntRange(1, 20).Draw(t, "seconds"))
		retention := float64(rapid.IntRange(1, 20).Draw(t, "retention"))
		q := Fill(base, surge, seconds, capacity, retention)
		const dt = 0.01
		var queue []float64 // amount that came in each step
		head, waiting, expired, most, oldest := 0, 0.0, 0.0, 0.0, 0.0
		for step := 0; step < int(seconds/dt) || waiting > 1e-9; step++ {
			in := base * dt
			if step < int(seconds/dt) {
				in = surge * dt
			}
			queue = append(queue, in)
			waiting += in
			for room := capacity * dt; room > 0 && head < len(queue); {
				x := min(room, queue[head])
				room, queue[head], waiting = room-x, queue[head]-x, waiting-x
				if queue[head] > 1e-12 {
					break
				}
				head++
			}
			for head < len(queue) && float64(step-head)*dt >= retention {
				expired += queue[head]
				waiting -= queue[head]
				head++
			}
			most = max(most, waiting)
			if waiting > surge*dt && head <= step {
				oldest = max(oldest, float64(step-head)*dt)
			}
			if float64(step)*dt > 1e3 {
				break
			}
		}
		tolerance := 4 * surge * dt * max(1, seconds/5)
		if math.Abs(q.Expired-expired) > tolerance || math.Abs(q.Most-most) > tolerance {
			t.Fatalf("lost %v, most %v by formula; %v, %v by steps", q.Expired, q.Most, expired, most)
		}
		if q.Most > 4*surge*dt && math.Abs(q.OldestAge-oldest) > 0.5 {
			t.Fatalf("oldest %v by formula, %v by steps", q.OldestAge, oldest)
		}
	})
}

func TestFillEdges(t *testing.T) {
	for _, c := range []struct {
		what                                      string
		base, surge, seconds, capacity, retention float64
		want                                      Backlog
	}{
		{"nothing comes", 0, 0, 10, 0, 0, Backlog{}},
		{"enough capacity", 1, 5, 10, 5, 0, Backlog{}},
		{"nobody takes", 0, 5, 10, 0, 0, Backlog{Most: 50, OldestAge: 10, Never: true}},
		{"no spare", 2, 5, 10, 2, 0, Backlog{Most: 30, OldestAge: 15, Never: true}},
		{"too old", 1, 10, 10, 2, 5, Backlog{Most: 50, OldestAge: 5, Drain: 10, Expired: 70}},
	} {
		if got := Fill(c.base, c.surge, c.seconds, c.capacity, c.retention); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.what, got, c.want)
		}
	}
}

func TestSimulateEdges(t *testing.T) {
	s := Simulate(Course{Base: 1, Surge: 10, Duration: time.Second, Start: 1}, 50)
	if s.EmptyAt != -1 || len(s.Moments) != 50 || s.Backlog != 9 || s.PeakAt != 1 {
		t.Errorf("a queue that never drains: %+v", s)
	}
	s = Simulate(Course{Surge: 10, Duration: 2 * time.Second, Start: 1, Step: 9, Max: 10}, 50)
	if s.EmptyAt != 2 || s.Backlog != 0 {
		t.Errorf("capacity that is there at once: %+v", s)
	}
	s = Simulate(Course{Base: 1, Surge: 10, Duration: 60 * time.Second, Start: 2, Step: 8, Max: 10, Every: 45 * time.Second}, 500)
	if s.Backlog != 45*8 || s.PeakAt != 45 || s.EmptyAt != 100 {
		t.Errorf("capacity after 45 s: most %v at %v, empty at %v", s.Backlog, s.PeakAt, s.EmptyAt)
	}
}

// TestBuffers follows one spike through channels.
func TestBuffers(t *testing.T) {
	m := build("web>order", "bill", "mail", "audit").load("web", 10, 100, 10*time.Minute)
	m.channel("bus", model.Router).Retention = time.Hour
	m.channel("outbox", model.Queue)
	m.publish("order", "bus", 1, "placed")
	m.consume("bill", "bus", "placed")
	m.consume("audit", "bus", "other")
	m.publish("bill", "outbox", 0.5)
	m.consume("mail", "outbox")
	for _, id := range []string{"web", "order", "bill", "mail", "audit"} {
		m.scale(id, 100*time.Millisecond, 1, 0.5)
	}
	g, r := m.analyze()
	s := Spike(g, r, node(t, g, "web"))
	if got := ids(g, s.Domain.Services); got != "{web order}" || s.Scaled != 2 {
		t.Errorf("domain %s, %d scaled", got, s.Scaled)
	}
	defined(t, "added", s.Added, 36, 0) // web and order from 2 to 20
	if len(s.Buffers) != 2 {
		t.Fatalf("%d buffers, want bill's and mail's: %+v", len(s.Buffers), s.Buffers)
	}
	bill, mail := s.Buffers[0], s.Buffers[1]
	// bill runs 2 replicas: it takes 20/s of the 100/s that come for 600 s
	if bill.Base != 10 || bill.Surge != 100 || bill.Capacity != 20 || bill.Backlog != 48000 || bill.Drain != 4800 || bill.OldestAge != 2400 || bill.Lost != 0 {
		t.Errorf("bill: %+v", bill)
	}
	// mail gets half of what bill can take, and its one replica takes 10/s
	if mail.Base != 5 || mail.Surge != 10 || mail.Capacity != 10 || mail.Backlog != 0 {
		t.Errorf("mail: %+v", mail)
	}
	if len(r.Buffers) != 2 || r.Buffers[0].Backlog != 48000 {
		t.Errorf("at the peak of the system: %+v", r.Buffers)
	}
}

// TestBufferCapacity: what a consumer does beside the channel is not free for it.
func TestBufferCapacity(t *testing.T) {
	m := build("in>out").load("in", 10, 20, 10*time.Minute)
	m.channel("c", model.Stream)
	m.publish("in", "c", 1)
	m.consume("out", "c")
	m.scale("out", 100*time.Millisecond, 1, 0.5)
	g, r := m.analyze()
	b := Spike(g, r, node(t, g, "in")).Buffers[0]
	// out has 20/s by calls and 10/s by events: 6 replicas, so 60 − 20 are left
	if b.Base != 10 || b.Surge != 20 || b.Capacity != 40 {
		t.Errorf("got %+v", b)
	}
}

// TestBufferOfQueue: the consumers of a queue have one buffer, and what goes
// round among calls before the channel is counted as often as it does.
func TestBufferOfQueue(t *testing.T) {
	m := build("a>b", "b>a*0.5", "x", "y").load("a", 10, 110, 10*time.Minute)
	m.channel("q", model.Queue)
	m.publish("b", "q", 1)
	m.consume("x", "q")
	m.consume("y", "q")
	m.scale("x", 100*time.Millisecond, 1, 1)
	m.scale("y", 50*time.Millisecond, 1, 1)
	g, r := m.analyze()
	s := Spike(g, r, node(t, g, "a"))
	if len(s.Buffers) != 1 || ids(g, s.Buffers[0].Consumers) != "{x y}" {
		t.Fatalf("got %+v", s.Buffers)
	}
	if b := s.Buffers[0]; b.Base != 20 || b.Surge != 220 || b.Capacity != 30 || b.Backlog != 190*600 {
		t.Errorf("got %+v", b)
	}
}

func TestBufferOfAnswers(t *testing.T) {
	g, r := askAndAnswer(true).analyze()
	s := Spike(g, r, node(t, g, "web"))
	if len(s.Buffers) != 1 || ids(g, s.Buffers[0].Consumers) != "{pay}" {
		t.Errorf("an answer fills no buffer: %+v", s.Buffers)
	}
}

func TestBufferLoss(t *testing.T) {
	m := build("in", "out").load("in", 100, 500, 10*time.Minute)
	c := m.channel("c", model.Stream)
	m.publish("in", "c", 1)
	m.consume("out", "c")
	m.scale("out", 10*time.Millisecond, 1, 0.5)
	spike := func() Buffer {
		g, r := m.analyze()
		return Spike(g, r, node(t, g, "in")).Buffers[0]
	}
	c.Retention = 5 * time.Minute
	if b := spike(); b.Expired != 120000 || b.Lost != 120000 || b.OldestAge != 300 || b.Backlog != 150000 {
		t.Errorf("short retention: %+v", b)
	}
	c.Retention, c.Capacity = 0, model.PerSecond(400)
	if b := spike(); b.Refused != 60000 || b.Lost != 60000 || b.Backlog != 120000 {
		t.Errorf("small capacity: %+v", b)
	}
	m.service("in").Publishes[0].Outbox = true
	if b := spike(); b.Lost != 0 || b.Backlog != 120000 {
		t.Errorf("outbox: %+v", b)
	}
	c.Capacity = model.Rate{}
	m.service("out").Scaling.Max = 1
	if b := spike(); !b.Never || b.Drain != 0 || b.Backlog != 240000 {
		t.Errorf("no spare capacity: %+v", b)
	}
}
