package svg

import (
	"strconv"

	"github.com/taut-dev/taut/render/scene"
)

// The fonts of nodes. Labels are measured bold, as a failed one is.
var (
	nameFont = font{13, true}
	subFont  = font{11, false}
	noteFont = font{12, false}
	barFont  = font{12, true}
)

const lineHeight = 16

// canvas is a picture being painted.
type canvas struct {
	markup
	prefix string // of every id, as several pictures may stand in one page
	theme  Theme
	page   bool           // see Options.Page
	ids    map[string]int // how often an id was asked for; only looked up
	seen   seen
}

// id makes a name usable as an id, once in this picture.
func (c *canvas) id(parts ...string) string {
	b := []byte(c.prefix)
	for i, p := range parts {
		if i > 0 {
			b = append(b, '-')
		}
		for _, r := range []byte(p) {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-' {
				b = append(b, r)
			} else {
				b = append(b, '_')
			}
		}
	}
	id := string(b)
	c.ids[id]++
	if n := c.ids[id]; n > 1 {
		return c.id(string(b[len(c.prefix):]), strconv.Itoa(n))
	}
	return id
}

// lines writes the lines of a text one under the other, the first at y.
func (c *canvas) lines(x, y float64, step float64, lines []string, attrs ...attr) {
	if len(lines) == 1 {
		c.element("text", Text(lines[0]), append(at(x, y), attrs...)...)
		return
	}
	c.open("text", append(at(x, y), attrs...)...)
	for i, l := range lines {
		c.element("tspan", Text(l), num("x", x), num("y", y+float64(float64(i)*step)))
	}
	c.end()
}

// line writes one line of text.
func (c *canvas) line(x, y float64, t string, attrs ...attr) {
	c.element("text", Text(t), append(at(x, y), attrs...)...)
}

// pattern names the overlay of an impact; "" for none.
func pattern(i scene.Impact) lit {
	return [...]lit{"", "", "pw", "pp", "pd", "pf", "pu"}[i]
}

// impactClass is the style class of an impact.
func impactClass(i scene.Impact) lit {
	return [...]lit{"", "", "wait", "part", "down", "failed", "unsure"}[i]
}

// overlay is a pattern that is laid over what is in a state.
type overlay struct {
	name, class lit
	size        float64
	turn        lit
	mark        lit
}

// patterns defines the overlays: hatching for down, dots for degraded, hatching
// the other way for delayed, specks for unknown, so that a state is told
// without its colour.
func (c *canvas) patterns() {
	c.open("defs")
	overlays := []overlay{
		{"pd", "hd pd", 6, "rotate(45)", "M0 0V6"},
		{"pf", "hf pf", 6, "rotate(45)", "M0 0V6M0 3H6"},
		{"pw", "hw pw", 6, "rotate(-45)", "M0 0V6"},
		{"pp", "hp pp", 6, "rotate(45)", "M1.5 3a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0"},
	}
	if c.seen.impacts[scene.Unknown] {
		overlays = append(overlays, overlay{"pu", "hu pu", 6, "rotate(45)", "M3 3H4"})
	}
	for _, p := range overlays {
		c.open("pattern", ident(c.prefix+string(p.name)), num("width", p.size), num("height", p.size),
			set("patternUnits", "userSpaceOnUse"), set("patternTransform", p.turn))
		c.leaf("path", class(p.class), set("d", p.mark))
		c.end()
	}
	c.end()
}

// badge paints the letter of an impact, or a cross for what failed.
func (c *canvas) badge(i scene.Impact, x, y float64) {
	letter := i.Letter()
	if letter == "" {
		return
	}
	c.leaf("circle", class("dot"), num("cx", x), num("cy", y), num("r", 8.5))
	if i == scene.Failed {
		c.leaf("path", class("x"), curve(new(path).op('M', x-3, y-3).op('L', x+3, y+3).op('M', x+3, y-3).op('L', x-3, y+3)))
		return
	}
	c.line(x, y+3.6, letter, class("b"))
}

// pill paints ×N, how many copies run, round a centre.
func (c *canvas) pill(n int, grew bool, x, y float64) {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	s = "×" + s
	w := max(30, font{11, true}.width(s)+14)
	mark := lit("")
	if grew {
		mark = "grew"
	}
	c.leaf("rect", append(box(rect{x - w/2, y - 9, w, 18}, 9), class("pill", mark))...)
	c.line(x, y+4, s, class("pt"))
}

// tag paints the colour of a team or domain at the left of a box.
func (c *canvas) tag(group int, x, y0, y1 float64) {
	if group < 0 {
		return
	}
	g := [...]lit{"g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7"}[group%groupColours]
	again := lit("")
	if group >= groupColours {
		again = "again"
	}
	c.leaf("path", class("t", g, again), curve(new(path).op('M', x, y0).op('V', y1)))
}
