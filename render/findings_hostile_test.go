package render_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

// naughty are texts that some reader of some format takes for more than text.
var naughty = []string{
	"", " ", "null", "NaN", "1E400", "-0", "0x0", "true", "\\", "\\\\", "\"", "'", "`", "%", "%0A::error::x", "%25", "%s%n", "$(x)", "; rm", "a:b,c;d=e",
	"\n", "\r\n", "a\r::error::x", "\n::set-output name=a::b", "::error::x", "  ::error::x", "\u3000::error::x", "\u00a0::warning ::x", "##[error]x", "a ##[add-mask]b",
	"##vso[task.complete]", "##teamcity[x]", "section_start:1:a\r\x1b[0K", "\x1b[31mred\x1b[0m", "\x00", "\x01\x08\x0b\x0c\x7f", "\u0085\u009b31m", "\u2028\u2029",
	"\u202eabc", "\u2066x\u2069", "\ufeff", "\ufffe\uffff", "\ufffd", "\xff\xfe", "\xed\xa0\x80", "é", "e\u0301", "𐐀😀👨‍👩‍👧", "مرحبا", "田中", "Z̮̞̠͙",
	"<b>", "</failure>", "]]>", "<!--", "-->", "<?xml?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", "&amp;", "&#0;", "<script>alert(1)</script>", "javascript:alert(1)",
	"[x](javascript:alert(1))", "[a](1)", "{0}", "{{x}}", "${{ github.token }}", "../../etc/passwd", "/etc/passwd", "C:\\x", "file:///x", "a/../../b", "con", "a%2e%2e/b", "?x#y",
	strings.Repeat("x", 5000),
}

// hostile puts each text everywhere a finding holds a stranger's text.
func hostile(texts ...string) render.Findings {
	f := render.Findings{Checked: texts[0], Source: func(string) []byte { return []byte(strings.Join(texts, "\n")) }}
	for i, s := range texts {
		pos := model.Pos{File: s, Line: i + 1, Col: 1 + i%3}
		f.Diagnostics = append(f.Diagnostics, model.Diagnostic{
			Rule: s, Severity: model.Severity(1 + i%3), Pos: pos, Subject: s, Message: s, Hint: s, Related: []model.Related{{Pos: pos, Message: s}},
		})
	}
	return f
}

// texts draws from the naughty ones, parts of them put together, and any.
func texts() *rapid.Generator[string] {
	one := rapid.SampledFrom(naughty[:len(naughty)-1])
	joined := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(one, 1, 4).Draw(t, "parts"), "") })
	raw := rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })
	return rapid.OneOf(one, joined, rapid.String(), raw)
}

// TestNamesAreInert holds that a name means nothing to a reader of any format,
// and can be read back as the text format would show it.
func TestNamesAreInert(t *testing.T) {
	for _, s := range naughty {
		inert(t, s)
	}
	rapid.Check(t, func(r *rapid.T) { inert(t, texts().Draw(r, "text")) })
}

func inert(t testing.TB, s string) {
	t.Helper()
	f := hostile(s)
	safe := model.Safe(s)
	same := func(format, what, got, want string) {
		t.Helper()
		if got != want {
			t.Fatalf("%s: %s of %q is %q, want %q", format, what, s, got, want)
		}
	}
	said := safe
	if s != "" {
		said += "; " + safe
	}
	inertJSON(t, f, s, said, same)
	inXML := func(text string) string {
		return strings.NewReplacer("\ufffe", "\ufffd", "\uffff", "\ufffd").Replace(text)
	}
	test := readXML[junit](t, write(t, "junit", f)).Suite.Cases[0]
	same("junit", "name", test.Name, inXML(safe))
	same("junit", "class", test.Class, inXML("taut."+safe))
	if !strings.Contains(test.Out, inXML("do: "+safe)) && s != "" {
		t.Fatalf("junit: %q became %q", s, test.Out)
	}
	file := readXML[checkstyle](t, write(t, "checkstyle", f)).Files[0]
	same("checkstyle", "message", file.Errors[0].Message, inXML(said))
	same("checkstyle", "file", file.Name, inXML(model.Safe(cleaned(s))))
	checkGitHub(t, f)
}

