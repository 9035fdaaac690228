package editor

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// TestChangesInParts makes random edits in UTF-16 positions, and holds what the
// server has then to edits of the text as an editor keeps it.
func TestChangesInParts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []string{"a", "ü", "田", "😀", "\n", "\r\n", ": ", "- ", ""}
	piece := func() string {
		var b strings.Builder
		for range r.IntN(6) {
			b.WriteString(alphabet[r.IntN(len(alphabet))])
		}
		return b.String()
	}
	for range 300 {
		const uri = "file:///a/architecture.yaml"
		s := &Server{documents: map[string]*document{uri: newDocument(piece() + piece())}}
		want := s.documents[uri].text
		p := changeParams{TextDocument: textDocument{uri}}
		for range 1 + r.IntN(4) {
			from := place16(r, want)
			to := place16(r, want)
			if slices.Compare(from, to) > 0 {
				from, to = to, from
			}
			text := piece()
			p.ContentChanges = append(p.ContentChanges, struct {
				Range *span  `json:"range"`
				Text  string `json:"text"`
			}{&span{position{from[0], from[1]}, position{to[0], to[1]}}, text})
			want = edit16(want, from, to, text)
		}
		if _, err := s.change(p); err != nil {
			t.Fatal(err)
		}
		d := s.documents[uri]
		if d.text != want {
			t.Fatalf("%+v made %q, not %q", p.ContentChanges, d.text, want)
		}
		if fresh := newDocument(want); !slices.Equal(fresh.lines, d.lines) || len(fresh.tokens) != len(d.tokens) {
			t.Fatalf("%q is read otherwise in parts", want)
		}
	}
}

// place16 gives a line and a UTF-16 column of a text, at times past its line's
// end, never inside of a character or a line end.
func place16(r *rand.Rand, text string) []int {
	lines := strings.Split(text, "\n")
	n := r.IntN(len(lines))
	units := 0
	for _, c := range strings.TrimSuffix(lines[n], "\r") {
		if r.IntN(3) == 0 {
			return []int{n, units}
		}
		units += len(utf16.Encode([]rune{c}))
	}
	return []int{n, units + r.IntN(2)}
}

// edit16 edits a text as an editor does that keeps lines of UTF-16.
func edit16(text string, from, to []int, with string) string {
	offset := func(at []int) int {
		lines := strings.SplitAfter(text, "\n")
		before := strings.Join(lines[:at[0]], "")
		line := strings.TrimRight(lines[at[0]], "\r\n")
		if strings.HasSuffix(lines[at[0]], "\r\r\n") {
			line += "\r"
		}
		units := utf16.Encode([]rune(line))
		return len(before) + len(string(utf16.Decode(units[:min(at[1], len(units))])))
	}
	return text[:offset(from)] + with + text[offset(to):]
}

func TestChangesThatCannotBe(t *testing.T) {
	const uri = "file:///a/architecture.yaml"
	s := &Server{documents: map[string]*document{uri: newDocument("abc\n")}}
	p := changeParams{TextDocument: textDocument{uri}}
	p.ContentChanges = append(p.ContentChanges, struct {
		Range *span  `json:"range"`
		Text  string `json:"text"`
	}{&span{position{0, 2}, position{0, 1}}, "x"})
	if _, err := s.change(p); err == nil || s.documents[uri].text != "abc\n" {
		t.Errorf("%v, and the text is %q", err, s.documents[uri].text)
	}
	p.ContentChanges[0].Range = &span{position{0, 1}, position{99, 99}}
	if _, err := s.change(p); err != nil || s.documents[uri].text != "ax" {
		t.Errorf("%v, and the text is %q", err, s.documents[uri].text)
	}
	p.ContentChanges[0].Range = &span{position{-5, -5}, position{-1, 0}}
	if _, err := s.change(p); err != nil || s.documents[uri].text != "xax" {
		t.Errorf("%v, and the text is %q", err, s.documents[uri].text)
	}
}
