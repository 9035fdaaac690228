package svg

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// slack widens every measure: the viewer's own font is not the measured
	// one. Inter and DejaVu Sans run about a tenth wider than Go.
	slack = 1.1
	// longest is how many characters of a name a picture shows; the tooltip
	// holds the rest.
	longest  = 60
	ellipsis = "…"
)

// font is a size in pixels and one of two weights.
type font struct {
	size float64
	bold bool
}

// width is the room that a line of text needs, in pixels, in any common font.
func (f font) width(s string) float64 {
	em := 0.0
	for _, r := range s {
		em += advance(r, f.bold)
	}
	return em * f.size * slack
}

// advance is the width of a character in em: measured for Latin, Greek and
// Cyrillic, by class for all others.
func advance(r rune, bold bool) float64 {
	for i := range runs {
		t := runs[i].regular
		if bold {
			t = runs[i].bold
		}
		if k := int(r - runs[i].from); k >= 0 && k < len(t) && t[k] != '0' {
			return float64(t[k]-'0') / 64
		}
	}
	switch {
	case zeroWidth(r):
		return 0
	case emoji(r):
		return 1.3
	case wide(r):
		return 1.05
	}
	return 0.9 // scripts we hold no metrics of: generous, as text must stay inside
}

// zeroWidth tells characters that take no room of their own.
func zeroWidth(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me) || r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\u2060' || r == '\ufeff'
}

// emoji tells pictures, which are wider than an em in most fonts.
func emoji(r rune) bool {
	return r >= 0x1f000 && r <= 0x1faff || r >= 0x2600 && r <= 0x27bf || r >= 0x2b00 && r <= 0x2bff
}

// wide tells the characters that fill a square in East Asian fonts (Unicode
// Annex 11, classes W and F), and the few that are wider than they look.
func wide(r rune) bool {
	return r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xffef ||
		r >= 0x12000 && r <= 0x1342f || r >= 0x17000 && r <= 0x1b2ff || r >= 0x20000 && r <= 0x3fffd || r == utf8.RuneError
}

// joins tells a character that belongs to the one before it: cutting between
// the two would change what is read.
func joins(prev, r rune) bool {
	return zeroWidth(r) || prev == '\u200d' || r >= 0x1f3fb && r <= 0x1f3ff || unicode.Is(unicode.Mc, r)
}

// breaks tells where a line may end inside a word: behind a separator of an
// id, and on both sides of an ideograph.
func breaks(prev, r rune) bool {
	return strings.ContainsRune("-_/.·:", prev) || wide(prev) || wide(r) || emoji(r) || unicode.IsLower(prev) && unicode.IsUpper(r)
}

// shorten cuts a text to n characters, the last of which is then "…".
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	rs := []rune(s)
	cut := n - 1
	for cut > 1 && joins(rs[cut-1], rs[cut]) {
		cut--
	}
	return strings.TrimRight(string(rs[:cut]), " ") + ellipsis
}

// wrap breaks a text into at most n lines no wider than room, at spaces and
// separators where it can; what does not fit ends in "…".
func (f font) wrap(s string, room float64, n int) []string {
	rest := []rune(shorten(strings.Join(strings.Fields(s), " "), longest))
	var lines []string
	for len(rest) > 0 && len(lines) < n {
		k := f.fit(rest, room)
		if k < len(rest) && len(lines) == n-1 {
			return append(lines, f.cut(rest, room))
		}
		lines = append(lines, strings.TrimRight(string(rest[:k]), " "))
		rest = []rune(strings.TrimLeft(string(rest[k:]), " "))
	}
	return lines
}

// fit is how many characters go on a line of this room: at least one.
func (f font) fit(rs []rune, room float64) int {
	w, good, hard := 0.0, 0, 1
	for i, r := range rs {
		if i > 0 && !joins(rs[i-1], r) {
			hard = i
			if r == ' ' || rs[i-1] == ' ' || breaks(rs[i-1], r) {
				good = i
			}
		}
		if r != ' ' {
			w += float64(advance(r, f.bold) * f.size * slack)
		} else {
			w += float64(advance(' ', f.bold) * f.size * slack)
			continue // a space may hang over the end
		}
		if w > room {
			if good > 0 {
				return good
			}
			return hard
		}
	}
	return len(rs)
}

// cut shortens a text to one line of the room, ending in "…".
func (f font) cut(rs []rune, room float64) string {
	w := advance('…', f.bold) * f.size * slack
	k := 0
	for i, r := range rs {
		w += float64(advance(r, f.bold) * f.size * slack)
		if w > room {
			break
		}
		if i+1 == len(rs) || !joins(r, rs[i+1]) {
			k = i + 1
		}
	}
	return strings.TrimRight(string(rs[:k]), " ") + ellipsis
}

// line shortens a text so that it fits one line of the room.
func (f font) line(s string, room float64) string {
	s = shorten(strings.Join(strings.Fields(s), " "), longest)
	if f.width(s) <= room {
		return s
	}
	return f.cut([]rune(s), room)
}

// widest is the width of the longest of some lines.
func (f font) widest(lines []string) float64 {
	w := 0.0
	for _, l := range lines {
		w = max(w, f.width(l))
	}
	return w
}

// paragraph breaks a text into as many lines as it takes.
func (f font) paragraph(s string, room float64) []string {
	rest := []rune(strings.Join(strings.Fields(s), " "))
	var lines []string
	for len(rest) > 0 {
		k := f.fit(rest, room)
		lines = append(lines, strings.TrimRight(string(rest[:k]), " "))
		rest = []rune(strings.TrimLeft(string(rest[k:]), " "))
	}
	return lines
}
