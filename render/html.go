package render

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render/svg"
)

// assets are the page's own template, style and scripts: all that a browser
// runs. What a file says reaches the page as text and as JSON only.
//
//go:embed html
var assets embed.FS

func asset(name string) string {
	data, err := assets.ReadFile("html/" + name)
	if err != nil {
		panic(err) // it is part of the program
	}
	return string(data)
}

// htmlPage is a page as the template reads it.
type htmlPage struct {
	Title, Design, Subtitle, About, Version string
	Policy                                  template.HTML // the whole meta element: constants and hashes of ours
	Style                                   template.CSS
	Scripts                                 []template.JS
	Cards                                   []htmlCard
	Figure                                  *htmlFigure // nil: none
	Notes                                   [][]Cell
	Data                                    *htmlData // nil: nothing to compute in the page
	Sections                                []htmlSection
	Live                                    int // number of a page that reloads itself, see LiveReport; 0: it does not
}

// htmlCard is a headline: a number in large type.
type htmlCard struct {
	Label, Value, Caption string
	Tone                  Tone
	Href                  template.URL // the section that tells more: ours
}

// htmlSection is a part of the page that the navigation leads to.
type htmlSection struct {
	ID, Title, About string
	Blocks           []htmlBlock
}

// htmlBlock is a block of a page; Grid replaces Table.
type htmlBlock struct {
	Block
	Grid *htmlGrid
}

// htmlGrid is a table whose rows know which node they are about.
type htmlGrid struct {
	Label   string // for screen readers
	Columns []htmlColumn
	Rows    []htmlRow
}

type htmlColumn struct {
	Title, Tip string
	Right      bool
}

type htmlRow struct {
	Node  string // id of the node it is about; empty: none
	Cells []htmlCell
}

type htmlCell struct {
	Cell
	Right bool
	Bar   string // length of a bar in percent, 0 to 100; empty: none
	Key   string // what the column sorts by; empty: the text
}

// write finishes the page: style, scripts and the policy that allows these and
// nothing else.
func (p *htmlPage) write(w io.Writer) error {
	p.Style = template.CSS(svg.PageStyle() + "body{font-family:" + svg.Fonts + "}\n" + asset("page.css"))
	p.Scripts = []template.JS{template.JS(asset("page.js"))}
	if p.Figure != nil {
		p.Scripts = append(p.Scripts, template.JS(asset("view.js")))
	}
	if p.Data != nil {
		p.Scripts = append(p.Scripts, template.JS(asset("picture.js")))
	}
	if p.Live > 0 {
		p.Scripts = append(p.Scripts, template.JS(asset("live.js")))
	}
	p.Policy = template.HTML(`<meta http-equiv="Content-Security-Policy" content="` + p.policy() + `"/>`)
	t, err := template.New("page").Funcs(template.FuncMap{"show": show, "tone": toneClass}).Parse(asset("page.html"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return err
	}
	_, err = b.WriteTo(w)
	return err
}

// policy is the Content-Security-Policy of the page: nothing is fetched, and
// nothing runs but what is named by its hash.
func (p *htmlPage) policy() string {
	scripts := make([]string, len(p.Scripts))
	for i, s := range p.Scripts {
		scripts[i] = hashSource(string(s))
	}
	policy := "default-src 'none'; style-src " + hashSource(string(p.Style)) + "; script-src " + strings.Join(scripts, " ") +
		"; img-src data:; base-uri 'none'; form-action 'none'"
	if p.Live > 0 {
		policy += "; connect-src 'self'"
	}
	return policy
}

func hashSource(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// show makes a stranger's text fit to be shown: what would control the text
// round it is written out. The template escapes it for the place it goes to.
func show(text string) string { return model.Safe(text) }

func toneClass(t Tone) string {
	return [...]string{"", "strong", "muted", "good", "bad", "caution"}[t]
}

// grid turns a table of any page into one of the web page. A first cell left
// blank because it repeats the one above is filled in, as rows can be sorted.
func grid(label string, t *Table) *htmlGrid {
	g := &htmlGrid{Label: label}
	right := func(i int) bool { return i < len(t.Right) && t.Right[i] }
	for i, h := range t.Header {
		g.Columns = append(g.Columns, htmlColumn{Title: h, Right: right(i)})
	}
	above := ""
	for _, row := range t.Rows {
		var out htmlRow
		for i, c := range row {
			switch {
			case i == 0 && c.Text == "" && above != "":
				c = Cell{above, Muted}
			case i == 0:
				above = c.Text
			}
			out.Cells = append(out.Cells, htmlCell{Cell: c, Right: right(i)})
		}
		g.Rows = append(g.Rows, out)
	}
	return g
}

// htmlBlocks turns blocks of any page into those of the web page.
func htmlBlocks(label string, blocks []Block) []htmlBlock {
	var out []htmlBlock
	for _, b := range blocks {
		block := htmlBlock{Block: b}
		if b.Table != nil {
			block.Grid, block.Table = grid(label, b.Table), nil
		}
		out = append(out, block)
	}
	return out
}

// htmlSections makes a section of every heading and what is under it.
func htmlSections(blocks []Block) []htmlSection {
	var out []htmlSection
	for _, b := range blocks {
		if b.Heading != "" || len(out) == 0 {
			out = append(out, htmlSection{ID: fmt.Sprintf("part-%d", len(out)+1), Title: b.Heading})
		}
		if b.Heading == "" {
			last := &out[len(out)-1]
			last.Blocks = append(last.Blocks, htmlBlocks(last.Title, []Block{b})...)
		}
	}
	return out
}

// writePageHTML writes any page as a web page, its first line as the title.
func writePageHTML(w io.Writer, p Page, o Options) error {
	page := htmlPage{Title: "taut", Version: o.Version}
	blocks := p.Blocks
	if len(blocks) > 0 && len(blocks[0].Text) > 0 {
		page.Title, blocks = strings.TrimSpace(blocks[0].Text[0].Text), blocks[1:]
		for _, c := range p.Blocks[0].Text[1:] {
			page.Subtitle = strings.TrimSpace(page.Subtitle + c.Text)
		}
	}
	page.Sections = htmlSections(blocks)
	return page.write(w)
}
