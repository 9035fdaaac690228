package main

import (
	"fmt"
	"strings"
	"testing"
)

const ruled = `system: "shop 😀"
services:
  web: {exposed: true, depends_on: [{to: orders, timeout: 90s}]}
  orders:
lint:
  rules: {acme-far: error}
  custom:
    - id: acme-far
      for: dependency
      when: 'timeout > 30 and to.kind == "service" and "😀" != "" and from.exposed'
      message: '"{from.id}" waits {timeout} s'
      hint: wait less
    - id: acme-folded
      when: >
        exposed and
        metrics.efferent > 5
      message: too many
`

func (c *client) hovered(name, text, mark string) string {
	c.t.Helper()
	h, _ := c.result("textDocument/hover", c.at(name, text, mark)).(map[string]any)
	if h == nil {
		return ""
	}
	return h["contents"].(map[string]any)["value"].(string)
}

// TestLSPCustomRules: the hover of a rule and of the names in its condition.
func TestLSPCustomRules(t *testing.T) {
	c := serve(t, nil)
	c.initialize()
	c.open("architecture.yaml", ruled)
	for mark, want := range map[string][]string{
		"- id: acme-f":   {"**acme-far** (error, for a dependency)", "```\ntimeout > 30", "what to do: wait less", "- line 3: \"web\" waits 90 s"},
		"{acme-f":        {"**acme-far** (error"},
		"id: acme-fol":   {"**acme-folded** (warning, for a service): too many", "finds nothing"},
		"when: 'tim":     {"**timeout** (number): seconds it waits"},
		"and to.ki":      {"**kind** (text): service, store or external"},
		"from.exp":       {"**exposed** (truth value): reachable from outside"},
		"        expo":   {"**exposed**"},
		"metrics.effere": {"**efferent** (number)", "distinct other services"},
	} {
		text := c.hovered("architecture.yaml", ruled, mark)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%q: no %q in %q", mark, w, text)
			}
		}
	}
	// Where it stands is the name, after characters of two units.
	h := c.result("textDocument/hover", c.at("architecture.yaml", ruled, "from.exp")).(map[string]any)
	at := c.at("architecture.yaml", ruled, "and from.")["position"].(map[string]any)
	if got := h["range"].(map[string]any)["start"]; fmt.Sprint(got) != fmt.Sprint(at) {
		t.Errorf("the name starts at %v, not %v", got, at)
	}
	if text := c.hovered("architecture.yaml", ruled, `== "serv`); strings.Contains(text, "**") {
		t.Errorf("a text in quotes is told as %q", text)
	}
	c.quit()
}

// TestLSPEdits sends edits in parts, as editors do, behind characters that take
// two UTF-16 units; findings and names then stand where the text has them.
func TestLSPEdits(t *testing.T) {
	c := serve(t, nil)
	c.initialize()
	text := ruled
	c.open("architecture.yaml", text)
	c.findings("architecture.yaml")
	edit := func(old, with string) {
		t.Helper()
		i := strings.Index(text, old)
		if i < 0 {
			t.Fatalf("no %q", old)
		}
		at := func(end int) any { return c.behind("architecture.yaml", text[:end])["position"] }
		c.notify("textDocument/didChange", map[string]any{
			"textDocument": map[string]any{"uri": c.uri("architecture.yaml"), "version": 3},
			"contentChanges": []any{map[string]any{
				"range": map[string]any{"start": at(i), "end": at(i + len(old))}, "text": with,
			}},
		})
		text = text[:i] + with + text[i+len(old):]
	}
	edit("shop 😀", "a 😀 shop 😀")
	edit("  orders:\n", "  '😀': {name: x} # 😀\n  orders:\n")
	edit("'😀': {name: x} # 😀\n", "basket: {name: '😀', depends_on: [oders]}\n")
	found := c.findings("architecture.yaml")
	if len(found) != 1 || !strings.Contains(fmt.Sprint(found[0]), `did you mean "orders"`) {
		t.Fatalf("findings: %v", found)
	}
	want := c.behind("architecture.yaml", text[:strings.Index(text, "oders")])["position"]
	if got := found[0].(map[string]any)["range"].(map[string]any)["start"]; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the finding is at %v, not %v", got, want)
	}
	edit("oders", "orders")
	for _, f := range c.findings("architecture.yaml") {
		if strings.Contains(fmt.Sprint(f), "oders") {
			t.Errorf("left: %v", f)
		}
	}
	if hover := c.hovered("architecture.yaml", text, "when: 'tim"); !strings.Contains(hover, "seconds it waits") {
		t.Errorf("behind the edits, the hover is %q", hover)
	}
	c.quit()
}
