package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Diff is a difference with the names of its versions.
type Diff struct {
	Result    *diff.Result
	Old, New  string  // how messages name the versions
	Tolerance float64 // share by which a measure may get worse unsaid in the summary
	Limits    model.Limits
	Frame     Findings // of the new version, without findings: for formats of findings
}

// DiffFormats lists the formats for differences; the picture alone is the command's.
func DiffFormats() []Format[Diff] {
	page := func(write func(io.Writer, Page, Options) error) func(io.Writer, Diff, Options) error {
		return func(w io.Writer, d Diff, o Options) error { return write(w, DiffPage(d), o) }
	}
	formats := []Format[Diff]{
		{"text", "for people at a terminal", page(writePageText)},
		{"json", "for programs: schema taut/diff/v1", func(w io.Writer, d Diff, _ Options) error { return writeJSON(w, diffJSON(d)) }},
		{"markdown", "for a comment on a pull request", page(writePageMarkdown)},
		{"html", "for browsers: one web page with both versions in one picture", writeDiffHTML},
	}
	return append(formats, findingFormats()...)
}

// How much of each part a page shows; the JSON has everything.
const (
	blamedShown   = 6
	effectsShown  = 4
	changesShown  = 40
	failuresShown = 10
	findingsShown = 20
)

// DiffPage lays a difference out: the verdict, what got worse and why, then
// everything that moved.
func DiffPage(d Diff) Page {
	v := &diffView{Diff: d, r: d.Result}
	p := &Page{}
	p.Blocks = append(p.Blocks, Block{Text: []Cell{{v.r.New.Facts.System().Name, Strong}, {"  " + d.Old + " → " + d.New, Muted}}}, Block{Text: v.summary()})
	if v.r.Empty() {
		return *p
	}
	v.blame(p)
	v.findings(p)
	told := len(p.Blocks)
	v.changes(p)
	v.measures(p)
	v.failures(p)
	v.strains(p)
	v.services(p)
	for i := told; i < len(p.Blocks); i++ { // where nothing got worse, what changed is the news
		p.Blocks[i].Folded = p.Blocks[i].Heading != "" && (i > told || len(v.blamed()) > 0)
	}
	return *p
}

// diffView writes parts of the page.
type diffView struct {
	Diff
	r *diff.Result
}

// summary counts what differs, the bad news first.
func (v *diffView) summary() []Cell {
	if v.r.Empty() {
		return []Cell{{"nothing differs", Good}}
	}
	var cells []Cell
	add := func(n int, text string, tone Tone) {
		if n == 0 {
			return
		}
		if len(cells) > 0 {
			cells = append(cells, Cell{", ", Plain})
		}
		cells = append(cells, Cell{text, tone})
	}
	worse, better := v.r.Verdicts(v.Tolerance)
	more, less := v.r.Reaches()
	strained, relieved := v.r.Overloads()
	add(worse, Count(worse, "measure")+" worse", Bad)
	add(more, Count(more, "failure")+" "+verbFor(more, "hits", "hit")+" more", Bad)
	add(strained, Count(strained, "overload")+" worse", Bad)
	add(len(v.r.Fresh), Count(len(v.r.Fresh), "new finding"), Bad)
	add(better, Count(better, "measure")+" better", Good)
	add(less, Count(less, "failure")+" "+verbFor(less, "hits", "hit")+" less", Good)
	add(relieved, Count(relieved, "overload")+" better", Good)
	add(len(v.r.Fixed), Count(len(v.r.Fixed), "finding")+" fixed", Good)
	add(len(v.r.Changes), Count(len(v.r.Changes), "change")+" in all", Plain)
	if v.r.Still() {
		add(1, "no measure moves", Muted)
	}
	return cells
}

