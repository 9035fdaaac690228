package scene

import (
	"github.com/taut-dev/taut/analyze/graph"
)

// Panels draws every design in every row: first index the column, second the
// row. A service has the same cell and colour in all of them.
func (c *Comparison) Panels() [][Rows]Panel {
	a := arrange(c.Columns)
	out := make([][Rows]Panel, len(c.Columns))
	groups := c.sharedGroups()
	for i := range c.Columns {
		col := &c.Columns[i]
		for r := ShapeRow; r < Rows; r++ {
			d := begin(col.Graph, nil)
			d.share(groups)
			d.system(ByUnit)
			d.settle(a)
			if a.tiles {
				d.tile(col.Failed)
			}
			switch r {
			case FailureRow:
				d.fail(col.States, col.Failed)
				d.carry(col.States)
			case SpikeRow:
				d.copies(col.Copies)
				d.backlogs(col.Backlogs)
			}
			out[i][r].Drawing = d.Drawing
		}
	}
	c.captions(out)
	return out
}

// sharedGroups lists the teams (or domains) of all columns.
func (c *Comparison) sharedGroups() []string {
	var names []string
	have := map[string]bool{}
	for i := range c.Columns {
		d := begin(c.Columns[i].Graph, nil)
		for _, s := range c.Columns[i].Graph.Sys.Services {
			if k := d.groupKey(&s.Entity); k != "" && !have[k] {
				have[k] = true
				names = append(names, k)
			}
		}
	}
	return names
}

// share gives the canvas the groups of all columns in one order.
func (c *canvas) share(names []string) {
	c.groups, c.Groups = map[string]int{}, nil
	for _, n := range names {
		c.addGroup(n)
	}
}

// settle gives services their cells and drops what a small picture has no
// room for: marks of crossing teams, links and widths.
func (c *canvas) settle(a *arrangement) {
	for i := range c.Nodes {
		n := &c.Nodes[i]
		n.Cell = Cell{-1, -1}
		if n.Kind == Service || n.Kind == Function {
			n.Cell = a.cell[n.ID]
			n.Above = n.Cell.Row < a.above
		}
		if n.Kind == External || n.Kind == Store && n.Attach >= 0 {
			n.Group = -1
		}
	}
	whole := c.wholeFrame()
	var edges []Edge
	have := map[[2]int]bool{}
	for _, e := range c.Edges {
		e.Cross, e.Calls = false, 1
		if whole >= 0 && e.From >= 0 && e.To >= 0 && c.Nodes[e.To].Cell.Row < 0 && c.Nodes[e.To].Attach < 0 &&
			(e.Meaning == Use || c.Nodes[e.To].Kind == External) {
			e.From = -2 - whole
			if key := [2]int{e.From, e.To}; have[key] {
				continue
			} else {
				have[key] = true
			}
		}
		edges = append(edges, e)
	}
	c.Edges = edges
}

// wholeFrame is the frame that holds every service: its members' lines to what
// lies outside are one line of the frame. -1: none does.
func (c *canvas) wholeFrame() int {
	f := -1
	for i := range c.Nodes {
		if c.Nodes[i].Cell.Row < 0 {
			continue
		}
		if c.Nodes[i].Frame < 0 || f >= 0 && c.Nodes[i].Frame != f {
			return -1
		}
		f = c.Nodes[i].Frame
	}
	return f
}

// captions says in a few words what each panel shows, and which column does
// better; equal columns get no colour.
func (c *Comparison) captions(p [][Rows]Panel) {
	var hit, added [8]int
	for i := range c.Columns {
		col := &c.Columns[i]
		p[i][ShapeRow].Caption = col.shape()
		p[i][FailureRow].Caption, hit[i%8] = col.failure()
		p[i][SpikeRow].Caption, added[i%8] = col.spike()
	}
	n := min(len(c.Columns), 8)
	for i := range n {
		p[i][FailureRow].Tone = tone(hit[:n], i)
		p[i][SpikeRow].Tone = tone(added[:n], i)
	}
}

// tone marks the best and the worst of some counts of bad things.
func tone(n []int, i int) Tone {
	least, most := n[0], n[0]
	for _, x := range n {
		least, most = min(least, x), max(most, x)
	}
	switch {
	case least == most:
		return Plain
	case n[i] == least:
		return Better
	case n[i] == most:
		return Worse
	}
	return Plain
}

// shape counts what a design is made of.
func (c *Column) shape() string {
	alone := 0
	for v := range int32(c.Graph.Services()) {
		if c.Graph.Unit(v) < 0 {
			alone++
		}
	}
	s := plural(alone+len(c.Graph.Sys.Units), "thing") + " to deploy"
	if n := len(c.Graph.Sys.Stores); n > 0 {
		s += ", " + plural(n, "store")
	}
	if n := len(c.Graph.Sys.Channels); n > 0 {
		s += ", " + plural(n, "channel")
	}
	return s
}

// failure counts the services that are hit; the number weighs down above all.
func (c *Column) failure() (string, int) {
	if len(c.Failed) == 0 || len(c.States) == 0 {
		return "", 0
	}
	failed := map[int32]bool{}
	for _, f := range c.Failed {
		failed[f] = true
	}
	var n [graph.Down + 1]int
	others := 0
	for v := range int32(c.Graph.Services()) {
		if !failed[v] {
			others++
			n[c.States[v]]++
		}
	}
	s := thousands(n[graph.Down]) + " of " + thousands(others) + " others down"
	if n[graph.Down] == 0 {
		s = "none of " + thousands(others) + " others down"
	}
	if k := n[graph.Degraded]; k > 0 {
		s += ", " + thousands(k) + verb(k, " partly works", " partly work")
	}
	if k := n[graph.Delayed]; k > 0 {
		s += ", " + thousands(k) + verb(k, " waits", " wait")
	}
	return s, n[graph.Down]*1_000_000 + n[graph.Degraded]*1000 + n[graph.Delayed]
}

// verb chooses between one and many.
func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// spike counts the services that run in more copies than before.
func (c *Column) spike() (string, int) {
	if len(c.Copies) == 0 {
		return "", 0
	}
	grown, added := 0, 0
	for _, x := range c.Copies {
		if x.After <= x.Before {
			continue
		}
		added += x.After - x.Before
		if c.Graph.Kind(x.Node) == graph.Unit {
			grown += len(c.Graph.Members(x.Node))
		} else {
			grown++
		}
	}
	if added == 0 {
		return "nothing has to grow", 0
	}
	return "+" + thousands(added) + verb(added, " replica", " replicas") + ": " + thousands(grown) + " of " +
		plural(c.Graph.Services(), "service") + verb(grown, " grows", " grow"), grown*1_000_000 + added
}
