package model

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Rule names of the errors that reading gives; those of one entity's keys are
// beside the decoder.
const (
	ruleSyntax    = "syntax"
	ruleEncoding  = "encoding"
	ruleLimit     = "limit"
	ruleDuplicate = "duplicate-key"
)

// errorAt makes an error diagnostic.
func errorAt(rule string, pos Pos, format string, args ...any) Diagnostic {
	return Diagnostic{Rule: rule, Severity: Error, Pos: pos, Message: fmt.Sprintf(format, args...)}
}

// source is the text of one file, as clean UTF-8: what both readers start from.
type source struct {
	name  string
	text  string
	ascii bool // columns are byte offsets
	lim   Limits
}

// newSource checks size and encoding. A YAML reader takes some line breaks for
// what no editor shows as one, and a terminal obeys control characters: so
// files that hold such characters raw are refused, with the place.
func newSource(name string, data []byte, lim Limits) (*source, Diagnostics) {
	lim = lim.orDefault()
	if len(data) > lim.File {
		what := fmt.Sprintf("%q, which has %d bytes", Safe(name), len(data))
		return nil, Diagnostics{errorAt(ruleLimit, Pos{File: name, Line: 1, Col: 1}, "%s", lim.Exceeded("file", what))}
	}
	data, problem, at := toUTF8(data)
	s := &source{name: name, text: string(data), lim: lim}
	if problem == "" {
		at, problem = s.check()
	}
	if problem != "" {
		return nil, Diagnostics{errorAt(ruleEncoding, s.pos(at), "%s", problem)}
	}
	return s, nil
}

// toUTF8 takes off a byte order mark, and converts UTF-16 that has one.
func toUTF8(data []byte) (text []byte, problem string, at int) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return data[3:], "", 0
	case bytes.HasPrefix(data, []byte("\x1f\x8b")), bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil, "the file is compressed: unpack it first", 0
	case !bytes.HasPrefix(data, []byte("\xff\xfe")) && !bytes.HasPrefix(data, []byte("\xfe\xff")):
		return data, "", 0
	}
	low, high := 0, 1
	if data[0] == 0xfe {
		low, high = 1, 0
	}
	if len(data)%2 != 0 {
		return nil, "the file ends in the middle of a UTF-16 character: save it as UTF-8", 0
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 2; i < len(data); i += 2 {
		units = append(units, uint16(data[i+low])|uint16(data[i+high])<<8)
	}
	return []byte(string(utf16.Decode(units))), "", 0
}

// check finds the first character that may not stand in a file.
func (s *source) check() (at int, problem string) {
	s.ascii = true
	for i := 0; i < len(s.text); {
		c := s.text[i]
		if c >= 0x20 && c < 0x7f || c == '\n' || c == '\t' {
			i++
			continue
		}
		if c == '\r' && strings.HasPrefix(s.text[i:], "\r\n") {
			i++
			continue
		}
		r, width := utf8.DecodeRuneInString(s.text[i:])
		s.ascii = false
		if problem := s.refuse(r, width, i); problem != "" {
			return i, problem
		}
		i += width
	}
	return 0, ""
}

// refuse says what is wrong with the character at an offset, or "".
func (s *source) refuse(r rune, width, at int) string {
	switch {
	case r == utf8.RuneError && width == 1:
		return fmt.Sprintf("byte 0x%02x is not UTF-8: save the file as UTF-8", s.text[at])
	case r == 0:
		return "the file holds NUL bytes: if it is UTF-16 without a byte order mark, save it as UTF-8"
	case r == '\r':
		return "a carriage return stands without a line feed: end lines with LF or CR LF"
	case r < 0x20, r == 0x7f, r >= 0x80 && r < 0xa0 && r != 0x85:
		return fmt.Sprintf("control character U+%04X: take it out, or write it as an escape in double quotes", r)
	case r == 0x85, r == 0x2028, r == 0x2029:
		return fmt.Sprintf("line break U+%04X, which YAML sees and most editors do not show: use a plain line feed", r)
	case r == 0xfeff:
		return "a byte order mark (U+FEFF) stands in the middle of the file: take it out"
	case r == 0xfffe, r == 0xffff:
		return fmt.Sprintf("U+%04X is not a character: take it out", r)
	}
	return ""
}

