package scene

import (
	"cmp"
	"slices"
)

// denseEdges is how many edges a node a folded picture may have before lines
// become a knot and a matrix reads better.
const denseEdges = 3

// heat shows a folded drawing as a matrix of counts: a row uses its columns,
// darker cells more often. Those that use most come first.
func heat(d *Drawing, word string) *Matrix {
	n := len(d.Nodes)
	total := make([][]int, n)
	balance := make([]int, n)
	for i := range total {
		total[i] = make([]int, n)
	}
	for i := range d.Edges {
		e := &d.Edges[i]
		user, used := e.From, e.To
		if e.Meaning == Event {
			user, used = e.To, e.From // who takes an event uses who sends it
		}
		total[user][used] += e.count
		balance[user] += e.count
		balance[used] -= e.count
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(balance[b], balance[a]) })
	m := &Matrix{GroupWord: word}
	for row, i := range order {
		m.Labels = append(m.Labels, d.Nodes[i].Label)
		m.Tips = append(m.Tips, d.Nodes[i].Sub)
		m.Group = append(m.Group, -1)
		for col, j := range order {
			if c := total[i][j]; c > 0 {
				m.Marks = append(m.Marks, Mark{Row: row, Col: col, Meaning: Call, Count: c})
				m.Most = max(m.Most, c)
			}
		}
	}
	return m
}
