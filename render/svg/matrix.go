package svg

import (
	"math"
	"strconv"

	"github.com/taut-dev/taut/render/scene"
)

// matrix paints a dependency structure matrix: labels at the left, numbers on
// top that repeat at the labels, cycles framed on the diagonal.
func (c *canvas) matrix(m *scene.Matrix) content {
	n := len(m.Labels)
	cell := 24.0
	if m.Most > 0 {
		cell = 38
	}
	if n > 40 {
		cell = 16
	}
	if n > 120 {
		cell = 9
	}
	if m.Most > 0 {
		cell = max(cell, noteFont.width(strconv.Itoa(min(m.Most, 9999)))+4)
	}
	left := 0.0
	for _, l := range m.Labels {
		left = max(left, noteFont.width(noteFont.line(l, 170)))
	}
	left += 52
	size := float64(n) * cell
	top, sums := 24.0, 0.0
	if m.Most == 0 && cell >= 12 {
		sums = 2 * sumRoom
	}
	return content{left + size + 4 + sums, top + size + 4, func() {
		if sums > 0 {
			c.matrixSums(m, left+size, top, cell)
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

// sumRoom is the width of a column of counts beside a matrix.
const sumRoom = 58

// matrixSums writes beside each row how many others it uses, and how many use it.
func (c *canvas) matrixSums(m *scene.Matrix, x, top, cell float64) {
	uses, used := make([]int, len(m.Labels)), make([]int, len(m.Labels))
	for _, k := range m.Marks {
		uses[k.Row]++
		used[k.Col]++
	}
	c.line(x+sumRoom-6, top-8, "uses", class("fn end"))
	c.line(x+2*sumRoom, top-8, "used by", class("fn end"))
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
		c.open("g")
		c.element("title", Text(l+": "+m.Tips[i]))
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
		if m.Most > 0 {
			c.element("title", Text(m.Labels[k.Row]+" → "+m.Labels[k.Col]+": "+strconv.Itoa(k.Count)))
			c.warm(k, m.Most, rect{x - cell/2, y - cell/2, cell, cell})
			c.end()
			continue
		}
		c.element("title", Text(m.Labels[k.Row]+" → "+m.Labels[k.Col]))
		c.dot(k.Meaning, x, y, r)
		c.end()
		c.seen.marks[k.Meaning] = true
	}
}

// warm paints one count: the shade grows with its logarithm, as one domain may
// use another a thousand times as often as a third.
func (c *canvas) warm(k scene.Mark, most int, r rect) {
	share := 1.0
	if most > 1 {
		share = math.Log(float64(k.Count)) / math.Log(float64(most))
	}
	shade := [...]lit{"heat1", "heat2", "heat3", "heat4"}[int(share*3.999)]
	c.leaf("rect", append(box(r, 0), class(shade))...)
	text := strconv.Itoa(k.Count)
	if k.Count >= 10_000 {
		text = strconv.Itoa(k.Count/1000) + "k"
	}
	ink := lit("ct")
	if shade == "heat4" {
		ink = "ct hot"
	}
	c.line(r.x+r.w/2, r.y+r.h/2+4, text, class(ink))
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
