package model

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// What the comments look like, and the rule name of errors in them.
const (
	ruleSuppression = "suppression"
	marker          = "taut:"
)

// suppressions finds the comments "# taut: ignore RULE reason". The readers
// drop comments, so the text is searched; what stands inside a quoted or block
// scalar is text of the file, not a comment.
func (s *source) suppressions(root *Node) ([]Suppression, Diagnostics) {
	if !strings.Contains(s.text, marker) {
		return nil, nil
	}
	f := &commentFinder{source: s, starts: []int{0}}
	for i := range len(s.text) {
		if s.text[i] == '\n' {
			f.starts = append(f.starts, i+1)
		}
	}
	f.texts(root, map[*Node]bool{})
	slices.SortFunc(f.spans, func(a, b [2]int) int { return a[0] - b[0] })
	for line := range f.starts {
		f.line(line)
	}
	return f.found, f.diags
}

// commentFinder looks through the text of one file.
type commentFinder struct {
	*source
	starts []int    // offset of every line
	spans  [][2]int // quoted texts that hold the marker, by offset
	found  []Suppression
	diags  Diagnostics
	next   int // the last answer of nextLine
	last   Pos // the last place that offset was asked for, and its answer
	lastAt int
}

// texts notes where the scalars stand that hold the marker. Aliases share
// nodes: each is looked at once.
func (f *commentFinder) texts(n *Node, seen map[*Node]bool) {
	switch n.Kind {
	case Scalar:
		if n.Quoted && strings.Contains(n.Text, marker) {
			f.span(n.Pos)
		}
		return
	case Null:
		return
	}
	if seen[n] {
		return
	}
	seen[n] = true
	for _, item := range n.Items {
		f.texts(item, seen)
	}
	for i := range n.Fields {
		if strings.Contains(n.Fields[i].Key, marker) {
			f.span(n.Fields[i].KeyPos)
		}
		f.texts(n.Fields[i].Value, seen)
	}
}

// span notes the scalar that starts at a place, behind its anchor and tag.
func (f *commentFinder) span(p Pos) {
	at := f.offset(p)
	for at < len(f.text) && (f.text[at] == '&' || f.text[at] == '!') {
		end := strings.IndexAny(f.text[at:], " \n")
		if end < 0 {
			return
		}
		at += end + len(f.text[at+end:]) - len(strings.TrimLeft(f.text[at+end:], " \r\n"))
	}
	if at == len(f.text) {
		return
	}
	end := -1
	switch f.text[at] {
	case '"', '\'':
		end = quoteEnd(f.text, at)
	case '|', '>':
		end = f.blockEnd(at)
	}
	if end > 0 {
		f.spans = append(f.spans, [2]int{at, end})
	}
}

// offset finds a place in the text. It goes on from the last one in the same
// line, as texts come in order and a file may be one long line.
func (f *commentFinder) offset(p Pos) int {
	if p.Line != f.last.Line || p.Col < f.last.Col {
		f.last, f.lastAt = Pos{Line: p.Line, Col: 1}, f.starts[p.Line-1]
	}
	for ; f.last.Col < p.Col; f.last.Col++ {
		_, width := utf8.DecodeRuneInString(f.text[f.lastAt:])
		f.lastAt += width
	}
	return f.lastAt
}

// blockEnd gives the offset at which a block scalar ends: at the first line
// that is indented less than its first.
func (f *commentFinder) blockEnd(at int) int {
	line, _ := slices.BinarySearch(f.starts, at+1)
	indent := -1
	for ; line < len(f.starts); line++ {
		text := f.text[f.starts[line]:]
		rest := strings.TrimLeft(text, " ")
		if rest == "" || rest[0] == '\n' || rest[0] == '\r' {
			continue
		}
		own := len(text) - len(rest)
		if indent < 0 {
			indent = max(own, 1)
		}
		if own < indent {
			return f.starts[line]
		}
	}
	return len(f.text)
}

// line looks for the marker in the comment of a line.
func (f *commentFinder) line(line int) {
	text, _, _ := strings.Cut(f.text[f.starts[line]:], "\n")
	for from := 0; ; {
		i := strings.Index(text[from:], marker)
		if i < 0 {
			return
		}
		before := strings.TrimRight(text[:from+i], " \t")
		from += i + len(marker)
		hash := len(before) - 1
		if hash < 0 || before[hash] != '#' || hash > 0 && before[hash-1] != ' ' && before[hash-1] != '\t' {
			continue
		}
		if !f.quoted(f.starts[line] + hash) {
			f.comment(line, text[:hash], strings.Fields(text[from:]))
			return
		}
	}
}

// quoted says whether an offset is inside a text that holds the marker.
func (f *commentFinder) quoted(at int) bool {
	i, _ := slices.BinarySearchFunc(f.spans, at, func(s [2]int, at int) int { return s[0] - at })
	return i > 0 && at < f.spans[i-1][1]
}

// comment reads what stands behind the marker.
func (f *commentFinder) comment(line int, before string, words []string) {
	pos := Pos{File: f.name, Line: line + 1, Col: 1 + utf8.RuneCountInString(before)}
	switch {
	case len(words) > 1 && words[0] == "ignore":
		s := Suppression{Pos: pos, Line: pos.Line, Rule: words[1], Reason: strings.Join(words[2:], " ")}
		if strings.TrimSpace(before) == "" {
			s.Line = f.nextLine(line + 1)
		}
		f.found = append(f.found, s)
	case len(words) == 1 && words[0] == "ignore":
		f.diags = append(f.diags, errorAt(ruleSuppression, pos, `this comment names no rule: write "# taut: ignore RULE reason"`))
	case len(words) > 0 && Suggest(words[0], []string{"ignore"}) != "":
		f.diags = append(f.diags, errorAt(ruleSuppression, pos, `this comment says %s, did you mean "ignore"?`, quote(marker+" "+words[0])))
	}
}

// nextLine gives the number of the line that a comment alone on its line is
// about: the next that is neither empty nor a comment.
func (f *commentFinder) nextLine(line int) int {
	if f.next > line {
		return f.next // only comments stand between: so many of them cost no more
	}
	f.next = len(f.starts)
	for ; line < len(f.starts); line++ {
		text, _, _ := strings.Cut(f.text[f.starts[line]:], "\n")
		if text = strings.TrimSpace(text); text != "" && text[0] != '#' {
			f.next = line + 1
			break
		}
	}
	return f.next
}
