package svg

import (
	"testing"

	"github.com/taut-dev/taut/model"
)

// TestLinesDoNotHideEachOther wants no two lines on each other that neither
// start together nor end together: they would read as one.
func TestLinesDoNotHideEachOther(t *testing.T) {
	for _, name := range []string{"shop", "ticketing", "bank", "self"} {
		m := arrangeColumns(comparisonOf(example(t, name), model.PresetMonolith, model.PresetMicroservices, model.PresetEventDriven, model.PresetHybrid))
		for i, p := range m.placed {
			for a := range p.edges {
				for b := range a {
					if x, y := &p.d.Edges[a], &p.d.Edges[b]; x.From != y.From && x.To != y.To && hidden(p.edges[a], p.edges[b]) {
						t.Errorf("%s, column %d: %s lies on %s", name, i, p.edgeTitle(x), p.edgeTitle(y))
					}
				}
			}
		}
	}
}

// hidden says that two routes share a stretch of more than a few pixels.
func hidden(a, b route) bool {
	for i := 1; i < len(a.pts); i++ {
		for k := 1; k < len(b.pts); k++ {
			r, s := piece(a.pts[i-1], a.pts[i]), piece(b.pts[k-1], b.pts[k])
			upright := r.w == 0 && s.w == 0 && max(r.x-s.x, s.x-r.x) < 2 && min(r.bottom(), s.bottom())-max(r.y, s.y) > 4
			level := r.h == 0 && s.h == 0 && max(r.y-s.y, s.y-r.y) < 2 && min(r.right(), s.right())-max(r.x, s.x) > 4
			if upright || level {
				return true
			}
		}
	}
	return false
}

// piece is the box of a straight stretch.
func piece(a, b point) rect {
	return rect{min(a.x, b.x), min(a.y, b.y), max(a.x, b.x) - min(a.x, b.x), max(a.y, b.y) - min(a.y, b.y)}
}
