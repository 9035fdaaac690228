package svg

import (
	"strconv"
	"strings"

	"github.com/taut-dev/taut/render/scene"
)

const (
	plotWidth  = 760
	plotHeight = 420
	labelRoom  = 180
)

// plot paints a scatter. Points at the same place stand side by side; labels
// that would lie on another are left to the tooltip.
func (c *canvas) plot(p *scene.Plot) content {
	const left, top = 56.0, 12.0
	return content{left + plotWidth + labelRoom + 14, top + plotHeight + 48, func() {
		c.axes(p, left, top)
		var taken []rect
		at := make([]point, len(p.Points))
		for i := range p.Points {
			q := &p.Points[i]
			at[i] = point{left + float64(float64(q.X/p.XMax)*plotWidth) + float64(float64(min(equals(p.Points[:i], q), 8))*12),
				top + plotHeight - float64(float64(q.Y/p.YMax)*plotHeight)}
			taken = append(taken, rect{at[i].x - 6, at[i].y - 6, 12, 12})
		}
		for i := range p.Points {
			q := &p.Points[i]
			c.open("g", ident(c.id("p", q.ID)), say("data-id", Text(q.ID)))
			c.element("title", Text(q.Label+": "+p.XTitle+" "+fraction(q.X)+", "+p.YTitle+" "+fraction(q.Y)))
			c.spot(q.Group, at[i].x, at[i].y)
			c.end()
			if equals(p.Points[i+1:], q) == 0 { // the last of its place has the label for all
				label := noteFont.line(alike(p.Points, q), labelRoom)
				r := rect{at[i].x + 9, at[i].y - 8, noteFont.width(label), 16}
				if !overlaps(taken, r) {
					c.line(r.x, at[i].y+4, label, class("nl"))
					taken = append(taken, r)
				}
			}
		}
		c.seen.plotGroups(p)
	}}
}

// equals counts the points at the same place.
func equals(list []scene.Point, q *scene.Point) int {
	n := 0
	for i := range list {
		if list[i].X == q.X && list[i].Y == q.Y {
			n++
		}
	}
	return n
}

// alike lists the names of all points at the same place.
func alike(list []scene.Point, q *scene.Point) string {
	var names []string
	for i := range list {
		if list[i].X == q.X && list[i].Y == q.Y {
			names = append(names, list[i].Label)
		}
	}
	return strings.Join(names, ", ")
}

// overlaps says whether a box lies on any of those taken.
func overlaps(taken []rect, r rect) bool {
	for _, t := range taken {
		if t.x < r.right() && r.x < t.right() && t.y < r.bottom() && r.y < t.bottom() {
			return true
		}
	}
	return false
}

// spot is a point in the colour of its group.
func (c *canvas) spot(group int, x, y float64) {
	k := lit("g7")
	if group >= 0 {
		k = [...]lit{"g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7"}[group%groupColours]
	}
	c.leaf("circle", class("k spot", k), num("cx", x), num("cy", y), num("r", 5))
}

// axes paints the frame of a plot with five steps each way.
func (c *canvas) axes(p *scene.Plot, left, top float64) {
	grid := new(path)
	for i := range 6 {
		f := float64(i) / 5
		x, y := left+float64(f*plotWidth), top+plotHeight-float64(f*plotHeight)
		grid.op('M', x, top).op('V', top+plotHeight).op('M', left, y).op('H', left+plotWidth)
		c.line(x, top+plotHeight+18, fraction(float64(f*p.XMax)), class("note mid"))
		c.line(left-8, y+4, fraction(float64(f*p.YMax)), class("note end"))
	}
	c.leaf("path", class("cell"), curve(grid))
	c.line(left+plotWidth/2, top+plotHeight+40, p.XTitle, class("fn mid"))
	c.open("g", attr{"transform", "translate(" + string(appendNum(nil, left-40)) + " " + string(appendNum(nil, top+plotHeight/2)) + ") rotate(-90)"})
	c.line(0, 0, p.YTitle, class("fn mid"))
	c.end()
}

// fraction writes a share with two decimals.
func fraction(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }
