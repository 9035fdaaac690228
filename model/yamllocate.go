package model

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// unknownAnchor finds the first alias whose name no anchor before it has.
func (r *yamlReader) unknownAnchor(read int) (int, string) {
	text, _ := r.window(read, len(r.text))
	named := map[string]bool{}
	for at := 0; at < len(text); at++ {
		if c := text[at]; c != '*' && c != '&' || at > 0 && strings.IndexByte(" \n[{,:", text[at-1]) < 0 {
			continue
		}
		end := at + 1
		for end < len(r.text) && strings.IndexByte(" \r\n,[]{}:", r.text[end]) < 0 {
			end++
		}
		name := r.text[at+1 : end]
		if text[at] == '&' {
			named[name] = true
		} else if name != "" && !named[name] {
			return at, fmt.Sprintf("alias %s names no anchor: write %s before the value it shall repeat, or put the text in quotes", quote("*"+name), quote("&"+name))
		}
	}
	return r.suspect(read), "this alias names no anchor above it"
}

// badStart finds a character that no value may start with.
func (r *yamlReader) badStart(read int) (int, string) {
	w, from := r.window(read, 4)
	for i, c := range w {
		first := from+i == 0 || strings.IndexByte(" \t\n[{,:-", r.text[from+i-1]) >= 0
		if first && strings.ContainsRune("@`%\t|>", c) {
			if c == '\t' {
				return from + i, "a tab stands where a value or key should start: use spaces"
			}
			return from + i, fmt.Sprintf("no value can start with %s: put the text in quotes", quote(string(c)))
		}
	}
	return r.suspect(read), "no value can start like this: put the text in quotes"
}

// strayColon finds the ":" that is one too many, and says why it is.
func (r *yamlReader) strayColon(read int) (int, string) {
	w, from := r.window(read, 4)
	at := from + max(0, strings.IndexByte(w, ':'))
	start := 1 + strings.LastIndexByte(r.text[:at], '\n')
	key := strings.TrimLeft(r.text[start:at], " -")
	if n := utf8.RuneCountInString(key); n > 1024 {
		return at - len(key), fmt.Sprintf("this key is too long: it has %d characters, and YAML allows 1024", n)
	}
	if strings.Contains(key, ": ") {
		return at, `a second ": " stands on this line: put the text after the first in quotes, or break the line`
	}
	if above, word := r.lineAbove(start); word != "" && !strings.Contains(word, ": ") && !strings.HasSuffix(word, ":") {
		return above, fmt.Sprintf(`%s has no ":" behind it: a key needs one`, quote(word))
	}
	if start > 0 && strings.HasPrefix(r.text[start:], " ") {
		return at - len(key), fmt.Sprintf("key %s is indented deeper than the keys before it, whose value has ended: align it with them", quote(key))
	}
	return at, `":" cannot stand here: put the text in quotes, or the key on a line of its own`
}

// lineAbove gives the words of the line before an offset, and where they start.
func (r *yamlReader) lineAbove(start int) (at int, words string) {
	end := max(0, start-1)
	from := 1 + strings.LastIndexByte(r.text[:end], '\n')
	line := r.text[from:end]
	return from + len(line) - len(strings.TrimLeft(line, " ")), strings.Trim(line, " \r")
}

// noKey words what is wrong where only another key could stand.
func (r *yamlReader) noKey(read int) (int, string) {
	at := r.suspect(read)
	start := 1 + strings.LastIndexByte(r.text[:at], '\n')
	before := strings.TrimSpace(r.text[start:at])
	switch {
	case at < len(r.text) && (r.text[at] == ']' || r.text[at] == '}'):
		return at, fmt.Sprintf("%c closes nothing: take it away", r.text[at])
	case strings.HasSuffix(before, "'"):
		return at, "the value ends before this: inside single quotes, write a single quote twice"
	case before != "":
		return at, "the value ends before this: put all of it in quotes, or start a new line"
	}
	return at, "this line fits no level above it: align it with the keys it belongs to"
}

// noColon finds the line that should have been a key.
func (r *yamlReader) noColon(read int) (int, string) {
	at := r.suspect(read)
	start := 1 + strings.LastIndexByte(r.text[:at], '\n')
	line, _, _ := strings.Cut(r.text[start:], "\n")
	word := strings.TrimSpace(line)
	at = start + len(line) - len(strings.TrimLeft(line, " "))
	if n := utf8.RuneCountInString(word); n > 1024 && strings.Contains(word, ":") {
		return at, "this key is too long: YAML allows 1024 characters"
	}
	return at, fmt.Sprintf(`%s has no ":" behind it: a key needs one`, quote(word))
}

// openQuote finds the quoted text that does not end.
func (r *yamlReader) openQuote(read int) (int, string) {
	at, mark := r.scan(read, func(int) {})
	return at, fmt.Sprintf("the text that starts with %c here is never closed", mark)
}

