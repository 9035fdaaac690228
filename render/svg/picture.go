package svg

import (
	"io"
	"math"
	"strings"

	"github.com/taut-dev/taut/render/layout"
	"github.com/taut-dev/taut/render/scene"
)

// Options says how to paint and what to sign with.
type Options struct {
	Theme   Theme  // empty: Auto
	Prefix  string // of all ids, for several pictures in one page; letters and digits
	Design  string // shown in the footer; empty: none
	Source  string // name of the file, shown in the footer; empty: none
	Version string // of the program, shown in the footer; empty: none
	Page    bool   // goes into a page with PageStyle and a title of its own: the picture has neither

	// Place finds the coordinates; nil: package layout does. Comparisons have a
	// grid of their own and do not ask it.
	Place func(layout.Graph, layout.Options) (layout.Result, error)
}

const (
	margin   = 40
	minWidth = 520 // of a picture
	minStep  = 190 // between headline numbers
	maxStep  = 270
)

// Write paints a scene as one SVG file.
func Write(w io.Writer, s *scene.Scene, o Options) error {
	c := newCanvas(o)
	body, err := c.body(s, o)
	if err != nil {
		return err
	}
	width, height := body.w, body.h
	width = max(minWidth, width+2*margin, min(titleRoom(s), 2*minWidth))
	top := c.headlinesHeight(s, width) + c.headHeight()
	c.open("g", attr{"transform", "translate(" + string(appendNum(nil, margin)) + " " + string(appendNum(nil, top)) + ")"})
	body.paint()
	c.end()
	y := top + height + 24
	content := c.b
	c.b = nil
	if !c.page {
		c.head(s, width)
	}
	y = c.messages(s.Messages, y, width)
	y = c.foot(y, width, o)
	tail := c.b
	c.b = nil
	c.begin(s.Title+": "+s.Subtitle, describe(s), width, y)
	c.b = append(append(c.b, tail...), content...)
	c.stack = []lit{"svg"}
	c.end()
	_, err = w.Write(c.b)
	return err
}

// newCanvas starts an empty picture.
func newCanvas(o Options) *canvas {
	c := &canvas{prefix: o.Prefix, theme: o.Theme, page: o.Page, ids: map[string]int{}}
	if c.theme == "" {
		c.theme = Auto
	}
	if c.prefix != "" {
		c.prefix += "-"
	}
	return c
}

// content is the middle of a picture: how large it is and how to paint it at
// the origin.
type content struct {
	w, h  float64
	paint func()
}

// body places what the scene is about.
func (c *canvas) body(s *scene.Scene, o Options) (content, error) {
	switch {
	case s.Matrix != nil && s.Matrix.Most > 0:
		return c.heat(s.Matrix), nil
	case s.Matrix != nil:
		return c.matrix(s.Matrix), nil
	case s.Plot != nil:
		return c.plot(s.Plot), nil
	case s.Timeline != nil:
		return c.timeline(s.Timeline), nil
	}
	p, err := place(&s.Drawing, o.Place)
	if err != nil {
		return content{}, err
	}
	top := 0.0
	if hasCopies(&s.Drawing) {
		top = 22
	}
	p.move(0, top)
	return content{p.w, p.h + top, func() { c.drawing(p) }}, nil
}

// hasCopies says whether sheets stick out at the top.
func hasCopies(d *scene.Drawing) bool {
	for i := range d.Nodes {
		if d.Nodes[i].Replicas > 1 {
			return true
		}
	}
	for i := range d.Frames {
		if d.Frames[i].Replicas > 1 {
			return true
		}
	}
	return false
}

// begin writes the root element, the description for screen readers, style and
// patterns.
func (c *canvas) begin(title, desc string, width, height float64) {
	width, height = math.Ceil(width), math.Ceil(height)
	t, d := c.prefix+"title", c.prefix+"desc"
	c.open("svg", set("xmlns", "http://www.w3.org/2000/svg"), set("class", "taut"), num("width", width), num("height", height),
		attr{"viewBox", "0 0 " + string(appendNum(nil, width)) + " " + string(appendNum(nil, height))},
		set("role", "img"), attr{"aria-labelledby", t + " " + d})
	c.b = append(c.b, '\n')
	c.element("title", Text(title), ident(t))
	c.element("desc", Text(desc), ident(d))
	if !c.page {
		c.open("style")
		c.b = append(c.b, style(c.theme)...) // ours throughout: holds no stranger's text
		if c.seen.changes != ([4]bool{}) {
			c.b = append(c.b, scoped(overlayRules, c.theme)+"\n"...)
		}
		if c.seen.impacts[scene.Unknown] {
			c.b = append(c.b, scoped(unknownRules, c.theme)+"\n"...)
		}
		if c.seen.timeline {
			c.b = append(c.b, scoped(timelineRules, c.theme)+"\n"...)
			if c.theme == Print {
				c.b = append(c.b, scoped(timelineInPrint, Print)+"\n"...)
			}
		}
		c.end()
	}
	c.patterns()
	c.leaf("rect", class("bg"), num("width", width), num("height", height))
}

