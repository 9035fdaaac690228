package model

import (
	"bytes"
	"encoding/json"
	"strings"
)

// FormatJSON writes a tree as JSON; comments have no place there.
func FormatJSON(n *Node) []byte {
	var b bytes.Buffer
	writeJSON(&b, n, 0)
	b.WriteByte('\n')
	return b.Bytes()
}

// writeJSON writes a tree with one member a line.
func writeJSON(b *bytes.Buffer, n *Node, level int) {
	switch n.Kind {
	case Null:
		b.WriteString("null")
	case Scalar:
		writeJSONScalar(b, n)
	case Sequence:
		for i, item := range n.Items {
			separateJSON(b, '[', i, level)
			writeJSON(b, item, level+1)
		}
		endJSON(b, "[]", len(n.Items), level)
	case Mapping:
		for i := range n.Fields {
			separateJSON(b, '{', i, level)
			writeJSONText(b, n.Fields[i].Key)
			b.WriteString(": ")
			writeJSON(b, n.Fields[i].Value, level+1)
		}
		endJSON(b, "{}", len(n.Fields), level)
	}
}

// separateJSON writes what stands before a member.
func separateJSON(b *bytes.Buffer, open byte, i, level int) {
	if i == 0 {
		b.WriteByte(open)
	} else {
		b.WriteByte(',')
	}
	b.WriteByte('\n')
	b.WriteString(strings.Repeat("  ", level+1))
}

// endJSON writes what stands behind the last of n members.
func endJSON(b *bytes.Buffer, brackets string, n, level int) {
	if n == 0 {
		b.WriteString(brackets)
		return
	}
	b.WriteByte('\n')
	b.WriteString(strings.Repeat("  ", level))
	b.WriteByte(brackets[1])
}

// writeJSONScalar writes what is a number or truth value for JSON as it is,
// all else as text.
func writeJSONScalar(b *bytes.Buffer, n *Node) {
	if n.Quoted {
		writeJSONText(b, n.Text)
		return
	}
	if v, ok := isBool(n.Text); ok {
		b.WriteString(map[bool]string{true: "true", false: "false"}[v])
		return
	}
	if v, problem := parseDecimal(n.Text); problem == "" {
		if text := []byte(n.Text); json.Valid(text) {
			b.Write(text)
		} else {
			b.WriteString(formatNumber(v)) // "+3" and "5." are no JSON
		}
		return
	}
	if isNumber(n.Text) && json.Valid([]byte(n.Text)) {
		b.WriteString(n.Text)
		return
	}
	writeJSONText(b, n.Text)
}

// writeJSONText escapes, besides what JSON asks for, all that Safe would.
func writeJSONText(b *bytes.Buffer, s string) {
	text, err := json.Marshal(s)
	if err != nil {
		text = []byte(`""`) // Marshal takes every string
	}
	for _, r := range string(text) {
		if unsafe(r) {
			b.WriteString(`\u` + hex(r, 4))
			continue
		}
		b.WriteRune(r)
	}
}
