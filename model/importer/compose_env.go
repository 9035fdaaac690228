package importer

import "strings"

// variables are the values of an .env file, for substitution in names and
// addresses. They only help to find edges and are never exported.
type variables map[string]string

// readVariables reads KEY=VALUE lines, with `export`, comments and quotes.
func readVariables(data []byte) variables {
	vars := variables{}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		line = strings.TrimSpace(strings.TrimPrefix(line, "export "))
		key, text, ok := strings.Cut(line, "=")
		if key = strings.TrimSpace(key); !ok || strings.HasPrefix(line, "#") || !isVariable(key) {
			continue
		}
		vars[key] = unquoted(strings.TrimSpace(text))
	}
	return vars
}

// unquoted takes quotes away, or the comment behind a bare value.
func unquoted(text string) string {
	if n := len(text); n >= 2 && (text[0] == '"' || text[0] == '\'') {
		if end := strings.IndexByte(text[1:], text[0]); end >= 0 {
			return text[1 : 1+end]
		}
	}
	if i := strings.Index(text, " #"); i >= 0 {
		text = strings.TrimSpace(text[:i])
	}
	return text
}

// isVariable says whether a word can be the name of a variable. Only such
// words are ever shown: a malformed entry may hold a value where a name belongs.
func isVariable(word string) bool {
	if word == "" || len(word) > 60 {
		return false
	}
	for i, r := range word {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || r == '.' || r == '-')) {
			return false
		}
	}
	return true
}

const (
	mostNested   = 8        // ${A:-${B:-…}} in one another
	mostExpanded = 64 << 10 // bytes of one value
)

// expand replaces $X, ${X}, ${X:-default}, ${X-default}, ${X:+other} and $$. A
// variable without value or default stays as text: the environment of the
// machine is never asked.
func (v variables) expand(text string) string { return v.nested(text, 0) }

// nested is expand at some depth. It is linear in the text: every piece is read
// once for each level of nesting, and the levels are few.
func (v variables) nested(text string, depth int) string {
	if depth > mostNested || !strings.Contains(text, "$") {
		return text
	}
	var b strings.Builder
	for text != "" && b.Len() < mostExpanded {
		before, rest, found := strings.Cut(text, "$")
		b.WriteString(before)
		if !found {
			break
		}
		n := 0
		switch {
		case strings.HasPrefix(rest, "$"):
			b.WriteByte('$')
			n = 1
		case strings.HasPrefix(rest, "{"):
			n = closing(rest)
			b.WriteString(v.braced(rest[:n], depth))
		default:
			n = wordLen(rest)
			b.WriteString(v.plain(rest[:n]))
		}
		text = rest[n:]
	}
	return b.String()
}

// plain expands $X.
func (v variables) plain(name string) string {
	if value, ok := v[name]; ok && name != "" {
		return value
	}
	return "$" + name
}

// braced expands "{…}"; what is not well-formed stays.
func (v variables) braced(text string, depth int) string {
	inner, ok := strings.CutSuffix(strings.TrimPrefix(text, "{"), "}")
	n := wordLen(inner)
	if !ok || n == 0 {
		return "$" + text
	}
	value, set := v[inner[:n]]
	rest := inner[n:]
	if after, colon := strings.CutPrefix(rest, ":"); colon {
		rest, set = after, set && value != ""
	}
	switch {
	case strings.HasPrefix(rest, "+"):
		if set {
			return v.nested(rest[1:], depth+1)
		}
		return ""
	case set:
		return value
	case strings.HasPrefix(rest, "-"):
		return v.nested(rest[1:], depth+1)
	}
	return "$" + text
}

// closing is the length of a braced piece with its closing brace, or of all
// that is left when there is none.
func closing(text string) int {
	depth := 0
	for i := range len(text) {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// wordLen is the length of the variable's name that a text starts with.
func wordLen(text string) int {
	n := 0
	for n < len(text) && (text[n] == '_' || text[n] >= 'a' && text[n] <= 'z' || text[n] >= 'A' && text[n] <= 'Z' ||
		n > 0 && text[n] >= '0' && text[n] <= '9') {
		n++
	}
	return n
}
