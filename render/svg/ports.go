package svg

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/render/scene"
)

// stub is one end of a wire at a side of a box.
type stub struct {
	wire int
	end  int // 0: the source
	net  int // ends of one net at the source share a port
	want float64
}

// ports spreads the ends of wires over the sides of the boxes, in the order of
// where they come from.
func (w *wiring) ports(t *tiers, p *placed) {
	for n := range p.d.Nodes {
		if isBar(&p.d.Nodes[n]) {
			continue
		}
		for _, s := range [...]side{top, bottom} {
			w.spread(p, n, s, w.stubs(p, n, s))
		}
	}
	for i := range w.wires {
		x := &w.wires[i]
		e := &p.d.Edges[x.edge]
		switch {
		case e.From < 0:
			x.x1 = p.nodes[e.To].cx()
			x.x0 = x.x1
		case isBar(&p.d.Nodes[e.From]):
			x.x0 = x.x1
		case isBar(&p.d.Nodes[e.To]):
			x.x1 = x.x0
		case x.first >= 0 && x.gutter < 0 && x.x0 != x.x1 && max(x.x0-x.x1, x.x1-x.x0) < 12:
			x.x1 = x.x0 // a jog so small would only be noise
		}
	}
}

// stubs collects the ends at one side of a box.
func (w *wiring) stubs(p *placed, n int, s side) []stub {
	var list []stub
	for i := range w.wires {
		x := &w.wires[i]
		e := &p.d.Edges[x.edge]
		if e.From == n && x.from == s && p.attached(e) {
			continue
		}
		if e.From == n && x.from == s && !slices.ContainsFunc(list, func(o stub) bool { return o.end == 0 && o.net == x.net }) {
			list = append(list, stub{i, 0, x.net, w.mean(p, x.net, n)})
		}
		if e.To == n && x.to == s && e.From >= 0 && !p.attached(e) {
			list = append(list, stub{i, 1, -1, w.heading(p, e.From, n)})
		}
	}
	slices.SortStableFunc(list, func(a, b stub) int { return cmp.Compare(a.want, b.want) })
	return list
}

// attached says that an edge leads to the store right under its source.
func (p *placed) attached(e *scene.Edge) bool {
	return e.To >= 0 && e.From >= 0 && p.d.Nodes[e.To].Attach == e.From
}

// heading is where the other end lies; channels lie everywhere.
func (w *wiring) heading(p *placed, other, self int) float64 {
	if isBar(&p.d.Nodes[other]) {
		return p.nodes[self].cx() + 1
	}
	return p.nodes[other].cx()
}

// mean is the middle of where a net leads.
func (w *wiring) mean(p *placed, net, self int) float64 {
	sum, n := 0.0, 0
	for i := range w.wires {
		if x := &w.wires[i]; x.net == net {
			sum += w.heading(p, p.d.Edges[x.edge].To, self)
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// spread gives the ends at one side of a box their places. A store that hangs
// there keeps the middle free.
func (w *wiring) spread(p *placed, n int, s side, list []stub) {
	r := p.nodes[n]
	keep := 0.0
	if s == bottom {
		for k := range p.d.Nodes {
			if p.d.Nodes[k].Attach == n {
				keep = p.nodes[k].w/2 + 9
			}
		}
	}
	step := min(16, (r.w-20-2*keep)/float64(max(len(list), 1)))
	for k, o := range list {
		x := r.cx() + float64((float64(k)-float64(len(list)-1)/2)*step)
		if keep > 0 {
			x = besideStore(r, keep, k, len(list), o.want)
		}
		w.put(o, x)
	}
}

// besideStore is a place left or right of the middle.
func besideStore(r rect, keep float64, k, n int, want float64) float64 {
	room := r.w/2 - keep - 8
	f := (float64(k) + 0.5) / float64(n)
	if n == 1 {
		if want < r.cx() {
			return r.cx() - keep - room/3
		}
		return r.cx() + keep + room/3
	}
	if f < 0.5 {
		return r.x + 8 + float64(f*2*room)
	}
	return r.cx() + keep + float64((f-0.5)*2*room)
}

// put writes a port into its wire, or into all wires that share it.
func (w *wiring) put(o stub, x float64) {
	if o.end == 1 {
		w.wires[o.wire].x1 = x
		return
	}
	for i := range w.wires {
		if y := &w.wires[i]; y.net == o.net && y.from == w.wires[o.wire].from {
			y.x0 = x
		}
	}
}
