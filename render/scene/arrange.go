package scene

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
)

// arrangement is the place of every service in all designs of a comparison.
type arrangement struct {
	ids   []string // in reading order
	cell  map[string]Cell
	edges [][2]int // calls of all designs, and events from who publishes to who consumes, by index in ids
	cols  int
	index map[string]int
	above int   // rows above the channels
	tiles bool  // too many services for cards: squares without names or lines
	block []int // services with the same number share a unit in some design, which holds not all; -1: alone
}

// arrange finds one grid for all designs: services that start things above,
// those that work off events below, so that channels fit between; neighbours
// are those that call each other. Services of one unit stay together.
func arrange(columns []Column) *arrangement {
	a := &arrangement{cell: map[string]Cell{}, index: map[string]int{}}
	for _, c := range columns {
		for v := range int32(c.Graph.Services()) {
			if id := c.Graph.ID(v); !a.has(id) {
				a.index[id] = len(a.ids)
				a.ids = append(a.ids, id)
			}
		}
	}
	if a.tiles = len(a.ids) > MaxCards; a.tiles {
		a.mosaic(columns)
		return a
	}
	for _, c := range columns {
		a.connect(c.Graph)
	}
	a.blocks(columns)
	below := a.below(columns)
	a.cols = gridColumns(len(a.ids), len(columns))
	depth := a.depth()
	var top, bottom []int
	for i := range a.ids {
		if below[i] {
			bottom = append(bottom, i)
		} else {
			top = append(top, i)
		}
	}
	slices.SortStableFunc(top, func(x, y int) int { return depth[x] - depth[y] })
	a.above = a.fill(top, 0, 0)
	a.improve(top)
	if len(bottom) > 0 {
		a.fill(bottom, a.above, 0)
		a.shift(bottom, a.above)
		a.improve(bottom)
	}
	return a
}

func (a *arrangement) has(id string) bool { _, ok := a.index[id]; return ok }

// gridColumns is how many services stand side by side: fewer the more designs
// have to fit.
func gridColumns(n, designs int) int {
	k := 8
	switch {
	case n <= 4:
		return max(n, 1)
	case n <= 8:
		k = 4
	case n <= 15:
		k = 5
	case n <= 24:
		k = 6
	}
	return max(3, k-max(0, designs-2))
}

// connect collects who calls whom, and who waits for whose events.
func (a *arrangement) connect(g *graph.Graph) {
	for v := range int32(g.Services()) {
		for _, u := range g.Calls().Out(v) {
			a.edge(a.index[g.ID(v)], a.index[g.ID(u)])
		}
	}
	for v, s := range g.Sys.Services {
		for _, p := range s.Publishes {
			for u, t := range g.Sys.Services {
				for _, c := range t.Consumes {
					if u != v && c.From == p.To && !c.Awaits && overlap(p.Events, c.Events) {
						a.edge(a.index[s.ID], a.index[t.ID])
					}
				}
			}
		}
	}
}

func overlap(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(e string) bool { return slices.Contains(b, e) })
}

func (a *arrangement) edge(u, v int) {
	if e := [2]int{u, v}; u != v && !slices.Contains(a.edges, e) {
		a.edges = append(a.edges, e)
	}
}

// below marks the services that some design feeds by events. A service that
// only waits for answers stays above, and so do all services of a unit that
// holds one from above, unless the unit holds everything.
func (a *arrangement) below(columns []Column) []bool {
	below := make([]bool, len(a.ids))
	for _, c := range columns {
		for _, s := range c.Graph.Sys.Services {
			for _, x := range s.Consumes {
				if !x.Awaits {
					below[a.index[s.ID]] = true
				}
			}
		}
	}
	for _, c := range columns {
		for _, u := range c.Graph.Sys.Units {
			if len(u.Services) < c.Graph.Services() {
				a.together(u.Services, below)
			}
		}
	}
	if !slices.Contains(below, false) {
		return make([]bool, len(a.ids))
	}
	return below
}

// together lifts a whole unit above when any of it is.
func (a *arrangement) together(ids []string, below []bool) {
	for _, id := range ids {
		if i, ok := a.index[id]; ok && !below[i] {
			for _, other := range ids {
				if j, ok := a.index[other]; ok {
					below[j] = false
				}
			}
			return
		}
	}
}

// depth is how many calls or events lie before a service: the longest way,
// counted at most as often as there are services, as cycles have no end.
func (a *arrangement) depth() []int {
	d := make([]int, len(a.ids))
	for range a.ids {
		changed := false
		for _, e := range a.edges {
			if d[e[1]] < d[e[0]]+1 && d[e[0]]+1 < len(a.ids) {
				d[e[1]], changed = d[e[0]]+1, true
			}
		}
		if !changed {
			break
		}
	}
	return d
}

