package editor

import (
	"slices"
	"strings"

	"github.com/taut-dev/taut/model"
)

// token is one key or one value of a file as it stands there.
type token struct {
	path       []string // of the mapping that a key is in; of a value itself
	key        bool
	own        bool   // a value that stands alone on its line: it may become a key
	text       string // without quotes
	start, end int    // offsets of the text without quotes
}

// at says whether an offset is on the token or at its end.
func (t *token) at(offset int) bool { return t.start <= offset && offset <= t.end }

// scanner finds the tokens of a file that may be half written: it never fails,
// and looks at indentation and brackets only. What the file means is for the
// readers of the language; this serves what is under the cursor.
type scanner struct {
	text   string
	tokens []token
	blocks []block
	flows  []flow
	scalar int // indentation whose deeper lines are one block scalar; -1 for none
}

// block is a key or a list item that lines below may belong to.
type block struct {
	indent int
	step   string
}

// flow is an open bracket.
type flow struct {
	list bool
	path []string // of the collection
	key  string   // whose value is next, in a mapping
	has  bool     // there is such a key
}

// scan gives the tokens of a text in order.
func scan(text string) []token {
	s := &scanner{text: text, scalar: -1}
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		s.line(start, start+len(strings.TrimSuffix(text[start:end], "\r")))
		start = end + 1
	}
	return s.tokens
}

// line scans one line.
func (s *scanner) line(start, end int) {
	if len(s.blocks) > 0 && start < end && strings.IndexByte(" \t#]}", s.text[start]) < 0 {
		s.flows = nil // nothing in brackets starts a line of block style: one is still open while it is typed
	}
	if len(s.flows) > 0 {
		s.flow(start, end)
		return
	}
	i := start
	for i < end && s.text[i] == ' ' {
		i++
	}
	if i == end || s.text[i] == '#' || s.text[i] == '\t' {
		return
	}
	if s.scalar >= 0 && i-start > s.scalar {
		return
	}
	s.scalar = -1
	if rest := s.text[i:end]; rest == "---" || rest == "..." {
		s.blocks = nil
		return
	}
	item := false
	for i < end && s.text[i] == '-' && (i+1 == end || s.text[i+1] == ' ') {
		column := i - start
		s.close(func(b block) bool { return b.indent > column || b.indent == column && b.step == model.ListItem })
		s.blocks = append(s.blocks, block{column, model.ListItem})
		item = true
		for i++; i < end && s.text[i] == ' '; i++ {
		}
	}
	if !item {
		column := i - start
		s.close(func(b block) bool { return b.indent >= column })
	}
	if i < end && s.text[i] != '#' {
		s.content(start, i, end, true)
	}
}

// close ends the blocks that a line is not part of.
func (s *scanner) close(done func(block) bool) {
	for len(s.blocks) > 0 && done(s.blocks[len(s.blocks)-1]) {
		s.blocks = s.blocks[:len(s.blocks)-1]
	}
}

// path is that of the open blocks.
func (s *scanner) path() []string {
	path := make([]string, len(s.blocks), len(s.blocks)+2)
	for i, b := range s.blocks {
		path[i] = b.step
	}
	return path
}

// content scans what stands on a line behind its dashes: a key and its value,
// or a value.
func (s *scanner) content(line, i, end int, mayKey bool) {
	for i < end && strings.IndexByte("&!", s.text[i]) >= 0 { // anchors and tags
		for i < end && s.text[i] != ' ' {
			i++
		}
		for i < end && s.text[i] == ' ' {
			i++
		}
	}
	switch {
	case i == end || s.text[i] == '#' || s.text[i] == '*':
		return
	case s.text[i] == '{' || s.text[i] == '[':
		s.flow(i, end)
		return
	case (s.text[i] == '|' || s.text[i] == '>') && len(s.blocks) > 0:
		s.scalar = s.blocks[len(s.blocks)-1].indent
		return
	}
	t, next := s.word(i, end, false)
	if mayKey && next < end && s.text[next] == ':' && (next+1 == end || s.text[next+1] == ' ') {
		t.path, t.key = s.path(), true
		s.tokens = append(s.tokens, t)
		s.blocks = append(s.blocks, block{i - line, t.text})
		for next++; next < end && s.text[next] == ' '; next++ {
		}
		s.content(line, next, end, false)
		return
	}
	t.path, t.own = s.path(), mayKey
	s.tokens = append(s.tokens, t)
}

// word reads a scalar that starts at an offset and gives where it ends.
func (s *scanner) word(i, end int, inFlow bool) (t token, next int) {
	if q := s.text[i]; q == '"' || q == '\'' {
		for j := i + 1; j < end; j++ {
			switch {
			case s.text[j] == '\\' && q == '"':
				j++
			case s.text[j] == q:
				return token{text: s.text[i+1 : j], start: i + 1, end: j}, j + 1
			}
		}
		return token{text: s.text[i+1 : end], start: i + 1, end: end}, end
	}
	j := i
	for ; j < end; j++ {
		c := s.text[j]
		if c == ':' && (j+1 == end || s.text[j+1] == ' ' || inFlow && strings.IndexByte(",[]{}", s.text[j+1]) >= 0) ||
			c == '#' && j > i && s.text[j-1] == ' ' || inFlow && strings.IndexByte(",[]{}", c) >= 0 {
			break
		}
	}
	text := strings.TrimRight(s.text[i:j], " ")
	return token{text: text, start: i, end: i + len(text)}, i + len(text)
}

// flow scans what stands in brackets up to the end of a line.
func (s *scanner) flow(i, end int) {
	for i < end {
		switch c := s.text[i]; c {
		case '{', '[':
			s.flows = append(s.flows, flow{list: c == '[', path: s.flowPath()})
			i++
		case '}', ']':
			s.flows = s.flows[:len(s.flows)-1]
			if i++; len(s.flows) == 0 {
				return
			}
		case ',':
			s.flows[len(s.flows)-1].has = false
			i++
		case ' ', '\t', ':':
			i++
		case '#':
			return
		default:
			i = s.flowWord(i, end)
		}
	}
}

// flowPath is that of the value that comes next.
func (s *scanner) flowPath() []string {
	if len(s.flows) == 0 {
		return s.path()
	}
	f := &s.flows[len(s.flows)-1]
	switch {
	case f.list:
		return append(slices.Clone(f.path), model.ListItem)
	case f.has:
		return append(slices.Clone(f.path), f.key)
	}
	return f.path
}

// flowWord scans a key or a value in brackets.
func (s *scanner) flowWord(i, end int) int {
	t, next := s.word(i, end, true)
	f := &s.flows[len(s.flows)-1]
	t.path = s.flowPath()
	colon := next
	for colon < end && s.text[colon] == ' ' {
		colon++
	}
	t.key = !f.list && !f.has
	if t.key && colon < end && s.text[colon] == ':' {
		f.key, f.has = t.text, true
		next = colon + 1
	}
	s.tokens = append(s.tokens, t)
	return max(next, i+1)
}

// tokenAt gives the token at an offset, or nil.
func tokenAt(tokens []token, offset int) *token {
	i, _ := slices.BinarySearchFunc(tokens, offset, func(t token, at int) int { return t.end - at })
	if i < len(tokens) && tokens[i].at(offset) {
		return &tokens[i]
	}
	return nil
}
