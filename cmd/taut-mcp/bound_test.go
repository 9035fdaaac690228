package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func sortedKeys(m map[string]any) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// TestFit cuts lists and mappings, and no records.
func TestFit(t *testing.T) {
	services, list := map[string]any{}, []any{}
	for i := range 400 {
		services[fmt.Sprintf("s%03d", i)] = map[string]any{"tightness": 0.25, "exposure": 0.5}
		list = append(list, map[string]any{"node": i, "down": []any{"a", "b"}})
	}
	whole := map[string]any{"schema": "x", "metrics": map[string]any{"services": services}, "failures": list}
	if same, left := fit(whole, 1<<20); len(left) != 0 || fmt.Sprint(same) != fmt.Sprint(whole) {
		t.Error("what fits was cut:", left)
	}
	short, left := fit(whole, 10_000)
	data, err := json.Marshal(short)
	if err != nil || len(data) > 10_000 || len(data) < 4_000 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	want := "[{failures 100 400} {metrics.services 100 400}]"
	if fmt.Sprint(left) != want {
		t.Errorf("left out %v, not %v", left, want)
	}
	if !strings.Contains(string(data), `"s000":{"exposure":0.5,"tightness":0.25}`) {
		t.Errorf("%s", data)
	}
	if tiny, left := fit(whole, 10); tiny != nil || len(left) == 0 {
		t.Error("what does not fit at all was given:", tiny)
	}
}

func TestShorten(t *testing.T) {
	text := strings.Repeat("0123456789\n", 100)
	if got := shorten(text, 2000); got != text {
		t.Error("a short text was cut")
	}
	got := shorten(text, 105)
	if !strings.HasPrefix(got, strings.Repeat("0123456789\n", 9)) || strings.Count(got, "0123456789") != 9 || !strings.Contains(got, "91 more lines left out") {
		t.Errorf("%q", got)
	}
}
