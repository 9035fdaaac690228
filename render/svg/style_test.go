package svg

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(hex lit) float64 {
	n, _ := strconv.ParseUint(string(hex[1:]), 16, 32)
	channel := func(v uint64) float64 {
		c := float64(v&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(n>>16) + 0.7152*channel(n>>8) + 0.0722*channel(n)
}

func contrast(a, b lit) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	role := func(name lit, th Theme) lit {
		for _, c := range colours {
			if c.role == name {
				return c.of(th)
			}
		}
		t.Fatalf("no colour %q", name)
		return ""
	}
	pairs := []struct {
		front, back lit
		least       float64
	}{
		{"ink", "bg", 7}, {"ink", "card", 7}, {"ink", "unit", 7}, {"ink", "downbg", 4.5}, {"ink", "partbg", 4.5}, {"ink", "waitbg", 4.5},
		{"ink", "bar", 4.5}, {"ink", "fill", 4.5}, {"soft", "bg", 4.5}, {"soft", "card", 4.5}, {"soft", "unit", 4.5}, {"soft", "downbg", 4.5},
		{"soft", "waitbg", 4.5}, {"soft", "partbg", 4.5}, {"onfailed", "failed", 4.5}, {"good", "bg", 4.5}, {"bad", "bg", 4.5},
		{"bg", "down", 4.5}, {"bg", "part", 4.5}, {"bg", "wait", 4.5}, {"bg", "ink", 4.5}, {"bg", "soft", 4.5}, // badges and pills
		{"edge", "bg", 3}, {"edge", "unit", 3}, {"event", "bg", 3}, {"event", "bar", 3}, {"down", "downbg", 3}, {"part", "partbg", 3}, {"wait", "waitbg", 3}, {"down", "bg", 3},
	}
	for i := range groupColours {
		g := lit("g" + strconv.Itoa(i))
		for _, back := range []lit{"card", "unit", "bg", "downbg", "waitbg", "partbg"} {
			pairs = append(pairs, struct {
				front, back lit
				least       float64
			}{g, back, 2.9})
		}
	}
	for _, th := range []Theme{Light, Dark, Print} {
		for _, p := range pairs {
			if got := contrast(role(p.front, th), role(p.back, th)); got < p.least {
				t.Errorf("%s: %s on %s has contrast %.2f, needs %.1f", th, p.front, p.back, got, p.least)
			}
		}
	}
}

func TestStyleHasALiteralBeforeEveryVariable(t *testing.T) {
	pair := regexp.MustCompile(`([a-z-]+):#[0-9a-f]{6};([a-z-]+):var\(--[a-z0-9]+\)`)
	for _, th := range Themes() {
		s := style(th)
		if strings.Contains(s, "$") {
			t.Errorf("%s: a colour has no value", th)
		}
		good := 0
		for _, m := range pair.FindAllStringSubmatch(s, -1) {
			if m[1] == m[2] {
				good++
			}
		}
		if n := strings.Count(s, "var("); good != n || n == 0 {
			t.Errorf("%s: %d of %d variables have a literal before them", th, good, n)
		}
		if strings.Contains(s, "@import") || strings.Contains(s, "url(") || strings.Contains(s, "<") {
			t.Errorf("%s: the style reaches outside", th)
		}
	}
}
