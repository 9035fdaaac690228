package layout

import (
	"cmp"
	"math"
	"slices"
)

// kind is what a vertex of the net stands for.
type kind uint8

const (
	isBox   kind = iota
	isBend       // where a long line passes a row
	isLabel      // the same, with a label
	isPort       // where a line meets a bar
	isLeft       // left border of a frame in one row
	isRight      // right border of a frame in one row
)

// vertex is a place in a row.
type vertex struct {
	kind  kind
	row   int32
	frame int32 // innermost frame, an index of net.frame, or None
	box   int32 // plan box; for borders None
	sides
	pref float64
	home span // in a grid: the columns between which a bend should pass
}

// segment joins vertices of adjacent rows, a above b.
type segment struct {
	a, b   int32
	weight float32
	ghost  bool  // not a line
	many   int32 // lines that share it
	tie    uint8 // how much it wants to be straight: 0 a line, 1 a bend or port, 2 a border
}

// room is a frame (or bar) of the net with its borders in every row it takes.
type room struct {
	parent      int32
	first, last int32
	left, right []int32 // border vertices by row - first; a frame of one row has one each
	pad         sides
	minSpan     float64
	plan        int     // plan frame, or None for a bar
	bar         int     // plan box of the bar, or None
	place       int     // among its siblings
	column      float64 // mean column of what is inside, in a grid
	inner       []int32
}

// net is a part as rows of vertices: what order and coordinates work on.
type net struct {
	*part
	v        []vertex
	rows     [][]int32
	pos      []int32 // place of each vertex in its row
	seg      []segment
	room     []room
	roots    []int32 // frames without parent
	flats    []flat
	stiff    bool      // columns of a grid hold
	arch     []float64 // height of the arches above each row
	chain    [][]int32 // vertices of each link of part.links, top to bottom
	at       []int32   // vertex of each plan box (None: other part, or a bar)
	roomOf   []int32   // net frame of each plan frame, then of each bar
	barRoom  map[int]int32
	up, down adjacency
}

// adjacency lists the neighbours of each vertex in the row above (or below).
type adjacency struct {
	off  []int32
	to   []int32
	seg  []int32
	cost []int // what crossing the segment counts
}

func (a *adjacency) of(v int32) []int32   { return a.to[a.off[v]:a.off[v+1]] }
func (a *adjacency) costs(v int32) []int  { return a.cost[a.off[v]:a.off[v+1]] }
func (a *adjacency) segs(v int32) []int32 { return a.seg[a.off[v]:a.off[v+1]] }

func newNet(q *part) *net {
	n := &net{part: q, rows: make([][]int32, q.height)}
	n.makeRooms()
	n.placeBoxes()
	n.makeChains()
	n.makeBorders()
	n.alignFree()
	n.connect()
	n.firstOrder()
	return n
}

// makeRooms copies the frames that have boxes of this part inside, and makes one
// for every bar.
func (n *net) makeRooms() {
	n.roomOf = make([]int32, len(n.plan.frame))
	for f := range n.roomOf {
		n.roomOf[f] = None
	}
	n.barRoom = map[int]int32{}
	var get func(f int) int32
	get = func(f int) int32 {
		if f == None {
			return None
		}
		if n.roomOf[f] == None {
			up := get(n.plan.frame[f].parent)
			pf := n.plan.frame[f]
			n.roomOf[f] = n.addRoom(room{parent: up, pad: pf.pad, minSpan: pf.minSpan, plan: f, bar: None})
		}
		return n.roomOf[f]
	}
	for _, v := range n.boxes {
		b := &n.box[v]
		f := get(b.frame)
		if b.bar && n.linked(v) {
			f = n.addRoom(room{parent: f, pad: sides{l: portEdge, r: portEdge}, minSpan: b.main.l + b.main.r, plan: None, bar: v})
			n.barRoom[v] = f
		}
		for ; f != None; f = n.room[f].parent {
			n.room[f].first = min(n.room[f].first, int32(n.row[v]))
			n.room[f].last = max(n.room[f].last, int32(n.lastRow(v)))
		}
	}
}

func (n *net) addRoom(r room) int32 {
	id := int32(len(n.room))
	r.first, r.last = 1<<30, -1
	n.room = append(n.room, r)
	if r.parent == None {
		n.roots = append(n.roots, id)
	} else {
		n.room[r.parent].inner = append(n.room[r.parent].inner, id)
	}
	return id
}

func (n *net) add(v vertex) int32 {
	n.v = append(n.v, v)
	return int32(len(n.v) - 1)
}

func (n *net) placeBoxes() {
	n.at = make([]int32, len(n.box))
	for i := range n.at {
		n.at[i] = None
	}
	for _, v := range n.boxes {
		b := &n.box[v]
		if _, bar := n.barRoom[v]; bar {
			continue
		}
		f := int32(None)
		if b.frame != None {
			f = n.roomOf[b.frame]
		}
		n.at[v] = n.add(vertex{kind: isBox, row: int32(n.row[v]), frame: f, box: int32(v), sides: b.sides, pref: float64(b.pref)})
	}
}

// bendKey names a bend that lines to the same box share.
type bendKey struct {
	box, row, frame int32
	kind            uint8
}

