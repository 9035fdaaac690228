package svg

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// Text is text of strangers: names and notes of an architecture file. It
// becomes part of a file only by text and attr, which escape it.
type Text string

// lit is text of ours. Only constants convert to it without saying so, which
// keeps strangers' strings from being used as markup by mistake.
type lit string

// attr is one attribute; its value is escaped when written.
type attr struct {
	name  lit
	value string
}

func set(name, value lit) attr         { return attr{name, string(value)} }
func say(name lit, t Text) attr        { return attr{name, string(t)} }
func num(name lit, v float64) attr     { return attr{name, string(appendNum(nil, v))} }
func class(names ...lit) attr          { return attr{"class", join(names)} }
func curve(p *path) attr               { return attr{"d", string(p.b)} }
func ref(name lit, id string) attr     { return attr{name, "url(#" + id + ")"} }
func ident(id string) attr             { return attr{"id", id} }
func at(x, y float64) []attr           { return []attr{num("x", x), num("y", y)} }
func box(r rect, round float64) []attr { return append(frame(r), num("rx", round)) }

func frame(r rect) []attr {
	return []attr{num("x", r.x), num("y", r.y), num("width", r.w), num("height", r.h)}
}

// join makes a class attribute; empty names are left out.
func join(names []lit) string {
	var b []byte
	for _, n := range names {
		if n == "" {
			continue
		}
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(b, n...)
	}
	return string(b)
}

// markup writes well-formed XML: every element opened is closed in order.
type markup struct {
	b     []byte
	stack []lit
}

// open starts an element; end closes the one opened last.
func (x *markup) open(name lit, attrs ...attr) {
	x.start(name, attrs)
	x.b = append(x.b, '>')
	x.stack = append(x.stack, name)
}

// leaf writes an element without content.
func (x *markup) leaf(name lit, attrs ...attr) {
	x.start(name, attrs)
	x.b = append(x.b, "/>\n"...)
}

func (x *markup) start(name lit, attrs []attr) {
	x.b = append(x.b, '<')
	x.b = append(x.b, name...)
	for _, a := range attrs {
		x.attr(a)
	}
}

func (x *markup) end() {
	last := len(x.stack) - 1
	x.b = append(x.b, "</"...)
	x.b = append(x.b, x.stack[last]...)
	x.b = append(x.b, ">\n"...)
	x.stack = x.stack[:last]
}

// attr writes an attribute: the one way into a tag.
func (x *markup) attr(a attr) {
	x.b = append(x.b, ' ')
	x.b = append(x.b, a.name...)
	x.b = append(x.b, '=', '"')
	x.b = appendEscaped(x.b, a.value)
	x.b = append(x.b, '"')
}

// text writes character data: the one way into an element's content.
func (x *markup) text(t Text) { x.b = appendEscaped(x.b, string(t)) }

// element writes an element that holds only text.
func (x *markup) element(name lit, t Text, attrs ...attr) {
	x.open(name, attrs...)
	x.text(t)
	x.end()
}

// appendEscaped makes any bytes safe between tags and inside a quoted
// attribute. What XML 1.0 forbids, and characters that reorder the text round
// them, become U+FFFD; line breaks and tabs become spaces.
func appendEscaped(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '"':
			b = append(b, "&#34;"...)
		case r == '\'':
			b = append(b, "&#39;"...)
		case r == '\n', r == '\t', r == '\r':
			b = append(b, ' ')
		case forbidden(r):
			b = utf8.AppendRune(b, utf8.RuneError)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// forbidden tells characters that no picture may hold: controls, noncharacters
// and the bidirectional controls of Unicode Annex 9.
func forbidden(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0, r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
		return true
	}
	return r == 0x2028 || r == 0x2029
}

// appendNum writes a coordinate with at most two decimals, never as -0.
func appendNum(b []byte, v float64) []byte {
	r := math.Round(v * 100)
	if r == 0 || math.IsNaN(r) || math.IsInf(r, 0) {
		return append(b, '0')
	}
	return strconv.AppendFloat(b, r/100, 'f', -1, 64)
}

// path builds the d attribute of a path.
type path struct{ b []byte }

// op adds a command with its numbers.
func (p *path) op(c byte, v ...float64) *path {
	p.b = append(p.b, c)
	for i, f := range v {
		if i > 0 {
			p.b = append(p.b, ' ')
		}
		p.b = appendNum(p.b, f)
	}
	return p
}

// rect is a box with its upper left corner.
type rect struct{ x, y, w, h float64 }

func (r rect) cx() float64     { return r.x + r.w/2 }
func (r rect) cy() float64     { return r.y + r.h/2 }
func (r rect) right() float64  { return r.x + r.w }
func (r rect) bottom() float64 { return r.y + r.h }

func (r rect) moved(dx, dy float64) rect { return rect{r.x + dx, r.y + dy, r.w, r.h} }
