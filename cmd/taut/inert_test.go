package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
)

// The pages are written so that a reader of XML reads them too, once styles and
// scripts are taken out. So what it finds is what a browser finds, and every
// element and attribute can be held against a list.
var (
	rawBlocks  = regexp.MustCompile(`(?s)<(style|script)( type="application/json" id="data")?>(.*?)</(?:style|script)>`)
	elementsOK = regexp.MustCompile(`^(html|head|meta|link|title|style|script|body|a|header|nav|main|footer|section|aside|div|span|p|h1|h2|h3|ul|li|pre|button|input|table|thead|tbody|tr|th|td|` +
		`svg|g|path|rect|ellipse|circle|text|tspan|defs|pattern|desc)$`)
	attributesOK = regexp.MustCompile(`^(lang|charset|http-equiv|content|name|rel|href|target|class|id|type|hidden|title|scope|tabindex|role|aria-[a-z]+|data-[a-z]+|autocomplete|spellcheck|placeholder|` +
		`xmlns|viewBox|preserveAspectRatio|width|height|x|y|cx|cy|r|rx|ry|d|fill|transform|patternUnits|patternTransform)$`)
	linksOK = regexp.MustCompile(`^(#[\w.-]*|data:,|https?://[^/@:]+(:\d+)?(/.*)?|[^/:#][^:]*)$`)
	fillsOK = regexp.MustCompile(`^url\(#[\w.-]+\)$`)
)

// policyOf reads the page's Content-Security-Policy.
func policyOf(t *testing.T, text string) string {
	t.Helper()
	m := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)"/>`).FindStringSubmatchIndex(text)
	if m == nil || strings.Contains(text[:m[0]], "<script") || strings.Contains(text[:m[0]], "<style") {
		t.Fatal("no policy before the first style and script")
	}
	return text[m[2]:m[3]]
}

// inert says that a page or picture runs nothing but what its policy names, and
// has no element, attribute or link that is not on the lists.
func inert(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	page := strings.HasPrefix(text, "<!DOCTYPE html>")
	policy := ""
	if page {
		policy = policyOf(t, text)
	}
	text = rawBlocks.ReplaceAllStringFunc(text, func(block string) string {
		m := rawBlocks.FindStringSubmatch(block)
		checkBlock(t, path, page, policy, m[1], m[2] != "", m[3])
		return "<" + m[1] + "></" + m[1] + ">"
	})
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			checkElement(t, path, x)
		case xml.Comment, xml.ProcInst:
			t.Errorf("%s: %v", path, x)
		}
	}
}

func checkBlock(t *testing.T, path string, page bool, policy, name string, isData bool, body string) {
	t.Helper()
	sum := sha256.Sum256([]byte(body))
	hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	switch {
	case isData:
		if strings.ContainsAny(body, "<>&\u2028\u2029") || !json.Valid([]byte(body)) {
			t.Errorf("%s: the data is not inert JSON", path)
		}
	case name == "script" && !page:
		t.Errorf("%s: a script in a picture", path)
	case page && !strings.Contains(policy, name+"-src "+hash) && !(name == "script" && strings.Contains(policy, hash)):
		t.Errorf("%s: a %s that the policy does not name: %s", path, name, head(body))
	}
}

func checkElement(t *testing.T, path string, x xml.StartElement) {
	t.Helper()
	if !elementsOK.MatchString(x.Name.Local) {
		t.Errorf("%s: element %s", path, x.Name.Local)
	}
	for _, a := range x.Attr {
		switch name := a.Name.Local; {
		case !attributesOK.MatchString(name):
			t.Errorf("%s: attribute %s of %s", path, name, x.Name.Local)
		case name == "href" && !linksOK.MatchString(a.Value):
			t.Errorf("%s: link to %q", path, a.Value)
		case name == "fill" && !fillsOK.MatchString(a.Value):
			t.Errorf("%s: fill %q", path, a.Value)
		case strings.ContainsAny(a.Value, "\u202e\u2066\u0085\x7f"):
			t.Errorf("%s: a control character in %s", path, name)
		}
	}
}

// guarded says that a page has a policy that allows nothing by default.
func guarded(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	policy := policyOf(t, string(data))
	for _, directive := range []string{"default-src 'none'", "style-src 'sha256-", "script-src 'sha256-", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(policy, directive) {
			t.Errorf("%s: the policy lacks %s: %s", path, directive, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
		t.Errorf("%s: the policy is loose: %s", path, policy)
	}
}

var loading = regexp.MustCompile(`(?i)\bsrc(set)?\s*=|@import|url\(\s*["']?(https?:)?//|<link[^>]*href="[^d]|<(img|iframe|object|embed|video|audio|base|form)\b`)

// offline says that nothing in a page loads anything.
func offline(t *testing.T, path string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if m := loading.Find(data); m != nil {
		t.Errorf("%s loads something: %s", path, m)
	}
}
