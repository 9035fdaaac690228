package model_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
)

// hostile gives files of a size that would take minutes if any step were
// quadratic in it.
func hostile(size int) map[string]string {
	fill := func(head, unit, tail string) string {
		return head + strings.Repeat(unit, (size-len(head))/len(unit)) + tail
	}
	return map[string]string{
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
	}
}

// TestHostileFiles has no clock of its own: what hangs is ended by go test.
func TestHostileFiles(t *testing.T) {
	const size = 1 << 17
	for name, text := range hostile(size) {
		t.Run(name, func(t *testing.T) {
			_, diags := model.Parse("f", []byte(text), model.Limits{})
			checkInside(t, []byte(text[:min(len(text), size+100)]), diags[:min(1, len(diags))])
		})
	}
}

// BenchmarkHostileFiles gives the speed at two sizes: about the same where the
// work is linear, a fourth at the larger where it is quadratic.
func BenchmarkHostileFiles(b *testing.B) {
	for _, size := range []int{1 << 17, 1 << 19} {
		for name, text := range hostile(size) {
			b.Run(fmt.Sprintf("%s/%d", name, size), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					model.Parse("f", []byte(text), model.Limits{})
				}
			})
		}
	}
}
