package model

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// ReadJSON reads a JSON file (RFC 8259) into positioned nodes. It is stricter
// than many readers in what gets lost silently (equal keys, half characters)
// and has the same limits as the YAML reader.
func ReadJSON(name string, data []byte, lim Limits) (*Node, Diagnostics) {
	s, diags := newSource(name, data, lim)
	if s == nil {
		return nil, diags
	}
	root, diags, _ := readJSON(s)
	return root, diags
}

// readJSON also says whether the text is JSON at all; if not, the last
// diagnostic says why.
func readJSON(s *source) (root *Node, diags Diagnostics, isJSON bool) {
	j := &jsonReader{builder: builder{source: s}, line: 1, mark: 0, col: 1}
	j.space()
	if j.at == len(s.text) {
		j.fail("the file is empty: describe a system in it, at least its services")
		return nil, j.diags, false
	}
	root, ok := j.value(1)
	if ok && !j.full {
		j.space()
		if ok = j.at == len(s.text); !ok {
			j.fail("a second value starts here: a JSON file holds one")
		}
	}
	if !ok {
		return nil, j.diags, false
	}
	return root, j.diags, true
}

// jsonReader reads by recursive descent; the limit on depth bounds it. It counts
// characters only at the tokens, as it goes, so that long lines cost no more.
type jsonReader struct {
	builder
	at, line  int
	mark, col int // an offset in this line, and its column
	stack     []Field
	items     []*Node
}

// pos gives the place of the next byte.
func (j *jsonReader) pos() Pos {
	j.col += utf8.RuneCountInString(j.text[j.mark:j.at])
	j.mark = j.at
	return Pos{File: j.name, Line: j.line, Col: j.col}
}

// fail reports a syntax error at the next byte.
func (j *jsonReader) fail(format string, args ...any) bool {
	j.diags = append(j.diags, errorAt(ruleSyntax, j.pos(), format, args...))
	return false
}

// space moves over white space.
func (j *jsonReader) space() {
	for ; j.at < len(j.text); j.at++ {
		switch j.text[j.at] {
		case '\n':
			j.line++
			j.mark, j.col = j.at+1, 1
		case ' ', '\t', '\r':
		default:
			return
		}
	}
}

// peek is the next byte; 0 stands for the end, as no file holds one.
func (j *jsonReader) peek() byte {
	if j.at < len(j.text) {
		return j.text[j.at]
	}
	return 0
}

// value reads the value that starts at the next byte.
func (j *jsonReader) value(depth int) (*Node, bool) {
	n := j.node(Scalar, j.pos())
	switch c := j.peek(); {
	case c == '{':
		n.Kind = Mapping
		return n, j.tooDeep(depth, n.Pos) || j.object(n, depth)
	case c == '[':
		n.Kind = Sequence
		return n, j.tooDeep(depth, n.Pos) || j.array(n, depth)
	case c == '"':
		text, ok := j.str()
		n.Text, n.Quoted = text, true
		return n, ok
	case c == '-' || c >= '0' && c <= '9':
		return n, j.number(n)
	}
	for _, word := range []string{"true", "false", "null"} {
		if strings.HasPrefix(j.text[j.at:], word) {
			j.at += len(word)
			n.Text = word
			if word == "null" {
				n.Kind = Null
			}
			return n, true
		}
	}
	if j.at == len(j.text) {
		return n, j.fail("the file ends where a value should stand")
	}
	return n, j.fail("a JSON value cannot start with %s", quote(j.char()))
}

// char is the next character.
func (j *jsonReader) char() string {
	_, width := utf8.DecodeRuneInString(j.text[j.at:])
	return j.text[j.at : j.at+width]
}

// object reads the members of an object whose brace is the next byte.
func (j *jsonReader) object(n *Node, depth int) bool {
	base := len(j.stack)
	j.at++
	for first := true; !j.full; first = false {
		j.space()
		if first && j.peek() == '}' {
			break
		}
		f := Field{KeyPos: j.pos()}
		if j.peek() != '"' {
			return j.fail(`a key in double quotes should stand here`)
		}
		var ok bool
		if f.Key, ok = j.str(); !ok {
			return false
		}
		j.space()
		if j.peek() != ':' {
			return j.fail(`a ":" should follow the key %s`, quote(f.Key))
		}
		j.at++
		j.space()
		if f.Value, ok = j.value(depth + 1); !ok {
			return false
		}
		j.stack = append(j.stack, f)
		if more, ok := j.more('}'); !more {
			if !ok {
				return false
			}
			break
		}
	}
	j.at++
	n.Fields = j.fields(j.stack[base:])
	j.stack = j.stack[:base]
	return true
}

