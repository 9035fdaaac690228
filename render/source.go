package render

import (
	"bytes"

	"github.com/taut-dev/taut/model"
)

// sourceLines gives lines of files, each file read and split once.
type sourceLines struct {
	read  func(file string) []byte
	files map[string][][]byte
}

func newSourceLines(read func(string) []byte) *sourceLines {
	return &sourceLines{read: read, files: map[string][][]byte{}}
}

// of gives the lines of a file without their line feeds.
func (s *sourceLines) of(file string) [][]byte {
	lines, ok := s.files[file]
	if !ok && s.read != nil {
		lines = bytes.Split(s.read(file), []byte("\n"))
		s.files[file] = lines
	}
	return lines
}

// raw gives the bytes of the line a position is on, as they stand in the file
// but for the byte order mark and the end of the line.
func (s *sourceLines) raw(p model.Pos) []byte {
	lines := s.of(p.File)
	if p.IsZero() || p.Line > len(lines) {
		return nil
	}
	line := bytes.TrimRight(lines[p.Line-1], "\r")
	if p.Line == 1 {
		line = bytes.TrimPrefix(line, []byte(byteOrderMark))
	}
	return line
}

const byteOrderMark = "\ufeff"

// at gives the characters of the line a position is on.
func (s *sourceLines) at(p model.Pos) ([]rune, bool) {
	line := s.raw(p)
	return []rune(string(bytes.ReplaceAll(line, []byte("\t"), []byte(" ")))), len(line) > 0
}

// tokenAt gives the range of the YAML token that starts at a column: a quoted
// string whole, else up to what ends a plain scalar.
func tokenAt(line []rune, col int) (from, to int) {
	from = min(max(col-1, 0), len(line))
	if from == len(line) {
		return from, from
	}
	if q := line[from]; q == '"' || q == '\'' {
		for to = from + 1; to < len(line); to++ {
			if line[to] == q && (q == '\'' || line[to-1] != '\\') {
				return from, to + 1
			}
		}
		return from, len(line)
	}
	for to = from; to < len(line) && !endsToken(line, to); to++ {
	}
	return from, max(to, from+1)
}

func endsToken(line []rune, i int) bool {
	switch line[i] {
	case ',', '}', ']', '{', '[', ' ':
		return true
	case ':':
		return i+1 == len(line) || line[i+1] == ' '
	}
	return false
}

// widest is how much of a long line is shown around the token.
const widest = 120

// window cuts a long line to what surrounds the token.
func window(line []rune, from, to int) ([]rune, int, int) {
	to = min(to, from+widest)
	if len(line) <= widest {
		return line, from, to
	}
	start := max(0, min(from-widest/4, len(line)-widest))
	end := min(len(line), max(start+widest, to))
	cut := append([]rune{}, line[start:end]...)
	if start > 0 {
		cut[0] = '…'
	}
	if end < len(line) {
		cut[len(cut)-1] = '…'
	}
	return cut, from - start, to - start
}
