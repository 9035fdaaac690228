package model_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/taut-dev/taut/model"
)

// syntaxCases are broken texts: where, and what is said.
var syntaxCases = []struct{ text, pos, message string }{
	{"services:\n  a:\n    tier: 1\n   b:\n", "4:4", "this line fits no level above it"},
	{"services:\n  a:\n  b: c: d\n", "3:7", `a second ": " stands on this line`},
	{"services:\n  a: [b\n  c:\n", "2:6", "[ is never closed: a ] is missing"},
	{"services:\n  a: {b: c\n  d:\n", "2:6", "{ is never closed: a } is missing"},
	{"services:\n  a:\n    b:\n      - {c: d\n      - {e: f}\n", "4:9", "{ is never closed: a } is missing"},
	{"services:\n  a: {b: c\n  d: {e: f}\n", "2:6", "{ is never closed: a } is missing"},
	{"services:\n  a:\n    b: [c, d\n    e:\n      - {f: g}\n", "3:8", "[ is never closed: a ] is missing"},
	{"services:\n  a: {b: [c, {d: e]}\n", "2:19", "] closes what { opened in line 2"},
	{"services:\n  a: [b, c}\n", "2:11", "} closes what [ opened in line 2"},
	{"services:\n  a: [b c, {d: e]\n", "2:17", "] closes what { opened in line 2"},
	{"services:\n  a: {tags: [x] y}\n", "2:17", `a "," is missing before this`},
	{"services:\n  a: {\n    b: c\n    d: e\n  }\n", "4:5", `a "," is missing before this`},
	{"services:\n  a: {a: b}}\n", "2:12", "} closes nothing"},
	{"services:\n  a: \"x\" y\n", "2:10", "the value ends before this: put all of it in quotes"},
	{"services:\n  a: 'it's'\n", "2:10", "write a single quote twice"},
	{"services:\n  a: 'it\n  b:\n", "2:6", "the text that starts with ' here is never closed"},
	{"services:\n  a: \"it\n  b:\n", "2:6", `the text that starts with " here is never closed`},
	{"services:\n  a\n  b:\n", "2:3", `"a" has no ":" behind it: a key needs one`},
	{"services:\n  a:\n  b\n", "3:3", `"b" has no ":" behind it`},
	{"services:\n  a:\n    b:\n      - c\n     - d\n", "5:6", "this line fits no level above it"},
	{"services:\n  a: b\n    c: d\n", "3:5", `key "c" is indented deeper than the keys before it`},
	{"services:\n  a: - b\n", "2:6", "a list item cannot start here"},
	{"services:\n  a: \"\\x4\"\n", "2:7", "this escape needs more hexadecimal digits"},
	{"services:\n  a: \"\\ud800\"\n", "2:7", "this escape names no Unicode character"},
	{"services:\n  a: \"é\\q\"\n", "2:8", `"\q" is no escape`},
	{"services:\n  é: {b: @}\n", "2:10", `no value can start with "@"`},
	{"services:\n  a: `b`\n", "2:6", "no value can start with \"`\""},
	{"services:\n  a: *b\n", "2:6", `alias "*b" names no anchor`},
	{"services:\n  a: [&b c, *b, *d]\n", "2:17", `alias "*d" names no anchor`},
	{"services:\n  a: & b\n", "2:6", "an anchor (&) or alias (*) needs a name"},
	{"services:\n  a: |x\n", "2:6", "nothing but a comment may follow here"},
	{"services:\n  a:\n\tb: c\n", "3:1", "a tab indents this line"},
	{"services:\n  a: b\n  \tc: d\n", "3:3", "a tab indents this line"},
	{"a: b\n{{ range }}\nc: d\n", "2:1", "this is a template, not YAML"},
	{"services: {a: }\n---\nb: c\n", "2:1", "a second document starts here"},
	{"services: {a: }\n...\nfoo\n", "3:1", "the document ends before this"},
	{"%FOO\n---\na: b\n", "1:1", "begins a directive that YAML does not know"},
	{"services:\n  a: {? [b] : c}\n", "2:9", "a key must be text: this one is a list or a mapping"},
	{"services: !x {a: }\n", "1:11", `tag "!x" means nothing here`},
	{"services: {a: !!binary eA==}\n", "1:15", `tag "!!binary" means nothing here`},
	{"services: &s {a: *s}\n", "1:18", `alias "*s" stands inside what it names: a value cannot contain itself`},
	{"services: {a: {<<: 1}}\n", "1:20", `merge key "<<" takes a mapping`},
	{"services: {a: &x {tier: 1}, b: {<<: *x, <<: *x}}\n", "1:45", `merge key "<<" is given twice`},
	{`{"services" {}}`, "1:13", `a ":" should follow the key "services"`},
	{`{"services": {"a": "\x"}}`, "1:21", "not an escape of JSON"},
	{`{"services": {"a": {}}} x`, "1:25", "a second value starts here"},
	{"{\"services\":\n {\"é\": \"\\ud83d\"}}", "2:9", "half a character"},
	{"\ufeffservices: {a: }\x00\n", "1:16", "the file holds NUL bytes"},
	{"a: b\rc: d\n", "1:5", "a carriage return stands without a line feed"},
	{"PK\x03\x04", "1:1", "the file is compressed"},
}