func inertJSON(t testing.TB, f render.Findings, s, said string, same func(format, what, got, want string)) {
	t.Helper()
	r := readSARIF(t, f).Runs[0].Results[0]
	same("sarif", "rule", r.RuleID, model.Safe(s))
	if got := r.Message.Text; strings.Contains(strings.ReplaceAll(got, `\]`, ""), "](") {
		t.Fatalf("sarif: %q holds a link", got)
	} else if !strings.Contains(said, "](") {
		same("sarif", "message", got, said)
	}
	if s != "" {
		outside(t, s, r.Locations[0].PhysicalLocation.ArtifactLocation.URI)
	}
	var issues []struct {
		Description, Fingerprint string
		Location                 struct{ Path string }
	}
	if err := json.Unmarshal(write(t, "gitlab", f), &issues); err != nil {
		t.Fatal(err)
	}
	same("gitlab", "description", issues[0].Description, said)
	same("gitlab", "path", issues[0].Location.Path, string([]rune(cleaned(s))))
	same("rdjson", "path", readRDJSON(t, f).Diagnostics[0].Location.Path, string([]rune(s)))
}

func cleaned(file string) string {
	if file == "" {
		return ""
	}
	return path.Clean(file)
}

// outside holds that a URI names the file it was made of, without the way out
// of the repository.
func outside(t testing.TB, file, uri string) {
	t.Helper()
	want := strings.TrimLeft(cleaned(file), "/")
	for want == ".." || strings.HasPrefix(want, "../") {
		want = strings.TrimPrefix(want[2:], "/")
	}
	if got := decoded(t, uri); got != want {
		t.Fatalf("%q became the URI %q, which names %q and not %q", file, uri, got, want)
	}
}

// command is what GitHub's runner reads in a line of a log.
type command struct {
	name, data string
	properties map[string]string
}

var runnerCommands = []string{"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "stop-commands", "set-output", "set-env", "add-path", "save-state", "echo", "add-matcher", "remove-matcher"}

// runnerReads does as the runner does: "::name key=value,…::data" after blanks
// at the start of a line, and the older "##[name key=value;…]data" anywhere.
func runnerReads(line string) (command, bool) {
	if rest, ok := strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::"); ok {
		if head, data, ok := strings.Cut(rest, "::"); ok {
			name, list, _ := strings.Cut(head, " ")
			c := command{name, unescape(data, "\r", "%0D", "\n", "%0A", "%", "%25"), map[string]string{}}
			for _, pair := range strings.Split(strings.TrimSpace(list), ",") {
				key, value, _ := strings.Cut(pair, "=")
				c.properties[key] = unescape(value, "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C", "%", "%25")
			}
			return c, slices.Contains(runnerCommands, name)
		}
	}
	if _, rest, ok := strings.Cut(line, "##["); ok {
		if head, _, ok := strings.Cut(rest, "]"); ok {
			name, _, _ := strings.Cut(head, " ")
			return command{name: name}, slices.Contains(runnerCommands, name)
		}
	}
	return command{}, false
}

// unescape replaces one escape after the other, as the runner does.
func unescape(text string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, pairs[i+1], pairs[i])
	}
	return text
}

// checkGitHub holds that the runner reads one annotation for each finding and
// nothing else, each at the finding's place.
func checkGitHub(t testing.TB, f render.Findings) {
	t.Helper()
	out := string(write(t, "github", f))
	lines := strings.FieldsFunc(out, func(r rune) bool { return r == '\n' || r == '\r' })
	for i, line := range lines {
		c, is := runnerReads(line)
		if is != (i < len(f.Diagnostics)) {
			t.Fatalf("line %d, %q, reads as a command: %v, in\n%s", i, line, is, out)
		}
		if !is {
			continue
		}
		d := f.Diagnostics[i]
		want := [...]string{model.Note: "notice", model.Warning: "warning", model.Error: "error"}[d.Severity]
		if c.name != want || c.properties["line"] != fmt.Sprint(d.Pos.Line) || c.properties["col"] != fmt.Sprint(d.Pos.Col) || !strings.HasPrefix(c.properties["title"], "taut") {
			t.Fatalf("finding %+v reads as %+v", d, c)
		}
		first, _, _ := strings.Cut(c.data, "\n")
		if plain := model.Safe(d.Message); !strings.ContainsAny(plain, "#:") && !strings.Contains(plain, "section_") && first != plain {
			t.Fatalf("the message %q reads as %q", d.Message, first)
		}
	}
}

