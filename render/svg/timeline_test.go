package svg

import (
	"math"
	"testing"

	"github.com/taut-dev/taut/render/scene"
)

// One axis has one unit, however far it reaches.
func TestTicksOfAnAxisHaveOneUnit(t *testing.T) {
	for _, c := range []struct {
		t, step float64
		want    string
	}{{90, 30, "90 s"}, {150, 30, "150 s"}, {120, 60, "2 min"}, {-60, 60, "−1 min"}, {5400, 600, "90 min"}, {7200, 3600, "2 h"}, {0, 60, "0"}, {172800, 86400, "2 d"}} {
		if got := tick(c.t, c.step); got != c.want {
			t.Errorf("%g by %g: %s, want %s", c.t, c.step, got, c.want)
		}
	}
}

// Words beside a curve keep off its lines wherever these lie.
func TestWordsOfATimelineAreNotStruck(t *testing.T) {
	p := strip{rect: rect{0, 0, 300, rateHeight}, from: 0, to: 100, most: 100}
	for demand := 10.0; demand <= 100; demand += 5 {
		for capacity := 10.0; capacity <= 100; capacity += 5 {
			y := p.clear(50, 150, (demand+capacity)/2, []scene.Sample{{T: math.Inf(-1), V: demand}}, []scene.Sample{{T: math.Inf(-1), V: 5}, {T: 10, V: capacity}})
			for _, line := range []float64{p.py(demand), p.py(capacity)} {
				if line > y-10 && line < y+3 {
					t.Errorf("demand %g, capacity %g: words at %g, a line at %g", demand, capacity, y, line)
				}
			}
		}
	}
}
