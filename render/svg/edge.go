package svg

import (
	"math"

	"github.com/taut-dev/taut/render/scene"
)

// point is a place in the picture.
type point struct{ x, y float64 }

// route is where an edge runs: corners, or cubic Bézier pieces.
type route struct {
	pts   []point
	curve bool
	label rect
	share float64 // of its length at which marks stand; 0: half
}

func (r route) moved(dx, dy float64) route {
	out := route{curve: r.curve, label: r.label.moved(dx, dy), share: r.share}
	for _, p := range r.pts {
		out.pts = append(out.pts, point{p.x + dx, p.y + dy})
	}
	return out
}

const (
	headLength = 7.5
	headWidth  = 3.4
	corner     = 7 // radius where a line turns
)

// callWidth is the class of a call's stroke by its mean number for one request:
// steps, as an eye cannot read more. "" is the usual width.
func callWidth(calls float64) lit {
	switch {
	case calls <= 0.2:
		return "w1"
	case calls <= 1.5:
		return ""
	case calls <= 4:
		return "w2"
	case calls <= 20:
		return "w3"
	}
	return "w4"
}

// edge paints one edge along its route.
func (c *canvas) edge(p *placed, i int) {
	e, r := &p.d.Edges[i], p.edges[i]
	if len(r.pts) < 2 {
		return
	}
	c.seen.edge(e)
	c.open("g", class("w"), say("data-from", Text(p.endID(e.From))), say("data-to", Text(p.endID(e.To))))
	c.element("title", Text(p.edgeTitle(e)))
	c.band(e, r)
	c.strokes(e, r)
	c.end()
}

// strokes paints line, head and marks of an edge.
func (c *canvas) strokes(e *scene.Edge, r route) {
	kind := [...]lit{"e", "e soft", "e event", "e use", "e use"}[e.Meaning]
	headed := e.Meaning <= scene.Event
	mood := edgeMood(e)
	line := curve(trace(r, headed))
	if e.Internals {
		c.leaf("path", class(kind, "twin", mood), line)
		c.leaf("path", class("e gap"), line)
	} else if e.Meaning == scene.Call {
		width := callWidth(e.Calls)
		if !showsCalls(e) {
			width = ""
		}
		c.leaf("path", class(kind, width, mood), line)
	} else {
		c.leaf("path", class(kind, mood), line)
	}
	if headed {
		c.arrowhead(r, e.Meaning, mood)
	}
	if e.Cross {
		c.slashes(r)
	}
}

// showsCalls says whether the width of an edge is how often it calls: it is not
// where the width says something else.
func showsCalls(e *scene.Edge) bool {
	return e.Meaning == scene.Call && !e.Internals && !e.Ties && e.Carries <= scene.Works
}

// edgeMood is the class of an edge by what it carries of a failure, or that it
// ties demand.
func edgeMood(e *scene.Edge) lit {
	if e.Ties {
		return "tie"
	}
	return [...]lit{"", "calm", "c2", "c3", "c4", ""}[e.Carries]
}

// carried paints the letter of what an edge carries at its middle, where the
// edge is long enough for it.
func (c *canvas) carried(p *placed, i int) {
	e, r := &p.d.Edges[i], p.edges[i]
	letter := e.Carries.Letter()
	if letter == "" || p.compact || len(r.pts) < 2 || r.length() < 34 {
		return
	}
	m, dx, dy := r.middle()
	if e.Cross || e.Label != "" {
		m = point{m.x + float64(dx*16), m.y + float64(dy*16)} // beside the mark of crossing teams
	}
	c.seen.letters = true
	c.open("g", class(impactClass(e.Carries)))
	c.leaf("circle", class("dot"), num("cx", m.x), num("cy", m.y), num("r", 7))
	c.line(m.x, m.y+3.3, letter, class("b"))
	c.end()
}

// length is how long a route is.
func (r route) length() float64 {
	pts, sum := r.pts, 0.0
	if r.curve {
		pts = flatten(pts)
	}
	for k := 1; k < len(pts); k++ {
		sum += length(pts[k-1], pts[k])
	}
	return sum
}

// edgeTitle is the tooltip of an edge.
func (p *placed) edgeTitle(e *scene.Edge) string {
	s := p.endLabel(e.From) + " → " + p.endLabel(e.To)
	if w := e.Change.Word(); w != "" {
		s += " (" + w + ")"
	}
	if e.Tip != "" {
		s += ": " + e.Tip
	}
	if w := carries(e.Carries); w != "" {
		s += " (" + w + ")"
	}
	return s
}

// carries says what an edge does to the end that depends.
func carries(i scene.Impact) string {
	return [...]string{"", "", "makes wait", "degrades", "takes down", ""}[i]
}

// endID is the id of a node, or of the frame that an edge ends at.
func (p *placed) endID(v int) string {
	if v < 0 {
		return p.d.Frames[-2-v].ID
	}
	return p.d.Nodes[v].ID
}

// endLabel names a node, or the frame that an edge ends at.
func (p *placed) endLabel(v int) string {
	if v < 0 {
		return p.d.Frames[-2-v].Label
	}
	return p.d.Nodes[v].Label
}

// edgeLabel writes the count on a folded edge over everything else.
func (c *canvas) edgeLabel(p *placed, i int) {
	e, r := &p.d.Edges[i], p.edges[i].label
	if e.Label == "" || r.w == 0 {
		return
	}
	c.leaf("rect", append(box(r, r.h/2), class("bg"))...)
	c.line(r.cx(), r.cy()+4, e.Label, class("fn mid"))
}

