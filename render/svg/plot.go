package svg

import (
	"math"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/render/scene"
)

const (
	plotWidth  = 760
	plotHeight = 420
	labelRoom  = 180
	sideRoom   = 80 // at the right of a plot, for names
)

// sideBySide is how many points of one place are drawn each: more are one spot
// with their number.
const sideBySide = 4

// plot paints a scatter. Labels that would lie on another are left to the
// tooltip.
func (c *canvas) plot(p *scene.Plot) content {
	const left, top = 56.0, 30.0
	return content{left + plotWidth + sideRoom, top + plotHeight + 48, func() {
		c.axes(p, left, top)
		spots := gather(p.Points)
		var taken []rect
		for i := range spots {
			s := &spots[i]
			s.x = left + float64(s.first().X/p.XMax*plotWidth)
			s.y = top + plotHeight - float64(s.first().Y/p.YMax*plotHeight)
			taken = append(taken, rect{s.x - 6, s.y - 6, s.width() + 12, 12})
		}
		room := rect{left, top - 8, plotWidth + sideRoom, plotHeight + 16}
		for i := range spots {
			c.spots(&spots[i])
			taken = c.plotLabel(&spots[i], room, taken)
		}
		c.seen.plotGroups(p)
	}}
}

// plotLabel names the points of a spot beside it: in one line, else with a line
// for each.
func (c *canvas) plotLabel(s *cluster, room rect, taken []rect) []rect {
	for _, lines := range [...][]string{{s.label()}, s.list()} {
		w, h := noteFont.widest(lines), float64(16*len(lines))
		right, left := s.x+s.width()+9, s.x-9-w
		for _, at := range [...]point{{right, s.y - 8}, {right, s.y + 8 - h}, {left, s.y - 8}, {left, s.y + 8 - h}} {
			r := rect{at.x, at.y, w, h}
			if r.x < room.x || r.right() > room.right() || r.y < room.y || r.bottom() > room.bottom() || overlaps(taken, r) {
				continue
			}
			c.lines(r.x, r.y+12, 16, lines, class("nl"))
			return append(taken, r)
		}
	}
	return taken
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

// list has a line for each point.
func (s *cluster) list() []string {
	if len(s.points) > sideBySide {
		return []string{s.label()}
	}
	var out []string
	for _, q := range s.points {
		out = append(out, noteFont.line(q.Label, labelRoom))
	}
	return out
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
func (c *canvas) spots(s *cluster) {
	where := ": " + s.first().Tip
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

// spot is a point in the colour and with the shape of its group.
func (c *canvas) spot(group int, x, y float64) {
	k := lit("")
	if group >= 0 {
		k = [...]lit{"g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7"}[group%groupColours]
	}
	const r = 5.0
	p := new(path)
	switch max(group, 0) % groupColours {
	case 1:
		p.op('M', x-r, y-r).op('H', x+r).op('V', y+r).op('H', x-r).op('Z')
	case 2:
		p.op('M', x, y-r-1.5).op('L', x+r+1.5, y).op('L', x, y+r+1.5).op('L', x-r-1.5, y).op('Z')
	case 3:
		p.op('M', x, y-r-1).op('L', x+r+1, y+r).op('L', x-r-1, y+r).op('Z')
	case 4:
		p.op('M', x, y+r+1).op('L', x+r+1, y-r).op('L', x-r-1, y-r).op('Z')
	case 5:
		p.op('M', x-r-1, y).op('L', x-r/2, y-r).op('H', x+r/2).op('L', x+r+1, y).op('L', x+r/2, y+r).op('H', x-r/2).op('Z')
	case 6:
		p.op('M', x-r, y-r).op('L', x+r, y+r).op('V', y-r).op('L', x-r, y+r).op('Z')
	case 7:
		p.op('M', x-r, y-r).op('H', x+r).op('L', x-r, y+r).op('H', x+r).op('Z')
	default:
		c.leaf("circle", class("k spot", k), num("cx", x), num("cy", y), num("r", r))
		return
	}
	c.leaf("path", class("k spot", k), curve(p))
}

// axes paints the frame of a plot with five steps each way.
func (c *canvas) axes(p *scene.Plot, left, top float64) {
	grid := new(path)
	for i := range 6 {
		f := float64(i) / 5
		x, y := left+float64(f*plotWidth), top+plotHeight-float64(f*plotHeight)
		grid.op('M', x, top).op('V', top+plotHeight).op('M', left, y).op('H', left+plotWidth)
		c.line(x, top+plotHeight+18, inPercent(f*p.XMax), class("note mid"))
		c.line(left-8, y+4, inPercent(f*p.YMax), class("note end"))
	}
	c.leaf("path", class("cell"), curve(grid))
	c.line(left, top-12, "↖ "+p.Corners[0], class("note"))
	c.line(left+plotWidth, top-12, p.Corners[1]+" ↗", class("note end"))
	c.line(left+plotWidth/2, top+plotHeight+40, p.XTitle, class("fn mid"))
	c.open("g", attr{"transform", "translate(" + string(appendNum(nil, left-44)) + " " + string(appendNum(nil, top+plotHeight/2)) + ") rotate(-90)"})
	c.line(0, 0, p.YTitle, class("fn mid"))
	c.end()
}

// inPercent writes a tick of a share.
func inPercent(share float64) string { return strconv.Itoa(int(math.Round(share*100))) + "%" }
