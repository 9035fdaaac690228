package editor

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// document is the text of a file with what is looked up in it.
type document struct {
	text   string
	lines  []int // offset of every line
	tokens []token
}

// unscanned is a document in which places can be found, but no tokens.
func unscanned(text string) *document {
	d := &document{text: text, lines: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			d.lines = append(d.lines, i+1)
		}
	}
	return d
}

func newDocument(text string) *document {
	d := unscanned(text)
	d.tokens = scan(strings.TrimPrefix(text, byteOrderMark))
	if skip := len(text) - len(strings.TrimPrefix(text, byteOrderMark)); skip > 0 {
		for i := range d.tokens {
			d.tokens[i].start += skip
			d.tokens[i].end += skip
		}
	}
	return d
}

const byteOrderMark = "\ufeff"

// line gives the text of a line without its end, and its offset.
func (d *document) line(n int) (text string, start int) {
	if n < 0 {
		n = 0
	}
	if n >= len(d.lines) {
		return "", len(d.text)
	}
	start = d.lines[n]
	end := len(d.text)
	if n+1 < len(d.lines) {
		end = d.lines[n+1] - 1
	}
	return strings.TrimSuffix(d.text[start:end], "\r"), start
}

// offset turns a position into an offset; past the end of a line is its end.
func (d *document) offset(p position) int {
	text, start := d.line(p.Line)
	units := 0
	for i, r := range text {
		if units >= p.Character {
			return start + i
		}
		units += utf16Width(r)
	}
	return start + len(text)
}

// position turns an offset into a position.
func (d *document) position(offset int) position {
	offset = min(max(offset, 0), len(d.text))
	line := sort.Search(len(d.lines), func(i int) bool { return d.lines[i] > offset }) - 1
	units := 0
	for _, r := range d.text[d.lines[line]:offset] {
		units += utf16Width(r)
	}
	return position{line, units}
}

// span turns two offsets into a range.
func (d *document) span(start, end int) span { return span{d.position(start), d.position(end)} }

// place turns a line and a column, in characters from 1, into an offset. The
// reader does not count a byte order mark.
func (d *document) place(line, col int) int {
	text, start := d.line(line - 1)
	if line == 1 && strings.HasPrefix(text, byteOrderMark) {
		text, start = text[len(byteOrderMark):], start+len(byteOrderMark)
	}
	for ; col > 1 && text != ""; col-- {
		_, width := utf8.DecodeRuneInString(text)
		text, start = text[width:], start+width
	}
	return start
}

// marked gives the range to underline for something at an offset: the token
// there, or what is left of the word.
func (d *document) marked(offset int) span {
	from := offset
	if t := tokenAt(d.tokens, offset); t != nil {
		return d.span(min(from, t.start), t.end)
	}
	if offset < len(d.text) && strings.IndexByte(`"'`, d.text[offset]) >= 0 {
		if t := tokenAt(d.tokens, offset+1); t != nil {
			return d.span(offset, min(t.end+1, len(d.text)))
		}
	}
	end := offset
	for end < len(d.text) && strings.IndexByte(" \t\r\n,{}[]", d.text[end]) < 0 {
		end++
	}
	if end == offset && end < len(d.text) && d.text[end] != '\n' && d.text[end] != '\r' {
		end++
	}
	return d.span(from, end)
}

// utf16Width is how many UTF-16 code units a character takes.
func utf16Width(r rune) int {
	if r >= 0x10000 {
		return 2
	}
	return 1
}
