package scaling

import (
	"math"
	"time"
)

// Course is a surge met by capacity that grows in steps.
type Course struct {
	Base, Surge float64       // arriving, in 1/s, outside and in the surge
	Duration    time.Duration // of the surge, which begins at second 0
	// Start is the capacity at second 0, in 1/s; Step more comes every Every,
	// up to Max.
	Start, Step, Max float64
	Every            time.Duration
}

// Holds says that nothing ever waits: the capacity at second 0 is enough.
func (c Course) Holds() bool { return max(c.Base, c.Surge) <= c.capacity(0) }

// Moment is the state after one second.
type Moment struct {
	Arriving, Capacity float64 // during the second, in 1/s
	Backlog            float64 // at its end
}

// Simulated is the course in steps of one second, and its peak.
type Simulated struct {
	Moments []Moment
	Backlog float64 // the most that waited
	PeakAt  int     // the first second at whose end it waited
	EmptyAt int     // the second at whose end nothing waits any more; -1: not within the limit
}

// Simulate runs a course, second by second, until nothing waits after the
// surge, or for limit seconds. A step counts what arrives in the second and
// takes off what can be served in it.
func Simulate(c Course, limit int) Simulated {
	s := Simulated{EmptyAt: -1}
	surge := int(math.Ceil(c.Duration.Seconds()))
	backlog := 0.0
	for t := 0; t < limit; t++ {
		m := Moment{Arriving: c.Base, Capacity: c.capacity(t)}
		if t < surge {
			m.Arriving = c.Surge
		}
		backlog = max(0, backlog+m.Arriving-m.Capacity)
		m.Backlog = backlog
		s.Moments = append(s.Moments, m)
		if backlog > s.Backlog {
			s.Backlog, s.PeakAt = backlog, t+1
		}
		if t+1 >= surge && backlog == 0 {
			s.EmptyAt = t + 1
			break
		}
	}
	return s
}

// capacity is that of the second that begins at t.
func (c Course) capacity(t int) float64 {
	steps := 0.0
	switch {
	case c.Every > 0:
		steps = math.Floor(float64(t) / c.Every.Seconds())
	case c.Step > 0:
		return max(c.Start, c.Max)
	}
	return max(c.Start, min(c.Start+float64(c.Step*steps), c.Max))
}

// Backlog is a constant surge in front of a constant capacity, as a fluid.
type Backlog struct {
	Most      float64 // waiting at the end of the surge
	OldestAge float64 // longest wait, in seconds
	Drain     float64 // from the end of the surge until empty, in seconds
	Never     bool    // capacity does not exceed base, so it never drains
	Expired   float64 // what waited longer than the retention; without end when Never
}

// Fill computes a surge of some seconds over a base, both arriving in 1/s, in
// front of a capacity in 1/s; retention in seconds, 0: for ever.
//
// Without retention the backlog is (surge − capacity) × seconds, the oldest
// waits backlog ÷ capacity, and it drains in backlog ÷ (capacity − base). With
// it, what is older is gone: never more than retention × surge waits, and all
// that capacity cannot serve within the retention is lost.
func Fill(base, surge, seconds, capacity, retention float64) Backlog {
	q := max(0, surge-capacity) * seconds
	b := Backlog{Most: q, Never: q > 0 && capacity <= base}
	if q == 0 {
		return b
	}
	b.OldestAge = seconds
	if capacity > 0 {
		b.OldestAge = q / capacity
	}
	kept := q
	if retention > 0 {
		b.expire(surge, capacity, retention)
		kept = min(q, capacity*retention)
	}
	if !b.Never {
		b.Drain = kept / (capacity - base)
	}
	return b
}

// expire takes what waits longer than the retention out of the backlog.
func (b *Backlog) expire(surge, capacity, retention float64) {
	b.Expired = max(0, b.Most-float64(capacity*retention))
	b.Most = min(b.Most, surge*retention)
	b.OldestAge = min(b.OldestAge, retention)
}

// ScaleOut is the rule of backlog per instance: how many messages each may
// have waiting so that the last is done in time, how many it has, and how many
// instances must be added.
type ScaleOut struct {
	Acceptable, Current float64 // messages an instance
	Add                 int     // instances
}

// PlanScaleOut computes it for messages waiting at some instances, with the
// seconds that a message takes and those that it may wait.
func PlanScaleOut(messages, instances int, each, latency float64) ScaleOut {
	s := ScaleOut{Acceptable: latency / each, Current: float64(messages) / float64(instances)}
	s.Add = max(0, ceilFloat(float64(messages)/s.Acceptable)-instances)
	return s
}
