package layout

import (
	"math"
	"slices"
)

// pack gives every sheet its place: each as high up, then as far left, as it
// fits. Of a few widths the one is taken that comes closest to the wanted
// aspect. It returns the size of the whole.
func pack(sheets []*sheet, set *settings) (w, h float64) {
	if len(sheets) == 0 {
		return 2 * set.Margin, 2 * set.Margin
	}
	aspect := set.Aspect
	if set.Direction == LeftRight {
		aspect = 1 / aspect
	}
	area, widest, abreast := 0.0, 0.0, 0.0
	for _, s := range sheets {
		abreast += s.hi - s.lo + float64(sheetAir*set.NodeGap)
		area += float64((s.hi - s.lo + set.NodeGap) * (s.level.height + set.NodeGap))
		widest = math.Max(widest, s.hi-s.lo)
	}
	best, cheapest := widest, math.Inf(1)
	tries := []float64{widest}
	for _, k := range []float64{0.8, 1, 1.15, 1.3, 1.5, 1.8, 2.2} {
		tries = append(tries, math.Max(widest, k*math.Sqrt(area*aspect)))
	}
	for _, width := range tries {
		if set.MaxWidth > 0 {
			width = math.Max(widest, math.Min(width, set.MaxWidth))
		}
		w, h := arrange(sheets, width, set)
		if cost := math.Abs(math.Log(w/h/aspect)) + float64(0.7*math.Log(w*h/area)); cost < cheapest-1e-9 {
			best, cheapest = width, cost
		}
	}
	if abreast <= slip && set.Direction == TopDown {
		best = abreast
	}
	w, h = arrange(sheets, best, set)
	for _, s := range sheets {
		s.dx += set.Margin
		s.dy += set.Margin
	}
	return w + 2*set.Margin, h + 2*set.Margin
}

const (
	sheetAir = 1.5 // between parts, in gaps between boxes
	slip     = 640 // what is no wider needs no second row: few pages are narrower
)

// step is a piece of the skyline: from x on, everything above y is taken.
type step struct{ x, y float64 }

// arrange places the sheets under a greatest width and returns the size.
func arrange(sheets []*sheet, width float64, set *settings) (w, h float64) {
	line := []step{{0, 0}}
	air := set.NodeGap * sheetAir
	for _, s := range sheets {
		sw, sh := s.hi-s.lo, s.level.height
		at, y := 0, math.Inf(1)
		for i := range line {
			if line[i].x > 0 && line[i].x+sw > width+1e-6 {
				break
			}
			// The highest piece of the skyline under the sheet, with the air at its right.
			top := 0.0
			for j := i; j < len(line) && line[j].x < line[i].x+sw+air; j++ {
				top = math.Max(top, line[j].y)
			}
			if top < y-1e-6 {
				at, y = i, top
			}
		}
		x := line[at].x
		s.dx, s.dy = x-s.lo, y
		w, h = math.Max(w, x+sw), math.Max(h, y+sh)
		line = raise(line, at, x+sw+air, y+sh+air)
	}
	return w, h
}

// raise lifts the skyline from its step at up to x.
func raise(line []step, at int, x, y float64) []step {
	j := at
	for j < len(line) && line[j].x < x {
		j++
	}
	after := line[j-1].y
	put := []step{{line[at].x, y}}
	if j == len(line) || line[j].x > x {
		put = append(put, step{x, after})
	}
	return slices.Concat(line[:at], put, line[j:])
}
