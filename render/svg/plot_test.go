package svg

import (
	"strings"
	"testing"

	"github.com/taut-dev/taut/render/scene"
)

// The names of points in one place are all readable, at the right edge too.
func TestPlotNamesAllPointsOfAPlace(t *testing.T) {
	p := &scene.Plot{XMax: 1, YMax: 1, Groups: []string{"a"}, Points: []scene.Point{
		{ID: "1", Label: "a rather long name of a service", X: 1}, {ID: "2", Label: "another rather long name", X: 1}, {ID: "3", Label: "the third long name", X: 1},
	}}
	var b strings.Builder
	if err := Write(&b, &scene.Scene{Title: "t", Plot: p}, Options{}); err != nil {
		t.Fatal(err)
	}
	for _, q := range p.Points {
		if !strings.Contains(b.String(), q.Label+"<") && !strings.Contains(b.String(), q.Label+", ") {
			t.Errorf("%s is not named", q.Label)
		}
	}
}
