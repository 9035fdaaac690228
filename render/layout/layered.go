package layout

import "math"

// Layered places a graph. Edges point in o.Direction wherever no cycle stands
// against it; boxes and frames never overlap what is not theirs.
func Layered(g Graph, o Options) Result {
	p := prepare(&g, o)
	var sheets []*sheet
	if p.set.Grid != nil {
		sheets = append(sheets, newSheet(p.gridPart()))
	} else {
		row := p.rankMutual()
		widest := float64(slip)
		for _, q := range p.parts(row) {
			q.wrap(widest)
			s := newSheet(q)
			widest = math.Max(widest, s.hi-s.lo)
			sheets = append(sheets, s)
		}
	}
	d := newDrawing(&g, p)
	d.W, d.H = pack(sheets, &p.set)
	for _, s := range sheets {
		d.place(s)
	}
	return d.finish()
}

// sheet is a part with its coordinates; dx, dy is its place in the drawing.
type sheet struct {
	net    *net
	x      []float64
	level  levels
	ends   [][2]float64
	lo, hi float64 // extent along the rows
	dx, dy float64
}

// newSheet runs a part through all steps: order, x, y, ports.
func newSheet(q *part) *sheet {
	n := newNet(q)
	n.reduceCrossings()
	n.mergeTrunks()
	s := &sheet{net: n}
	n.findFlats()
	if n.set.Grid != nil {
		s.x = n.columns()
	} else {
		s.x = n.horizontal()
	}
	n.stretchBars(s.x)
	n.round(s.x)
	n.raiseArches(s.x)
	s.level = n.vertical(s.x)
	s.ends = n.ports(s.x)
	s.lo, s.hi = math.Inf(1), math.Inf(-1)
	for v := range n.v {
		s.lo = math.Min(s.lo, s.x[v]-n.v[v].l)
		s.hi = math.Max(s.hi, s.x[v]+n.v[v].r)
	}
	for _, f := range n.flats {
		if in := n.archSpan(f, s.x); !f.straight {
			s.lo, s.hi = math.Min(s.lo, in.lo), math.Max(s.hi, in.hi)
		}
	}
	return s
}

// round puts boxes, bends and frames on whole pixels, frames outwards.
func (n *net) round(x []float64) {
	for i := range n.v {
		switch v := &n.v[i]; v.kind {
		case isBox:
			if l := n.box[v.box].main.l; !n.box[v.box].tip {
				x[i] = math.Round(x[i]-l) + l
			}
		case isLeft:
			x[i] = math.Floor(x[i])
		case isRight:
			x[i] = math.Ceil(x[i])
		default:
			x[i] = math.Round(x[i]*2) / 2
		}
	}
}
