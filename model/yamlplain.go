package model

import (
	"strings"
	"unicode/utf8"
)

// plainReader reads the plain part of YAML that nearly all files keep to:
// block and flow collections, one-line scalars, comments. It is some thirty
// times faster than the general reader. Whatever it is not sure of (anchors,
// tags, block scalars, text over several lines, any fault) makes it give up,
// and the general reader takes the whole file; where it does not give up, both
// make the same tree with the same positions, which is tested.
type plainReader struct {
	builder
	at      int // offset of the next byte
	line    int // of that byte
	start   int // offset of that line's first byte
	runeAt  int // an offset in this line, in a file that is not ASCII
	runeCol int // and its column
	stack   []Field
	items   []*Node
	gaveUp  int // offset of what was too much
}

// readPlain gives the tree of the only document, or nil and where it gave up.
// A tree with errors of its own (duplicate keys, limits) is still a tree.
func readPlain(s *source) (root *Node, diags Diagnostics, gaveUp int) {
	p := &plainReader{builder: builder{source: s}, line: 1, runeCol: 1, gaveUp: -1}
	if strings.HasPrefix(s.text, "---\n") {
		p.at = 3
	}
	if !p.skip() || p.at == len(s.text) {
		return nil, nil, max(p.gaveUp, 0)
	}
	root = p.block(1)
	if root != nil && p.at < len(s.text) && !p.full {
		root = p.giveUp()
	}
	if root == nil && !p.full {
		return nil, nil, p.gaveUp
	}
	return root, p.diags, 0
}

// giveUp leaves the file to the general reader.
func (p *plainReader) giveUp() *Node {
	if p.gaveUp < 0 {
		p.gaveUp = p.at
	}
	return nil
}

// pos is the place of an offset in the current line.
func (p *plainReader) pos(at int) Pos {
	if p.ascii {
		return Pos{File: p.name, Line: p.line, Col: at - p.start + 1}
	}
	if p.runeAt < p.start || p.runeAt > at {
		p.runeAt, p.runeCol = p.start, 1
	}
	p.runeCol += utf8.RuneCountInString(p.text[p.runeAt:at])
	p.runeAt = at
	return Pos{File: p.name, Line: p.line, Col: p.runeCol}
}

// peek is the byte at an offset; 0 stands for the end, as no file holds one.
func (p *plainReader) peek(at int) byte {
	if at < len(p.text) {
		return p.text[at]
	}
	return 0
}

// blank says whether a space, a line's end or the file's end is at an offset.
func (p *plainReader) blank(at int) bool {
	c := p.peek(at)
	return c == ' ' || c == '\n' || c == '\r' || c == 0
}

// skip moves to the next token over spaces, comments and line ends.
func (p *plainReader) skip() bool {
	for {
		switch p.peek(p.at) {
		case ' ', '\r':
			p.at++
		case '\n':
			p.at++
			p.line++
			p.start = p.at
		case '#':
			if p.at > p.start && p.text[p.at-1] != ' ' {
				return p.giveUp() != nil
			}
			if n := strings.IndexByte(p.text[p.at:], '\n'); n >= 0 {
				p.at += n
			} else {
				p.at = len(p.text)
			}
		case '\t':
			return p.giveUp() != nil
		default:
			return !p.documentMark() || p.giveUp() != nil
		}
	}
}

// documentMark sees "---" and "..." at the start of a line, and directives.
func (p *plainReader) documentMark() bool {
	if p.at != p.start {
		return false
	}
	rest := p.text[p.at:]
	return strings.HasPrefix(rest, "---") || strings.HasPrefix(rest, "...") || strings.HasPrefix(rest, "%")
}

// column of the next token, from 0; only spaces and "- " stand before it.
func (p *plainReader) column() int { return p.at - p.start }

// dash says whether a list item starts here.
func (p *plainReader) dash() bool { return p.peek(p.at) == '-' && p.blank(p.at+1) }

// block reads the block node that starts at the next token.
func (p *plainReader) block(depth int) *Node {
	if p.dash() {
		return p.sequence(depth)
	}
	if c := p.peek(p.at); c == '[' || c == '{' {
		return p.ended(p.flow(depth), -1)
	}
	at := p.at
	if _, ok := p.scalar(false, false); !ok {
		return nil
	}
	key := p.colon()
	p.at = at
	if key {
		return p.mapping(depth)
	}
	return p.giveUp() // a lone scalar: rare, and it may go on in the next line
}

// colon says whether ": " follows on this line, and moves to it.
func (p *plainReader) colon() bool {
	for p.peek(p.at) == ' ' {
		p.at++
	}
	return p.peek(p.at) == ':' && p.blank(p.at+1)
}

// mapping reads a block mapping whose first key starts at the next token.
func (p *plainReader) mapping(depth int) *Node {
	indent, base := p.column(), len(p.stack)
	n := p.node(Mapping, p.pos(p.at))
	if p.tooDeep(depth, n.Pos) {
		return n
	}
	for {
		f := Field{KeyPos: p.pos(p.at)}
		from := p.at
		key, ok := p.scalar(false, true)
		if !ok || !p.colon() || p.at-from > 1000 || key == "<<" {
			return p.giveUp()
		}
		f.Key = key
		p.at++
		if f.Value = p.mappingValue(indent, depth, f.KeyPos); f.Value == nil {
			return nil
		}
		p.stack = append(p.stack, f)
		switch c := p.column(); {
		case p.full || p.at == len(p.text) || c < indent:
			n.Fields = p.fields(p.stack[base:])
			p.stack = p.stack[:base]
			return n
		case c > indent || p.dash():
			return p.giveUp()
		}
	}
}

// mappingValue reads what stands behind "key:", and moves to the next token.
func (p *plainReader) mappingValue(indent, depth int, key Pos) *Node {
	line := p.line
	if !p.skip() {
		return nil
	}
	if p.line == line && p.at < len(p.text) {
		if p.dash() {
			return p.giveUp()
		}
		return p.inline(indent, depth+1)
	}
	switch c := p.column(); {
	case p.at == len(p.text), c < indent, c == indent && !p.dash():
		return p.node(Null, key)
	case c == indent:
		return p.sequence(depth + 1)
	}
	return p.block(depth + 1)
}

// sequence reads a block sequence whose first dash is the next token.
func (p *plainReader) sequence(depth int) *Node {
	indent, base := p.column(), len(p.items)
	n := p.node(Sequence, p.pos(p.at))
	if p.tooDeep(depth, n.Pos) {
		return n
	}
	for {
		item := p.item(indent, depth)
		if item == nil {
			return nil
		}
		p.items = append(p.items, item)
		switch c := p.column(); {
		case p.full || p.at == len(p.text) || c < indent || c == indent && !p.dash():
			n.Items = append([]*Node(nil), p.items[base:]...)
			p.items = p.items[:base]
			return n
		case c > indent:
			return p.giveUp()
		}
	}
}

// item reads one item of a block sequence, and moves to the next token.
func (p *plainReader) item(indent, depth int) *Node {
	p.at++
	empty, line := p.pos(p.at), p.line
	if !p.skip() {
		return nil
	}
	if p.at == len(p.text) || p.line > line && p.column() <= indent {
		return p.node(Null, empty)
	}
	if p.line > line || p.dash() {
		return p.block(depth + 1)
	}
	at := p.at
	if c := p.peek(at); c != '[' && c != '{' {
		if _, ok := p.scalar(false, false); !ok {
			return nil
		}
		key := p.colon()
		p.at = at
		if key {
			return p.mapping(depth + 1)
		}
	}
	return p.inline(indent, depth+1)
}

// inline reads a value that starts and ends on this line, and moves on.
func (p *plainReader) inline(indent, depth int) *Node {
	if c := p.peek(p.at); c == '[' || c == '{' {
		return p.ended(p.flow(depth), indent)
	}
	return p.ended(p.scalarNode(false), indent)
}

// ended checks that nothing follows a value that could belong to it: neither
// on the line nor, deeper than indent, on the next ones.
func (p *plainReader) ended(n *Node, indent int) *Node {
	line, at := p.line, p.at
	if n == nil || p.full {
		return n
	}
	if !p.skip() {
		return nil
	}
	if p.at < len(p.text) && (p.line == line || p.column() > indent) {
		p.at = max(at, p.start)
		for p.peek(p.at) == ' ' {
			p.at++
		}
		return p.giveUp()
	}
	return n
}
