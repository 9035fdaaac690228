package svg

import (
	"fmt"
	"io"
	"strings"

	"github.com/taut-dev/taut/render/scene"
)

const (
	rowLabels  = 110 // width of the words at the left
	columnGap  = 48
	captionTop = 26 // from a rule to the baseline of a panel's caption
	panelTop   = 42 // from a rule to the panel
	panelEnd   = 22 // from a panel to the next rule
)

// comparison is a comparison with coordinates: a column of panels for each
// design, all of the same grid.
type comparison struct {
	*scene.Comparison
	panels [][scene.Rows]scene.Panel
	placed []*placed // by column: the layout that its three panels share
	x      []float64 // left edge of each column
	column float64   // width of each
	width  float64   // of the picture
	high   float64   // of each panel
}

// Compare paints the designs of one system side by side: a column for each, a
// row for the shape, one failure and one spike, then scores and prices.
func Compare(w io.Writer, s *scene.Comparison, o Options) error {
	if len(s.Columns) < 1 || len(s.Columns) > 4 {
		return fmt.Errorf("a comparison has one to four columns, not %d", len(s.Columns))
	}
	m := arrangeColumns(s)
	c := newCanvas(o)
	y := c.compareHead(m)
	for r := range scene.Row(scene.Rows) {
		y = c.compareRow(m, r, y)
	}
	y = c.messages(s.Messages(), c.scores(m, y), m.width)
	y = c.foot(y, m.width, o)
	content := c.b
	c.b = nil
	c.begin(s.System+": "+m.titles(), m.describe(), m.width, y)
	c.b = append(c.b, content...)
	c.stack = []lit{"svg"}
	c.end()
	_, err := w.Write(c.b)
	return err
}

// arrangeColumns places all designs on one grid, so that a service stands in
// the same place in every panel.
func arrangeColumns(s *scene.Comparison) *comparison {
	m := &comparison{Comparison: s, panels: s.Panels()}
	var drawings []*scene.Drawing
	var scopes []string
	for i := range m.panels {
		drawings = append(drawings, &m.panels[i][scene.ShapeRow].Drawing)
		scopes = append(scopes, fmt.Sprintf("c%d", i+1))
	}
	m.placed = planTiers(drawings, m.looks(), scopes)
	for _, p := range m.placed {
		m.column, m.high = max(m.column, p.w), max(m.high, p.h)
	}
	for i := range s.Columns {
		m.column = max(m.column, font{17, true}.width(s.Columns[i].Title)+20, float64(len(s.Columns[i].Headlines))*126)
	}
	n := float64(len(s.Columns))
	room := 1240.0 - 2*margin - rowLabels
	if gap := float64(n*columnGap) - columnGap; float64(n*m.column)+gap < room {
		m.column = (room - gap) / n
	}
	for i := range s.Columns {
		m.x = append(m.x, margin+rowLabels+float64(float64(i)*(m.column+columnGap)))
	}
	m.width = m.x[len(m.x)-1] + m.column + margin
	return m
}

// looks measures the nodes of all columns, channels with the notes that they
// have in a spike.
func (m *comparison) looks() [][]look {
	var all [][]look
	for i := range m.panels {
		all = append(all, measured(&m.panels[i][scene.SpikeRow].Drawing, true))
	}
	return all
}

func (m *comparison) titles() string {
	var t []string
	for i := range m.Columns {
		t = append(t, m.Columns[i].Title)
	}
	return strings.Join(t, ", ") + " compared"
}

// describe says in words what the picture shows.
func (m *comparison) describe() string {
	var parts []string
	for i := range m.Columns {
		s := m.Columns[i].Title + ": " + m.panels[i][scene.ShapeRow].Caption
		for r, words := range [...]string{"", strings.Join(m.Failure, " "), strings.Join(m.Spike, " ")} {
			if caption := m.panels[i][r].Caption; r > 0 && caption != "" {
				s += "; " + words + ": " + caption
			}
		}
		for _, h := range m.Columns[i].Headlines {
			s += "; " + h.Value + " " + h.Caption
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ". ") + "."
}

// compareHead writes the system's name and the designs' titles, and gives the
// place of the first rule.
func (c *canvas) compareHead(m *comparison) float64 {
	y := 40.0
	if !c.page {
		c.compareTitle(m)
		y = 88
	}
	for i := range m.Columns {
		col := &m.Columns[i]
		name := font{17, true}.line(col.Title, m.column)
		c.line(m.x[i], y, name, class("h2"))
		left := m.x[i] + font{17, true}.width(name) + 12
		if room := m.x[i] + m.column - left; col.Note != "" && room > 60 {
			c.line(left, y, noteFont.line(col.Note, room), class("note"))
		}
	}
	return y + 16
}

// compareTitle writes the system's name and what is compared.
func (c *canvas) compareTitle(m *comparison) {
	title := font{24, true}.line(m.System, m.width-2*margin-240)
	c.line(margin, 46, title, class("h1"))
	sub := m.Subtitle
	if sub == "" {
		sub = [...]string{"", "one design", "two designs of the same system", "three designs of the same system", "four designs of the same system"}[len(m.Columns)]
	}
	c.line(margin+font{24, true}.width(title)+14, 46, sub, class("note"))
}

// compareRow paints one row from the rule at y and gives the next rule's place.
func (c *canvas) compareRow(m *comparison, r scene.Row, y float64) float64 {
	c.rule(y, m.width)
	name := [...]string{"The shape", "One failure", "One spike"}[r]
	notes := [...][]string{m.Facts, m.Failure, m.Spike}[r]
	c.line(margin, y+captionTop, name, class("h3"))
	line := y + captionTop + 20
	for _, n := range notes {
		for _, l := range noteFont.wrap(n, rowLabels-14, 3) {
			c.line(margin, line, l, class("note", [...]lit{"", "what", ""}[r]))
			line += 16
		}
	}
	top := y + panelTop
	if r == scene.SpikeRow {
		top += 20 // for the sheets of copies
	}
	for i := range m.Columns {
		panel := &m.panels[i][r]
		tone := [...]lit{"cap", "cap good", "cap bad"}[panel.Tone]
		c.line(m.x[i], y+captionTop, noteFont.line(panel.Caption, m.column), class(tone))
		p := *m.placed[i]
		p.d, p.scope = &panel.Drawing, fmt.Sprintf("%s-%d", p.scope, r+1)
		p = p.copyAt(m.x[i], top)
		c.drawing(&p)
	}
	return top + m.high + panelEnd
}

// rule draws a line between rows.
func (c *canvas) rule(y, width float64) {
	c.leaf("path", class("rule"), curve(new(path).op('M', margin, y).op('H', width-margin)))
}

// scores paints the headline numbers and what each design costs.
func (c *canvas) scores(m *comparison, y float64) float64 {
	c.rule(y, m.width)
	c.line(margin, y+34, "The score", class("h3"))
	most := 1
	for i := range m.Columns {
		most = max(most, len(m.Columns[i].Headlines))
	}
	for i := range m.Columns {
		c.headlines(m.Columns[i].Headlines, m.x[i], y+44, m.column, most)
	}
	y += 104
	c.line(margin, y, "The price", class("h3"))
	end := y
	for i := range m.Columns {
		line := y
		for _, p := range m.Columns[i].Price {
			for k, l := range noteFont.paragraph(p, m.column-12) {
				if k == 0 {
					c.line(m.x[i], line, "·", class("note"))
				}
				c.line(m.x[i]+10, line, l, class("note"))
				line += 17
			}
		}
		end = max(end, line)
	}
	return end + 14
}
