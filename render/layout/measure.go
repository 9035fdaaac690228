package layout

import (
	"cmp"
	"math"
	"slices"
)

// Quality is what can be counted about a finished drawing. Everything but
// Aspect is better when smaller.
type Quality struct {
	Crossings       int     // places where lines cross, as seen: lines that share a stretch are one there
	Bends           int     // changes of direction: corners, or curves that move sideways
	Length          float64 // total length of all lines
	Area, Aspect    float64 // of the whole drawing; Aspect is width / height
	NodeOverlaps    int     // pairs of boxes that overlap
	FrameViolations int     // pairs of a frame and a box or frame it misses or wrongly covers
	LabelOverlaps   int     // pairs of a label and a box, a frame's title or another label
	BoxCrossings    int     // pairs of a line and a box it has no business with
	TitleCrossings  int     // pairs of a line and a frame's title or note it runs through
}

// slight is the depth in pixels up to which two things only touch.
const slight = 0.75

// Measure counts the quality of r, a drawing of g. Lines are taken as chains of
// short straight pieces, sixteen to a curve.
func Measure(g Graph, r Result) Quality {
	q := Quality{Area: r.W * r.H}
	if r.H > 0 {
		q.Aspect = r.W / r.H
	}
	lines := make([][]Point, len(r.Edges))
	for i, e := range r.Edges {
		lines[i] = e.flat()
		for k := 1; k < len(lines[i]); k++ {
			a, b := lines[i][k-1], lines[i][k]
			q.Length += math.Hypot(b.X-a.X, b.Y-a.Y)
		}
		q.Bends += e.bends()
	}
	q.Crossings = crossingPlaces(lines)
	q.NodeOverlaps = overlaps(r.Nodes, r.Nodes, true)
	q.FrameViolations = frameViolations(g, r)
	var labels []Rect
	for _, e := range r.Edges {
		if e.Label.W > 0 {
			labels = append(labels, e.Label)
		}
	}
	words := slices.Concat(r.Titles, r.Notes)
	q.LabelOverlaps = overlaps(labels, labels, true) + overlaps(labels, r.Nodes, false) + overlaps(labels, words, false)
	for i, line := range lines {
		for k, v := range r.Nodes {
			if k != g.Edges[i].From && k != g.Edges[i].To && through(line, v) {
				q.BoxCrossings++
			}
		}
		for _, t := range words {
			if through(line, t) {
				q.TitleCrossings++
			}
		}
	}
	return q
}

// flat is the line as a chain of points.
func (p Path) flat() []Point {
	if !p.Curve || len(p.Points) == 0 {
		return p.Points
	}
	out := []Point{p.Points[0]}
	for k := 3; k < len(p.Points); k += 3 {
		a, b, c, d := p.Points[k-3], p.Points[k-2], p.Points[k-1], p.Points[k]
		if a.X == b.X && a.X == c.X && a.X == d.X {
			out = append(out, d)
			continue
		}
		for i := 1; i <= 16; i++ {
			t := float64(i) / 16
			s := 1 - t
			mix := func(a, b, c, d float64) float64 {
				return float64(s*s*s*a) + float64(3*s*s*t*b) + float64(3*s*t*t*c) + float64(t*t*t*d)
			}
			out = append(out, Point{mix(a.X, b.X, c.X, d.X), mix(a.Y, b.Y, c.Y, d.Y)})
		}
	}
	return out
}

// bends counts corners, or curves that end elsewhere than straight ahead.
func (p Path) bends() int {
	if !p.Curve {
		return max(0, len(p.Points)-2)
	}
	n := 0
	for k := 3; k < len(p.Points); k += 3 {
		if a, d := p.Points[k-3], p.Points[k]; a.X != d.X && a.Y != d.Y {
			n++
		}
	}
	return n
}

// piece is one straight stretch of a line.
type piece struct {
	a, b     Point
	top, low float64
}

