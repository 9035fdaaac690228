package svg

import (
	"math"
	"strconv"

	"github.com/taut-dev/taut/render/scene"
)

// headSlope is how steep the names above the columns rise: readable without
// turning the head, and narrow enough for a column each.
const headSlope = math.Pi / 4

// heat paints a matrix of counts: names at the left and above, a darker cell
// for more, and at the right what each row and column sums up to.
func (c *canvas) heat(m *scene.Matrix) content {
	n := len(m.Labels)
	cell := 38.0
	if n > 40 {
		cell = 26
	}
	cell = max(cell, noteFont.width(heatCount(min(m.Most, 9999)))+4)
	left := noteFont.width("who depends") + 26
	for _, l := range m.Labels {
		left = max(left, noteFont.width(noteFont.line(l, 170))+26)
	}
	top := float64(math.Sin(headSlope)*(left-26)) + 38
	size := float64(n) * cell
	lean := math.Cos(headSlope) * (left - 26)
	return content{left + size + max(sumGap, lean-cell-40) + 2*sumRoom, top + size + 4, func() {
		c.heatHeads(m, left, top, cell)
		c.matrixSums(m, left+size+max(sumGap, lean-cell-40), top, cell)
		for _, k := range m.Marks {
			x, y := left+float64(float64(k.Col)*cell), top+float64(float64(k.Row)*cell)
			c.open("g")
			c.element("title", Text(heatTip(m, k)))
			c.warm(k, m.Most, rect{x, y, cell, cell})
			c.end()
		}
		c.seen.heat, c.seen.heatMost = true, m.Most
	}}
}

// heatTip says a cell in words.
func heatTip(m *scene.Matrix, k scene.Mark) string {
	times := ": " + strconv.Itoa(k.Count)
	if k.Row == k.Col {
		return m.Labels[k.Row] + times + " inside"
	}
	return m.Labels[k.Row] + " depends on " + m.Labels[k.Col] + times
}

// heatHeads paints the names and the grid.
func (c *canvas) heatHeads(m *scene.Matrix, left, top, cell float64) {
	size := float64(len(m.Labels)) * cell
	grid := new(path)
	c.seen.matrixGroups(m)
	c.line(10, top-8, "who depends", class("fn"))
	c.line(left, 10, "on whom", class("fn"))
	for i, l := range m.Labels {
		at := float64(i) * cell
		grid.op('M', left, top+at).op('H', left+size).op('M', left+at, top).op('V', top+size)
		c.leaf("rect", append(frame(rect{left + at, top + at, cell, cell}), class("self"))...)
		name := noteFont.line(l, 170)
		c.tag(m.Group[i], 2, top+at+3, top+at+cell-3)
		c.open("g")
		c.element("title", Text(l+": "+m.Tips[i]))
		c.line(10, top+at+cell/2+4, name, class("nl"))
		c.open("g", attr{"transform", "translate(" + string(appendNum(nil, left+at+cell/2)) + " " + string(appendNum(nil, top-8)) + ") rotate(-45)"})
		c.line(0, 0, name, class("nl"))
		c.end()
		c.end()
	}
	c.leaf("path", class("cell"), curve(grid.op('M', left, top+size).op('H', left+size).op('V', top)))
}

// shades are the styles of cells, lightest first.
var shades = [...]lit{"heat1", "heat2", "heat3", "heat4", "heat5"}

// steps are the largest counts of each shade: as many as there are counts, else
// each about as many times the one before, as one domain may use another a
// thousand times as often as a third.
func steps(most int) []int {
	n := min(most, len(shades))
	var out []int
	last := 0
	for i := range n {
		last = max(last+1, int(math.Round(math.Pow(float64(most), float64(i+1)/float64(n)))))
		if most <= n {
			last = i + 1
		}
		out = append(out, last)
	}
	return out
}

// shade is the style of a count.
func shade(count, most int) lit {
	list := steps(most)
	for i, s := range list {
		if count <= s {
			return shades[(i+1)*len(shades)/len(list)-1]
		}
	}
	return shades[len(shades)-1]
}

// warm paints one count.
func (c *canvas) warm(k scene.Mark, most int, r rect) {
	ink := lit("ct")
	if k.Row != k.Col {
		s := shade(k.Count, most)
		c.leaf("rect", append(box(r, 0), class(s))...)
		if s == shades[len(shades)-1] {
			ink = "ct hot"
		}
	}
	c.line(r.cx(), r.cy()+4, heatCount(k.Count), class(ink))
}

// heatCount writes a count that fits a cell.
func heatCount(n int) string {
	if n >= 10_000 {
		return strconv.Itoa(n/1000) + "k"
	}
	return strconv.Itoa(n)
}

// heats lists the shades of a matrix of counts.
func (s *seen) heats() []entry {
	if !s.heat {
		return nil
	}
	square := func(k lit) func(*canvas, float64, float64) {
		return func(c *canvas, x, y float64) { c.leaf("rect", append(box(rect{x, y - 8, 16, 16}, 2), class(k))...) }
	}
	var out []entry
	from := 1
	for _, to := range steps(s.heatMost) {
		words := strconv.Itoa(from)
		if to > from {
			words += "–" + strconv.Itoa(to)
		}
		if from = to + 1; to == s.heatMost {
			words += " times"
		}
		out = append(out, entry{"heat-" + words, words, 18, square(shade(to, s.heatMost))})
	}
	return append(out, entry{"heat-inside", "inside itself", 18, square("self")})
}
