package layout

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/golden.txt")

// TestGolden keeps the coordinates of small cases, as text.
func TestGolden(t *testing.T) {
	var b strings.Builder
	for _, c := range cases() {
		if len(c.g.Nodes) <= 14 && c.names != nil {
			b.WriteString(asText(c))
		}
	}
	const file = "testdata/golden.txt"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("drawings changed: look at them (go test -run Pictures -pictures DIR), then go test ./render/layout -run Golden -update\n%s", firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}

// asText is a drawing in a few lines: boxes by rows, frames, the ends of lines.
func asText(c drawn) string {
	r := Layered(c.g, c.o)
	q := Measure(c.g, r)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %gx%g crossings %d bends %d\n", c.name, r.W, r.H, q.Crossings, q.Bends)
	for i, v := range r.Nodes {
		fmt.Fprintf(&b, "  %s %g,%g %gx%g\n", c.names[i], v.X, v.Y, v.W, v.H)
	}
	for i, f := range r.Frames {
		fmt.Fprintf(&b, "  frame %d %g,%g %gx%g\n", i, f.X, f.Y, f.W, f.H)
	}
	for i, e := range r.Edges {
		first, last := e.Points[0], e.Points[len(e.Points)-1]
		fmt.Fprintf(&b, "  edge %d %d points %.1f,%.1f to %.1f,%.1f\n", i, len(e.Points), first.X, first.Y, last.X, last.Y)
	}
	return b.String()
}
