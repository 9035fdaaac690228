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
	head(after, append(e.sys.Notes[len(base.Notes):], m.top...))
	return after, nil
}

// head writes lines above the first line of a file.
func head(root *model.Node, lines []string) {
	if len(lines) > 0 && len(root.Fields) > 0 {
		f := &root.Fields[0]
		f.Comment = strings.TrimSuffix(strings.Join(lines, "\n")+"\n"+f.Comment, "\n")
	}
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
	for _, f := range before.Fields {
		old[f.Key] = f.Value
	}
	for i := range after.Fields {
		f := &after.Fields[i]
		at := append(path[:len(path):len(path)], f.Key)
		was, had := old[f.Key]
		delete(old, f.Key)
		switch {
		case !had:
			if !m.markNew(f, at) {
				f.Comment = m.reason(at)
			}
		case f.Value.Kind == model.Mapping && was.Kind == model.Mapping:
			f.Comment = m.mark(was, f.Value, at)
			once(f)
		case !equal(was, f.Value):
			f.Comment = m.reason(at)
		}
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

// markNew comments something new where there are reasons of its own: it, or what
// it holds. One reason for all that it holds is said once, at the top. It says
// whether there was any.
func (m *marker) markNew(f *model.Field, path []string) bool {
	f.Comment = m.why[pathKey(path)]
	inner, same := false, len(f.Value.Fields) > 0 // whether they all have the same
	for i := range f.Value.Fields {
		g := &f.Value.Fields[i]
		inner = m.markNew(g, append(path[:len(path):len(path)], g.Key)) || inner
		same = same && g.Comment == f.Value.Fields[0].Comment
	}
	if same && inner && (f.Comment == "" || f.Comment == f.Value.Fields[0].Comment) {
		f.Comment = f.Value.Fields[0].Comment
		once(f)
	}
	return inner || f.Comment != ""
}

// once takes a comment away where the line above says it already.
func once(f *model.Field) {
	for i := range f.Value.Fields {
		if f.Value.Fields[i].Comment == f.Comment {
			f.Value.Fields[i].Comment = ""
		}
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
