package layout

import (
	"math"
	"slices"
)

// links turns edges into links between boxes.
func (p *plan) links(g *Graph) {
	n := len(g.Nodes)
	for i, e := range g.Edges {
		if p.pointless(g, e) {
			continue
		}
		u, v := p.end(g, e.From, true), p.end(g, e.To, false)
		if u == None || v == None {
			continue
		}
		if u == v {
			if e.From == e.To && within(e.From, n) {
				p.addLoop(&p.box[u], i, e)
			}
			continue
		}
		l := link{u: u, v: v, edge: i, event: e.Event, weight: fallback(e.Weight, 1)}
		if e.LabelW > 0 && e.LabelH > 0 {
			l.lw, l.lh = e.LabelW, e.LabelH
			if p.set.Direction == LeftRight {
				l.lw, l.lh = l.lh, l.lw
			}
		}
		p.link = append(p.link, l)
	}
}

// addLoop makes room for a line from a box to itself: on the right, or above
// when edges point to the right.
func (p *plan) addLoop(b *box, i int, e Edge) {
	b.loops = append(b.loops, i)
	room := float64(loopSize)
	if e.LabelW > 0 {
		room += labelAir + p.across(e.LabelW, e.LabelH)
		half := p.across(e.LabelH, e.LabelW)/2 + labelAir
		b.u, b.d = math.Max(b.u, half), math.Max(b.d, half)
	}
	if p.set.Direction == LeftRight {
		b.l += room
	} else {
		b.r += room
	}
	b.reach = append(b.reach, room)
}

// across is the size of a label along a row.
func (p *plan) across(w, h float64) float64 {
	if p.set.Direction == LeftRight {
		return h
	}
	return w
}

// pointless says whether an edge goes from a frame to what is inside it.
func (p *plan) pointless(g *Graph, e Edge) bool {
	for _, end := range [2][2]int{{e.From, e.To}, {e.To, e.From}} {
		f := -2 - end[0]
		if !within(f, len(p.frame)) {
			continue
		}
		at := None
		if within(end[1], len(g.Nodes)) {
			at = p.home(g.Nodes[end[1]].Frame)
		} else {
			at = -2 - end[1]
		}
		for ; at != None; at = p.frame[at].parent {
			if at == f {
				return true
			}
		}
	}
	return false
}

// end gives the box for one end of an edge. The end on a frame becomes a box
// without size that stays below (or above) all that is inside the frame.
func (p *plan) end(g *Graph, at int, leaves bool) int {
	if within(at, len(g.Nodes)) {
		return p.boxOf[at]
	}
	f := -2 - at
	if !within(f, len(p.frame)) {
		return None
	}
	id := len(p.box)
	var prefs []int
	for i := range p.box {
		if b := &p.box[i]; !b.tip && p.inside(b.frame, f) {
			l := link{u: i, v: id, edge: None, pin: true}
			if !leaves {
				l.u, l.v = id, i
			}
			p.link = append(p.link, l)
			prefs = append(prefs, b.pref)
		}
	}
	if len(prefs) == 0 {
		return None
	}
	// The middle one, so that the line leaves near the middle of the frame.
	slices.Sort(prefs)
	p.box = append(p.box, box{node: None, tip: true, frame: f, pref: prefs[len(prefs)/2], row: None, cell: Cell{None, None}})
	return id
}

// inside says whether frame f is outer or lies inside it.
func (p *plan) inside(f, outer int) bool {
	for ; f != None; f = p.frame[f].parent {
		if f == outer {
			return true
		}
	}
	return false
}
