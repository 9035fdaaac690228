package svg

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// naughty is text that strangers may use as names.
var naughty = []string{
	"", " ", "a", "Storefront", `"><script>alert(1)</script>`, "]]>", "<!--", "&lt;b&gt;", "a\x00b\x1b[31m", "\xff\xfe broken",
	"\u202egnp.exe", "\u2028line", "' onload='alert(1)", "注文管理サービスと在庫の同期処理とその他", "👩‍👩‍👧‍👦🎉🎉🎉🎉🎉🎉", "خدمة المدفوعات الإلكترونية",
	"e\u0301\u0301\u0301\u0301\u0301", strings.Repeat("W", 200), strings.Repeat("word ", 60), "AbstractSingletonProxyFactoryBean", "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r",
	"\ufffe\uffff", "﷽﷽﷽﷽", "𒐫𒐫𒐫𒐫", "ผู้ใช้งาน", strings.Repeat("\u0301", 80), "a\tb\nc", strings.Repeat("i", 61),
}

// elements reads a whole file strictly and gives its start tags.
func elements(t *testing.T, data []byte) []xml.StartElement {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(data)))
	var out []xml.StartElement
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok {
			out = append(out, e.Copy())
		}
	}
}

func TestEscapingRoundTrips(t *testing.T) {
	for _, s := range naughty {
		c := newCanvas(Options{})
		c.open("a", say("b", Text(s)))
		c.text(Text(s))
		c.end()
		var got struct {
			B    string `xml:"b,attr"`
			Text string `xml:",chardata"`
		}
		if err := xml.Unmarshal(c.b, &got); err != nil {
			t.Fatalf("%q: %v in %s", s, err, c.b)
		}
		if got.B != got.Text {
			t.Errorf("%q: attribute %q and text %q differ", s, got.B, got.Text)
		}
		if strings.ContainsFunc(got.Text, forbidden) {
			t.Errorf("%q: forbidden characters in %q", s, got.Text)
		}
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{0: "0", -0.001: "0", 1.005: "1", 2.5: "2.5", -1.239: "-1.24", 100: "100", 1e6: "1000000"} {
		if got := string(appendNum(nil, v)); got != want {
			t.Errorf("%v: got %s, want %s", v, got, want)
		}
	}
}

func TestLink(t *testing.T) {
	for raw, ok := range map[string]bool{
		"https://example.org/a?b=c": true, "http://h": true, "docs/a.md": true, "/docs": true, "#x": true, "../up": true,
		"": false, "javascript:alert(1)": false, "JavaScript:alert(1)": false, "java\tscript:alert(1)": false, " javascript:x": false,
		"data:text/html,x": false, "//evil.org": false, "https://": false, "https://u:p@h/": false, "http:opaque": false,
		"a:b": false, "vbscript:x": false, "file:///etc/passwd": false, "\\\\evil": false, "https://h/\u202e": false, "ftp://h": false,
	} {
		if got, is := link(raw); is != ok {
			t.Errorf("%q: got %q, %v; want %v", raw, got, is, ok)
		}
	}
}

func TestIdsAreUniqueAndSafe(t *testing.T) {
	c := newCanvas(Options{Prefix: "p"})
	seen := map[string]bool{}
	for _, parts := range [][]string{{"n", "a"}, {"n", "a"}, {"n", "a-2"}, {"n", "a"}, {"n", "é/&\""}, {"n", "_____"}} {
		id := c.id(parts...)
		if seen[id] || strings.ContainsAny(id, " \"'&<>/") || !strings.HasPrefix(id, "p-") {
			t.Errorf("%v: bad id %q", parts, id)
		}
		seen[id] = true
	}
}