// describe says in words what a picture shows.
func describe(s *scene.Scene) string {
	parts := []string{s.Subtitle}
	for _, h := range s.Headlines {
		parts = append(parts, h.Value+" "+h.Caption)
	}
	if n := len(s.Drawing.Nodes); n > 0 {
		var names []string
		for i := range s.Drawing.Nodes {
			n := &s.Drawing.Nodes[i]
			if i == 60 {
				names = append(names, "and more")
				break
			}
			name := n.Label
			if n.Impact > scene.Works {
				name += " (" + n.Impact.Word() + ")"
			}
			names = append(names, name)
		}
		parts = append(parts, "shows "+strings.Join(names, ", "))
	}
	return strings.Join(append(parts, s.Messages...), ". ") + "."
}

// head writes title, subtitle and headline numbers.
func (c *canvas) head(s *scene.Scene, width float64) {
	title := font{24, true}.line(s.Title, width-2*margin)
	c.line(margin, 46, title, class("h1"))
	x := margin + font{24, true}.width(title) + 14
	if sub := (font{13, false}).width(s.Subtitle); x+sub < width-margin {
		c.line(x, 46, s.Subtitle, class("note"))
	} else {
		c.line(margin, 66, noteFont.line(s.Subtitle, width-2*margin), class("note"))
	}
	room, columns := headlineGrid(s, width)
	c.headlines(s.Headlines, margin, 106, room, columns)
}

// headHeight is the room of title and subtitle.
func (c *canvas) headHeight() float64 {
	if c.page {
		return 24
	}
	return 72
}

// titleRoom is the room of title and subtitle side by side.
func titleRoom(s *scene.Scene) float64 {
	return 2*margin + font{24, true}.width(s.Title) + 16 + font{13, false}.width(s.Subtitle)
}

// headlineGrid is the room of the headline numbers, in how many columns.
func headlineGrid(s *scene.Scene, width float64) (room float64, columns int) {
	room = width - 2*margin
	columns = min(max(len(s.Headlines), int(room/minStep)), 4)
	return min(room, float64(columns)*maxStep), columns
}

func (c *canvas) headlinesHeight(s *scene.Scene, width float64) float64 {
	if len(s.Headlines) == 0 || c.page {
		return 0
	}
	room, columns := headlineGrid(s, width)
	for _, h := range s.Headlines {
		if noteFont.width(h.Caption) > room/float64(max(columns, len(s.Headlines)))-14 {
			return 86
		}
	}
	return 72
}

// headlines writes numbers in large type with their captions, in columns of
// equal width, at least so many to a room.
func (c *canvas) headlines(list []scene.Headline, x, y, room float64, columns int) {
	step := room / float64(max(columns, len(list)))
	for i, h := range list {
		left := x + float64(float64(i)*step)
		tone := [...]lit{"big", "big good", "big bad"}[h.Tone]
		c.line(left, y, font{27, true}.line(h.Value, step-12), class(tone))
		c.lines(left, y+19, 15, noteFont.wrap(h.Caption, step-14, 2), class("note"))
	}
}

// messages writes what a picture does not show.
func (c *canvas) messages(list []string, y, width float64) float64 {
	for _, m := range list {
		for _, l := range noteFont.paragraph(m, width-2*margin) {
			c.line(margin, y+4, l, class("note"))
			y += 18
		}
	}
	return y
}

// foot writes legend and signature and gives the height of the picture.
func (c *canvas) foot(y, width float64, o Options) float64 {
	c.leaf("path", class("rule"), curve(new(path).op('M', margin, y).op('H', width-margin)))
	y += 24
	sign := ""
	if !c.page {
		sign = signature(o)
	}
	y += c.legend(margin, y, width-2*margin, noteFont.width(sign))
	c.line(width-margin, y-legendStep+4, sign, class("note end"))
	return y + 8
}

// signature is what made the picture of what: nothing that changes from run to run.
func signature(o Options) string {
	s := "taut"
	if o.Version != "" {
		s += " " + o.Version
	}
	for _, part := range [...]string{o.Source, o.Design} {
		if part != "" {
			s += " · " + shorten(part, 40)
		}
	}
	return s
}
