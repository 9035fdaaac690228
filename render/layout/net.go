package layout

import "slices"

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
	column      float64 // preferred place: of the first inside; in a grid the mean column
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

// of are the neighbours of v, costs and segs the segments to them.
func (a *adjacency) of(v int32) []int32   { return a.to[a.off[v]:a.off[v+1]] }
func (a *adjacency) costs(v int32) []int  { return a.cost[a.off[v]:a.off[v+1]] }
func (a *adjacency) segs(v int32) []int32 { return a.seg[a.off[v]:a.off[v+1]] }

// newNet builds the rows of a part. The order of steps matters: the rows a frame
// takes decide where lines pass, and borders come after all that is inside.
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
	// A frame takes all rows from the first to the last of what is inside, also
	// those in which nothing of it stands: nobody may walk through it.
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

// addRoom adds a frame that takes no row yet.
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

// add adds a vertex and returns its number.
func (n *net) add(v vertex) int32 {
	n.v = append(n.v, v)
	return int32(len(n.v) - 1)
}

// placeBoxes adds a vertex for every box that is not a bar.
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
		n.at[v] = n.add(vertex{kind: isBox, row: int32(n.row[v]), frame: f, box: int32(v), sides: b.sides, pref: b.place})
	}
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
