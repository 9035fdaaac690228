package model

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Typo says that the word at the place of a diagnostic was probably meant to be
// another one, which would be right there.
type Typo struct {
	Word, Meant string
}

// typo notes what the word of the last diagnostic was probably meant to be; an
// empty meant notes nothing.
func (d *decoder) typo(word, meant string) {
	if meant != "" {
		d.diags[len(d.diags)-1].Typo = &Typo{word, meant}
	}
}

// WithFixes gives the diagnostics with a fix for every typo whose word stands in
// the text at the diagnostic's place as it is, bare or in quotes. The source
// gives the bytes of a file, or nil; without them there is no fix.
func (d Diagnostics) WithFixes(source func(file string) []byte) Diagnostics {
	out := make(Diagnostics, len(d))
	texts := map[string]*lineText{}
	for i, x := range d {
		out[i] = x
		if x.Typo == nil || x.Fix != nil || x.Pos.IsZero() {
			continue
		}
		text, ok := texts[x.Pos.File]
		if !ok {
			text = newLineText(source(x.Pos.File))
			texts[x.Pos.File] = text
		}
		if start, ok := text.find(x.Pos, x.Typo.Word); ok {
			out[i].Fix = &Fix{
				Title: "change " + quote(x.Typo.Word) + " to " + quote(x.Typo.Meant),
				Edits: []Edit{{File: x.Pos.File, Start: start, End: start + len(x.Typo.Word), Text: x.Typo.Meant}},
			}
		}
	}
	return out
}

// lineText is the text of a file with the offset of every line.
type lineText struct {
	data   []byte
	starts []int
}

// newLineText splits a file in UTF-8; of any other nothing is found.
func newLineText(data []byte) *lineText {
	t := &lineText{data: data}
	if len(data) == 0 || !utf8.Valid(data) {
		return t
	}
	first := 0
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		first = 3 // columns do not count the byte order mark
	}
	t.starts = append(t.starts, first)
	for i, c := range data {
		if c == '\n' {
			t.starts = append(t.starts, i+1)
		}
	}
	return t
}

// find gives the offset of a word that stands at a place and ends there: what
// came through an alias or an escape is written otherwise, and is not found.
func (t *lineText) find(p Pos, word string) (start int, ok bool) {
	if p.Line < 1 || p.Line > len(t.starts) || word == "" || strings.ContainsAny(word, "\n\r") {
		return 0, false
	}
	start = t.starts[p.Line-1]
	for range p.Col - 1 {
		if start >= len(t.data) || t.data[start] == '\n' {
			return 0, false
		}
		_, width := utf8.DecodeRune(t.data[start:])
		start += width
	}
	if start >= len(t.data) {
		return 0, false
	}
	quote := t.data[start]
	quoted := quote == '"' || quote == '\''
	if quoted {
		start++
	}
	rest, ok := bytes.CutPrefix(t.data[start:], []byte(word))
	switch {
	case !ok:
		return 0, false
	case quoted:
		return start, len(rest) > 0 && rest[0] == quote
	}
	return start, len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n,]}:"), rest[0]) >= 0
}
