package scene

import (
	"cmp"
	"slices"
)

// MaxCards is the number of services past which a comparison shows squares.
const MaxCards = 60

// mosaic puts services into a wide block, those of a domain and of a team side
// by side: with hundreds of them the eye reads areas.
func (a *arrangement) mosaic(columns []Column) {
	type kin struct{ domain, owner string }
	of := make([]kin, len(a.ids))
	for _, c := range columns {
		for _, s := range c.Graph.Sys.Services {
			of[a.index[s.ID]] = kin{s.Domain, s.Owner}
		}
	}
	order := make([]int, len(a.ids))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(of[x].domain, of[y].domain), cmp.Compare(of[x].owner, of[y].owner))
	})
	for a.cols = 1; a.cols*a.cols < 2*len(order); a.cols++ {
	}
	for k, i := range order {
		a.cell[a.ids[i]] = Cell{k / a.cols, k % a.cols}
	}
	a.above = (len(order) + a.cols - 1) / a.cols
}

// tile keeps squares for services, the frames round all of them, channels, and
// whatever failed.
func (c *canvas) tile(failed []int32) {
	stays := make([]bool, len(c.Nodes))
	for _, v := range failed {
		if k := c.node[v]; k >= 0 {
			stays[k] = true
		}
	}
	at := make([]int, len(c.Nodes))
	var nodes []Node
	for k, n := range c.Nodes {
		at[k] = -1
		if n.Cell.Row < 0 && n.Kind != Channel && n.Kind != Queue && !stays[k] {
			continue
		}
		n.Attach, n.Tile = -1, n.Cell.Row >= 0
		at[k] = len(nodes)
		nodes = append(nodes, n)
	}
	for v, k := range c.node {
		if k >= 0 {
			c.node[v] = at[k]
		}
	}
	c.Nodes, c.Edges = nodes, nil
	if c.wholeFrame() < 0 {
		for k := range c.Nodes {
			c.Nodes[k].Frame = -1
		}
	}
}

// Messages says what the picture of the comparison leaves out; also for stderr.
func (c *Comparison) Messages() []string {
	n := 0
	for i := range c.Columns {
		n = max(n, c.Columns[i].Graph.Services())
	}
	if n <= MaxCards {
		return nil
	}
	return []string{"each square is a service: " + thousands(n) + " are more than " + thousands(MaxCards) + " that fit by name; calls, stores and units of a part of the services are left out"}
}
