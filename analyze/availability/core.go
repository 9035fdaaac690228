package availability

import "github.com/taut-dev/taut/analyze/graph"

// core is a row that much of the system hangs on, with everything that it needs
// without any alternative. In an entangled system most journeys need all of it:
// it is explored once instead of once for each of them.
type core struct {
	in     []bool  // of each row: it is part of it
	above  []bool  // of each row: it needs the core
	rows   []int32 // part of it
	hubs   []int32 // groups of alternatives among rows
	paired []int32 // see cone
	facts  rowFacts
}

// coreRows is the fewest rows that are worth to be kept as a core.
const coreRows = 64

// newCore takes the row of most nodes, the first of equals; nil when it needs
// only few.
func newCore(s *structure) *core {
	if s.plane.Rows < coreRows {
		return nil
	}
	nodes := make([]int32, s.plane.Rows)
	most := s.plane.RowOf[0]
	for _, r := range s.plane.RowOf {
		nodes[r]++
		if nodes[r] > nodes[most] || nodes[r] == nodes[most] && r < most {
			most = r
		}
	}
	c := &core{facts: rowFacts{up: 1}}
	c.rows, c.in = reached(s.takes, most)
	if len(c.rows) < coreRows {
		return nil
	}
	_, c.above = reached(s.plane.Gives, most)
	x := newCone(s)
	x.epoch++
	x.facts.up = 1
	for _, r := range c.rows {
		x.count(r)
		if h := s.plane.HubOf[r]; h >= 0 {
			c.hubs = append(c.hubs, h)
		}
	}
	c.facts, c.paired = x.facts, x.paired
	return c
}

// reached lists the rows that can be reached from one, that one first.
func reached(rows *graph.CSR, from int32) (list []int32, in []bool) {
	in = make([]bool, rows.Len())
	in[from] = true
	list = []int32{from}
	for i := 0; i < len(list); i++ {
		for _, r := range rows.Out(list[i]) {
			if !in[r] {
				in[r] = true
				list = append(list, r)
			}
		}
	}
	return list, in
}
