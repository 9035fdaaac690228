package custom

import (
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/taut-dev/taut/model"
)

// template is a text with expressions in braces; "{{" stands for a brace.
type template struct {
	texts []string      // one more than values
	value []*expression // between them
}

// compileTemplate checks the expressions in a text.
func compileTemplate(text string, env any, m *meter) (*template, *fault) {
	t := &template{}
	plain := &strings.Builder{}
	for i := 0; i < len(text); {
		if text[i] != '{' || strings.HasPrefix(text[i:], "{{") {
			plain.WriteByte(text[i])
			if i++; text[i-1] == '{' || strings.HasPrefix(text[i-1:], "}}") {
				i++
			}
			continue
		}
		at := utf8.RuneCountInString(text[:i]) + 1
		end := closing(text, i)
		if end < 0 {
			return nil, &fault{at: at - 1, text: `{ is never closed`, hint: "write {{ for a brace that is text"}
		}
		e, f := compile(text[i+1:end], env, m)
		if f != nil {
			f.at += at
			return nil, f
		}
		if !printable(e.typ) {
			return nil, &fault{at: at, text: "this is a " + typeWord(e.typ) + ", which no text can show", hint: "name a part of it, as in {from.id}; a list of texts needs join"}
		}
		t.texts, t.value = append(t.texts, plain.String()), append(t.value, e)
		plain.Reset()
		i = end + 1
	}
	t.texts = append(t.texts, plain.String())
	return t, nil
}

// closing finds the brace that closes the one at an offset, or -1: braces
// inside of quotes and pairs of braces do not count.
func closing(text string, open int) int {
	depth := 0
	for i := open; i < len(text); i++ {
		switch c := text[i]; c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		case '"', '\'', '`':
			for i++; i < len(text) && text[i] != c; i++ {
				if text[i] == '\\' && c != '`' {
					i++
				}
			}
		}
	}
	return -1
}

// printable says whether values of a type can stand in a text.
func printable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Float64, reflect.Interface:
		return true
	}
	return false
}

// run fills the text in; it is one line of bounded length.
func (t *template) run(env any, m *meter) (string, *fault) {
	var b strings.Builder
	for i, text := range t.texts {
		b.WriteString(text)
		if i < len(t.value) {
			v, f := t.value[i].run(env, m)
			if f != nil {
				return "", f
			}
			b.WriteString(show(v))
		}
	}
	return oneLine(b.String()), nil
}

// oneLine cuts a message and escapes what a terminal would obey.
func oneLine(s string) string {
	if utf8.RuneCountInString(s) > maxMessage {
		s = string([]rune(s)[:maxMessage-1]) + "…"
	}
	return model.Safe(s)
}

// show writes a value: whole numbers in full, others with four digits that count.
func show(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int:
		return strconv.Itoa(v)
	case float64:
		switch size := math.Abs(v); {
		case math.IsNaN(v):
			return "undefined"
		case v == math.Trunc(v) && size < 1e15:
			return strconv.FormatFloat(v, 'f', -1, 64)
		case size >= 1000 && size < 1e15:
			return strconv.FormatFloat(v, 'f', 0, 64)
		}
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	return "?"
}
