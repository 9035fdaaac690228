package layout

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// picture writes a plain SVG, to look at.
func picture(g Graph, r Result, names []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="%g %g %g %g" width="%g" height="%g" font-family="sans-serif" font-size="12">`, -12.0, -12.0, r.W+24, r.H+24, r.W+24, r.H+24)
	fmt.Fprintf(&b, `<defs><marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 1L10 5L0 9z" fill="#667085"/></marker></defs><rect x="-12" y="-12" width="100%%" height="100%%" fill="#fcfcfa"/>`)
	for i, f := range r.Frames {
		fmt.Fprintf(&b, `<rect x="%g" y="%g" width="%g" height="%g" rx="8" fill="#f1f3f7" stroke="#c5cad3" fill-opacity=".6"/>`, f.X, f.Y, f.W, f.H)
		if t := r.Titles[i]; t.W > 0 {
			fmt.Fprintf(&b, `<text x="%g" y="%g" fill="#667085">frame %d</text>`, t.X, t.Y+t.H-4, i)
		}
	}
	for i, v := range r.Nodes {
		fill := "#fff"
		if g.Nodes[i].Bar {
			fill = "#dbe9f6"
		}
		fmt.Fprintf(&b, `<rect x="%g" y="%g" width="%g" height="%g" rx="6" fill="%s" stroke="#b9bfca"/>`, v.X, v.Y, v.W, v.H, fill)
		name := fmt.Sprint(i)
		if i < len(names) {
			name = names[i]
		}
		fmt.Fprintf(&b, `<text x="%g" y="%g" text-anchor="middle">%s</text>`, v.X+v.W/2, v.Y+v.H/2+4, name)
	}
	for i, e := range r.Edges {
		if len(e.Points) == 0 {
			continue
		}
		dash, colour := "", "#667085"
		if g.Edges[i].Event {
			dash, colour = ` stroke-dasharray="6 3"`, "#2563a8"
		}
		fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="1.4" marker-end="url(#a)"%s/>`, pathData(e), colour, dash)
	}
	for _, e := range r.Edges {
		if l := e.Label; l.W > 0 {
			fmt.Fprintf(&b, `<rect x="%g" y="%g" width="%g" height="%g" fill="#fcfcfa" opacity=".9"/><text x="%g" y="%g" font-size="10" text-anchor="middle" fill="#555">label</text>`, l.X, l.Y, l.W, l.H, l.X+l.W/2, l.Y+l.H-4)
		}
	}
	b.WriteString("</svg>")
	return b.String()
}

func pathData(p Path) string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%.1f %.1f", p.Points[0].X, p.Points[0].Y)
	for i := 1; i < len(p.Points); i++ {
		if p.Curve && i%3 == 1 {
			b.WriteString("C")
		} else if !p.Curve {
			b.WriteString("L")
		}
		fmt.Fprintf(&b, " %.1f %.1f", p.Points[i].X, p.Points[i].Y)
	}
	return b.String()
}

var pictures = flag.String("pictures", "", "write every case as an SVG to this folder")

// TestPictures writes every case as an SVG, to look at.
func TestPictures(t *testing.T) {
	dir := *pictures
	if dir == "" {
		t.Skip("go test -run Pictures -pictures DIR writes pictures of the cases")
	}
	for _, c := range cases() {
		r := Layered(c.g, c.o)
		if err := os.WriteFile(filepath.Join(dir, c.name+".svg"), []byte(picture(c.g, r, c.names)), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("%-18s %+v", c.name, Measure(c.g, r))
	}
}
