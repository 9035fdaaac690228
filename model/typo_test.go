package model_test

import (
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
)

// TestTyposHaveFixes applies the fix of one diagnostic and wants the file to
// load, or to say something else.
func TestTyposHaveFixes(t *testing.T) {
	const tail = "\n  payments:\nchannels:\n  events:\n"
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", "services:\n  orders: {ownr: web}" + tail, "{owner: web}"},
		{"dangling reference", "services:\n  orders:\n    depends_on: [paymnets]" + tail, "[payments]"},
		{"quoted", "services:\n  orders:\n    depends_on: ['paymnets']" + tail, "['payments']"},
		{"after wide characters", "services:\n  orders: {name: 'Bestellüng 😀', depends_on: [paymnets]}" + tail, "[payments]"},
		{"byte order mark", "\ufeffservices:\n  orders: {depends_on: [paymnets]}" + tail, "[payments]"},
		{"byte order mark on line 1", "\ufeffservics:\n  orders: {}" + tail, "\ufeffservices:"},
		{"map form", "services:\n  orders: {publishes: {evnts: {}}}" + tail, "{events: {}}"},
		{"word", "services:\n  orders: {runtime: contianer}" + tail, "runtime: container}"},
		{"severity", "services:\n  orders: {}" + tail + "lint: {rules: {hub: eror}}", "hub: error"},
		{"CR LF", "services:\r\n  orders: {ownr: web}\r\n", "{owner: web}\r\n"},
		{"JSON", `{"services": {"orders": {"runtime": "contianer"}}}`, `"container"`},
	} {
		_, found := model.Parse("a.yaml", []byte(c.text), model.Limits{})
		found = found.WithFixes(func(string) []byte { return []byte(c.text) })
		if len(found) != 1 || found[0].Fix == nil {
			t.Errorf("%s: no single fix: %+v", c.name, found)
			continue
		}
		e := found[0].Fix.Edits[0]
		fixed := c.text[:e.Start] + e.Text + c.text[e.End:]
		if !strings.Contains(fixed, c.want) {
			t.Errorf("%s: fixed to %q", c.name, fixed)
		}
		if _, left := model.Parse("a.yaml", []byte(fixed), model.Limits{}); len(left) > 0 {
			t.Errorf("%s: the fixed file says %v", c.name, left)
		}
	}
}

// TestTyposWithoutFixes: what is written otherwise than it reads is left alone.
func TestTyposWithoutFixes(t *testing.T) {
	for _, text := range []string{
		"services:\n  orders: {depends_on: [\"paym\\u006eets\"]}\n  payments:\n",
		"services:\n  orders: {depends_on: {'any_of:paymnets,stripe': {}}}\n  payments:\nexternals: {stripe: }\n",
		"services:\n  orders: {depends_on: [zzzz]}\n  payments:\n",
	} {
		_, found := model.Parse("a.yaml", []byte(text), model.Limits{})
		for _, d := range found.WithFixes(func(string) []byte { return []byte(text) }) {
			if d.Fix != nil {
				t.Errorf("%q: %+v", text, d.Fix)
			}
		}
		if len(found) == 0 {
			t.Errorf("%q has no error", text)
		}
	}
}

func TestPlaces(t *testing.T) {
	path := func(s string) []string { return strings.Fields(s) }
	for _, c := range []struct{ path, key, name, word string }{
		{"", "services", "", ""},
		{"services orders", "depends_on", "", ""},
		{"services orders depends_on []", "timeout", "service", ""},
		{"services orders depends_on payments", "retries", "", ""},
		{"services orders api style", "", "", "grpc"},
		{"services orders exposed", "", "", "true"},
		{"services orders owner", "", "team", ""},
		{"stores db cost free", "requests", "", ""},
		{"units shop services []", "", "service", ""},
		{"journeys buy requires []", "", "unit", ""},
		{"designs split services orders", "runtime", "", ""},
		{"budgets", "teams", "", ""},
		{"budgets services", "default", "metric of services", ""},
		{"budgets services orders", "reason", "metric of services", ""},
		{"budgets system", "until", "metric of system", ""},
		{"lint rules", "", "lint rule", ""},
		{"lint rules hub", "", "", "warning"},
		{"lint ignore []", "reason", "", ""},
		{"strengths", "", "factor", ""},
		{"compare []", "", "design", ""},
	} {
		p, known := model.PlaceAt(path(c.path)...)
		has := c.key == ""
		for _, k := range p.Keys {
			has = has || k.Name == c.key && k.Doc != ""
		}
		if !known || !has || !holds(append(p.Names, p.KeyNames...), c.name) || !holds(p.Words, c.word) {
			t.Errorf("%q: %+v, %v", c.path, p, known)
		}
	}
	for _, unknown := range []string{"service", "services orders nothing", "services orders owner x", "budgets nobody"} {
		if p, known := model.PlaceAt(path(unknown)...); known {
			t.Errorf("%q is known: %+v", unknown, p)
		}
	}
}

func holds(list []string, word string) bool {
	if word == "" {
		return true
	}
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}
