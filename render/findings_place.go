package render

import (
	"bytes"
	"path"
	"unicode/utf8"

	"github.com/taut-dev/taut/model"
)

// path gives the path of a file as tools know it that look from the root of
// the repository. A finding without a file, about what a preset made, belongs
// to what was checked. The path is "" when neither is known.
func (f Findings) path(file string) string {
	if file == "" {
		file = f.Checked
	}
	if f.Path != nil && file != "" {
		file = f.Path(file)
	}
	if file == "" {
		return ""
	}
	return path.Clean(file)
}

// longestSearched is the length in bytes up to which a line is searched for
// the end of a token: a file that is one line of megabytes would be walked
// once for each of its findings.
const longestSearched = 16 << 10

// token gives the characters of the line a position is on, and which of them
// are the token there. It is false where the text does not hold the position,
// or is in an encoding that only the reader of the language knows.
func (s *sourceLines) token(p model.Pos) (line []rune, from, to int, ok bool) {
	raw := s.raw(p)
	if len(raw) == 0 || len(raw) > longestSearched || !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return nil, 0, 0, false
	}
	line, _ = s.at(p)
	if p.Col < 1 || p.Col > len(line)+1 {
		return nil, 0, 0, false
	}
	from, to = tokenAt(line, p.Col)
	return line, from, to, true
}

// locate gives the line of an offset in a file, counted from 1, and what
// stands before it on that line.
func (s *sourceLines) locate(file string, offset int) (line int, before []byte, ok bool) {
	for i, text := range s.of(file) {
		if offset <= len(text) {
			before = text[:max(offset, 0)]
			if i == 0 {
				before = bytes.TrimPrefix(before, []byte(byteOrderMark))
			}
			return i + 1, before, offset >= 0 && utf8.Valid(before)
		}
		offset -= len(text) + 1
	}
	return 0, nil, false
}

// justification says why a finding was accepted.
func justification(s Suppressed) string {
	switch {
	case s.Reason != "":
		return s.Reason
	case s.Kind == External:
		return "known to the baseline"
	}
	return "silenced in the file, without a reason"
}

// advice is what a finding says on one line: what is so, and what to do.
func advice(d model.Diagnostic) string {
	text := model.Safe(d.Message)
	if d.Hint != "" {
		text += "; " + model.Safe(d.Hint)
	}
	return text
}
