package scene

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
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
					if u != v && c.From == p.To && feeds(p.Events, &c) {
						a.edge(a.index[s.ID], a.index[t.ID])
					}
				}
			}
		}
	}
}

// feeds says whether some of the events start work at the consumer, and are no
// mere answers.
func feeds(events []string, c *model.Consumption) bool {
	return slices.ContainsFunc(c.Parts(), func(p model.Part) bool { return !p.Awaits && overlap(events, p.Events) })
}

// overlap says that two lists of events have one in common; none means all.
func overlap(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(e string) bool { return slices.Contains(b, e) })
}

// edge notes a line once; nobody is a neighbour of itself.
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
				if feeds(nil, &x) {
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

// swap exchanges the cells of two services.
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
