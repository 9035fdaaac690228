package design

import (
	"fmt"
	"strings"

	"github.com/taut-dev/taut/model"
)

// Rewrite gives the rewritten system as a file to write, with a comment on
// every changed line that says why. A line that is new as a whole carries one
// comment where it starts; what was taken away is named where it stood.
func Rewrite(base *model.System, p model.Preset) (*model.Node, error) {
	preset, ok := Find(p)
	if !ok {
		return nil, fmt.Errorf("there is no preset %q", model.Safe(string(p)))
	}
	e := begin(base)
	e.why = map[string]string{}
	preset.rewrite(e)
	after := model.Encode(e.sys)
	m := marker{why: e.why, fallback: "by preset " + string(p)}
	m.mark(model.Encode(base), after, nil)
	after.Comment = strings.Join(append(e.sys.Notes, m.top...), "; ")
	return after, nil
}

// marker writes reasons into the comments of an encoded system.
type marker struct {
	why      map[string]string
	fallback string
	top      []string // reasons for what is gone from the top of the file
}

// mark compares two mappings and comments the fields of the second. It gives
// the reason for a key that is gone, for the line above.
func (m *marker) mark(before, after *model.Node, path []string) (gone string) {
	old := map[string]*model.Node{}
	if before != nil {
		for _, f := range before.Fields {
			old[f.Key] = f.Value
		}
	}
	for i := range after.Fields {
		f := &after.Fields[i]
		at := append(path[:len(path):len(path)], f.Key)
		was, had := old[f.Key]
		delete(old, f.Key)
		switch {
		case !had && before != nil:
			f.Comment = m.reason(at)
			m.markNew(f.Value, at)
		case f.Value.Kind == model.Mapping && was.Kind == model.Mapping:
			f.Comment = m.mark(was, f.Value, at)
		case !equal(was, f.Value):
			f.Comment = m.reason(at)
		}
	}
	if before == nil {
		return ""
	}
	for _, f := range before.Fields {
		if _, left := old[f.Key]; left && len(path) == 0 {
			m.top = append(m.top, f.Key+" is gone: "+m.reason([]string{f.Key}))
		} else if left && gone == "" {
			gone = m.reason(append(path[:len(path):len(path)], f.Key))
		}
	}
	return gone
}

// markNew comments inside something new only where there is a reason of its own.
func (m *marker) markNew(n *model.Node, path []string) {
	for i := range n.Fields {
		f := &n.Fields[i]
		at := append(path[:len(path):len(path)], f.Key)
		f.Comment = m.why[pathKey(at)]
		m.markNew(f.Value, at)
	}
}

// reason is the most specific one recorded for a path.
func (m *marker) reason(path []string) string {
	for n := len(path); n > 0; n-- {
		if why, ok := m.why[pathKey(path[:n])]; ok {
			return why
		}
	}
	return m.fallback
}

// equal compares what two trees say, not where they stand.
func equal(a, b *model.Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Items) != len(b.Items) || len(a.Fields) != len(b.Fields) {
		return false
	}
	for i := range a.Items {
		if !equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	for i := range a.Fields {
		if a.Fields[i].Key != b.Fields[i].Key || !equal(a.Fields[i].Value, b.Fields[i].Value) {
			return false
		}
	}
	return true
}
