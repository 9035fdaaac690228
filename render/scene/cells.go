package scene

import "slices"

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

// members picks the services of one block, in the list's order.
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
