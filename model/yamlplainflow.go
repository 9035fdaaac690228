package model

import "strings"

// flow reads a collection in brackets or braces, over any number of lines.
func (p *plainReader) flow(depth int) *Node {
	if p.peek(p.at) == '[' {
		return p.flowSequence(depth)
	}
	return p.flowMapping(depth)
}

// flowSequence reads a list whose bracket is the next byte.
func (p *plainReader) flowSequence(depth int) *Node {
	base := len(p.items)
	n := p.node(Sequence, p.pos(p.at))
	if p.tooDeep(depth, n.Pos) {
		return n
	}
	p.at++
	for {
		if !p.skip() {
			return nil
		}
		if p.peek(p.at) == ']' {
			break
		}
		item := p.flowValue(depth)
		if item == nil || !p.separated(']') {
			return nil
		}
		p.items = append(p.items, item)
		if p.full {
			break
		}
	}
	p.at++
	n.Items = append([]*Node(nil), p.items[base:]...)
	p.items = p.items[:base]
	return n
}

// flowMapping reads a mapping whose brace is the next byte.
func (p *plainReader) flowMapping(depth int) *Node {
	base := len(p.stack)
	n := p.node(Mapping, p.pos(p.at))
	if p.tooDeep(depth, n.Pos) {
		return n
	}
	p.at++
	for {
		if !p.skip() {
			return nil
		}
		if p.peek(p.at) == '}' {
			break
		}
		f, ok := p.flowField(depth)
		if !ok || !p.separated('}') {
			return nil
		}
		p.stack = append(p.stack, f)
		if p.full {
			break
		}
	}
	p.at++
	n.Fields = p.fields(p.stack[base:])
	p.stack = p.stack[:base]
	return n
}

// flowField reads "key: value", or a key alone, inside braces.
func (p *plainReader) flowField(depth int) (Field, bool) {
	f := Field{KeyPos: p.pos(p.at)}
	from, line := p.at, p.line
	key, ok := p.scalar(true, true)
	if !ok || p.at-from > 1000 || key == "<<" {
		return f, p.giveUp() != nil
	}
	f.Key = key
	if !p.skip() {
		return f, false
	}
	if p.peek(p.at) != ':' {
		f.Value = p.node(Null, f.KeyPos)
		return f, true
	}
	if p.line != line {
		return f, p.giveUp() != nil
	}
	p.at++
	if !p.skip() {
		return f, false
	}
	if c := p.peek(p.at); c == ',' || c == '}' {
		f.Value = p.node(Null, f.KeyPos)
		return f, true
	}
	f.Value = p.flowValue(depth)
	return f, f.Value != nil
}

// flowValue reads a value inside brackets.
func (p *plainReader) flowValue(depth int) *Node {
	if c := p.peek(p.at); c == '[' || c == '{' {
		return p.flow(depth + 1)
	}
	return p.scalarNode(true)
}

// separated moves over the comma behind a value, or stops at the end mark.
func (p *plainReader) separated(end byte) bool {
	if p.full {
		return true
	}
	if !p.skip() {
		return false
	}
	switch p.peek(p.at) {
	case end:
		return true
	case ',':
		p.at++
		return true
	}
	return p.giveUp() != nil
}

// scalarNode reads a scalar that is a value.
func (p *plainReader) scalarNode(flow bool) *Node {
	pos, c := p.pos(p.at), p.peek(p.at)
	text, ok := p.scalar(flow, true)
	if !ok {
		return nil
	}
	n := p.node(Scalar, pos)
	n.Text, n.Quoted = text, c == '"' || c == '\''
	if !n.Quoted && isNull(text) {
		n.Kind = Null
	}
	return n
}

// scalar reads a scalar that ends on this line. Its text is a part of the
// file's; escapes are resolved only where it is wanted.
func (p *plainReader) scalar(flow, wanted bool) (string, bool) {
	switch c := p.peek(p.at); c {
	case '"':
		return p.doubleQuoted(wanted)
	case '\'':
		return p.singleQuoted(wanted)
	case '-':
		if next := p.peek(p.at + 1); next < '0' && next != '.' && next != '-' || strings.IndexByte("[]{}?:", next) >= 0 {
			return "", p.giveUp() != nil
		}
	case 0, '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '%', '@', '`':
		return "", p.giveUp() != nil
	}
	return p.plain(flow)
}

// plain reads a scalar without quotes, up to ": ", " #", the line's end or, in
// brackets, one of their signs.
func (p *plainReader) plain(flow bool) (string, bool) {
	from, end := p.at, p.at
	for {
		switch c := p.peek(p.at); c {
		case 0, '\n', '\r':
			return p.text[from:end], true
		case '\t':
			return "", p.giveUp() != nil
		case ' ':
			p.at++
			continue
		case '#':
			if p.text[p.at-1] == ' ' {
				return p.text[from:end], true
			}
		case ':':
			if p.blank(p.at + 1) {
				return p.text[from:end], true
			}
		case ',', ']', '}':
			if flow {
				return p.text[from:end], true
			}
		case '[', '{', '?':
			if flow {
				return "", p.giveUp() != nil
			}
		}
		p.at++
		end = p.at
	}
}

// singleQuoted reads text in single quotes, in which only these are doubled.
func (p *plainReader) singleQuoted(wanted bool) (string, bool) {
	from := p.at + 1
	doubled := false
	for i := from; i < len(p.text) && p.text[i] != '\n'; i++ {
		if p.text[i] != '\'' {
			continue
		}
		if p.peek(i+1) == '\'' {
			doubled = true
			i++
			continue
		}
		p.at = i + 1
		text := p.text[from:i]
		if doubled && wanted {
			text = strings.ReplaceAll(text, "''", "'")
		}
		return text, p.afterQuote()
	}
	return "", p.giveUp() != nil
}

// doubleQuoted reads text in double quotes, with the escapes that people use;
// others, and line breaks, are left to the general reader.
func (p *plainReader) doubleQuoted(wanted bool) (string, bool) {
	from := p.at + 1
	escaped := false
	for i := from; i < len(p.text) && p.text[i] != '\n'; i++ {
		switch p.text[i] {
		case '\\':
			i++
			if strings.IndexByte(`"\nt`, p.peek(i)) < 0 {
				return "", p.giveUp() != nil
			}
			escaped = true
		case '"':
			p.at = i + 1
			text := p.text[from:i]
			if escaped && wanted {
				text = strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\n`, "\n", `\t`, "\t").Replace(text)
			}
			return text, p.afterQuote()
		}
	}
	return "", p.giveUp() != nil
}

// afterQuote checks that a quoted scalar ends where its quote does.
func (p *plainReader) afterQuote() bool {
	return p.blank(p.at) || strings.IndexByte(",]}:", p.peek(p.at)) >= 0 || p.giveUp() != nil
}