// crossingPlaces counts the proper crossings of all pieces, equal ones taken as
// one, by a sweep from top to bottom.
func crossingPlaces(lines [][]Point) int {
	var all []piece
	known := map[[2]Point]bool{}
	for _, line := range lines {
		for k := 1; k < len(line); k++ {
			a, b := line[k-1], line[k]
			// Written downwards, so that lines drawn in opposite directions over the
			// same stretch are found to be equal.
			if a.Y > b.Y || a.Y == b.Y && a.X > b.X {
				a, b = b, a
			}
			if key := [2]Point{a, b}; !known[key] {
				known[key] = true
				all = append(all, piece{a, b, a.Y, b.Y})
			}
		}
	}
	slices.SortStableFunc(all, func(p, q piece) int { return cmp.Compare(p.top, q.top) })
	places := 0
	var open []piece
	for _, p := range all {
		open = slices.DeleteFunc(open, func(q piece) bool { return q.low < p.top })
		for _, q := range open {
			if cross(p.a, p.b, q.a, q.b) {
				places++
			}
		}
		open = append(open, p)
	}
	return places
}

// cross says whether two pieces cross inside both.
func cross(a, b, c, d Point) bool {
	if math.Max(a.X, b.X) < math.Min(c.X, d.X) || math.Max(c.X, d.X) < math.Min(a.X, b.X) {
		return false
	}
	side := func(p, q, r Point) float64 { return float64((q.X-p.X)*(r.Y-p.Y)) - float64((q.Y-p.Y)*(r.X-p.X)) }
	const eps = 1e-6
	s, t := side(a, b, c), side(a, b, d)
	u, v := side(c, d, a), side(c, d, b)
	return (s > eps && t < -eps || s < -eps && t > eps) && (u > eps && v < -eps || u < -eps && v > eps)
}

// overlap says whether two boxes share more than their rims.
func overlap(a, b Rect) bool {
	return a.W > 0 && b.W > 0 &&
		a.X+slight < b.X+b.W && b.X+slight < a.X+a.W &&
		a.Y+slight < b.Y+b.H && b.Y+slight < a.Y+a.H
}

// covers says whether b lies inside a, up to a touch.
func covers(a, b Rect) bool {
	return a.X-slight <= b.X && a.Y-slight <= b.Y &&
		b.X+b.W <= a.X+a.W+slight && b.Y+b.H <= a.Y+a.H+slight
}

// overlaps counts overlapping pairs between two lists, or within one.
func overlaps(as, bs []Rect, same bool) int {
	n := 0
	for i, a := range as {
		for k, b := range bs {
			if (!same || k < i) && overlap(a, b) {
				n++
			}
		}
	}
	return n
}

// frameViolations counts members that stick out and strangers that reach in.
func frameViolations(g Graph, r Result) int {
	inside := func(f, outer int) bool {
		for steps := 0; within(f, len(g.Frames)) && steps <= len(g.Frames); steps++ {
			if f == outer {
				return true
			}
			f = g.Frames[f].Parent
		}
		return false
	}
	n := 0
	for f, rect := range r.Frames {
		for i, v := range r.Nodes {
			in := inside(g.Nodes[i].Frame, f)
			if in && !covers(rect, v) || !in && overlap(rect, v) {
				n++
			}
		}
		for k, other := range r.Frames {
			switch {
			case k == f || inside(f, k):
			case inside(k, f):
				if !covers(rect, other) {
					n++
				}
			case k < f && overlap(rect, other):
				n++
			}
		}
	}
	return n
}

// through says whether a line runs through a box, more than along its rim.
func through(line []Point, r Rect) bool {
	if r.W == 0 {
		return false
	}
	in := Rect{r.X + slight, r.Y + slight, r.W - 2*slight, r.H - 2*slight}
	for k := 1; k < len(line); k++ {
		if clip(line[k-1], line[k], in) {
			return true
		}
	}
	return false
}

// clip says whether a straight piece meets a box (Liang, Barsky 1984).
func clip(a, b Point, r Rect) bool {
	lo, hi := 0.0, 1.0
	for _, c := range [4][2]float64{
		{a.X - b.X, a.X - r.X}, {b.X - a.X, r.X + r.W - a.X},
		{a.Y - b.Y, a.Y - r.Y}, {b.Y - a.Y, r.Y + r.H - a.Y},
	} {
		switch p, q := c[0], c[1]; {
		case p == 0 && q < 0:
			return false
		case p < 0:
			lo = math.Max(lo, q/p)
		case p > 0:
			hi = math.Min(hi, q/p)
		}
	}
	return lo < hi
}
