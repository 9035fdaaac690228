package layout

import (
	"cmp"
	"math"
	"slices"
)

// chooseBarSides decides for every service that both publishes to a bar and
// consumes from it on which side it stands, and turns one of its links so.
// They stand above, unless that leaves the other side nearly empty.
func (p *plan) chooseBarSides() {
	for b := range p.box {
		if p.box[b].bar {
			p.chooseSides(b)
		}
	}
}

// chooseSides does so for one bar. Groups that only publish (or only consume)
// have no choice; the others fill up the emptier side, last in order first.
func (p *plan) chooseSides(b int) {
	puts, takes := map[int]bool{}, map[int]bool{}
	for _, l := range p.link {
		switch {
		case l.pin || l.soft:
		case l.v == b:
			puts[l.u] = true
		case l.u == b:
			takes[l.v] = true
		}
	}
	group, size := p.talkingGroups(b, puts, takes)
	above, below := 0, 0
	fixed := make(map[int]int, len(group)) // 1 above, 2 below
	for v := range p.box {
		switch {
		case puts[v] && !takes[v]:
			fixed[group[v]] |= 1
		case takes[v] && !puts[v]:
			fixed[group[v]] |= 2
		}
	}
	// Whoever only publishes must be above, whoever only consumes below; a group
	// with both (3) stays above, its consumers are reached from the lower side.
	low := map[int]bool{}
	var free []int
	for v := range p.box { // each group once, at its first member
		if size[v] == 0 {
			continue
		}
		switch fixed[v] {
		case 0:
			free = append(free, v)
			above += size[v]
		case 2:
			low[v] = true
			below += size[v]
		default:
			above += size[v]
		}
	}
	slices.SortStableFunc(free, func(x, y int) int { return cmp.Compare(p.box[y].pref, p.box[x].pref) })
	for _, v := range free {
		if above+below >= 4 && above-size[v] >= below+size[v] {
			low[v] = true
			above, below = above-size[v], below+size[v]
		}
	}
	for i, l := range p.link {
		if l.pin || l.soft {
			continue
		}
		if l.u == b && puts[l.v] && !low[group[l.v]] || l.v == b && takes[l.u] && low[group[l.u]] {
			p.flip(i)
		}
	}
}

// talkingGroups joins the users of a bar that also call each other directly:
// they should stand on the same side. size is kept at each group's first box.
func (p *plan) talkingGroups(b int, puts, takes map[int]bool) (group, size []int) {
	n := len(p.box)
	root := newUnion(n)
	for _, l := range p.link {
		user := func(v int) bool { return puts[v] || takes[v] }
		if !l.pin && user(l.u) && user(l.v) && l.u != b && l.v != b {
			root.join(l.u, l.v)
		}
	}
	group, size = make([]int, n), make([]int, n)
	for v := range n {
		group[v] = root.find(v)
		if puts[v] || takes[v] {
			size[group[v]]++
		}
	}
	return group, size
}

// stretchBars lengthens bars over the full width of all that plugs into them (in
// a grid of the whole grid), as far as there is room.
func (n *net) stretchBars(x []float64) {
	for i := range n.room {
		f := &n.room[i]
		if f.bar == None {
			continue
		}
		want := span{x[f.left[0]], x[f.right[0]]}
		users := n.usersOf(f.bar)
		for v := range n.v {
			if users[int32(v)] || n.cellOf(int32(v)).Row != None {
				want.lo = math.Min(want.lo, x[v]-n.v[v].l)
				want.hi = math.Max(want.hi, x[v]+n.v[v].r)
			}
		}
		// Both rows of the bar limit it: what passes beside must keep its air.
		for k := range f.left {
			a, b := f.left[k], f.right[k]
			row := n.rows[n.v[a].row]
			if p := n.pos[a]; p > 0 {
				want.lo = math.Max(want.lo, x[row[p-1]]+n.gap(row[p-1], a))
			}
			if p := n.pos[b]; int(p) < len(row)-1 {
				want.hi = math.Min(want.hi, x[row[p+1]]-n.gap(b, row[p+1]))
			}
		}
		for k := range f.left {
			x[f.left[k]] = math.Min(want.lo, x[f.left[k]])
			x[f.right[k]] = math.Max(want.hi, x[f.right[k]])
		}
	}
}

// usersOf are the vertices of the boxes that are linked with a bar.
func (n *net) usersOf(bar int) map[int32]bool {
	users := map[int32]bool{}
	for _, links := range [2][]int{n.in[bar], n.out[bar]} {
		for _, i := range links {
			if v := n.at[n.link[i].u+n.link[i].v-bar]; v != None {
				users[v] = true
			}
		}
	}
	return users
}

// barPorts moves the ports of bars to where their lines come down straight.
func (n *net) barPorts(x []float64, ends [][2]float64) {
	type drop struct {
		link, end int // ends[link][end] is on the bar
		at        int32
		want      float64
	}
	drops := map[int32][]drop{} // by side: twice the room, plus 1 for its foot
	var keys []int32
	for k, c := range n.chain {
		for end := range 2 {
			if len(c) == 0 {
				continue
			}
			at, near := c[0], c[1]
			if end == 1 {
				at, near = c[len(c)-1], c[len(c)-2]
			}
			if n.v[at].kind != isPort {
				continue
			}
			want := x[near]
			if len(c) == 2 {
				want = ends[k][1-end]
			}
			key := 2*n.v[at].frame + int32(1-end)
			if drops[key] == nil {
				keys = append(keys, key)
			}
			drops[key] = append(drops[key], drop{k, end, at, want})
		}
	}
	for _, key := range keys {
		list := drops[key]
		slices.SortStableFunc(list, func(a, b drop) int { return cmp.Compare(n.pos[a.at], n.pos[b.at]) })
		f := &n.room[key/2]
		in := span{x[f.left[0]] + portEdge, x[f.right[0]] - portEdge}
		want, firm := make([]float64, len(list)), make([]float64, len(list))
		for i, d := range list {
			want[i], firm[i] = d.want, 1
		}
		for i, at := range apart(want, firm, in, n.set.EdgeGap/2) {
			ends[list[i].link][list[i].end] = at
		}
	}
}