func verbFor(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// blame tells, for each change that something got worse by, what and what to do.
func (v *diffView) blame(p *Page) {
	list := v.blamed()
	if len(list) == 0 {
		return
	}
	p.Blocks = append(p.Blocks, Heading("What got worse, and why"))
	for n, b := range list[:min(len(list), blamedShown)] {
		c := &v.r.Changes[b.change]
		p.Blocks = append(p.Blocks, Block{Text: []Cell{{sentence(v.title(c)), Strong}, {v.where(c), Muted}}})
		var items [][]Cell
		for _, text := range slices.Concat(v.crossing(c), v.endless(b.change), v.failureEffects(b), v.overloads(b), v.moveEffects(b)) {
			items = append(items, []Cell{{text, Plain}})
		}
		for i, text := range v.remedy(b, n == 0) {
			word := "what to do:"
			if i > 0 {
				word = "or:"
			}
			items = append(items, []Cell{{word, Good}, {" " + text, Plain}})
		}
		p.Blocks = append(p.Blocks, Block{List: items})
	}
	if more := len(list) - blamedShown; more > 0 {
		p.Blocks = append(p.Blocks, Para(fmt.Sprintf("and %s that made something worse; --format json lists all", Count(more, "more change"))))
	}
	if v.r.Left > 0 {
		p.Blocks = append(p.Blocks, Para(fmt.Sprintf("The share of %s was worked out; %d more were not.", Count(v.r.Weighed, "change"), v.r.Left)))
	}
}

// where is the place of a change, behind its title.
func (v *diffView) where(c *diff.Change) string {
	if c.Pos.IsZero() {
		return ""
	}
	return "  at " + c.Pos.String()
}

// title names a change: "new synchronous dependency Catalogue → Payments".
func (v *diffView) title(c *diff.Change) string {
	op := [...]string{diff.Added: "new ", diff.Removed: "removed ", diff.Changed: "changed "}[c.Op]
	if !c.Kind.Edge() {
		return op + c.Kind.String() + " " + v.label(c.ID) + v.fields(c)
	}
	return op + v.edgeWord(c) + " " + v.ends(c) + v.fields(c)
}

// edgeWord says what kind of edge a change is about.
func (v *diffView) edgeWord(c *diff.Change) string {
	switch {
	case c.Kind == diff.Publication:
		return "publication"
	case c.Kind == diff.Consumption:
		return "consumption"
	case c.Kind == diff.Ground:
		return "ground"
	case c.Target == graph.Store:
		return "use of a store"
	case c.Target == graph.Channel:
		return "use of a channel"
	case c.Op == diff.Changed && slices.ContainsFunc(c.Fields, func(f diff.Field) bool { return f.Key == "needs" }):
		return "dependency" // it says itself whether it is hard
	case !c.Hard:
		return "soft dependency"
	}
	return "synchronous dependency"
}

// ends writes the two ends of an edge in the direction of the dependency.
func (v *diffView) ends(c *diff.Change) string {
	names := make([]string, len(c.To))
	for i, id := range c.To {
		names[i] = v.label(id)
	}
	to := strings.Join(names, " or ")
	if c.Kind == diff.Consumption {
		return to + " ⇢ " + v.label(c.From)
	}
	arrow := " → "
	if c.Kind == diff.Publication {
		arrow = " ⇢ "
	}
	return v.label(c.From) + arrow + to
}

// fields says what exactly a change changed.
func (v *diffView) fields(c *diff.Change) string {
	var parts []string
	for _, f := range c.Fields {
		name := f.Key
		if name != "" {
			name += " "
		}
		switch {
		case f.List:
			text := ""
			if f.New != "" {
				text = "+ " + f.New
			}
			if f.Old != "" {
				text = strings.TrimPrefix(text+", − "+f.Old, ", ")
			}
			parts = append(parts, name+text)
		default:
			unsaid := cmp.Or(f.Default, "none")
			parts = append(parts, name+cmp.Or(f.Old, unsaid)+" → "+cmp.Or(f.New, unsaid))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// label is what people call an element of either version.
func (v *diffView) label(id string) string {
	for _, side := range []diff.Side{v.r.New, v.r.Old} {
		if n, ok := side.Facts.Graph().Lookup(id); ok {
			return side.Facts.Graph().Label(n)
		}
	}
	return id
}

// sentence begins a text with a capital.
func sentence(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