// ahead is the unit vector from a to b.
func ahead(a, b point) (float64, float64) {
	dx, dy := b.x-a.x, b.y-a.y
	d := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	if d == 0 {
		return 0, 1
	}
	return dx / d, dy / d
}

// trace makes the path of a route; with a head, it stops inside the head.
func trace(r route, headed bool) *path {
	pts := append([]point(nil), r.pts...)
	if n := len(pts); headed {
		dx, dy := ahead(pts[n-2], pts[n-1])
		pts[n-1] = point{pts[n-1].x - float64(dx*5), pts[n-1].y - float64(dy*5)}
	}
	p := new(path).op('M', pts[0].x, pts[0].y)
	if r.curve {
		for k := 1; k+2 < len(pts); k += 3 {
			p.op('C', pts[k].x, pts[k].y, pts[k+1].x, pts[k+1].y, pts[k+2].x, pts[k+2].y)
		}
		return p
	}
	for k := 1; k < len(pts)-1; k++ {
		rounded(p, pts[k-1], pts[k], pts[k+1])
	}
	end := pts[len(pts)-1]
	return p.op('L', end.x, end.y)
}

// rounded adds the corner at b, between a and c, with a small radius.
func rounded(p *path, a, b, c point) {
	ix, iy := ahead(b, a)
	ox, oy := ahead(b, c)
	ri := min(corner, length(a, b)/2)
	ro := min(corner, length(b, c)/2)
	ri, ro = min(ri, ro), min(ri, ro)
	p.op('L', b.x+float64(ix*ri), b.y+float64(iy*ri)).op('Q', b.x, b.y, b.x+float64(ox*ro), b.y+float64(oy*ro))
}

func length(a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}

// arrowhead paints the end of an edge: a shape rather than a marker, as markers need ids.
func (c *canvas) arrowhead(r route, m scene.Meaning, mood lit) {
	n := len(r.pts)
	tip := r.pts[n-1]
	dx, dy := ahead(r.pts[n-2], tip)
	bx, by := tip.x-float64(dx*headLength), tip.y-float64(dy*headLength)
	kind := lit("h")
	if m == scene.Event {
		kind = "h event"
	}
	c.leaf("path", class(kind, mood), curve(new(path).op('M', tip.x, tip.y).
		op('L', bx-float64(dy*headWidth), by+float64(dx*headWidth)).
		op('L', bx+float64(dy*headWidth), by-float64(dx*headWidth)).op('Z')))
}

// slashes marks an edge that crosses teams, near its middle.
func (c *canvas) slashes(r route) {
	m, dx, dy := r.middle()
	p := new(path)
	for _, k := range [...]float64{-2, 2} {
		x, y := m.x+float64(dx*k), m.y+float64(dy*k)
		p.op('M', x-float64(dy*4)-float64(dx*1.5), y+float64(dx*4)-float64(dy*1.5)).
			op('L', x+float64(dy*4)+float64(dx*1.5), y-float64(dx*4)+float64(dy*1.5))
	}
	c.leaf("path", class("e cross"), curve(p))
}

// middle is the point half way along a route, or where its marks have more
// room, and the direction there.
func (r route) middle() (m point, dx, dy float64) {
	if r.share > 0 {
		return r.along(r.share)
	}
	return r.along(0.5)
}

// aside moves the marks of edges off the titles of frames.
func (p *placed) aside() {
	words := append(append([]rect(nil), p.titles...), p.notes...)
	for i := range p.edges {
		r := &p.edges[i]
		for _, share := range [...]float64{0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74} {
			if len(r.pts) < 2 {
				break
			}
			if m, _, _ := r.along(share); !overlaps(words, rect{m.x - 9, m.y - 7, 18, 14}) {
				r.share = share
				break
			}
		}
	}
}

// along is the point at a share of a route's length and the direction there.
func (r route) along(share float64) (m point, dx, dy float64) {
	pts := r.pts
	if r.curve {
		pts = flatten(pts)
	}
	total := 0.0
	for k := 1; k < len(pts); k++ {
		total += length(pts[k-1], pts[k])
	}
	half := total * share
	for k := 1; k < len(pts); k++ {
		if l := length(pts[k-1], pts[k]); half <= l || k == len(pts)-1 {
			dx, dy = ahead(pts[k-1], pts[k])
			return point{pts[k-1].x + float64(dx*half), pts[k-1].y + float64(dy*half)}, dx, dy
		} else {
			half -= l
		}
	}
	return pts[0], 0, 1
}

// flatten turns Bézier pieces into short straight ones.
func flatten(pts []point) []point {
	out := []point{pts[0]}
	for k := 0; k+3 < len(pts); k += 3 {
		for s := 1; s <= 8; s++ {
			out = append(out, bezier(pts[k:k+4], float64(s)/8))
		}
	}
	return out
}

// bezier is a point of a cubic piece, for t in 0..1. Products are rounded one by
// one, so that no machine fuses them.
func bezier(p []point, t float64) point {
	u := 1 - t
	a, b, c, d := float64(u*u)*u, float64(3*u*u)*t, float64(3*u*t)*t, float64(t*t)*t
	return point{
		float64(a*p[0].x) + float64(b*p[1].x) + float64(c*p[2].x) + float64(d*p[3].x),
		float64(a*p[0].y) + float64(b*p[1].y) + float64(c*p[2].y) + float64(d*p[3].y),
	}
}
