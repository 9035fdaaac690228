package scene

import (
	"github.com/taut-dev/taut/analyze/metric"
)

// scatter plots every service: across, how much it depends on others rather
// than they on it (instability); upwards, how much its failure takes down.
func scatter(f *metric.Facts, _ Options) (Scene, error) {
	g := f.Graph()
	s := Scene{View: "scatter", Title: g.Sys.Name, Subtitle: "instability against blast radius"}
	c := begin(g, nil)
	p := &Plot{XTitle: "instability: how much of its calls go out", YTitle: "blast radius: how many others go down",
		Corners: [2]string{"needs little, takes much down: must not fail", "needs much, takes much down: the worst place"}, XMax: 1, YMax: 1, Groups: c.Groups, GroupWord: c.GroupWord}
	radius := make([]float64, g.Len())
	if r := f.Blast(); r != nil {
		for i := range r.Failures {
			radius[r.Failures[i].Node] = r.Failures[i].Radius
		}
	}
	left, most := 0, 0.0
	for v := range int32(g.Services()) {
		in, out := len(g.Callers().Out(v)), len(g.Calls().Out(v))
		if in+out == 0 {
			left++
			continue
		}
		x, y := float64(out)/float64(in+out), radius[v]
		p.Points = append(p.Points, Point{ID: g.ID(v), Label: g.Label(v), X: x, Y: y, Group: c.groupOf(c.groupKey(g.Entity(v))),
			Tip: "instability " + metric.Percent(x) + ", blast radius " + metric.Percent(y)})
	}
	for _, q := range p.Points {
		most = max(most, q.Y)
	}
	for _, end := range [...]float64{0.5, 0.2, 0.1} { // what is low is not pressed onto the axis
		if most <= end {
			p.YMax = end
		}
	}
	if left > 0 {
		s.Messages = append(s.Messages, "left out: "+plural(left, "service")+" without calls, for which instability is undefined")
	}
	s.Plot = p
	return s, nil
}
