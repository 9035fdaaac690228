package render

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"slices"

	"github.com/taut-dev/taut/analyze/metric"
)

// list is a part of the report that grows with the system: it is made and
// written element by element, each on a line of its own.
type list struct {
	key      string
	mapping  bool
	elements func(yield func(key string, value any) error) error
}

// here holds the place of a list in the JSON of everything else. No text of a
// stranger can look like it: quotes in texts are escaped.
func here(key string) json.RawMessage { return json.RawMessage(`"@` + key + `"`) }

// lists are the long parts, in the order in which the report has them.
func (r *Report) lists() []list {
	g := r.Facts.Graph()
	services := r.Table.Subjects(metric.Service)
	byName := make([]int, len(services))
	for i := range byName {
		byName[i] = i
	}
	slices.SortFunc(byName, func(a, b int) int { return bytes.Compare([]byte(services[a]), []byte(services[b])) })
	roles := metric.Roles(r.Facts)
	return []list{
		{"services", true, func(yield func(string, any) error) error {
			columns := r.Table.Columns(metric.Service)
			return each(byName, func(i int) error { return yield(services[i], valuesOf(columns, i)) })
		}},
		{"roles", true, func(yield func(string, any) error) error {
			return each(byName, func(i int) error { return yield(g.ID(int32(i)), roles[i]) })
		}},
		{"failures", false, elements(r.failures(), r.jsonFailure)},
		{"journeys", false, elements(r.jsonJourneys(), func(j jsonJourney) any { return j })},
		{"findings", false, elements(JSONFindings(r.Findings), func(f JSONFinding) any { return f })},
	}
}

func each[T any](list []T, do func(T) error) error {
	for _, x := range list {
		if err := do(x); err != nil {
			return err
		}
	}
	return nil
}

func elements[T, U any](of []T, make func(T) U) func(func(string, any) error) error {
	return func(yield func(string, any) error) error {
		return each(of, func(x T) error { return yield("", make(x)) })
	}
}

// writeJSON writes the report: what is short indented, the lists line by line.
func (r *Report) writeJSON(w io.Writer) error {
	var b bytes.Buffer
	if err := writeJSON(&b, r.json()); err != nil {
		return err
	}
	rest := b.Bytes()
	out := bufio.NewWriter(w)
	for _, l := range r.lists() {
		mark := append([]byte(`"`+l.key+`": `), here(l.key)...)
		before, after, _ := bytes.Cut(rest, mark)
		out.Write(before)
		out.WriteString(`"` + l.key + `": `)
		if err := l.write(out); err != nil {
			return err
		}
		rest = after
	}
	out.Write(rest)
	return out.Flush()
}

func (l list) write(out *bufio.Writer) error {
	brackets := "[]"
	if l.mapping {
		brackets = "{}"
	}
	out.WriteByte(brackets[0])
	n := 0
	err := l.elements(func(key string, value any) error {
		line, err := json.Marshal(value)
		if err != nil {
			return err
		}
		if n > 0 {
			out.WriteByte(',')
		}
		n++
		out.WriteString("\n    ")
		if l.mapping {
			name, err := json.Marshal(key)
			if err != nil {
				return err
			}
			out.Write(name)
			out.WriteString(": ")
		}
		_, err = out.Write(line)
		return err
	})
	if n > 0 {
		out.WriteString("\n  ")
	}
	out.WriteByte(brackets[1])
	return err
}
