package svg

import (
	"cmp"
	"slices"
)

// laneStep is the distance of lines between two columns.
const laneStep = 6

// widen makes room between columns for the lines of a drawing that run there.
func (t *tiers) widen(w *wiring) {
	for g := range t.gaps {
		least := float64(gutter)
		if g == 0 || g == t.cols {
			least = tierPad
		}
		if n := len(w.through(g)); n > 1 {
			t.gaps[g] = max(t.gaps[g], least+float64(float64(n-1)*laneStep))
		}
	}
}

// through lists the nets that run between two columns, in order of their edges.
func (w *wiring) through(g int) []int {
	var nets []int
	for i := range w.wires {
		if x := &w.wires[i]; x.gutter == g && !slices.Contains(nets, x.net) {
			nets = append(nets, x.net)
		}
	}
	return nets
}

// gutters spreads the wires that run between two columns: those that come from
// the left and go there stand left.
func (w *wiring) gutters(t *tiers) {
	for g := range t.gaps {
		nets := w.through(g)
		at := make([]float64, len(w.nets))
		for i := range w.wires {
			if x := &w.wires[i]; x.gutter == g {
				at[x.net] = x.x0 + x.x1
			}
		}
		slices.SortStableFunc(nets, func(a, b int) int { return cmp.Compare(at[a], at[b]) })
		mid := t.cardX(g) - t.gaps[g]/2
		if g == t.cols {
			mid = t.cardX(g) - t.gap + t.gaps[g]/2
		}
		for i := range w.wires {
			if x := &w.wires[i]; x.gutter == g {
				k := slices.Index(nets, x.net)
				x.gutterX = mid + float64((float64(k)-float64(len(nets)-1)/2)*laneStep)
			}
		}
	}
}

// stretch is one horizontal piece of a net in a corridor.
type stretch struct {
	net      int
	from, to float64
	wires    []int
	second   bool
}

// assign puts the horizontal pieces of a corridor on tracks, so that pieces of
// different nets never lie on each other: shortest first.
func (w *wiring) assign(k int) {
	var list []stretch
	for i := range w.wires {
		x := &w.wires[i]
		if x.first == k {
			list = add(list, stretch{net: x.net, from: x.x0, to: x.x1, wires: []int{i}}, x)
		}
		if x.last == k {
			list = add(list, stretch{net: x.net, from: x.gutterX, to: x.x1, wires: []int{i}, second: true}, nil)
		}
	}
	slices.SortStableFunc(list, func(a, b stretch) int { return cmp.Compare(a.to-a.from, b.to-b.from) })
	var tracks [][]stretch
	for _, s := range list {
		n := slices.IndexFunc(tracks, func(t []stretch) bool {
			return !slices.ContainsFunc(t, func(o stretch) bool { return o.from < s.to+6 && s.from < o.to+6 })
		})
		if n < 0 {
			n = len(tracks)
			tracks = append(tracks, nil)
		}
		tracks[n] = append(tracks[n], s)
		for _, i := range s.wires {
			if s.second {
				w.wires[i].track2 = n
			} else {
				w.wires[i].track = n
			}
		}
	}
	w.used[k] = len(tracks)
}

// add joins a piece to those of its net, or starts a new one; straight wires
// need no piece.
func add(list []stretch, s stretch, x *wire) []stretch {
	if x != nil && x.gutter >= 0 {
		s.to = x.gutterX
	}
	s.from, s.to = min(s.from, s.to), max(s.from, s.to)
	if s.from == s.to {
		return list
	}
	for i := range list {
		if o := &list[i]; o.net == s.net && o.second == s.second {
			o.from, o.to = min(o.from, s.from), max(o.to, s.to)
			o.wires = append(o.wires, s.wires...)
			return list
		}
	}
	return append(list, s)
}
