package layout

// Long lines to the same box are drawn as one trunk where they run side by side
// anyway. They are ordered line by line first, so that a box with many callers
// may be reached on both sides of what stands in the way.

// mergeTrunks joins neighbouring bends of lines to the same hub, from the hub
// upwards: what joined stays together.
func (n *net) mergeTrunks() {
	if n.sharedFirst() {
		return
	}
	hub := n.hubs()
	of, next := make([]int, len(n.v)), make([]int32, len(n.v)) // the link of a bend, and what comes after it
	for v := range of {
		of[v] = None
	}
	for k, c := range n.chain {
		for j := 1; j+1 < len(c); j++ {
			if i := n.links[k]; n.v[c[j]].kind == isBend && hub[n.link[i].v] && !n.link[i].event && (n.labels[i] == None || int(n.v[c[j]].row) > n.labels[i]) {
				of[c[j]], next[c[j]] = i, c[j+1]
			}
		}
	}
	same, merged := make([]int32, len(n.v)), false
	for v := range same {
		same[v] = int32(v)
	}
	for r := len(n.rows) - 1; r >= 0; r-- {
		row, trunk := n.rows[r], 0
		for i := 1; i < len(row); i++ {
			if a, b := row[i-1], row[i]; of[a] != None && of[b] != None && same[next[a]] == same[next[b]] && n.mayJoin(of, row[trunk:i], b) {
				same[b], merged = same[a], true
			} else {
				trunk = i
			}
		}
	}
	if merged {
		n.replace(same)
	}
}

// sharedFirst says that bends are shared before the order is known: in large
// drawings, for speed, and in grids, where lines have few ways to go.
func (n *net) sharedFirst() bool { return n.large() || n.set.Grid != nil }

// mayJoin says whether a bend belongs to a trunk: lines of one kind to one box,
// and no two of them from the same box, as they would be one line.
func (n *net) mayJoin(of []int, trunk []int32, v int32) bool {
	l := &n.link[of[v]]
	for _, w := range trunk {
		if m := &n.link[of[w]]; m.v != l.v || m.u == l.u || n.manner(m) != n.manner(l) {
			return false
		}
	}
	return true
}

// replace takes vertices out of the net for which another stands.
func (n *net) replace(same []int32) {
	id, kept := make([]int32, len(n.v)), n.v[:0]
	for v, s := range same {
		if int(s) == v {
			id[v] = int32(len(kept))
			kept = append(kept, n.v[v])
		}
	}
	n.v = kept
	for v, s := range same {
		id[v] = id[s]
	}
	renumber := func(list []int32) {
		for i, v := range list {
			if v != None {
				list[i] = id[v]
			}
		}
	}
	for r, row := range n.rows {
		left := row[:0]
		for _, v := range row {
			if same[v] == v {
				left = append(left, id[v])
			}
		}
		n.rows[r] = left
	}
	for _, c := range n.chain {
		renumber(c)
	}
	for i := range n.room {
		renumber(n.room[i].left)
		renumber(n.room[i].right)
	}
	renumber(n.at)
	segs, known := n.seg[:0], map[[2]int32]int{}
	for _, s := range n.seg {
		s.a, s.b = id[s.a], id[s.b]
		if at, again := known[[2]int32{s.a, s.b}]; again {
			segs[at].many += s.many
			segs[at].weight += s.weight
			continue
		}
		known[[2]int32{s.a, s.b}] = len(segs)
		segs = append(segs, s)
	}
	n.seg = segs
	n.pos = n.pos[:len(n.v)]
	n.number()
	n.connect()
}
