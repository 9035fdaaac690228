package graph

import "slices"

// CSR is a directed graph in compressed rows: the targets of v are
// To[Off[v]:Off[v+1]], ascending. It holds at most 2^31-1 edges.
type CSR struct {
	Off, To []int32
}

// Edge is one arrow.
type Edge struct {
	From, To int32
}

// NewCSR makes a graph of n nodes. Parallel edges count once; self-edges stay.
// The order of edges makes no difference.
func NewCSR(n int, edges []Edge) *CSR {
	c := &CSR{Off: make([]int32, n+1), To: make([]int32, len(edges))}
	for _, e := range edges {
		c.Off[e.From+1]++
	}
	for v := range n {
		c.Off[v+1] += c.Off[v]
	}
	next := slices.Clone(c.Off[:n])
	for _, e := range edges {
		c.To[next[e.From]] = e.To
		next[e.From]++
	}
	c.sortRows()
	return c
}

// sortRows orders every row and closes the gaps that duplicates leave.
func (c *CSR) sortRows() {
	var n int32
	from := int32(0)
	for v := range c.Len() {
		row := c.To[from:c.Off[v+1]]
		from = c.Off[v+1]
		slices.Sort(row)
		c.Off[v] = n
		for i, t := range row {
			if i == 0 || t != row[i-1] {
				c.To[n] = t
				n++
			}
		}
	}
	c.Off[c.Len()] = n
	c.To = slices.Clip(c.To[:n])
}

// Out gives the targets of v, ascending. The caller must not change them.
func (c *CSR) Out(v int32) []int32 { return c.To[c.Off[v]:c.Off[v+1]] }

// Len is the number of nodes.
func (c *CSR) Len() int { return len(c.Off) - 1 }

// Edges is the number of distinct edges.
func (c *CSR) Edges() int { return len(c.To) }

// Has says whether there is an edge u → v.
func (c *CSR) Has(u, v int32) bool {
	_, ok := slices.BinarySearch(c.Out(u), v)
	return ok
}

// Reverse turns every edge round.
func (c *CSR) Reverse() *CSR {
	n := c.Len()
	r := &CSR{Off: make([]int32, n+1), To: make([]int32, len(c.To))}
	for _, t := range c.To {
		r.Off[t+1]++
	}
	for v := range n {
		r.Off[v+1] += r.Off[v]
	}
	next := slices.Clone(r.Off[:n])
	for u := range int32(n) {
		for _, t := range c.Out(u) {
			r.To[next[t]] = u
			next[t]++
		}
	}
	return r
}
