package svg

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"pgregory.net/rapid"
)

// ttf reads as much of a TrueType font as widths need: cmap format 4 and hmtx.
type ttf struct {
	upem    int
	cmap    []byte
	hmtx    []byte
	metrics int
}

func readFont(data []byte) ttf {
	table := func(tag string) []byte {
		for i := range int(binary.BigEndian.Uint16(data[4:])) {
			e := data[12+16*i:]
			if string(e[:4]) == tag {
				off := binary.BigEndian.Uint32(e[8:])
				return data[off : off+binary.BigEndian.Uint32(e[12:])]
			}
		}
		return nil
	}
	f := ttf{upem: int(binary.BigEndian.Uint16(table("head")[18:])), hmtx: table("hmtx"), metrics: int(binary.BigEndian.Uint16(table("hhea")[34:]))}
	cmap := table("cmap")
	for i := range int(binary.BigEndian.Uint16(cmap[2:])) {
		if sub := cmap[binary.BigEndian.Uint32(cmap[4+8*i+4:]):]; binary.BigEndian.Uint16(sub) == 4 {
			f.cmap = sub
		}
	}
	return f
}

func (f ttf) glyph(r rune) int {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(f.cmap[at:])) }
	n := u16(6) / 2
	for i := range n {
		end, start := u16(14+2*i), u16(16+2*n+2*i)
		if int(r) > end || int(r) < start {
			continue
		}
		delta, at := u16(16+4*n+2*i), 16+6*n+2*i
		if off := u16(at); off != 0 {
			g := u16(at + off + 2*(int(r)-start))
			if g == 0 {
				return 0
			}
			return (g + delta) & 0xffff
		}
		return (int(r) + delta) & 0xffff
	}
	return 0
}

// width is the advance in 64ths of an em, rounded up; 0 for a missing glyph.
func (f ttf) width(r rune) int {
	g := f.glyph(r)
	if g == 0 {
		return 0
	}
	w := int(binary.BigEndian.Uint16(f.hmtx[4*min(g, f.metrics-1):]))
	return (w*64 + f.upem - 1) / f.upem
}

func TestWidthsAreThoseOfTheFonts(t *testing.T) {
	regular, bold := readFont(goregular.TTF), readFont(gobold.TTF)
	for _, r := range runs {
		if len(r.regular) != len(r.bold) {
			t.Fatalf("%U: regular and bold differ in length", r.from)
		}
		for k := range r.regular {
			c := r.from + rune(k)
			if got, want := int(r.regular[k]-'0'), regular.width(c); abs(got-want) > 1 {
				t.Errorf("%U regular: table %d, font %d", c, got, want)
			}
			if got, want := int(r.bold[k]-'0'), bold.width(c); abs(got-want) > 1 {
				t.Errorf("%U bold: table %d, font %d", c, got, want)
			}
		}
	}
}

func abs(n int) int { return max(n, -n) }

// checkWrap says what is wrong with a wrapping, "" for nothing.
func checkWrap(f font, s string, room float64, n int) string {
	lines := f.wrap(s, room, n)
	if len(lines) > n {
		return "too many lines"
	}
	for _, l := range lines {
		if w := f.width(l); w > room && utf8.RuneCountInString(l) > 1 && firstCluster(l) != l && l != ellipsis {
			return "line too wide: " + l
		}
	}
	joined := strings.Join(lines, "")
	if strings.HasSuffix(joined, ellipsis) {
		return ""
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if squeeze(joined) != squeeze(s) && utf8.RuneCountInString(s) <= longest {
		return "text lost without an ellipsis: " + joined
	}
	return ""
}

// firstCluster is the first character of a text with all that joins it.
func firstCluster(s string) string {
	rs := []rune(s)
	k := 1
	for k < len(rs) && joins(rs[k-1], rs[k]) {
		k++
	}
	return string(rs[:k])
}

func TestWrapNaughty(t *testing.T) {
	for _, s := range naughty {
		for _, room := range []float64{40, 124, 300} {
			for n := 1; n <= 3; n++ {
				if bad := checkWrap(nameFont, strings.ToValidUTF8(s, "?"), room, n); bad != "" {
					t.Errorf("%q in %v × %d: %s", s, room, n, bad)
				}
			}
		}
	}
}

func TestWrapProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		room, n := rapid.Float64Range(30, 300).Draw(t, "room"), rapid.IntRange(1, 3).Draw(t, "n")
		if bad := checkWrap(nameFont, s, room, n); bad != "" {
			t.Fatal(bad)
		}
	})
}

func TestWrapExamples(t *testing.T) {
	for _, c := range []struct {
		s    string
		room float64
		want string
	}{
		{"Storefront", 124, "Storefront"},
		{"order management service", 124, "order|management|service"},
		{"payment-gateway-adapter", 124, "payment-|gateway-adapter"},
		{"AbstractOrderManager", 80, "Abstract|Order|Manager"},
	} {
		if got := strings.Join(nameFont.wrap(c.s, c.room, 3), "|"); got != c.want {
			t.Errorf("%q: got %s, want %s", c.s, got, c.want)
		}
	}
}
