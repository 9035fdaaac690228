package layout

import (
	"math"
	"slices"
)

// titles puts every frame's title into its band: at the left, or farther right
// where fewer lines run through it.
func (d *drawing) titles() {
	var lines [][]Point
	var labels []Rect
	for _, e := range d.Edges {
		if e.Label.W > 0 {
			labels = append(labels, e.Label)
		}
	}
	if len(d.Frames)*len(d.Edges) <= 200_000 { // else at the left without a look
		for _, e := range d.Edges {
			lines = append(lines, e.flat())
		}
	}
	for i, f := range d.g.Frames {
		r := d.Frames[i]
		if f.TitleH <= 0 || r.W == 0 {
			continue
		}
		pad := fallback(f.Pad, framePad)
		t := Rect{r.X + pad, r.Y + pad/2, math.Min(f.TitleW, r.W-2*pad), f.TitleH}
		d.Titles[i] = bestTitle(t, Rect{r.X + pad, t.Y, r.W - 2*pad, t.H}, lines, labels)
	}
}

// bestTitle tries the places beside the lines and labels that lie in a band.
func bestTitle(t, band Rect, lines [][]Point, labels []Rect) Rect {
	var near [][]Point
	places := []float64{t.X}
	for _, line := range lines {
		if !through(line, band) {
			continue
		}
		near = append(near, line)
		for k := 1; k < len(line); k++ {
			if clip(line[k-1], line[k], band) {
				places = append(places, math.Max(line[k-1].X, line[k].X)+6)
			}
		}
	}
	for _, l := range labels {
		if overlap(l, band) {
			places = append(places, l.X+l.W+labelAir)
		}
	}
	slices.Sort(places[1:])
	best, least := t, math.MaxInt
	for _, x := range places {
		try := Rect{x, t.Y, t.W, t.H}
		if x > t.X && x+t.W > band.X+band.W {
			break
		}
		n := 100 * overlaps([]Rect{try}, labels, false)
		for _, line := range near {
			if through(line, try) {
				n++
			}
		}
		if n < least {
			best, least = try, n
		}
	}
	return best
}