// array reads the items of an array whose bracket is the next byte.
func (j *jsonReader) array(n *Node, depth int) bool {
	base := len(j.items)
	j.at++
	for first := true; !j.full; first = false {
		j.space()
		if first && j.peek() == ']' {
			break
		}
		item, ok := j.value(depth + 1)
		if !ok {
			return false
		}
		j.items = append(j.items, item)
		if more, ok := j.more(']'); !more {
			if !ok {
				return false
			}
			break
		}
	}
	j.at++
	n.Items = append([]*Node(nil), j.items[base:]...)
	j.items = j.items[:base]
	return true
}

// more moves over a comma; at the end mark there is no more.
func (j *jsonReader) more(end byte) (more, ok bool) {
	if j.full {
		return false, true
	}
	j.space()
	switch j.peek() {
	case ',':
		j.at++
		return true, true
	case end:
		return false, true
	}
	return false, j.fail(`a "," or %s should stand here`, quote(string(end)))
}

// number takes a number by the grammar of JSON; its text is kept as written.
func (j *jsonReader) number(n *Node) bool {
	from := j.at
	if j.peek() == '-' {
		j.at++
	}
	zero := j.peek() == '0'
	whole := j.digits()
	if whole == 0 || zero && whole > 1 {
		j.at = from
		return j.fail("not a JSON number: it starts with digits, and not with a 0 before others")
	}
	if j.peek() == '.' {
		j.at++
		if j.digits() == 0 {
			return j.fail("digits should follow the point")
		}
	}
	if c := j.peek(); c == 'e' || c == 'E' {
		j.at++
		if c := j.peek(); c == '+' || c == '-' {
			j.at++
		}
		if j.digits() == 0 {
			return j.fail("digits should follow the exponent sign")
		}
	}
	n.Text = j.text[from:j.at]
	return true
}

// digits moves over digits, and says how many there are.
func (j *jsonReader) digits() int {
	from := j.at
	for c := j.peek(); c >= '0' && c <= '9'; c = j.peek() {
		j.at++
	}
	return j.at - from
}

// str reads a string; without escapes it is a part of the file's text.
func (j *jsonReader) str() (string, bool) {
	j.at++
	from := j.at
	var b strings.Builder
	for {
		switch c := j.peek(); {
		case c == '"':
			text := j.text[from:j.at]
			j.at++
			if b.Len() > 0 {
				b.WriteString(text)
				text = b.String()
			}
			return text, true
		case c == '\\':
			b.WriteString(j.text[from:j.at])
			r, ok := j.escape()
			if !ok {
				return "", false
			}
			b.WriteRune(r)
			from = j.at
		case j.at == len(j.text):
			return "", j.fail("the file ends inside a string: a double quote is missing")
		case c < 0x20:
			return "", j.fail("a string ends on the line it starts: write \\n for a line break and \\t for a tab")
		default:
			j.at++
		}
	}
}

// escape reads a backslash and what belongs to it.
func (j *jsonReader) escape() (rune, bool) {
	const letters, values = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	if j.at+1 < len(j.text) {
		if i := strings.IndexByte(letters, j.text[j.at+1]); i >= 0 {
			j.at += 2
			return rune(values[i]), true
		}
	}
	r, ok := j.unicodeEscape(j.at)
	if !ok {
		return 0, j.fail(`not an escape of JSON: these are \" \\ \/ \b \f \n \r \t and \uXXXX`)
	}
	if !utf16.IsSurrogate(r) {
		j.at += 6
		return r, true
	}
	low, _ := j.unicodeEscape(j.at + 6)
	if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
		j.at += 12
		return pair, true
	}
	return 0, j.fail(`half a character: \u%04x needs the other half of its pair beside it`, r)
}

// unicodeEscape reads the \uXXXX at an offset, and leaves it there.
func (j *jsonReader) unicodeEscape(at int) (rune, bool) {
	if at+6 > len(j.text) || j.text[at:at+2] != `\u` {
		return 0, false
	}
	v, err := strconv.ParseUint(j.text[at+2:at+6], 16, 32)
	return rune(v), err == nil
}