func TestGitHub(t *testing.T) {
	f := sample()
	f.Path = func(file string) string { return "services/" + file }
	f.Diagnostics = f.Diagnostics[:3]
	checkGitHub(t, f)
	out := string(write(t, "github", f))
	for _, want := range []string{
		"::warning file=services/dir/a b.yaml,line=3,col=20,title=taut synchronous-cycle::\"a\" calls itself in a circle of 2%0Asee dir/a b.yaml:4:20: \"b\" calls \"a\"%0Ado: turn",
		"\n::error file=", "\n::notice file=",
		"\ndir/a b.yaml:3:20: warning: \"a\" calls itself", "\ndir/a b.yaml: 1 error, 1 warning, 1 note\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
}

func FuzzGitHub(f *testing.F) {
	for _, s := range naughty {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		checkGitHub(t, hostile(a, b))
	})
}

func FuzzSARIF(f *testing.F) {
	for i, s := range naughty {
		f.Add(s, s, i, 1)
	}
	schema := compile(f, "sarif-schema-2.1.0.json")
	f.Fuzz(func(t *testing.T, s, text string, line, col int) {
		found := hostile(s)
		found.Source = func(string) []byte { return []byte(text) }
		found.Diagnostics[0].Pos.Line, found.Diagnostics[0].Pos.Col = max(line, 1), max(col, 1)
		follows(t, schema, write(t, "sarif", found))
		inert(t, s)
	})
}

// element is a node of an XML document.
type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []element  `xml:",any"`
}

func (e element) attr(name string) string {
	i := slices.IndexFunc(e.Attrs, func(a xml.Attr) bool { return a.Name.Local == name })
	if i < 0 {
		return ""
	}
	return e.Attrs[i].Value
}

// walk visits an element and all below it.
func (e element) walk(visit func(element)) {
	visit(e)
	for _, c := range e.Children {
		c.walk(visit)
	}
}

// TestJUnitFollowsItsSchema checks elements, their attributes and what may
// stand in what against the declarations of the XSD that Jenkins reads with.
func TestJUnitFollowsItsSchema(t *testing.T) {
	declared := map[string]element{}
	for _, e := range readXML[element](t, official(t, "junit-10.xsd")).Children {
		if e.XMLName.Local == "element" {
			declared[e.attr("name")] = e
		}
	}
	for what, f := range cases() {
		t.Run(what, func(t *testing.T) {
			readXML[element](t, write(t, "junit", f)).walk(func(e element) {
				d, ok := declared[e.XMLName.Local]
				if !ok {
					t.Fatalf("element %s is not declared", e.XMLName.Local)
				}
				allowed, inside := map[string]bool{}, map[string]bool{}
				d.walk(func(x element) {
					switch {
					case x.XMLName.Local == "attribute":
						allowed[x.attr("name")] = true
						if x.attr("use") == "required" && !slices.ContainsFunc(e.Attrs, func(a xml.Attr) bool { return a.Name.Local == x.attr("name") }) {
							t.Errorf("%s has no %s", e.XMLName.Local, x.attr("name"))
						}
					case x.attr("ref") != "":
						inside[x.attr("ref")] = true
					}
				})
				for _, a := range e.Attrs {
					if !allowed[a.Name.Local] {
						t.Errorf("%s may not have %s", e.XMLName.Local, a.Name.Local)
					}
				}
				for _, c := range e.Children {
					if !inside[c.XMLName.Local] {
						t.Errorf("%s may not hold %s", e.XMLName.Local, c.XMLName.Local)
					}
				}
			})
		})
	}
}
