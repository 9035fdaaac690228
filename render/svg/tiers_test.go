package svg

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render/scene"
)

func TestServicesStandInTheSamePlaceInEveryDesign(t *testing.T) {
	for name, s := range map[string]*model.System{"shop": example(t, "shop"), "ticketing": example(t, "ticketing"), "awkward": awkward()} {
		m := arrangeColumns(comparisonOf(s, model.PresetMonolith, model.PresetMicroservices, model.PresetEventDriven))
		at := map[string]rect{}
		for i, p := range m.placed {
			for k := range p.d.Nodes {
				n := &p.d.Nodes[k]
				if n.Cell.Row < 0 {
					continue
				}
				if r, ok := at[n.ID]; ok && r != p.nodes[k] {
					t.Errorf("%s: %s moves in column %d: %v, %v", name, n.ID, i, r, p.nodes[k])
				}
				at[n.ID] = p.nodes[k]
			}
		}
		if len(at) != len(s.Services) {
			t.Errorf("%s: %d of %d services are drawn", name, len(at), len(s.Services))
		}
	}
}

// randomSystem draws a system of services, stores, channels and a unit.
func randomSystem(t *rapid.T) *model.System {
	s := &model.System{Name: "random"}
	n := rapid.IntRange(1, 24).Draw(t, "services")
	for i := range n {
		x := &model.Service{Entity: model.Entity{ID: fmt.Sprintf("s%d", i)}, Runtime: model.Container}
		for _, to := range rapid.SliceOfNDistinct(rapid.IntRange(0, n-1), 0, min(n, 4), rapid.ID[int]).Draw(t, "calls") {
			if to != i {
				x.DependsOn = append(x.DependsOn, model.Dependency{To: []string{fmt.Sprintf("s%d", to)}, Calls: 1, AtLeast: 1, AnswerLater: rapid.Bool().Draw(t, "later")})
			}
		}
		if d := rapid.IntRange(0, 9).Draw(t, "store"); d < 6 {
			x.DependsOn = append(x.DependsOn, model.Dependency{To: []string{fmt.Sprintf("d%d", d)}, Calls: 1, AtLeast: 1, Access: model.Write})
		}
		switch rapid.IntRange(0, 5).Draw(t, "events") {
		case 0:
			x.Publishes = []model.Publication{{To: fmt.Sprintf("c%d", rapid.IntRange(0, 1).Draw(t, "channel")), Calls: 1}}
		case 1:
			x.Consumes = []model.Consumption{{From: fmt.Sprintf("c%d", rapid.IntRange(0, 1).Draw(t, "channel"))}}
		}
		if rapid.IntRange(0, 3).Draw(t, "keep") == 0 {
			x.Keep = "monolith"
		}
		s.Services = append(s.Services, x)
	}
	for i := range 6 {
		s.Stores = append(s.Stores, &model.Store{Entity: model.Entity{ID: fmt.Sprintf("d%d", i)}})
	}
	for i := range 2 {
		s.Channels = append(s.Channels, &model.Channel{Entity: model.Entity{ID: fmt.Sprintf("c%d", i)}, Kind: model.Router})
	}
	return s
}

func TestComparisonsHaveNoOverlaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := arrangeColumns(comparisonOf(randomSystem(t), model.PresetMonolith, model.PresetHybrid, model.PresetEventDriven))
		for i, p := range m.placed {
			checkPlaced(t, fmt.Sprintf("column %d", i), p)
		}
	})
}

func checkPlaced(t *rapid.T, name string, p *placed) {
	for k, r := range p.nodes {
		for j := range k {
			if overlaps([]rect{p.nodes[j].grown(-0.01)}, r) {
				t.Errorf("%s: %s lies on %s", name, p.d.Nodes[k].ID, p.d.Nodes[j].ID)
			}
		}
		if f := p.d.Nodes[k].Frame; f >= 0 && p.d.Nodes[k].Cell.Row >= 0 && !p.frames[f].holds(r) {
			t.Errorf("%s: %s is outside its frame", name, p.d.Nodes[k].ID)
		}
		for f := range p.frames {
			if n := &p.d.Nodes[k]; n.Cell.Row >= 0 && n.Frame != f && overlaps([]rect{p.frames[f].grown(-0.01)}, r) {
				t.Errorf("%s: the frame %s lies on %s", name, p.d.Frames[f].ID, n.ID)
			}
		}
	}
	for i := range p.d.Edges {
		checkRoute(t, name, p, i)
	}
}

// checkRoute wants every edge drawn, of straight pieces, that touch no card but
// their own two.
func checkRoute(t *rapid.T, name string, p *placed, i int) {
	e, pts := &p.d.Edges[i], p.edges[i].pts
	if len(pts) < 2 {
		if e.Meaning != scene.Stands {
			t.Errorf("%s: %s is not drawn", name, strings.TrimSpace(p.edgeTitle(e)))
		}
		return
	}
	for k := 1; k < len(pts); k++ {
		a, b := pts[k-1], pts[k]
		if a.x != b.x && a.y != b.y {
			t.Errorf("%s: %s runs aslant from %v to %v", name, p.edgeTitle(e), a, b)
		}
		piece := rect{min(a.x, b.x), min(a.y, b.y), max(a.x, b.x) - min(a.x, b.x), max(a.y, b.y) - min(a.y, b.y)}
		for j, r := range p.nodes {
			if p.d.Nodes[j].Cell.Row >= 0 && overlaps([]rect{r.grown(-0.5)}, piece) {
				t.Errorf("%s: %s runs through %s (%v to %v through %v)", name, p.edgeTitle(e), p.d.Nodes[j].ID, a, b, r)
			}
		}
	}
}

// grown is the box with room round it; holds says whether another lies in it.
func (r rect) grown(d float64) rect { return rect{r.x - d, r.y - d, r.w + 2*d, r.h + 2*d} }

func (r rect) holds(o rect) bool {
	return o.x >= r.x && o.y >= r.y && o.right() <= r.right() && o.bottom() <= r.bottom()
}
