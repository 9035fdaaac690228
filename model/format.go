package model

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// lineWidth is how long a line may be before a collection is broken up.
const lineWidth = 100

// FormatYAML writes a tree as YAML, comments included. What fits on a line
// stands on one, below the sections and their entries.
func FormatYAML(n *Node) []byte {
	w := &yamlWriter{}
	if n.Kind == Mapping && len(n.Fields) > 0 {
		w.fields(n, 0)
	} else {
		w.flow(n)
		w.comment(n.Comment)
		w.WriteByte('\n')
	}
	return w.Bytes()
}

// yamlWriter writes a tree as text. It never fails: what it cannot write plainly
// it puts in quotes.
type yamlWriter struct{ bytes.Buffer }

// indent starts a line, two spaces a level.
func (w *yamlWriter) indent(level int) {
	for range level {
		w.WriteString("  ")
	}
}

// comment writes a comment behind what stands on the line.
func (w *yamlWriter) comment(text string) {
	if text != "" {
		w.WriteString(" # " + Safe(text))
	}
}

// fields writes a mapping that has some, each on a line of its own.
func (w *yamlWriter) fields(n *Node, level int) {
	for i := range n.Fields {
		f := &n.Fields[i]
		if f.Comment != "" {
			for line := range strings.SplitSeq(f.Comment, "\n") {
				w.indent(level)
				w.WriteString("# " + Safe(line) + "\n")
			}
		}
		w.indent(level)
		w.WriteString(yamlText(f.Key, false) + ":")
		w.value(f.Value, level)
	}
}

// value writes what stands behind a colon or a dash, and ends the line.
func (w *yamlWriter) value(n *Node, level int) {
	if n.Kind == Mapping && len(n.Fields) == 0 && level == 1 {
		w.comment(n.Comment)
		w.WriteByte('\n') // an entity is declared by its key
		return
	}
	if !n.block() || level > 0 && w.fits(n, level) {
		w.WriteByte(' ')
		w.flow(n)
		w.comment(n.Comment)
		w.WriteByte('\n')
		return
	}
	w.comment(n.Comment)
	w.WriteByte('\n')
	if n.Kind == Mapping {
		w.fields(n, level+1)
		return
	}
	for _, item := range n.Items {
		w.indent(level + 1)
		w.WriteByte('-')
		if item.Kind == Mapping && len(item.Fields) > 0 && !w.fits(item, level+1) {
			w.comment(item.Comment)
			w.item(item, level+2)
			continue
		}
		w.value(item, max(level+1, 2))
	}
}

// item writes a mapping behind a dash, its first key on the same line.
func (w *yamlWriter) item(n *Node, level int) {
	inner := &yamlWriter{}
	inner.fields(n, level)
	if n.Fields[0].Comment == "" && n.Comment == "" {
		w.WriteByte(' ')
		w.Write(inner.Bytes()[2*level:])
		return
	}
	w.WriteByte('\n')
	w.Write(inner.Bytes())
}

// block says whether a node can stand on several lines.
func (n *Node) block() bool {
	return n.Kind == Mapping && len(n.Fields) > 0 || n.Kind == Sequence && len(n.Items) > 0
}

// fits says whether a node has a place on the rest of the line: it is short,
// and no comment stands inside it.
func (w *yamlWriter) fits(n *Node, level int) bool {
	if !n.quiet(lineWidth / 4) {
		return false
	}
	line := w.Bytes()[bytes.LastIndexByte(w.Bytes(), '\n')+1:]
	t := &yamlWriter{}
	t.flow(n)
	return utf8.RuneCount(line)+1+utf8.RuneCount(t.Bytes()) <= lineWidth
}

// quiet says whether a tree has at most some nodes and no comment below its
// root.
func (n *Node) quiet(most int) bool { return n.count(&most) }

// count takes a tree's nodes from what is left, and stops when nothing is: so
// that asking whether a large tree is small costs little.
func (n *Node) count(left *int) bool {
	if *left--; *left < 0 {
		return false
	}
	for _, item := range n.Items {
		if item.Comment != "" || !item.count(left) {
			return false
		}
	}
	for _, f := range n.Fields {
		if f.Comment != "" || f.Value.Comment != "" || !f.Value.count(left) {
			return false
		}
	}
	return true
}

// flow writes a node on one line.
func (w *yamlWriter) flow(n *Node) {
	switch n.Kind {
	case Null:
		w.WriteString("null")
	case Scalar:
		w.WriteString(yamlText(n.Text, n.Quoted))
	case Sequence:
		w.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				w.WriteString(", ")
			}
			w.flow(item)
		}
		w.WriteByte(']')
	case Mapping:
		w.WriteByte('{')
		for i := range n.Fields {
			if i > 0 {
				w.WriteString(", ")
			}
			w.WriteString(yamlText(n.Fields[i].Key, false) + ": ")
			w.flow(n.Fields[i].Value)
		}
		w.WriteByte('}')
	}
}

// yamlText writes a scalar: plain if that reads back as the same, in double
// quotes else. Text that looks like something else keeps its quotes.
func yamlText(s string, quoted bool) string {
	if plainYAML(s) && !(quoted && (isNumber(s) || isBoolWord(s))) && (!quoted || !isNull(s)) {
		return s
	}
	return quotedYAML(s)
}

// isBoolWord says whether a reader of YAML takes a text for a truth value.
func isBoolWord(s string) bool {
	_, ok := isBool(s)
	return ok
}

// plainYAML says whether a text needs no quotes, on the safe side.
func plainYAML(s string) bool {
	if s == "" || s == "<<" || strings.HasPrefix(s, "---") || strings.HasPrefix(s, "...") {
		return false
	}
	first := s[0]
	if first == '-' && (len(s) == 1 || s[1] < '0' || s[1] > '9') {
		return false
	}
	if strings.IndexByte("?:,[]{}#&*!|>'\"%@` =~", first) >= 0 || s[len(s)-1] == ' ' || s[len(s)-1] == ':' {
		return false
	}
	for i, r := range s {
		switch {
		case r < 0x20, r >= 0x7f && r < 0xa0, unsafe(r):
			return false
		case strings.ContainsRune(",[]{}?", r):
			return false
		case r == ':' && i+1 < len(s) && s[i+1] == ' ', r == '#' && s[i-1] == ' ':
			return false
		}
	}
	return true
}

// quotedYAML writes a text in double quotes, with escapes for all that could
// mislead whoever looks at the file.
func quotedYAML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r > 0xffff && unsafe(r):
			b.WriteString(`\U` + hex(r, 8))
		case unsafe(r):
			b.WriteString(`\u` + hex(r, 4))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
