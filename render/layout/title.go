package layout

import (
	"math"
	"slices"
)

// titles puts every frame's title into its band: at the left, or farther right
// where fewer lines run through it.
func (d *drawing) titles() {
	var lines []boxed
	var labels []Rect
	for _, e := range d.Edges {
		if e.Label.W > 0 {
			labels = append(labels, e.Label)
		}
	}
	if len(d.Frames)*len(d.Edges) <= 200_000 { // else at the left without a look
		for _, e := range d.Edges {
			lines = append(lines, newBoxed(e.flat()))
		}
	}
	for i, f := range d.g.Frames {
		r := d.Frames[i]
		if f.TitleH <= 0 || r.W == 0 {
			continue
		}
		pad := fallback(f.Pad, framePad)
		t := Rect{r.X + pad, r.Y + pad/2, math.Min(f.TitleW, r.W-float64(2*pad)), f.TitleH}
		d.Titles[i] = bestTitle(t, Rect{r.X + pad, t.Y, r.W - 2*pad, t.H}, lines, labels)
	}
}

// bestTitle tries the places beside the lines and labels that lie in a band.
func bestTitle(t, band Rect, lines []boxed, labels []Rect) Rect {
	var near [][]Point
	places := []float64{t.X}
	for _, b := range lines {
		line := b.line
		if !overlap(b.box, band) || !through(line, band) {
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
	// The left end first: titles that stand in line are found at once.
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

// boxed is a line with the box that it fills, to see quickly where it is not.
type boxed struct {
	line []Point
	box  Rect
}

func newBoxed(line []Point) boxed {
	lo, hi := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, p := range line {
		lo.X, lo.Y = math.Min(lo.X, p.X), math.Min(lo.Y, p.Y)
		hi.X, hi.Y = math.Max(hi.X, p.X), math.Max(hi.Y, p.Y)
	}
	return boxed{line, Rect{lo.X - 1, lo.Y - 1, hi.X - lo.X + 2, hi.Y - lo.Y + 2}}
}