// blocks numbers the units that hold some of the services but not all: their
// frames need their members side by side.
func (a *arrangement) blocks(columns []Column) {
	a.block = slices.Repeat([]int{-1}, len(a.ids))
	for _, c := range columns {
		for _, u := range c.Graph.Sys.Units {
			if len(u.Services) < 2 || len(u.Services) >= c.Graph.Services() {
				continue
			}
			first := a.index[u.Services[0]]
			if a.block[first] < 0 {
				a.block[first] = first
			}
			for _, id := range u.Services {
				a.block[a.index[id]] = a.block[first]
			}
		}
	}
}

// fill puts services into rows from left to right, each row as full as the
// others, and gives the row after the last. A block stays in one row, or has
// rows of its own.
func (a *arrangement) fill(list []int, row, offset int) int {
	if len(list) == 0 {
		return row
	}
	rows := (len(list) + a.cols - 1) / a.cols
	per := (len(list) + rows - 1) / rows
	col, done := 0, map[int]bool{}
	for k, i := range list {
		if a.block[i] < 0 {
			if col == per {
				row, col = row+1, 0
			}
			a.cell[a.ids[i]] = Cell{row, offset + col}
			col++
			continue
		}
		if done[a.block[i]] {
			continue
		}
		done[a.block[i]] = true
		row, col = a.fillBlock(a.members(list[k:], a.block[i]), row, col, per, offset)
	}
	return row + 1
}

func (a *arrangement) members(list []int, block int) []int {
	var out []int
	for _, i := range list {
		if a.block[i] == block {
			out = append(out, i)
		}
	}
	return out
}

// fillBlock puts a block into the rest of the row, or into rows of its own,
// and gives the next free cell.
func (a *arrangement) fillBlock(list []int, row, col, per, offset int) (int, int) {
	if col > 0 && col+len(list) > per {
		row, col = row+1, 0
	}
	width := per - col
	if len(list) > width {
		rows := (len(list) + per - 1) / per
		width = (len(list) + rows - 1) / rows
	}
	for k, i := range list {
		a.cell[a.ids[i]] = Cell{row + k/width, offset + col + k%width}
	}
	if last := (len(list) - 1) / width; last > 0 {
		return row + last, per // what follows starts a row
	}
	return row, col + len(list)
}

// shift moves a single short row to the side where its edges are shortest.
func (a *arrangement) shift(list []int, row int) {
	best, least := 0, 1<<30
	for offset := 0; len(list) <= a.cols && offset <= a.cols-len(list); offset++ {
		a.fill(list, row, offset)
		if k := a.cost(); k < least {
			best, least = offset, k
		}
	}
	a.fill(list, row, best)
}

// improve swaps services of one part of the grid as long as that makes edges
// shorter; the first best swap wins, so the answer is always the same.
func (a *arrangement) improve(list []int) {
	if len(a.edges)*len(list)*len(list) > 2_000_000 {
		return
	}
	now := a.cost()
	for range len(list) {
		bi, bj, best := -1, -1, now
		for i := range list {
			for j := i + 1; j < len(list); j++ {
				if a.block[list[i]] != a.block[list[j]] {
					continue
				}
				a.swap(list[i], list[j])
				if k := a.cost(); k < best {
					bi, bj, best = i, j, k
				}
				a.swap(list[i], list[j])
			}
		}
		if bi < 0 {
			return
		}
		a.swap(list[bi], list[bj])
		now = best
	}
}

func (a *arrangement) swap(i, j int) {
	x, y := a.ids[i], a.ids[j]
	a.cell[x], a.cell[y] = a.cell[y], a.cell[x]
}

// cost is how long edges are, and how often they run against the reading
// direction or past a neighbour.
func (a *arrangement) cost() int {
	sum := 0
	for _, e := range a.edges {
		u, okU := a.cell[a.ids[e[0]]]
		v, okV := a.cell[a.ids[e[1]]]
		if !okU || !okV {
			continue
		}
		dx, dy := v.Col-u.Col, v.Row-u.Row
		sum += 2*abs(dx) + 3*abs(dy)
		if dy < 0 || dy == 0 && dx < 0 {
			sum += 12
		}
		if dy == 0 && abs(dx) > 1 {
			sum += 2
		}
	}
	return sum
}

func abs(n int) int { return max(n, -n) }
