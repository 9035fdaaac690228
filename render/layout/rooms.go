package layout

import (
	"cmp"
	"slices"
)

// moveRooms gives sibling frames new places: by where the neighbours of all that
// is inside stand.
func (n *net) moveRooms() {
	if len(n.room) < 2 || n.set.Grid != nil {
		return
	}
	sum, count := make([]float64, len(n.room)), make([]float64, len(n.room))
	where := func(v int32) float64 {
		return (float64(n.pos[v]) + 0.5) / float64(len(n.rows[n.v[v].row]))
	}
	note := func(v, to int32) {
		for f := n.v[v].frame; f != None; f = n.room[f].parent {
			sum[f] += where(to)
			count[f]++
		}
	}
	for _, s := range n.seg {
		if s.tie < 2 {
			note(s.a, s.b)
			note(s.b, s.a)
		}
	}
	// A frame without lines to the outside stays where it is.
	for f := range sum {
		if count[f] > 0 {
			sum[f] /= count[f]
		} else {
			sum[f] = where(n.room[f].left[0])
		}
	}
	n.numberRooms(sum)
	keys := make([]float64, len(n.v))
	for v := range keys {
		keys[v] = float64(n.pos[v])
	}
	for r := range n.rows {
		n.sortRow(n.rows[r], keys)
	}
	n.number()
}

// exchangeRooms tries to swap neighbouring sibling frames, in small nets.
func (n *net) exchangeRooms(e effort) {
	tries := e.rooms
	if n.set.Grid != nil {
		return
	}
	best := n.snapshot()
	for gained := true; gained && tries > 0; {
		gained = false
		for i := range n.room {
			for j := range n.room {
				a, b := &n.room[i], &n.room[j]
				if a.parent != b.parent || a.place+1 != b.place || tries == 0 {
					continue
				}
				tries--
				a.place, b.place = b.place, a.place
				n.settleRooms(e)
				if s := n.snapshot(); s.cost < best.cost {
					best, gained = s, true
				} else {
					n.restore(best)
				}
			}
		}
	}
}

// settleRooms sorts all rows again after frames changed places.
func (n *net) settleRooms(e effort) {
	keys := make([]float64, len(n.v))
	for v := range keys {
		keys[v] = float64(n.pos[v])
	}
	for r := range n.rows {
		n.sortRow(n.rows[r], keys)
	}
	n.number()
	for range 2 {
		n.sweepDown(false)
		n.sweepUp(false)
	}
	n.exchange(e.rounds, false)
}

// inner are the frames directly inside f; of None: the outermost.
func (n *net) inner(f int32) []int32 {
	if f == None {
		return n.roots
	}
	return n.room[f].inner
}

// numberRooms orders the frames among their siblings by a key.
func (n *net) numberRooms(key []float64) {
	sortRooms := func(of []int32) {
		slices.SortStableFunc(of, func(a, b int32) int { return cmp.Compare(key[a], key[b]) })
		for i, f := range of {
			n.room[f].place = i
		}
	}
	sortRooms(n.roots)
	for i := range n.room {
		sortRooms(n.room[i].inner)
	}
}