// pos gives the place of an offset; for errors only, as it counts from the top.
func (s *source) pos(at int) Pos {
	before := s.text[:min(at, len(s.text))]
	line := 1 + strings.Count(before, "\n")
	start := 1 + strings.LastIndexByte(before, '\n')
	return Pos{File: s.name, Line: line, Col: 1 + utf8.RuneCountInString(before[start:])}
}

// builder makes nodes for a reader, within the limits.
type builder struct {
	*source
	diags  Diagnostics
	nodes  int  // made so far, each use of an alias counted
	full   bool // a limit was passed: the tree is not whole
	nodeAt []Node
	keys   []Field
}

// node makes a node; they come from slabs, as there are many.
func (b *builder) node(kind NodeKind, pos Pos) *Node {
	if len(b.nodeAt) == 0 {
		b.nodeAt = make([]Node, min(512, 8+b.nodes))
	}
	n := &b.nodeAt[0]
	b.nodeAt = b.nodeAt[1:]
	n.Kind, n.Pos = kind, pos
	b.count(1, pos)
	return n
}

// count adds nodes to those made, and stops the reader at the limit.
func (b *builder) count(n int, pos Pos) {
	if b.nodes += n; b.nodes > b.lim.Nodes {
		b.exceeded("nodes", "this file", pos)
	}
}

// exceeded reports a limit, once, and stops the reader.
func (b *builder) exceeded(limit, what string, pos Pos) {
	if !b.full {
		b.diags = append(b.diags, errorAt(ruleLimit, pos, "%s", b.lim.Exceeded(limit, what)))
	}
	b.full = true
}

// tooDeep checks a nesting level.
func (b *builder) tooDeep(depth int, pos Pos) bool {
	if depth > b.lim.Depth {
		b.exceeded("depth", "lists and mappings inside each other", pos)
		return true
	}
	return false
}

// fields copies the fields of a finished mapping out of the reader's stack,
// without those whose key came before: each of these is an error.
func (b *builder) fields(stack []Field) []Field {
	if cap(b.keys)-len(b.keys) < len(stack) {
		b.keys = make([]Field, 0, max(len(stack), min(512, 8+b.nodes)))
	}
	start := len(b.keys)
	b.keys = append(b.keys, stack...)
	made := b.keys[start:len(b.keys):len(b.keys)]
	if len(made) <= 8 {
		return b.uniqueFew(made)
	}
	first := make(map[string]Pos, len(made))
	return b.unique(made, func(i int) (Pos, bool) {
		pos, twice := first[made[i].Key]
		if !twice {
			first[made[i].Key] = made[i].KeyPos
		}
		return pos, twice
	})
}

// uniqueFew compares every key with those before it: for the few keys that most
// mappings have, that beats a map.
func (b *builder) uniqueFew(made []Field) []Field {
	return b.unique(made, func(i int) (Pos, bool) {
		for j := range i {
			if made[j].Key == made[i].Key {
				return made[j].KeyPos, true
			}
		}
		return Pos{}, false
	})
}

// unique keeps the first field of every key. It looks at all of them before it
// moves any, as seen compares with earlier places.
func (b *builder) unique(made []Field, seen func(int) (Pos, bool)) []Field {
	var twice []int
	for i := range made {
		if first, again := seen(i); again {
			d := errorAt(ruleDuplicate, made[i].KeyPos, "key %s is given twice: it stands at %s already", quote(made[i].Key), first)
			d.Related = []Related{{Pos: first, Message: "first given here"}}
			b.diags = append(b.diags, d)
			twice = append(twice, i)
		}
	}
	if twice == nil {
		return made
	}
	kept := made[:0]
	for i := range made {
		if len(twice) > 0 && twice[0] == i {
			twice = twice[1:]
			continue
		}
		kept = append(kept, made[i])
	}
	return kept
}
