package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/taut-dev/taut/model"
)

// TestHostileFiles reads half a megabyte of what would take minutes if any step
// were quadratic in it.
func TestHostileFiles(t *testing.T) {
	const size, most = 1 << 19, 5 * time.Second
	fill := func(head, unit, tail string) string {
		return head + strings.Repeat(unit, (size-len(head))/len(unit)) + tail
	}
	for name, text := range map[string]string{
		"keys that are lists":        fill("services: {a: }\n", "? [a]\n", ""),
		"comments in a row":          fill("services: {a: }\n", "#taut: ignore a\n", ""),
		"comments inside strings":    fill("services: {a: {tags: [", "'# taut: ignore a',", "]}}"),
		"one long line":              fill("services: {a: {tags: [", "é, ", "]}}"),
		"one long line of JSON":      fill(`{"services": {"a": {"tags": ["x"`, `, "é"`, "]}}}"),
		"open brackets":              fill("a: ", "[ ", ""),
		"escapes":                    fill("a: ", `"\a" `, ""),
		"the same key":               fill("services:\n", "  a: {}\n", ""),
		"the same target":            fill("services: {a: {depends_on: [", "b, ", "]}}"),
		"the same group":             fill("services: {a: {depends_on: [{any_of: [", "b, ", "]}]}}"),
		"a fault at the end":         fill("services:\n", "  a: &x {}\n", " b: *y\n"),
		"a bracket open to the end":  fill("services: {a: {tags: [", "x, ", ""),
		"a quote open to the end":    fill("services: {a: {name: \"", "x ", ""),
		"templates":                  fill("a: b\nx", "{{ \n", ""),
		"one source merged over and": fill("services:\n  a: &a {tier: 1}\n  b: {<<: [", "*a, ", "]}\n"),
	} {
		start := time.Now()
		_, diags := model.Parse("f", []byte(text), model.Limits{})
		if took := time.Since(start); took > most {
			t.Errorf("%s: %v", name, took)
		}
		checkInside(t, []byte(text[:min(len(text), size+100)]), diags[:min(1, len(diags))])
	}
}
