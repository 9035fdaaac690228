package svg

import "github.com/taut-dev/taut/render/scene"

// end is the upright piece of a wire at one of its boxes.
type end struct {
	wire, at  int // at 0: the source
	x, y0, y1 float64
}

// part moves ports sideways where the upright pieces of two nets would lie on
// each other and read as one line: a port above and one below a corridor do
// when the upper one has the lower track.
func (w *wiring) part(t *tiers, p *placed) {
	for range 4 {
		ends := w.ends(t, p)
		moved := false
		for i := range ends {
			if a := &ends[i]; w.hides(ends, a, a.x, i) {
				moved = w.dodge(p, ends, i) || moved
			}
		}
		if !moved {
			return
		}
	}
}

// ends lists the upright pieces at boxes.
func (w *wiring) ends(t *tiers, p *placed) []end {
	var out []end
	for i := range w.wires {
		e := &p.d.Edges[w.wires[i].edge]
		if e.From < 0 || p.attached(e) {
			continue
		}
		pts := tidy(w.wires[i].points(t, p, e))
		for at, k := range [...]int{0, len(pts) - 2} {
			if a, b := pts[k], pts[k+1]; a.x == b.x {
				out = append(out, end{i, at, a.x, min(a.y, b.y), max(a.y, b.y)})
			}
		}
	}
	return out
}

// hides says that a piece at x lies on one of another net that comes before it.
func (w *wiring) hides(ends []end, a *end, x float64, before int) bool {
	for j := range ends[:before] {
		b := &ends[j]
		if d := b.x - x; w.wires[a.wire].net != w.wires[b.wire].net && max(d, -d) < 4 && a.y0 < b.y1-1 && b.y0 < a.y1-1 {
			return true
		}
	}
	return false
}

// dodge moves an end to free room at its box, with all that share it; a wire
// that runs straight stays, as a bend would be worse.
func (w *wiring) dodge(p *placed, ends []end, i int) bool {
	a := &ends[i]
	x := &w.wires[a.wire]
	e := &p.d.Edges[x.edge]
	box := [...]int{e.From, e.To}[a.at]
	if x.first < 0 || isBar(&p.d.Nodes[e.From]) || isBar(&p.d.Nodes[e.To]) || x.x0 == x.x1 && x.gutter < 0 {
		return false
	}
	for _, d := range [...]float64{6, -6, 12, -12, 18, -18} {
		to := a.x + d
		if r := p.nodes[box]; to < r.x+8 || to > r.right()-8 || w.hides(ends, a, to, len(ends)) || underStore(p, box, x, a.at, to) {
			continue
		}
		w.put(stub{wire: a.wire, end: a.at, net: x.net}, to)
		a.x = to
		return true
	}
	return false
}

// underStore says that a port would lie where a store hangs.
func underStore(p *placed, box int, x *wire, at int, to float64) bool {
	if [...]side{x.from, x.to}[at] != bottom {
		return false
	}
	for k := range p.d.Nodes {
		if n := &p.d.Nodes[k]; n.Attach == box && n.Kind == scene.Store && to > p.nodes[k].x-6 && to < p.nodes[k].right()+6 {
			return true
		}
	}
	return false
}
