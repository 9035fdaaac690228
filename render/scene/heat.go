package scene

import (
	"cmp"
	"slices"
	"strings"
)

// denseEdges is how many edges a node a folded picture may have before lines
// become a knot and a matrix reads better.
const denseEdges = 3

// heat shows a folded drawing as a matrix of counts: a row uses its columns,
// darker cells more often, and the diagonal holds what stays inside. Those that
// use most come first.
func heat(f *folder) *Matrix {
	n := len(f.d.Nodes)
	total := make([][]int, n)
	balance := make([]int, n)
	for i := range total {
		total[i] = make([]int, n)
		total[i][i] = f.own[i]
	}
	for i := range f.d.Edges {
		e := &f.d.Edges[i]
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
	m := &Matrix{Groups: f.d.Groups, GroupWord: f.word}
	for row, i := range order {
		m.Labels = append(m.Labels, f.d.Nodes[i].Label)
		m.Tips = append(m.Tips, f.d.Nodes[i].Sub)
		m.Group = append(m.Group, f.d.Nodes[i].Group)
		for col, j := range order {
			if c := total[i][j]; c > 0 {
				m.Marks = append(m.Marks, Mark{Row: row, Col: col, Meaning: Call, Count: c})
			}
			if row != col {
				m.Most = max(m.Most, total[i][j])
			}
		}
	}
	return m
}

// counted says what the numbers of a matrix are made of.
func (f *folder) counted() string {
	n := [...]struct {
		count     int
		one, many string
	}{Call: {one: "call", many: "calls"}, Event: {one: "event taken", many: "events taken"}, Use: {one: "use of a store", many: "uses of stores"}}
	for i := range f.d.Edges {
		e := &f.d.Edges[i]
		if e.Meaning == SoftCall {
			n[Call].count += e.count
			continue
		}
		n[e.Meaning].count += e.count
	}
	sum, parts := 0, []string(nil)
	for _, k := range n {
		if sum += k.count; k.count > 0 {
			parts = append(parts, thousands(k.count)+" "+verb(k.count, k.one, k.many))
		}
	}
	said := "the numbers between two " + f.word + "s add up to "
	if len(parts) > 1 {
		said += thousands(sum) + ": "
	}
	return said + strings.Join(parts, ", ")
}