// badEscape finds a backslash before a character that YAML escapes do not know.
func (r *yamlReader) badEscape(read int) (int, string) {
	w, from := r.window(read, 4)
	for i := 0; i+1 < len(w); i++ {
		if w[i] == '\\' && strings.IndexByte("0abt\tnvfre \"'/\\N_LPxuU\n\r", w[i+1]) < 0 {
			c, _ := utf8.DecodeRuneInString(r.text[from+i+1:])
			return from + i, fmt.Sprintf(`%s is no escape: write \\ for a backslash, or use single quotes`, quote(`\`+string(c)))
		}
		if w[i] == '\\' {
			i++
		}
	}
	at, _ := before(`\`)(r, read)
	return at, `this is no escape of YAML: write \\ for a backslash, or use single quotes`
}

// openBracket finds the bracket that is not closed, or the place inside it
// where a comma is missing.
func (r *yamlReader) openBracket(read int) (int, string) {
	var open []bracket
	closed, met, left := 0, 0, -1
	indent := func(line int) int { return len(r.text[line:]) - len(strings.TrimLeft(r.text[line:], " ")) }
	line, last, deep := 0, 0, indent(0)
	r.scan(read, func(i int) {
		if k := strings.LastIndexByte(r.text[last:i], '\n'); k >= 0 {
			line = last + k + 1
			deep = indent(line)
		}
		last = i
		n := len(open)
		switch r.text[i] {
		case '[', '{':
			x := bracket{i, deep}
			if n > 0 && left < 0 && line > open[n-1].at && (x.indent <= open[n-1].indent || strings.HasPrefix(r.text[line+x.indent:], "- ")) {
				left = open[n-1].at // an item, or what is no deeper, was not meant to stand inside
			}
			open = append(open, x)
		case ']', '}':
			if n > 0 && r.text[i] == r.text[open[n-1].at]+2 {
				open = open[:n-1]
			} else if closed == 0 {
				closed = i
				if n > 0 {
					met = open[n-1].at
				}
			}
		}
	})
	if len(open) == 0 {
		return r.suspect(read), `a "," is missing before this`
	}
	at := open[len(open)-1].at
	switch s := r.suspect(read); {
	case left >= 0:
		at = left
	case closed > 0:
		return closed, fmt.Sprintf("%c closes what %c opened in line %d", r.text[closed], r.text[met], r.pos(met).Line)
	case s > at && strings.TrimSpace(r.text[min(read, len(r.text)):]) != "":
		return s, fmt.Sprintf(`a "," is missing before this, or %c in line %d is never closed`, r.text[at], r.pos(at).Line)
	}
	return at, fmt.Sprintf("%c is never closed: a %c is missing", r.text[at], r.text[at]+2)
}

// bracket is one that opens: where, and the indent of its line.
type bracket struct{ at, indent int }

// noValue words a missing value; at the file's end, an open bracket is why.
func (r *yamlReader) noValue(read int) (int, string) {
	at, message := r.openBracket(read)
	if strings.HasSuffix(message, "is missing") && strings.Contains(message, "never closed") {
		return at, message
	}
	return r.suspect(read), "a value is missing here"
}

// afterDocument words what stands behind the end of a document.
func (r *yamlReader) afterDocument(read int) (int, string) {
	at := r.suspect(read)
	if strings.HasPrefix(r.text[at:], "...") {
		line, _, _ := strings.Cut(r.text[at:], "\n")
		at = min(len(r.text), at+len(line)+1)
	}
	return at, "the document ends before this: align it with what it belongs to, or take it out"
}

// scan walks over the brackets of a text that is known to be faulty, over
// comments and quoted texts, and gives the start of a quoted text that is
// still open at the end, if there is one.
func (r *yamlReader) scan(read int, bracket func(at int)) (open int, mark byte) {
	text, _ := r.window(read, len(r.text))
	for i := 0; i < len(text); i++ {
		first := i == 0 || strings.IndexByte(" \n[{,:", text[i-1]) >= 0
		switch c := text[i]; {
		case c == '#' && (i == 0 || text[i-1] == ' ' || text[i-1] == '\n'):
			for i+1 < len(text) && text[i+1] != '\n' {
				i++
			}
		case first && (c == '"' || c == '\''):
			end := quoteEnd(text, i)
			if end < 0 {
				return i, c
			}
			i = end
		case strings.IndexByte("[]{}", c) >= 0:
			bracket(i)
		}
	}
	return max(0, len(text)-1), '"'
}

// quoteEnd gives the offset of the quote that closes the one at an offset, or
// -1.
func quoteEnd(text string, at int) int {
	for i := at + 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && text[at] == '"':
			i++
		case text[i] == '\'' && text[at] == '\'' && i+1 < len(text) && text[i+1] == '\'':
			i++
		case text[i] == text[at]:
			return i
		}
	}
	return -1
}