// makeChains runs every link through the rows between its boxes. Where sharing is
// worth it, lines to the same box share their bends.
func (n *net) makeChains() {
	n.chain = make([][]int32, len(n.links))
	shared := map[bendKey]int32{}
	hub, twin := n.hubs(), map[bendKey]bool{}
	joined := map[[2]int32]int{}
	for k, i := range n.links {
		l := &n.link[i]
		if n.row[l.u] == n.row[l.v] {
			continue
		}
		top, low := n.endVertex(l, l.u, l.v), n.endVertex(l, l.v, l.u)
		pref := float64(n.box[l.u].pref+n.box[l.v].pref) / 2
		if n.v[top].row >= n.v[low].row {
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
			key := bendKey{int32(l.v), r, d.frame, n.manner(l)}
			id, known := shared[key]
			if !known || !hub[l.v] || again || (n.labels[i] != None && int(r) < n.labels[i]) {
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
	return n.add(vertex{kind: isPort, row: int32(row), frame: f, box: int32(v), sides: sides{l: half, r: half}, pref: float64(n.box[other].pref)})
}

// passing is the frame a line from frame a down to frame b is in at row r: it
// leaves its own frame at the foot and enters the other at the top, if it can.
func (n *net) passing(a, b, r int32) int32 {
	common := n.common(a, b)
	inA, inB := common, common
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

// makeBorders gives every frame a left and a right border in each of its rows.
func (n *net) makeBorders() {
	for i := range n.room {
		f := &n.room[i]
		if f.last < f.first {
			continue
		}
		for r := f.first; r <= f.last; r++ {
			f.left = append(f.left, n.add(vertex{kind: isLeft, row: r, frame: int32(i), box: None, sides: n.besideBar(f.bar)}))
			f.right = append(f.right, n.add(vertex{kind: isRight, row: r, frame: int32(i), box: None, sides: n.besideBar(f.bar)}))
			if k := len(f.left) - 1; k > 0 {
				n.seg = append(n.seg, segment{a: f.left[k-1], b: f.left[k], weight: 4, many: 1, tie: 2})
				n.seg = append(n.seg, segment{a: f.right[k-1], b: f.right[k], weight: 4, many: 1, tie: 2})
			}
		}
	}
}

// besideBar is the room that the loops of a bar take at its ends.
func (n *net) besideBar(bar int) sides {
	if bar == None {
		return sides{}
	}
	b := &n.box[bar]
	return sides{l: b.l - b.main.l, r: b.r - b.main.r}
}

// alignFree ties boxes without lines to those below them, so that they stand in
// columns.
func (n *net) alignFree() {
	type slot struct{ row, frame int32 }
	free := map[slot][]int32{}
	for _, v := range n.boxes {
		if at := n.at[v]; at != None && !n.linked(v) {
			s := slot{n.v[at].row, n.v[at].frame}
			for k, above := range free[slot{s.row - 1, s.frame}] {
				if k == len(free[s]) {
					n.seg = append(n.seg, segment{a: above, b: at, weight: 0.5, many: 1, ghost: true})
				}
			}
			free[s] = append(free[s], at)
		}
	}
}

// connect builds the neighbour lists.
func (n *net) connect() {
	build := func(from, to func(s segment) int32) adjacency {
		a := adjacency{off: make([]int32, len(n.v)+1), to: make([]int32, len(n.seg)), seg: make([]int32, len(n.seg)), cost: make([]int, len(n.seg))}
		for _, s := range n.seg {
			a.off[from(s)+1]++
		}
		for i := range n.v {
			a.off[i+1] += a.off[i]
		}
		next := slices.Clone(a.off)
		for i, s := range n.seg {
			k := next[from(s)]
			a.to[k], a.seg[k], a.cost[k] = to(s), int32(i), s.cost()
			next[from(s)]++
		}
		return a
	}
	upper := func(s segment) int32 { return s.a }
	lower := func(s segment) int32 { return s.b }
	n.down = build(upper, lower)
	n.up = build(lower, upper)
}

// firstOrder fills the rows in preferred order, frames held together.
func (n *net) firstOrder() {
	n.pos = make([]int32, len(n.v))
	mean := make([]float64, len(n.room))
	count := make([]float64, len(n.room))
	direct := make([][]int32, len(n.rows)*(len(n.room)+1)) // vertices by row and frame
	slot := func(r, f int32) int { return int(r)*(len(n.room)+1) + int(f) + 1 }
	for i := range n.v {
		v := &n.v[i]
		if v.kind == isLeft || v.kind == isRight {
			continue
		}
		direct[slot(v.row, v.frame)] = append(direct[slot(v.row, v.frame)], int32(i))
		for f := v.frame; f != None && (v.kind == isBox || v.kind == isPort); f = n.room[f].parent {
			mean[f] += v.pref
			count[f]++
		}
	}
	for f := range mean {
		if count[f] > 0 {
			mean[f] /= count[f]
		}
		n.room[f].column = mean[f] + 1e-9*float64(f) // no two alike: the order is the same in every row
	}
	n.numberRooms(mean)
	type item struct {
		key  float64
		room int32
		v    int32
	}
	var fill func(r, f int32)
	fill = func(r, f int32) {
		var items []item
		for _, v := range direct[slot(r, f)] {
			items = append(items, item{n.v[v].pref, None, v})
		}
		for _, g := range n.inner(f) {
			if n.room[g].first <= r && r <= n.room[g].last {
				items = append(items, item{mean[g], g, None})
			}
		}
		slices.SortStableFunc(items, func(a, b item) int { return cmp.Compare(a.key, b.key) })
		for _, it := range items {
			if it.room == None {
				n.rows[r] = append(n.rows[r], it.v)
				continue
			}
			g := &n.room[it.room]
			n.rows[r] = append(n.rows[r], g.left[r-g.first])
			fill(r, it.room)
			n.rows[r] = append(n.rows[r], g.right[r-g.first])
		}
	}
	for r := range n.rows {
		fill(int32(r), None)
	}
	n.number()
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

// number notes the place of every vertex in its row.
func (n *net) number() {
	for _, row := range n.rows {
		for i, v := range row {
			n.pos[v] = int32(i)
		}
	}
}