func TestSyntaxErrors(t *testing.T) {
	for _, c := range syntaxCases {
		_, diags := model.Parse("f", []byte(c.text), model.Limits{})
		if len(diags) == 0 {
			t.Errorf("%q is accepted", c.text)
			continue
		}
		if d := diags[0]; d.Pos.String() != "f:"+c.pos || !strings.Contains(d.Message, c.message) {
			t.Errorf("%q:\n got %s %s\nwant %s %s", c.text, d.Pos, d.Message, c.pos, c.message)
		}
	}
}

func TestMergeKeysAndAliases(t *testing.T) {
	sys := mustParse(t, `services:
  a: &base
    tier: 1
    owner: x
    tags: &tags [p, q]
  b: {<<: *base, tier: 2}
  c:
    <<: [{owner: y}, *base]
    tags: *tags
`)
	b, c := sys.Services[1], sys.Services[2]
	if b.Tier != 2 || b.Owner != "x" || b.At("owner").Line != 4 || b.At("tier").Line != 6 {
		t.Errorf("b: tier %d at %s, owner %s at %s", b.Tier, b.At("tier"), b.Owner, b.At("owner"))
	}
	if c.Tier != 1 || c.Owner != "y" || len(c.Tags) != 2 {
		t.Errorf("c: tier %d, owner %s, tags %v", c.Tier, c.Owner, c.Tags)
	}
}

