package render

import (
	"bytes"
	"html/template"
	"io"
	"strings"

	"github.com/taut-dev/taut/analyze/compare"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/render/svg"
)

// ComparisonFormats lists the formats for comparisons: those of pages, with a
// web page that has the picture.
func ComparisonFormats() []Format[*compare.Result] {
	var out []Format[*compare.Result]
	for _, f := range PageFormats() {
		write := func(w io.Writer, r *compare.Result, o Options) error { return f.Write(w, ComparisonPage(r), o) }
		if f.Name == "html" {
			write = writeComparisonHTML
		}
		out = append(out, Format[*compare.Result]{f.Name, f.Doc, write})
	}
	return out
}

// writeComparisonHTML writes the picture of a comparison, in which anything can
// be failed in all designs at once, and the blocks of every other format.
func writeComparisonHTML(w io.Writer, r *compare.Result, o Options) error {
	var b bytes.Buffer
	if err := svg.Compare(&b, ComparisonScene(r), svg.Options{Page: true, Prefix: "d1"}); err != nil {
		return err
	}
	p := htmlPage{Title: r.System, About: r.Designs[0].Facts.System().Description, Version: o.Version}
	p.Subtitle = plural(len(r.Designs), "design", "designs") + " of the same system"
	p.Figure = &htmlFigure{Title: "Side by side", Pictures: []htmlPicture{{ID: "d1", SVG: template.HTML(b.String()), Whole: true, Fails: true}}}
	if strings.Contains(b.String(), ` id="d1-c1-2-`) { // else services are squares without names
		p.Data = comparisonData(r)
	}
	blocks := ComparisonPage(r).Blocks[1:]
	if len(blocks) > 0 && blocks[0].Heading == "" {
		blocks = append([]Block{Heading("The verdict")}, blocks...)
	}
	p.Sections = htmlSections(blocks)
	return p.write(w)
}

func comparisonData(r *compare.Result) *htmlData {
	var graphs []*graph.Graph
	for i := range r.Designs {
		graphs = append(graphs, r.Designs[i].Facts.Graph())
	}
	d := newHTMLData(graphs...)
	d.Fail = r.Fail
	for i := range r.Designs {
		d.Designs[i].Title = show(r.Designs[i].Title)
	}
	return d
}
