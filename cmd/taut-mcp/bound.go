package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/taut-dev/taut/render"
)

// What an answer may have, in bytes: a part of what an agent can hold in mind,
// not all of it.
const (
	textRoom = 24_000
	jsonRoom = 48_000
)

// writeRoom bounds what is made before it is cut.
const writeRoom = 64 << 20

// omission says that a list or mapping of a report was cut. Of equal paths the
// longest is told.
type omission struct {
	Path string `json:"path" jsonschema:"where in the report: failures[].down"`
	Kept int    `json:"kept" jsonschema:"elements that are given, of the longest such list"`
	Of   int    `json:"of" jsonschema:"elements that there are"`
}

// mappings are the keys of reports that hold something by id, as opposed to
// fields of a record: they grow with the system.
var mappings = [...]string{"services", "teams", "journeys", "roles", "states", "because", "surge"}

// fit cuts the lists of a value, all to one length, until it has at most so many
// bytes as JSON. The first elements stay: reports put first what matters most, or
// the order of the file.
func fit(value any, room int) (any, []omission) {
	for _, most := range []int{1 << 30, 1000, 300, 100, 50, 20, 10, 5, 2, 1, 0} {
		c := &cutter{most: most, left: map[string]omission{}}
		short := c.cut(value, "", "")
		if data, err := json.Marshal(short); err == nil && len(data) <= room {
			return short, c.omissions()
		}
	}
	return nil, []omission{{Path: "", Kept: 0, Of: 1}}
}

type cutter struct {
	most int
	left map[string]omission
}

// cut copies a value without what is beyond the length.
func (c *cutter) cut(value any, path, key string) any {
	switch v := value.(type) {
	case []any:
		c.note(path, len(v))
		out := make([]any, 0, min(len(v), c.most))
		for _, x := range v[:min(len(v), c.most)] {
			out = append(out, c.cut(x, path+"[]", ""))
		}
		return out
	case map[string]any:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		grows := slices.Contains(mappings[:], key)
		if grows {
			c.note(path, len(keys))
			keys = keys[:min(len(keys), c.most)]
		}
		out := make(map[string]any, len(keys))
		for _, k := range keys {
			below := strings.TrimPrefix(path+"."+k, ".")
			if grows {
				below = path + "{}"
			}
			out[k] = c.cut(v[k], below, k)
		}
		return out
	}
	return value
}

func (c *cutter) note(path string, n int) {
	if n > c.most && n > c.left[path].Of {
		c.left[path] = omission{path, c.most, n}
	}
}

func (c *cutter) omissions() []omission {
	var out []omission
	for _, o := range c.left {
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b omission) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// shorten cuts a text at the end of a line and says how much is missing.
func shorten(text string, room int) string {
	if len(text) <= room {
		return text
	}
	end := strings.LastIndexByte(text[:room], '\n') + 1
	return fmt.Sprintf("%s\n(%d more lines left out: ask for one section, node, service or rule)\n", text[:end], strings.Count(text[end:], "\n"))
}

// written gives what a format writes.
func written[T any](formats []render.Format[T], name string, value T) ([]byte, error) {
	i := slices.IndexFunc(formats, func(f render.Format[T]) bool { return f.Name == name })
	b := &bounded{}
	err := formats[i].Write(b, value, render.Options{})
	return b.Bytes(), err
}

// bounded is a buffer that refuses to become huge.
type bounded struct{ bytes.Buffer }

var errTooLong = errors.New("the report of this system is too long for an agent: ask with format text, or run taut with -o")

// Write fails once there is too much.
func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > writeRoom {
		return 0, errTooLong
	}
	return b.Buffer.Write(p)
}

var _ io.Writer = (*bounded)(nil)

// pages gives the two forms of a value that has both formats.
func pages[T any](formats []render.Format[T], value T) (text func() (string, error), parsed func() (any, error)) {
	text = func() (string, error) {
		data, err := written(formats, "markdown", value)
		return string(data), err
	}
	parsed = func() (any, error) {
		data, err := written(formats, "json", value)
		if err != nil {
			return nil, err
		}
		return plain(data)
	}
	return text, parsed
}