func TestEncodings(t *testing.T) {
	text := "system: café\r\nservices:\r\n  a:\r\n"
	units := utf16.Encode([]rune("\ufeff" + text))
	var little, big []byte
	for _, u := range units {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	for _, data := range []string{text, "\ufeff" + text, string(little), string(big), "%YAML 1.2\n---\n" + text, "---\n" + text} {
		if sys := mustParse(t, data); sys.Name != "café" || sys.Services[0].Pos.Col != 3 {
			t.Errorf("%q: %q at %s", data, sys.Name, sys.Services[0].Pos)
		}
	}
}

func TestYAMLAndJSONSayTheSame(t *testing.T) {
	tree, diags := model.ReadYAML("f", []byte(wholeLanguage), model.Limits{})
	if tree == nil {
		t.Fatal(diags)
	}
	want, got := meaning(t, mustParse(t, wholeLanguage)), meaning(t, mustParse(t, string(model.FormatJSON(tree))))
	if got != want {
		t.Errorf("JSON says\n%s", got)
	}
}

func TestReadDocuments(t *testing.T) {
	text := "a: !Ref b\n---\n---\n# nothing\n---\nc: d\n"
	docs, diags := model.ReadDocuments("f", []byte(text), model.ReadOptions{Tags: true})
	if len(docs) != 2 || diags.HasErrors() || docs[0].Get("a").Tag != "!Ref" || docs[1].Get("c").Text != "d" {
		t.Errorf("%v %v", docs, diags)
	}
	if _, diags = model.ReadDocuments("f", []byte(text), model.ReadOptions{}); len(diags) != 1 || diags[0].Pos.String() != "f:1:4" {
		t.Errorf("without tags: %v", diags)
	}
	_, diags = model.ReadDocuments("f", []byte(strings.Repeat("---\na: b\n", 101)), model.ReadOptions{})
	if len(diags) != 1 || !strings.Contains(diags[0].Message, "limit documents=100 exceeded") {
		t.Errorf("too many: %v", diags)
	}
}

// TestLimits is at each limit, then one past it.
func TestLimits(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	anchored := func(n int) string { return "services:\n  a: &x {}\n" + repeat("  b%d: *x\n", n) }
	for _, c := range []struct {
		set, at, past, message string
	}{
		{"file=20B", "services: {a: }     ", "services: {a: }      ", "limit file=20 exceeded"},
		{"nodes=4", "services: {a: {}, b: }", "services: {a: {}, b: , c: }", "limit nodes=4 exceeded"},
		{"nodes=4", `{"services": {"a": {}, "b": {}}}`, `{"services": {"a": {}, "b": {}, "c": {}}}`, "limit nodes=4 exceeded"},
		{"nodes=4", "services: &s\n  a: {}\n  b:\n", "services:\n  a: &s {tags: [x]}\n  b: *s\n", "limit nodes=4 exceeded"},
		{"aliases=3", anchored(3), anchored(4), "limit aliases=3 exceeded"},
		{"elements=2", "services: {a: , b: }", "services: {a: , b: , c: }", "limit elements=2 exceeded by a system of 3 elements"},
		{"dependencies=1", "services: {a: {depends_on: [b]}, b: }", "services: {a: {depends_on: [b]}, b: {depends_on: [a]}}", "limit dependencies=1 exceeded"},
		{"depth=3", "services: {a: {}}", "services: {a: {api: {}}}", "limit depth=3 exceeded"},
	} {
		var lim model.Limits
		if err := lim.Set(c.set); err != nil {
			t.Fatal(err)
		}
		if sys, diags := model.Parse("f", []byte(c.at), lim); sys == nil {
			t.Errorf("%s refuses %q: %v", c.set, c.at, texts(diags))
		}
		_, diags := model.Parse("f", []byte(c.past), lim)
		if len(diags) == 0 || !strings.Contains(diags[0].Message, c.message) || !strings.Contains(diags[0].Message, "raise it with --limit ") {
			t.Errorf("%s on %q: %v", c.set, c.past, texts(diags))
		}
	}
	if _, diags := model.ReadYAML("f", []byte("a: "+nested(63)), model.Limits{}); len(diags) > 0 {
		t.Error(diags)
	}
	if _, diags := model.ReadYAML("f", []byte("a: "+nested(64)), model.Limits{}); len(diags) != 1 {
		t.Error(diags)
	}
}

func repeat(format string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(format, "%d", string(rune('a'+i))))
	}
	return b.String()
}

func TestSuppressions(t *testing.T) {
	sys := mustParse(t, `# taut: ignore rule-a because it is so
# taut: ignore rule-b

# another comment
services:
  a: {} # taut: ignore rule-c  short reason
  b: {description: "# taut: ignore rule-d"} #taut: ignore rule-e
  c:
    description: |
      text
      # taut: ignore rule-f

      # taut: ignore rule-g
    url: 'x # taut: ignore rule-h'
  # see taut: ignore rule-i
  d: {url: x#taut:y}
  # taut: ignore rule-j`)
	want := []model.Suppression{
		{Line: 5, Rule: "rule-a", Reason: "because it is so"},
		{Line: 5, Rule: "rule-b"},
		{Line: 6, Rule: "rule-c", Reason: "short reason"},
		{Line: 7, Rule: "rule-e"},
		{Line: 17, Rule: "rule-j"},
	}
	if len(sys.Suppressions) != len(want) {
		t.Fatalf("got %v", sys.Suppressions)
	}
	for i, s := range sys.Suppressions {
		if s.Line != want[i].Line || s.Rule != want[i].Rule || s.Reason != want[i].Reason {
			t.Errorf("got %+v, want %+v", s, want[i])
		}
	}
	if p := sys.Suppressions[2].Pos; p.String() != "architecture.yaml:6:9" {
		t.Errorf("at %s", p)
	}
}
