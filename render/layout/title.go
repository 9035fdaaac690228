package layout

import "math"

// titles puts every frame's title into its band: at the left, or farther right
// where fewer lines run through it.
func (d *drawing) titles() {
	var lines [][]Point
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
		d.Titles[i] = bestTitle(t, Rect{r.X + pad, t.Y, r.W - 2*pad, t.H}, lines)
	}
}

// bestTitle tries the places beside the lines that cross a band.
func bestTitle(t, band Rect, lines [][]Point) Rect {
	var near [][]Point
	for _, line := range lines {
		if through(line, band) {
			near = append(near, line)
		}
	}
	count := func(t Rect) int {
		n := 0
		for _, line := range near {
			if through(line, t) {
				n++
			}
		}
		return n
	}
	best, least := t, count(t)
	for _, line := range near {
		for k := 1; k < len(line) && least > 0; k++ {
			if !clip(line[k-1], line[k], band) {
				continue
			}
			try := t
			try.X = math.Max(line[k-1].X, line[k].X) + 6
			if try.X+try.W > band.X+band.W {
				continue
			}
			if n := count(try); n < least || n == least && n == 0 && try.X < best.X {
				best, least = try, n
			}
		}
	}
	return best
}
