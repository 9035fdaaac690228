package svg

import (
	"cmp"
	"slices"
)

// gutters spreads the wires that run between two columns.
func (w *wiring) gutters(t *tiers) {
	for g := range t.cols + 1 {
		var nets []int
		for i := range w.wires {
			x := &w.wires[i]
			if x.gutter != g {
				continue
			}
			k := slices.Index(nets, x.net)
			if k < 0 {
				k = len(nets)
				nets = append(nets, x.net)
			}
			d := float64((k+1)/2) * 5
			if k%2 == 1 {
				d = -d
			}
			mid, room := t.cardX(g)-t.gap/2, t.gap/2-3
			switch g { // at the rims there is only the padding
			case 0:
				mid, room = t.cardX(0)-tierPad/2, tierPad/2-2
			case t.cols:
				mid, room = t.cardX(g)-t.gap+tierPad/2, tierPad/2-2
			}
			x.gutterX = mid + max(-room, min(room, d))
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
