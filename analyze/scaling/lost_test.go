package scaling

import (
	"testing"
	"time"
)

// Four replicas that are 60 % busy carry one less; two that are 60 % busy do
// not, and one alone leaves nothing.
func TestLoseOne(t *testing.T) {
	for _, c := range []struct {
		name   string
		peak   float64
		min    int
		max    int
		want   Strain
		before float64
		after  float64
	}{
		{"many", 24, 8, 0, Within, .3, 2.4 / 7},
		{"some", 24, 4, 0, Above, .6, .8},
		{"few", 12, 2, 0, Overrun, .6, 1.2},
		{"bounded", 24, 1, 2, Overrun, 1.2, 2.4},
		{"one", 5, 1, 0, NoneLeft, .5, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := build("a").load("a", 1, c.peak, time.Minute)
			x := m.scale("a", 100*time.Millisecond, 1, .7)
			x.Min, x.Max = c.min, c.max
			_, r := m.analyze()
			lost := r.LoseOne()
			if len(lost) != 1 || lost[0].Strain() != c.want {
				t.Fatalf("got %+v, %v", lost, lost[0].Strain())
			}
			near(t, "target", lost[0].Target, .7, 1e-12)
			near(t, "before", lost[0].Before.F, c.before, 1e-12)
			near(t, "after", lost[0].After.F, c.after, 1e-12)
		})
	}
}
