package layout

import (
	"cmp"
	"math"
	"slices"
)

const (
	titleAir = 6  // between a title and a line beside it
	noteGap  = 24 // between a title and the note behind it
)

// titles puts every frame's title and note where no line runs through them: into
// the band at the top, else at the bottom, which grows where that helps. A note
// without a free place has none.
func (d *drawing) titles() {
	var lines []boxed
	if len(d.Frames)*len(d.Edges) <= 200_000 { // else without a look at them
		for _, e := range d.Edges {
			lines = append(lines, newBoxed(e.flat()))
		}
	}
	var labels []Rect
	for _, e := range d.Edges {
		if e.Label.W > 0 {
			labels = append(labels, e.Label)
		}
	}
	for i, f := range d.g.Frames {
		if f.TitleH > 0 && d.Frames[i].W > 0 {
			s := &signs{d: d, frame: i, lines: lines, taken: slices.Clone(labels)}
			d.Titles[i], _ = s.put(f.TitleW, false)
			if f.NoteW > 0 {
				s.taken = append(s.taken, d.Titles[i])
				if at, struck := s.put(f.NoteW, true); !struck {
					d.Notes[i] = at
				}
			}
		}
	}
}

// signs places the words of one frame.
type signs struct {
	d     *drawing
	frame int
	lines []boxed
	taken []Rect // where no word may lie
}

// put finds a place for words of some width: from the left, or from the right.
// Words that find none free have the one with the fewest lines.
func (s *signs) put(w float64, right bool) (at Rect, struck bool) {
	f, r := &s.d.g.Frames[s.frame], s.d.Frames[s.frame]
	pad := fallback(f.Pad, framePad)
	band := Rect{r.X + pad, r.Y + pad/2, r.W - 2*pad, f.TitleH}
	best, least := s.best(band, w, right)
	if least == 0 {
		return best, false
	}
	low := band
	low.Y = r.Y + r.H - pad/2 - f.TitleH
	if at, n := s.best(low, w, right); n < least && s.vacant(at) {
		best, least = at, n
	}
	grown := band
	grown.Y = r.Y + r.H - pad/2
	if at, n := s.best(grown, w, right); n < least && s.grow(f.TitleH) {
		return at, n > 0
	}
	return best, least > 0
}

// vacant says that no box and no frame inside lies at a place.
func (s *signs) vacant(at Rect) bool {
	for _, v := range s.d.Nodes {
		if overlap(at, v) {
			return false
		}
	}
	for k, r := range s.d.Frames {
		if k != s.frame && !s.outer(k) && overlap(at, r) {
			return false
		}
	}
	return true
}

// outer says that a frame lies round this one.
func (s *signs) outer(k int) bool {
	for f := s.d.p.frame[s.frame].parent; f != None; f = s.d.p.frame[f].parent {
		if f == k {
			return true
		}
	}
	return false
}

// grow makes the frame taller where there is free room under it, also in the
// frames round it, and says whether there was.
func (s *signs) grow(h float64) bool {
	r := s.d.Frames[s.frame]
	strip := Rect{r.X - titleAir, r.Y + r.H, r.W + 2*titleAir, h + titleAir}
	if s.d.p.set.Direction == LeftRight || !s.vacant(strip) || overlaps([]Rect{strip}, s.taken, false) > 0 {
		return false
	}
	for k, v := range s.d.Frames {
		if s.outer(k) && !covers(v, strip) {
			return false
		}
	}
	s.d.Frames[s.frame].H += h
	s.d.H = math.Max(s.d.H, r.Y+r.H+h+s.d.p.set.Margin)
	return true
}

// best tries the places in a band beside its lines, and says how much is wrong
// with the best of them.
func (s *signs) best(band Rect, w float64, right bool) (Rect, int) {
	w = math.Min(w, band.W)
	first, last := band.X, band.X+band.W-w
	if right {
		first, last = last, first
	}
	places := []float64{first, last}
	wide := Rect{band.X - titleAir, band.Y, band.W + 2*titleAir, band.H}
	var near [][]Point
	for _, b := range s.lines {
		if !overlap(b.box, wide) || !through(b.line, wide) {
			continue
		}
		near = append(near, b.line)
		for k := 1; k < len(b.line); k++ {
			if p, q := b.line[k-1], b.line[k]; clip(p, q, wide) {
				places = append(places, math.Max(p.X, q.X)+titleAir, math.Min(p.X, q.X)-titleAir-w)
			}
		}
	}
	for _, l := range s.taken {
		if overlap(l, band) {
			places = append(places, l.X+l.W+titleAir, l.X-titleAir-w)
		}
	}
	slices.SortStableFunc(places, func(a, b float64) int { return cmp.Compare(math.Abs(a-first), math.Abs(b-first)) })
	best, least := Rect{first, band.Y, w, band.H}, math.MaxInt
	for _, x := range places {
		try := Rect{x, band.Y, w, band.H}
		if x < band.X || x+w > band.X+band.W {
			continue
		}
		n := 100 * overlaps([]Rect{try}, s.taken, false)
		for _, line := range near {
			if through(line, Rect{x - titleAir/2, band.Y, w + titleAir, band.H}) {
				n++
			}
		}
		if n < least {
			best, least = try, n
		}
		if n == 0 {
			break
		}
	}
	return best, least
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
