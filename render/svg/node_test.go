package svg

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render/scene"
)

// checkInside says whether all text of a node fits into the size it asks for.
func checkInside(n *scene.Node, compact bool) string {
	l := measure(n, compact)
	if l.small || n.Tile {
		return ""
	}
	room := l.w - 8
	text := nameFont
	switch n.Kind {
	case scene.Channel, scene.Queue, scene.Platform:
		room, text = l.w-32, barFont
	case scene.Function:
		room -= slant
	}
	if n.Kind <= scene.Unit && !compact {
		room -= icons(n)
	}
	for _, line := range l.lines {
		if text.width(line) > room && firstCluster(line) != line {
			return "wider than its box: " + line
		}
	}
	if n.Kind != scene.Store && float64(len(l.lines))*lineHeight > l.h {
		return "higher than its box"
	}
	return ""
}

func TestTextStaysInsideBoxes(t *testing.T) {
	for _, name := range naughty {
		for k := scene.Service; k <= scene.Group; k++ {
			for _, compact := range []bool{false, true} {
				n := &scene.Node{Label: name, Sub: name, Kind: k, Attach: -1, Exposed: true, Runtime: model.Server, Note: name}
				if bad := checkInside(n, compact); bad != "" {
					t.Errorf("%q as %s: %s", name, kindName(k), bad)
				}
			}
		}
	}
}

func TestTextStaysInsideBoxesProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := &scene.Node{Label: rapid.String().Draw(t, "label"), Sub: rapid.String().Draw(t, "sub"), Attach: -1,
			Kind: scene.Kind(rapid.IntRange(0, int(scene.Group)).Draw(t, "kind")), Exposed: rapid.Bool().Draw(t, "exposed")}
		if bad := checkInside(n, rapid.Bool().Draw(t, "compact")); bad != "" {
			t.Fatal(bad)
		}
	})
}

func TestHugeLabelsAreCutAndKeptInTheTooltip(t *testing.T) {
	long := string(make([]byte, 0))
	for range 10_000 {
		long += "name "
	}
	if l := measure(&scene.Node{Label: long, Attach: -1}, false); l.w > 200 || l.h > 100 {
		t.Errorf("a label of 50 kB makes a box of %v × %v", l.w, l.h)
	}
}
