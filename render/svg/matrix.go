package svg

import (
	"strconv"

	"github.com/taut-dev/taut/render/scene"
)

// matrix paints a dependency structure matrix: labels at the left, numbers on
// top that repeat at the labels, cycles framed on the diagonal.
func (c *canvas) matrix(m *scene.Matrix) content {
	n := len(m.Labels)
	cell := 24.0
	if n > 40 {
		cell = 16
	}
	if n > 120 {
		cell = 9
	}
	left := 0.0
	for _, l := range m.Labels {
		left = max(left, noteFont.width(noteFont.line(l, 170)))
	}
	left += 52
	size := float64(n) * cell
	top, sums := 24.0, 0.0
	if cell >= 12 {
		sums = sumGap + 2*sumRoom
	}
	return content{left + size + 4 + sums, top + size + 4, func() {
		if sums > 0 {
			c.matrixSums(m, left+size+sumGap, top, cell)
		}
		c.matrixRows(m, left, top, cell)
		c.matrixMarks(m, left, top, cell)
		for _, b := range m.Blocks {
			at, w := float64(b.From)*cell, float64(b.To-b.From)*cell
			c.leaf("rect", append(box(rect{left + at, top + at, w, w}, 3), class("cyc"))...)
		}
		c.seen.cycles = len(m.Blocks) > 0
	}}
}

const (
	sumGap  = 14 // beside a matrix
	sumRoom = 60 // width of a column of counts
)

// matrixSums writes beside each row how many others it uses, and how many use it.
func (c *canvas) matrixSums(m *scene.Matrix, x, top, cell float64) {
	uses, used := make([]int, len(m.Labels)), make([]int, len(m.Labels))
	for _, k := range m.Marks {
		if k.Row != k.Col {
			uses[k.Row] += max(1, k.Count)
			used[k.Col] += max(1, k.Count)
		}
	}
	c.line(x+sumRoom-6, top-8, "depends", class("fn end"))
	c.line(x+2*sumRoom, top-8, "is needed", class("fn end"))
	for i := range m.Labels {
		y := top + float64((float64(i)+0.5)*cell) + 4
		for k, n := range [...]int{uses[i], used[i]} {
			if n > 0 {
				c.line(x+float64(float64(k+1)*sumRoom)-6+float64(float64(k)*6), y, strconv.Itoa(n), class("note end"))
			}
		}
	}
}

// matrixRows paints labels, numbers, grid and diagonal.
func (c *canvas) matrixRows(m *scene.Matrix, left, top, cell float64) {
	n := len(m.Labels)
	size := float64(n) * cell
	grid := new(path)
	for i := range n + 1 {
		at := float64(i) * cell
		grid.op('M', left, top+at).op('H', left+size).op('M', left+at, top).op('V', top+size)
	}
	c.seen.matrixGroups(m)
	for i, l := range m.Labels {
		at := float64(i) * cell
		c.leaf("rect", append(frame(rect{left + at, top + at, cell, cell}), class("self"))...)
		if cell < 12 {
			continue
		}
		mid := at + cell/2 + 4
		c.tag(m.Group[i], 2, top+at+3, top+at+cell-3)
		c.open("g", ident(c.id("r", m.IDs[i])), class("v"), say("data-id", Text(m.IDs[i])))
		c.element("title", Text(l+": "+m.Tips[i]))
		c.leaf("rect", append(box(rect{6, top + at + 1, left - 12, cell - 2}, 3), class("k hit"))...)
		c.line(10, top+mid, noteFont.line(l, 170), class("nl"))
		c.end()
		c.line(left-8, top+mid, strconv.Itoa(i+1), class("note end"))
		if cell >= 24 || (i+1)%5 == 0 {
			c.line(left+at+cell/2, top-8, strconv.Itoa(i+1), class("note mid"))
		}
	}
	c.leaf("path", class("cell"), curve(grid))
}

func (c *canvas) matrixMarks(m *scene.Matrix, left, top, cell float64) {
	r := cell * 0.22
	for _, k := range m.Marks {
		x, y := left+float64((float64(k.Col)+0.5)*cell), top+float64((float64(k.Row)+0.5)*cell)
		c.open("g")
		c.element("title", Text(m.Labels[k.Row]+" → "+m.Labels[k.Col]))
		c.dot(k.Meaning, x, y, r)
		c.end()
		c.seen.marks[k.Meaning] = true
	}
}

// dot is a mark: full for a hard call, a ring for a soft one, a diamond for events.
func (c *canvas) dot(m scene.Meaning, x, y, r float64) {
	switch m {
	case scene.Event:
		c.leaf("path", class("m event"), curve(new(path).op('M', x, y-float64(r*1.2)).op('L', x+float64(r*1.2), y).op('L', x, y+float64(r*1.2)).op('L', x-float64(r*1.2), y).op('Z')))
	case scene.SoftCall:
		c.leaf("circle", class("m soft"), num("cx", x), num("cy", y), num("r", r))
	default:
		c.leaf("circle", class("m"), num("cx", x), num("cy", y), num("r", r))
	}
}
