package render

import (
	"html/template"
	"io"
	"strconv"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/model"
)

// writeDiffHTML writes both versions in one picture, in which anything can be
// failed as it was and as it is, and the blocks of every other format.
func writeDiffHTML(w io.Writer, d Diff, o Options) error {
	page := DiffPage(d)
	p := htmlPage{Title: d.Result.New.Facts.System().Name, Subtitle: d.Old + " → " + d.New, Version: o.Version}
	blocks := page.Blocks[1:]
	if d.Result.Empty() {
		p.Sections = htmlSections(blocks)
		return p.write(w)
	}
	p.Figure = &htmlFigure{Title: "What changed"}
	s := DiffScene(d)
	s.Headlines = nil // the cards have them
	if err := p.Figure.add("", s); err != nil {
		return err
	}
	p.Data = newHTMLData(d.Result.Old.Facts.Graph(), d.Result.New.Facts.Graph())
	p.Data.Designs[0].Title, p.Data.Designs[1].Title = show(d.Old), show(d.New)
	p.Sections = htmlSections(blocks[1:])
	for i := range p.Sections {
		if p.Sections[i].Title == p.Figure.Title {
			p.Sections[i].Title = "Changes"
		}
	}
	p.Cards = diffCards(d, p.Sections)
	return p.write(w)
}

// diffCards are the summary in large type.
func diffCards(d Diff, sections []htmlSection) []htmlCard {
	r := d.Result
	worse, better := r.Verdicts(d.Tolerance)
	more, less := r.Reaches()
	warnings := 0
	for _, f := range r.Fresh {
		if f.Severity >= model.Warning {
			warnings++
		}
	}
	card := func(label, section string, bad, good int, caption string) htmlCard {
		c := htmlCard{Label: label, Value: strconv.Itoa(bad), Caption: caption, Tone: Plain, Href: "#picture"}
		switch {
		case bad > 0:
			c.Tone = Bad
		case good > 0:
			c.Tone = Good
		}
		for _, s := range sections {
			if s.Title == section {
				c.Href = template.URL("#" + s.ID)
			}
		}
		return c
	}
	changes := card("Changes", "Changes", 0, 0, operations(r.Changes))
	changes.Value = strconv.Itoa(len(r.Changes))
	return []htmlCard{
		changes,
		card("Measures worse", "Measures that moved", worse, better, strconv.Itoa(better)+" better"),
		card("Failures that hit more", "Failures that reach further or less far", more, less, strconv.Itoa(less)+" "+verbFor(less, "hits", "hit")+" less"),
		card("Findings new", "Findings", len(r.Fresh), len(r.Fixed), Count(warnings, "warning")+" or worse; "+strconv.Itoa(len(r.Fixed))+" fixed"),
	}
}

// operations counts changes by what they do.
func operations(list []diff.Change) string {
	var n [3]int
	for i := range list {
		n[list[i].Op]++
	}
	return strconv.Itoa(n[diff.Added]) + " added, " + strconv.Itoa(n[diff.Removed]) + " removed, " + strconv.Itoa(n[diff.Changed]) + " changed"
}
