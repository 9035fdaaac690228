package layout

// ArrangeCells chooses cells for n nodes so that the lines between them are short
// and point right or down: for the series of drawings that Grid is meant for,
// give it the edges of all of them together. Nodes keep to their index order
// where nothing speaks against it. columns 0 means a number near the square root.
func ArrangeCells(n, columns int, edges [][2]int) []Cell {
	if columns <= 0 {
		for columns = 1; columns*columns < n; {
			columns++
		}
	}
	a := arranger{columns: columns, cell: make([]Cell, n), near: make([][]way, n)}
	for i := range a.cell {
		a.cell[i] = Cell{i / columns, i % columns}
	}
	for _, e := range edges {
		if e[0] != e[1] && within(e[0], n) && within(e[1], n) {
			a.near[e[0]] = append(a.near[e[0]], way{e[1], false})
			a.near[e[1]] = append(a.near[e[1]], way{e[0], true})
		}
	}
	for gained, pass := true, 0; gained && pass < 50; pass++ {
		gained = false
		for i := range n {
			for j := range i {
				gained = a.try(j, i) || gained
			}
		}
	}
	return a.cell
}

type way struct {
	to   int
	back bool
}

type arranger struct {
	columns int
	cell    []Cell
	near    [][]way
}

// try exchanges two nodes if that makes things better, in hundredths of a step.
func (a *arranger) try(i, j int) bool {
	before := a.cost(i) + a.cost(j)
	a.cell[i], a.cell[j] = a.cell[j], a.cell[i]
	if a.cost(i)+a.cost(j) < before {
		return true
	}
	a.cell[i], a.cell[j] = a.cell[j], a.cell[i]
	return false
}

// cost is the length of the lines of one node, and how far it is from its place
// in index order.
func (a *arranger) cost(i int) int {
	at := a.cell[i]
	d := at.Row*a.columns + at.Col - i
	sum := max(d, -d) * 4
	for _, w := range a.near[i] {
		from, to := at, a.cell[w.to]
		if w.back {
			from, to = to, from
		}
		sum += lineCost(to.Row-from.Row, to.Col-from.Col)
	}
	return sum
}

// lineCost is how little one likes a line that goes some rows down and some
// columns right: best are neighbours, then short ways between neighbouring rows.
func lineCost(rows, cols int) int {
	wide := max(cols, -cols)
	switch {
	case rows == 0 && cols == 1:
		return 100
	case rows == 0 && cols > 0:
		return 160 + 40*cols
	case rows == 0:
		return 180 + 40*wide
	case rows == 1:
		return 110 + 30*wide
	case rows > 1:
		return 150*rows + 30*wide
	}
	return 120 - 170*rows + 30*wide
}
