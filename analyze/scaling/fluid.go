package scaling

import "time"

// Course is a surge met by capacity that grows in steps.
type Course struct {
	Base, Surge float64       // arriving, in 1/s, outside and in the surge
	Duration    time.Duration // of the surge, which begins at second 0
	// Start is the capacity at second 0, in 1/s; Step more comes every Every,
	// up to Max.
	Start, Step, Max float64
	Every            time.Duration
}

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
// surge, or until the limit.
func Simulate(c Course, limit int) Simulated { return Simulated{} }
