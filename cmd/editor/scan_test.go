package editor

import (
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
)

// FuzzScan holds for any text: tokens are in order, inside
// it, and say what stands there.
func FuzzScan(f *testing.F) {
	f.Add("services:\n  a: {depends_on: [b, 'c']}\n- x: |\n    text\n")
	f.Add("{\"a\": [1, {\"b\": \"c\\\"\"}]}")
	f.Add("]}[{:,- - -\n'\n\"\\")
	f.Add("\ufeffsystem: ü😀\n...\n&a !t *b\n")
	f.Fuzz(func(t *testing.T, text string) {
		d := newDocument(text)
		last := -1
		for _, x := range d.tokens {
			if x.start < last || x.end < x.start || x.end > len(text) || text[x.start:x.end] != x.text {
				t.Fatalf("%+v in %q", x, text)
			}
			last = x.end
			p := d.position(x.start)
			if at := d.offset(p); strings.ToValidUTF8(text, "?") == text && at != x.start {
				t.Fatalf("offset %d is at %v, which is offset %d, in %q", x.start, p, at, text)
			}
		}
	})
}

func TestPaths(t *testing.T) {
	text := `services:
  a:
    depends_on:
      - {to: b,
         timeout: 1s}
      - c
      - to: d
        needs: soft
    tags: [x]
    description: |
      key: not a key
    publishes:
    - events # same column as its key
  b: {api: {style: rest}}
stores: {s: }
`
	var got []string
	for _, x := range scan(text) {
		if !x.key {
			got = append(got, strings.Join(x.path, ".")+"="+x.text)
		}
	}
	want := "services.a.depends_on.[].to=b services.a.depends_on.[].timeout=1s services.a.depends_on.[]=c services.a.depends_on.[].to=d " +
		"services.a.depends_on.[].needs=soft services.a.tags.[]=x services.a.publishes.[]=events services.b.api.style=rest"
	if strings.Join(got, " ") != want {
		t.Errorf("%s", strings.Join(got, " "))
	}
}

func TestURIs(t *testing.T) {
	for uri, want := range map[string]string{
		"file:///a/b%20c/%C3%BC.yaml": "/a/b c/ü.yaml", "file://localhost/a": "/a", "file:///c%3A/x": "c:/x", "file:///a/../../etc": "/etc",
		"http://a/b": "", "file:///a%0": "", "file:///a%zz": "", "file:///a%00b": "", "untitled:1": "", "file://host/a": "",
	} {
		got, ok := pathOf(uri)
		if got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v", uri, got, ok)
		}
	}
	if got := uriOf("/a/b c/ü"); got != "file:///a/b%20c/%C3%BC" {
		t.Error(got)
	}
}

// TestApply: what contradicts itself is left alone.
func TestApply(t *testing.T) {
	fix := func(start, end int, text string) model.Diagnostic {
		return model.Diagnostic{Fix: &model.Fix{Edits: []model.Edit{{File: "f", Start: start, End: end, Text: text}}}}
	}
	for _, c := range []struct {
		found model.Diagnostics
		want  string
		made  int
	}{
		{model.Diagnostics{fix(4, 7, "BB"), fix(0, 3, "A")}, "A BB ccc", 2},
		{model.Diagnostics{fix(0, 3, "A"), fix(0, 3, "A")}, "A bbb ccc", 1},
		{model.Diagnostics{fix(0, 3, "A"), fix(0, 3, "Z"), fix(8, 11, "C")}, "aaa bbb C", 1},
		{model.Diagnostics{fix(0, 5, "A"), fix(4, 7, "B")}, "aaa bbb ccc", 0},
		{model.Diagnostics{fix(9, 99, "A"), {}}, "aaa bbb ccc", 0},
	} {
		got, made := Apply("f", []byte("aaa bbb ccc"), c.found)
		if string(got) != c.want || len(made) != c.made {
			t.Errorf("%q, %d made; want %q, %d", got, len(made), c.want, c.made)
		}
	}
}
