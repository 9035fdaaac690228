package model

import (
	"cmp"
	"strconv"
	"strings"
)

// Pos is a place in a file. Lines and columns count from 1; columns count
// characters (Unicode code points). The zero Pos means "nowhere": the value was
// made by a preset or by a default, not read.
type Pos struct {
	File      string
	Line, Col int
}

// IsZero says whether the position is unknown.
func (p Pos) IsZero() bool { return p.Line == 0 }

// String gives file:line:col, or the file alone for an unknown line.
func (p Pos) String() string {
	if p.IsZero() {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Col)
}

// ComparePos orders by file, line and column.
func ComparePos(a, b Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
}

// KeyPos is where one key of an entity stands, and where its value does.
type KeyPos struct {
	Path       string // "tier", "operations.slo", "tags.0"
	Key, Value Pos
}

// Origin is embedded in every entity: where it was declared and where each of
// the keys that the file gives stands. A key that is not here was not given:
// the entity holds its default.
type Origin struct {
	Pos  Pos // of the id, or of the list item
	Keys []KeyPos
}

// At gives the place of the value under a path of keys, or that of its nearest
// parent which the file does give, or the entity's own.
func (o Origin) At(path ...string) Pos {
	for n := len(path); n > 0; n-- {
		if k, ok := o.find(strings.Join(path[:n], ".")); ok {
			return k.Value
		}
	}
	return o.Pos
}

// KeyAt gives the place of the key itself, with the same fallback as At.
func (o Origin) KeyAt(path ...string) Pos {
	for n := len(path); n > 0; n-- {
		if k, ok := o.find(strings.Join(path[:n], ".")); ok {
			return k.Key
		}
	}
	return o.Pos
}

// Has says whether the file gives a value under the path.
func (o Origin) Has(path ...string) bool {
	_, ok := o.find(strings.Join(path, "."))
	return ok
}

// find looks a path up. Entities have few keys: a walk is fast enough.
func (o Origin) find(path string) (KeyPos, bool) {
	for _, k := range o.Keys {
		if k.Path == path {
			return k, true
		}
	}
	return KeyPos{}, false
}
