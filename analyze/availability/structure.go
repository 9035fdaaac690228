package availability

import "github.com/taut-dev/taut/analyze/graph"

// structure is what all journeys share: the rules by which nodes go down, and
// which nodes may fail by themselves. A node with availability 1 never does.
type structure struct {
	g       *graph.Graph
	plane   *graph.Plane
	takes   *graph.CSR // row to the rows whose fall it shares
	causes  []Cause
	up      []float64  // availability of each node by itself, then of each common cause
	assumed []bool     // and whether it is
	fails   *graph.CSR // row to the nodes whose own failure takes it down
	paired  []bool     // of each node: its failure takes several rows down, its own and its unit's, or a common cause's
	rows    []rowFacts
	naive   []graph.Value // of each row
	core    *core         // nil: there is none worth it
}

// rowFacts sums up the nodes of a row that are not paired.
type rowFacts struct {
	up      float64 // product of their availabilities
	assumed int32   // how many of these are assumed
	nodes   int32
	paired  bool // there are paired ones too
}

func (f *rowFacts) add(up float64, nodes, assumed int32) {
	f.up *= up
	f.nodes += nodes
	f.assumed += assumed
}

func newStructure(g *graph.Graph) *structure {
	s := &structure{g: g, plane: g.Plane(graph.Down)}
	s.takes = s.plane.Gives.Reverse()
	s.up, s.assumed, s.paired = make([]float64, g.Len()), make([]bool, g.Len()), make([]bool, g.Len())
	for v := range int32(g.Len()) {
		s.up[v], s.assumed[v] = Of(g, v)
	}
	s.share()
	var fails []graph.Edge
	for v := range int32(len(s.up)) {
		if s.up[v] == 1 {
			continue
		}
		seeds := s.seedsOf(v)
		for _, x := range seeds {
			row := s.plane.RowOf[x]
			fails = append(fails, graph.Edge{From: row, To: v})
			s.paired[v] = s.paired[v] || row != s.plane.RowOf[seeds[0]]
		}
	}
	s.fails = graph.NewCSR(s.plane.Rows, fails)
	s.rows = make([]rowFacts, s.plane.Rows)
	for r := range s.rows {
		s.rows[r] = s.facts(int32(r))
	}
	s.naive = s.naiveRows()
	s.core = newCore(s)
	return s
}

func (s *structure) facts(row int32) rowFacts {
	f := rowFacts{up: 1}
	for _, v := range s.fails.Out(row) {
		assumed := int32(0)
		if s.assumed[v] {
			assumed = 1
		}
		if s.paired[v] {
			f.paired = true
			continue
		}
		f.add(s.up[v], s.counted(v), assumed)
	}
	return f
}
