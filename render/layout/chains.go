package layout

import "math"

// bendKey names a bend that lines to the same box share.
type bendKey struct {
	box, row, frame int32
	kind            uint8
}

// bendLimit bounds the memory of deep graphs of many thousand nodes: beyond it long
// lines are drawn straight from end to end, over whatever is in between.
const bendLimit = 200_000

// makeChains runs every link through the rows between its boxes. Where sharing is
// worth it, lines to the same box share their bends.
func (n *net) makeChains() {
	n.chain = make([][]int32, len(n.links))
	shared := map[bendKey]int32{}
	hub, share, twin := n.hubs(), n.sharedFirst(), map[bendKey]bool{}
	joined := map[[2]int32]int{}
	for k, i := range n.links {
		l := &n.link[i]
		if n.row[l.u] == n.row[l.v] {
			continue
		}
		top, low := n.endVertex(l, l.u, l.v), n.endVertex(l, l.v, l.u)
		pref := n.between(l)
		if n.v[top].row >= n.v[low].row || len(n.v) > bendLimit && n.v[low].row-n.v[top].row > 1 {
			continue
		}
		c := []int32{top}
		again := l.event && !n.large() || twin[bendKey{int32(l.u), int32(l.v), top, n.manner(l)}]
		twin[bendKey{int32(l.u), int32(l.v), top, n.manner(l)}] = true
		for r := n.v[top].row + 1; r < n.v[low].row; r++ {
			d := vertex{kind: isBend, row: r, frame: n.passing(n.v[top].frame, n.v[low].frame, r), box: None, pref: pref}
			d.home = span{math.Min(n.v[top].pref, n.v[low].pref), math.Max(n.v[top].pref, n.v[low].pref)}
			if int(r) == n.labels[i] {
				d.kind = isLabel
				d.sides = sides{l.lw/2 + labelAir, l.lw/2 + labelAir, l.lh/2 + labelAir, l.lh/2 + labelAir}
				c = append(c, n.add(d))
				continue
			}
			// A bend above a label cannot be shared: the label is this line's alone.
			key := bendKey{int32(l.v), r, d.frame, n.manner(l)}
			id, known := shared[key]
			if !known || !share || !hub[l.v] || again || (n.labels[i] != None && int(r) < n.labels[i]) {
				id = n.add(d)
				shared[key] = id
			}
			c = append(c, id)
		}
		c = append(c, low)
		n.chain[k] = c
		for j := 1; j < len(c); j++ {
			key := [2]int32{c[j-1], c[j]}
			if at, known := joined[key]; known {
				n.seg[at].many++
				n.seg[at].weight += float32(l.weight)
				continue
			}
			joined[key] = len(n.seg)
			n.seg = append(n.seg, segment{a: c[j-1], b: c[j], weight: float32(l.weight), many: 1, tie: n.tie(c[j-1], c[j])})
		}
	}
}

// between is the first place of a line's bends: that of the end with fewer lines,
// which is the one that can follow.
func (n *net) between(l *link) float64 {
	degree := func(v int) int { return len(n.in[v]) + len(n.out[v]) }
	u, v := &n.box[l.u], &n.box[l.v]
	switch d := degree(l.u) - degree(l.v); {
	case d > 0:
		return v.place
	case d < 0:
		return u.place
	}
	return (u.place + v.place) / 2
}

// large says that the drawing is past reading line by line: bends are shared
// wherever possible.
func (n *net) large() bool { return len(n.links) > 300 }

// manner tells kinds of lines apart that never share a stretch.
func (n *net) manner(l *link) uint8 {
	m := uint8(0)
	if l.rev {
		m |= 1
	}
	if l.event {
		m |= 2
	}
	return m
}

// tie says how much a segment should be straight.
func (n *net) tie(a, b int32) uint8 {
	soft := func(v int32) bool { return n.v[v].kind == isBend || n.v[v].kind == isLabel }
	if soft(a) && soft(b) || n.v[a].kind == isPort || n.v[b].kind == isPort {
		return 1
	}
	return 0
}

// hubs are the boxes whose incoming lines share bends: in large drawings all of
// them, in small ones those with so many long lines that they would be a ribbon.
func (n *net) hubs() []bool {
	hub := make([]bool, len(n.box))
	long := make([]int, len(n.box))
	for _, i := range n.links {
		l := &n.link[i]
		if n.row[l.v]-n.row[l.u] > 1 {
			long[l.v]++
		}
	}
	for v := range hub {
		hub[v] = n.large() || long[v] > 4
	}
	return hub
}

// endVertex is where a link meets a box: the box's vertex, or a new port of a bar.
func (n *net) endVertex(l *link, v, other int) int32 {
	f, bar := n.barRoom[v]
	if !bar {
		return n.at[v]
	}
	row := n.row[v]
	if n.row[other] > row {
		row++
	}
	half := n.set.EdgeGap / 2
	return n.add(vertex{kind: isPort, row: int32(row), frame: f, box: int32(v), sides: sides{l: half, r: half}, pref: n.box[other].place})
}

// passing is the frame a line from frame a down to frame b is in at row r: it
// leaves its own frame at the foot and enters the other at the top, if it can.
func (n *net) passing(a, b, r int32) int32 {
	common := n.common(a, b)
	inA, inB := common, common
	// The innermost frame of a that still goes on in row r, of b that has begun.
	for f := a; f != common; f = n.room[f].parent {
		if n.room[f].last >= r && n.room[f].bar == None {
			inA = f
			break
		}
	}
	for f := b; f != common; f = n.room[f].parent {
		if n.room[f].first <= r && n.room[f].bar == None {
			inB = f
			break
		}
	}
	if inB != common { // where both would do, sooner in the frame it goes to
		return inB
	}
	return inA
}

// common is the innermost frame that holds both, or None.
func (n *net) common(a, b int32) int32 {
	for f := a; f != None; f = n.room[f].parent {
		for g := b; g != None; g = n.room[g].parent {
			if f == g {
				return f
			}
		}
	}
	return None
}
