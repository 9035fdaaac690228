package custom

import (
	"strings"
	"unicode/utf8"

	"github.com/taut-dev/taut/model"
)

// Source gives the text of a file that positions name, or nil.
type Source func(file string) []byte

// place finds where a character of a text stands in the file that the text was
// read from. Quotes, escapes, folded lines and indentation make the two differ,
// so both are read side by side; where that fails it is the text's own place.
func place(start model.Pos, text string, at int, source Source) model.Pos {
	if source == nil || start.IsZero() {
		return start
	}
	rest := string(source(start.File))
	for line := 1; line < start.Line; line++ {
		_, after, ok := strings.Cut(rest, "\n")
		if !ok {
			return start
		}
		rest = after
	}
	c := &cursor{text: strings.TrimPrefix(rest, "\ufeff"), pos: model.Pos{File: start.File, Line: start.Line, Col: 1}}
	for c.pos.Col < start.Col {
		c.next()
	}
	quote := c.open()
	for _, r := range text {
		if !c.align(r, quote) {
			return start
		}
		if at == 0 {
			return c.pos
		}
		at--
		if !blank(r) {
			c.next()
		}
	}
	return c.pos
}

// cursor reads a file character by character.
type cursor struct {
	text string
	pos  model.Pos
}

func (c *cursor) peek() rune {
	r, _ := utf8.DecodeRuneInString(c.text)
	return r
}

func (c *cursor) next() {
	r, width := utf8.DecodeRuneInString(c.text)
	c.text = c.text[width:]
	if c.pos.Col++; r == '\n' {
		c.pos.Line, c.pos.Col = c.pos.Line+1, 1
	}
}

// open goes over a quote, or over the line that starts a block of lines.
func (c *cursor) open() (quote rune) {
	switch quote = c.peek(); quote {
	case '"', '\'':
		c.next()
		return quote
	case '|', '>':
		for c.text != "" && c.peek() != '\n' {
			c.next()
		}
	}
	return 0
}

// align goes to where a character of the text stands: over white space, which
// both may have in other amounts, and over the first half of an escape.
func (c *cursor) align(r rune, quote rune) bool {
	for c.text != "" && blank(c.peek()) {
		c.next()
	}
	if blank(r) {
		return true
	}
	if quote == '"' && c.peek() == '\\' || quote == '\'' && strings.HasPrefix(c.text, "''") {
		c.next()
	}
	return c.peek() == r
}

func blank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }
