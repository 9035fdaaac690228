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

// sideBySide is how many points of one place are drawn each: more are one spot
// with their number.
const sideBySide = 4

// plot paints a scatter. Labels that would lie on another are left to the
// tooltip.
func (c *canvas) plot(p *scene.Plot) content {
	const left, top = 56.0, 12.0
	return content{left + plotWidth + labelRoom + 14, top + plotHeight + 48, func() {
		c.axes(p, left, top)
		spots := gather(p.Points)
		var taken []rect
		for i := range spots {
			s := &spots[i]
			s.x = left + float64(s.first().X/p.XMax*plotWidth)
			s.y = top + plotHeight - float64(s.first().Y/p.YMax*plotHeight)
			taken = append(taken, rect{s.x - 6, s.y - 6, s.width() + 12, 12})
		}
		for i := range spots {
			c.spots(p, &spots[i])
			label := noteFont.line(spots[i].label(), labelRoom)
			r := rect{spots[i].x + spots[i].width() + 9, spots[i].y - 8, noteFont.width(label), 16}
			if !overlaps(taken, r) {
				c.line(r.x, spots[i].y+4, label, class("nl"))
				taken = append(taken, r)
			}
		}
		c.seen.plotGroups(p)
	}}
}

// cluster is the points of a plot that lie in one place.
type cluster struct {
	points []*scene.Point
	x, y   float64
}

func (s *cluster) first() *scene.Point { return s.points[0] }

// width is how far the points of a spot reach to the right of its middle.
func (s *cluster) width() float64 {
	if len(s.points) > sideBySide {
		return float64(8 * len(strconv.Itoa(len(s.points))))
	}
	return float64(len(s.points)-1) * 12
}

// label names the points of a spot, or says how many they are.
func (s *cluster) label() string {
	if len(s.points) > sideBySide {
		return "services here"
	}
	return s.names()
}

func (s *cluster) names() string {
	var names []string
	for _, q := range s.points {
		if len(names) == 30 {
			names = append(names, "and "+strconv.Itoa(len(s.points)-30)+" more")
			break
		}
		names = append(names, q.Label)
	}
	return strings.Join(names, ", ")
}

// gather puts points of the same place together, in order of the first of each.
func gather(points []scene.Point) []cluster {
	var out []cluster
	at := map[[2]float64]int{}
	for i := range points {
		q := &points[i]
		k, ok := at[[2]float64{q.X, q.Y}]
		if !ok {
			k = len(out)
			at[[2]float64{q.X, q.Y}] = k
			out = append(out, cluster{})
		}
		out[k].points = append(out[k].points, q)
	}
	return out
}

// spots paints the points of one place.
func (c *canvas) spots(p *scene.Plot, s *cluster) {
	where := ": " + p.XTitle + " " + fraction(s.first().X) + ", " + p.YTitle + " " + fraction(s.first().Y)
	if n := len(s.points); n > sideBySide {
		c.open("g", ident(c.id("p", s.first().ID)))
		c.element("title", Text(strconv.Itoa(n)+" services"+where+": "+s.names()))
		w := s.width()
		c.leaf("rect", append(box(rect{s.x - 8, s.y - 9, w + 14, 18}, 9), class("k spot"))...)
		c.line(s.x+w/2-1, s.y+4, strconv.Itoa(n), class("fn mid"))
		c.end()
		return
	}
	for i, q := range s.points {
		c.open("g", ident(c.id("p", q.ID)), say("data-id", Text(q.ID)))
		c.element("title", Text(q.Label+where))
		c.spot(q.Group, s.x+float64(i)*12, s.y)
		c.end()
	}
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
	k := lit("")
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
