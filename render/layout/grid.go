package layout

import (
	"math"
	"slices"
)

// gridPart makes one part of everything, with the rows of Options.Grid.
func (p *plan) gridPart() *part {
	rows := p.cells()
	q := &part{plan: p, boxes: p.byPreference(), row: make([]int, len(p.box)), labels: make([]int, len(p.link))}
	for v := range p.box {
		if b := &p.box[v]; b.cell.Row != None {
			q.row[v] = b.cell.Row
			b.pref = b.cell.Col
		} else if !b.bar && !b.tip {
			q.row[v] = rows // below all that have a cell
		}
	}
	for v := range p.box {
		if b := &p.box[v]; b.tip || b.cell.Row == None {
			b.pref = p.middleColumn(v)
		}
	}
	for v := range p.box {
		p.box[v].place = float64(p.box[v].pref)
	}
	p.kahn()
	below := q.barGaps(rows) // bars by the row they lie below
	for _, bars := range below {
		for _, v := range bars {
			q.row[v] = None
		}
	}
	q.numberRows(rows, below)
	q.tipRows()
	for i := range p.link {
		l := &p.link[i]
		if q.row[l.u] > q.row[l.v] {
			p.flip(i)
		}
		if !l.pin {
			q.links = append(q.links, i)
		}
	}
	p.kahn()
	q.labelRows()
	return q
}

// middleColumn is the column in which something without a cell is at first: the
// mean of those it has to do with, or of those inside its frame.
func (p *plan) middleColumn(v int) int {
	sum, count := 0, 0
	for _, l := range p.link {
		if w := l.u + l.v - v; (l.u == v || l.v == v) && p.box[w].cell.Row != None {
			sum += p.box[w].cell.Col
			count++
		}
	}
	if count == 0 {
		return 1
	}
	return (2*sum + count) / (2 * count)
}

// cells gives every node that takes part its cell and returns the number of rows.
func (p *plan) cells() int {
	grid := p.set.Grid
	columns := grid.Columns
	var free []int
	for _, v := range p.byPreference() {
		if b := &p.box[v]; b.node != None && !b.bar {
			free = append(free, v)
		}
	}
	// Where an order is given, only the nodes it names stand in the grid; a shared
	// database, say, is left out of it and goes below.
	if len(p.set.Order) > 0 && grid.Cells == nil {
		named := map[int]bool{}
		for _, i := range p.set.Order {
			named[i] = true
		}
		kept := free[:0]
		for _, v := range free {
			if named[p.box[v].node] {
				kept = append(kept, v)
			}
		}
		free = kept
	}
	if columns <= 0 {
		columns = int(math.Ceil(math.Sqrt(float64(len(free)))))
	}
	rows := 0
	taken := map[Cell]bool{}
	for k, v := range free {
		c := Cell{k / columns, k % columns}
		if grid.Cells != nil {
			c = Cell{None, None}
			if i := p.box[v].node; within(i, len(grid.Cells)) && grid.Cells[i].Row >= 0 && grid.Cells[i].Col >= 0 {
				c = grid.Cells[i]
			}
		}
		if c.Row != None && taken[c] { // two for one cell: the later goes below
			c = Cell{None, None}
		}
		taken[c] = true
		p.box[v].cell = c
		rows = max(rows, c.Row+1)
	}
	return rows
}

// barGaps finds for every bar the row below which it lies: where what plugs into
// it is near, publishers above and consumers below.
func (q *part) barGaps(rows int) [][]int {
	below := make([][]int, rows+1)
	for _, v := range q.boxes {
		if !q.box[v].bar {
			continue
		}
		best, least := 0, math.MaxInt
		for gap := range max(rows, 1) {
			cost := 0
			for _, i := range q.in[v] {
				cost += stray(q.row[q.link[i].u], gap, true)
			}
			for _, i := range q.out[v] {
				cost += stray(q.row[q.link[i].v], gap, false)
			}
			if cost < least {
				best, least = gap, cost
			}
		}
		below[best] = append(below[best], v)
	}
	return below
}

// stray is how badly a user of a bar in some row fits a bar below row gap.
func stray(row, gap int, above bool) int {
	d := 4 * (row - gap - 1)
	if row <= gap {
		d = 4 * (gap - row)
	}
	if (row <= gap) != above {
		d++
	}
	return d
}

// numberRows makes room for the bars between the rows of the grid.
func (q *part) numberRows(rows int, below [][]int) {
	at := make([]int, rows+1)
	next := 0
	used := make([]bool, rows+1)
	for _, v := range q.boxes {
		if b := &q.box[v]; !b.bar && !b.tip {
			used[q.row[v]] = true
		}
	}
	for r := range at {
		at[r] = next
		if used[r] {
			next++
		}
		for len(below[r]) > 0 {
			var later []int // bars that are linked lie below each other
			for _, v := range below[r] {
				if q.row[v] = next; q.touches(v, below[r], next) {
					q.row[v] = None
					later = append(later, v)
				}
			}
			below[r] = later
			next += 2
		}
	}
	for _, v := range q.boxes {
		if b := &q.box[v]; !b.bar && !b.tip {
			q.row[v] = at[q.row[v]]
		}
	}
	q.height = next
}

// touches says whether a bar is linked with another that is already in a row.
func (q *part) touches(v int, bars []int, row int) bool {
	for _, w := range bars {
		if w == v || q.row[w] != row {
			continue
		}
		for _, i := range slices.Concat(q.in[v], q.out[v]) {
			if l := &q.link[i]; l.u == w || l.v == w {
				return true
			}
		}
	}
	return false
}

// tipRows puts the end of a line on a frame at the side of the frame that faces
// the other end.
func (q *part) tipRows() {
	for _, t := range q.boxes {
		if !q.box[t].tip {
			continue
		}
		first, last, other := math.MaxInt, 0, 0
		for _, i := range slices.Concat(q.in[t], q.out[t]) {
			l := &q.link[i]
			mate := l.u + l.v - t
			if l.pin {
				first, last = min(first, q.row[mate]), max(last, q.lastRow(mate))
			} else {
				other = q.row[mate]
			}
		}
		q.row[t] = last
		if other < first {
			q.row[t] = first
		}
		for _, i := range slices.Concat(q.in[t], q.out[t]) { // not beside a bar it goes to
			l := &q.link[i]
			if w := l.u + l.v - t; !l.pin && q.box[w].bar && (q.row[t] == q.row[w] || q.row[t] == q.row[w]+1) {
				if q.row[t] = q.row[w] - 1; q.row[t] < 0 {
					q.row[t] = q.row[w] + 2
					q.height = max(q.height, q.row[t]+1)
				}
			}
		}
	}
}

// columns gives every vertex its x in a grid: boxes of one column stand below
// each other, all columns are equally wide, everything else finds room between.
func (n *net) columns() []float64 {
	x, ok := n.inColumns(0)
	if !ok { // frames that do not fit the grid: their order counts more
		return n.horizontal()
	}
	// What the fences need between two columns, all columns get: a grid looks
	// like one only if its columns are even.
	pitch := n.set.Grid.CellW + n.set.NodeGap
	at := map[int]float64{}
	last := 0
	for i := range n.v {
		if c := n.cellOf(int32(i)); c.Row != None {
			at[c.Col] = x[i]
			last = max(last, c.Col)
		}
	}
	before, seen := 0, false
	for c := 0; c <= last; c++ {
		if v, used := at[c]; used {
			if seen {
				pitch = math.Max(pitch, (v-at[before])/float64(c-before))
			}
			before, seen = c, true
		}
	}
	x, _ = n.inColumns(math.Ceil(pitch))
	n.stiff = true
	n.relax(x)
	return x
}

// cellOf is the cell of a vertex, Row None for what has none.
func (n *net) cellOf(v int32) Cell {
	if b := n.v[v].box; b != None && n.v[v].kind == isBox {
		return n.box[b].cell
	}
	return Cell{None, None}
}

// inColumns places everything as far left as it goes with columns at least a
// pitch apart; ok is false where columns and frames contradict each other.
func (n *net) inColumns(pitch float64) (x []float64, ok bool) {
	sets := newUnion(len(n.v))
	head := map[int]int{}
	last := 0
	for i := range n.v {
		if c := n.cellOf(int32(i)); c.Row != None {
			if h, known := head[c.Col]; known {
				sets.join(h, i)
			} else {
				head[c.Col] = i
			}
			last = max(last, c.Col)
		}
	}
	for _, s := range n.seg {
		if s.tie == 2 {
			sets.join(int(s.a), int(s.b))
		}
	}
	root := make([]int32, len(n.v))
	for i := range root {
		root[i] = int32(sets.find(i))
	}
	fences := n.fences(root, nil)
	before, seen := 0, false
	for c := 0; c <= last; c++ {
		if h, used := head[c]; used {
			if seen {
				fences = append(fences, fence{root[head[before]], root[h], pitch * float64(c-before)})
			}
			before, seen = c, true
		}
	}
	g := newFenceGraph(len(n.v), fences)
	if len(g.order) < len(n.v) {
		return nil, false
	}
	at := make([]float64, len(n.v))
	g.pushRight(at)
	x = make([]float64, len(n.v))
	for i := range x {
		x[i] = at[root[i]]
	}
	return x, true
}
