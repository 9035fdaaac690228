package render

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// htmlRows is how many rows a table of the web page has at most.
const htmlRows = 2000

// writeHTML writes the report as one web page that needs nothing else.
func (r *Report) writeHTML(w io.Writer, o Options) error {
	p, err := r.html(o)
	if err != nil {
		return err
	}
	return p.write(w)
}

// html lays the web page out: headlines, the picture, tables, what was found.
func (r *Report) html(o Options) (*htmlPage, error) {
	sys := r.Facts.System()
	p := &htmlPage{Title: sys.Name, About: sys.Description, Version: o.Version, Notes: r.notes(), Data: newHTMLData(r.Facts.Graph())}
	if r.Failed != nil {
		p.Data.Fail = r.Facts.Graph().ID(r.Failed.Node)
	}
	if sys.Design != "base" {
		p.Design = sys.Design
	}
	title := r.title()
	p.Subtitle = strings.TrimSpace(title[len(title)-1].Text)
	p.Cards = r.cards()
	var err error
	if p.Figure, err = r.figure(); err != nil {
		return nil, err
	}
	p.Sections = append(p.Sections, r.failuresHTML(), r.servicesHTML(), r.findingsHTML())
	for _, s := range Sections() {
		if s.Name != "coupling" && s.Name != "blast" { // the two tables above have these
			p.Sections = append(p.Sections, r.section(s))
		}
	}
	return p, nil
}

// cards are the headlines of the first screen.
func (r *Report) cards() []htmlCard {
	coupling := htmlCard{"Coupling", r.value("tightness"), "tightness; propagation cost " + r.value("propagation_cost"), Plain, "#services"}
	switch n := r.value("cycles"); n {
	case "0":
		coupling.Caption += ", no cycles"
	case "1":
		coupling.Caption += ", 1 cycle of calls"
	default:
		coupling.Caption += ", " + n + " cycles of calls"
	}
	radius := htmlCard{"Blast radius", r.value("blast_radius.max"), r.worstFailure() + "; mean " + r.value("blast_radius.mean"), Plain, "#failures"}
	if _, words, ok := strings.Cut(radius.Caption, "("); ok {
		radius.Caption = strings.Replace(words, ")", "", 1)
	}
	lines := r.scalingLine()
	units := htmlCard{"Scaling", strconv.Itoa(len(r.Facts.Scaling().Units)), "scaling units for " + Count(r.Facts.Graph().Services(), "service"), Plain, "#scaling"}
	if len(lines) > 1 {
		units.Caption += "; " + lines[1]
	}
	cards := []htmlCard{coupling, radius, units}
	if c, ok := r.journeyCard(); ok {
		cards = append(cards, c)
	}
	return append(cards, r.findingsCard())
}

// journeyCard shows the journey that is nearest to missing its objective, or
// without objectives the one that works least.
func (r *Report) journeyCard() (htmlCard, bool) {
	list := r.Facts.Journeys()
	if len(list) == 0 {
		return htmlCard{}, false
	}
	worst := &list[0]
	for i := range list {
		x := &list[i]
		switch {
		case x.Margin.OK != worst.Margin.OK:
			if x.Margin.OK {
				worst = x
			}
		case x.Margin.OK && x.Margin.F < worst.Margin.F, !x.Margin.OK && x.Works.Value < worst.Works.Value:
			worst = x
		}
	}
	c := htmlCard{"Availability", metric.Percent(worst.Works.Value), "journey " + worst.Journey.ID, Plain, "#availability"}
	if worst.Journey.Objective != nil {
		c.Caption += ", objective " + metric.Percent(*worst.Journey.Objective)
		c.Tone = Good
		if worst.Margin.F < 0 {
			c.Tone = Bad
		}
	}
	c.Caption += "; down " + metric.Number(worst.MinutesDown) + " min a month"
	return c, true
}

func (r *Report) findingsCard() htmlCard {
	var counts [model.Error + 1]int
	for _, d := range r.Findings {
		counts[d.Severity]++
	}
	c := htmlCard{"Findings", strconv.Itoa(len(r.Findings)), "nothing to report", Good, "#findings"}
	if len(r.Findings) > 0 {
		c.Caption, c.Tone = Count(counts[model.Error], "error")+", "+Count(counts[model.Warning], "warning")+", "+Count(counts[model.Note], "note"), Plain
	}
	if counts[model.Error] > 0 {
		c.Tone = Bad
	}
	return c
}

// section is one of the sections of every format. Its heading is the page's.
func (r *Report) section(s Section) htmlSection {
	out := htmlSection{ID: s.Name, Title: sentence(s.Name), About: sentence(s.Doc) + "."}
	blocks := s.blocks(r)
	if len(blocks) > 0 && blocks[0].Heading != "" {
		blocks = blocks[1:]
	}
	out.Blocks = htmlBlocks(s.Name, blocks)
	return out
}

// failuresHTML is every single failure, the worst first.
func (r *Report) failuresHTML() htmlSection {
	g := r.Facts.Graph()
	order := slices.Clone(r.Facts.Blast().Failures)
	slices.SortStableFunc(order, worseFirst)
	weighs := r.weighs()
	t := &htmlGrid{Label: "Every single failure", Columns: []htmlColumn{{"when this fails", "", false}, {"kind", "", false}}}
	if weighs {
		t.Columns = append(t.Columns, htmlColumn{"weighted", "the blast radius with every service counted by its tier and its journeys' requests", true})
	}
	t.Columns = append(t.Columns, []htmlColumn{{"blast radius", "share of the other services that go down", true},
		{"down", "services that do not work", true}, {"degraded", "services that work with less", true}, {"delayed", "services that wait, or work on old data", true},
		{"who is down", "", false}}...)
	for _, f := range order[:min(len(order), htmlRows)] {
		down, _, _ := r.hit(f)
		for i, id := range down {
			v, _ := g.Lookup(id)
			down[i] = g.Label(v)
		}
		tone := Plain
		if f.NDown == 0 {
			tone = Muted
		}
		cells := []htmlCell{{Cell: Cell{g.Label(f.Node), Strong}}, {Cell: Cell{g.Kind(f.Node).String(), Muted}}}
		if weighs {
			cells = append(cells, htmlCell{Cell: Cell{metric.Percent(f.Weighted), tone}, Right: true, Key: strconv.FormatFloat(f.Weighted, 'f', 6, 64)})
		}
		t.Rows = append(t.Rows, htmlRow{g.ID(f.Node), append(cells, []htmlCell{
			{Cell: Cell{metric.Percent(f.Radius), tone}, Right: true, Bar: strconv.FormatFloat(100*f.Radius, 'f', 1, 64), Key: strconv.FormatFloat(f.Radius, 'f', 6, 64)},
			count(int(f.NDown)), count(int(f.NDegraded)), count(int(f.NDelayed)), {Cell: Cell{strings.Join(down[:min(len(down), 8)], ", ") + andMore(len(down)-8), Muted}}}...)})
	}
	return htmlSection{ID: "failures", Title: "Failures", About: "Every single failure and whom it hits, the worst first: " + r.orderWords() + ".",
		Blocks: append([]htmlBlock{{Grid: t}}, leftOut(len(order))...)}
}

// count is a number that is quiet when it is 0.
func count(n int) htmlCell {
	tone := Plain
	if n == 0 {
		tone = Muted
	}
	return htmlCell{Cell: Cell{strconv.Itoa(n), tone}, Right: true}
}

func andMore(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

func leftOut(n int) []htmlBlock {
	if n <= htmlRows {
		return nil
	}
	return []htmlBlock{{Block: Para(fmt.Sprintf("and %d more; --format json lists them all", n-htmlRows))}}
}

// serviceColumns are the measures that the table of services has.
var serviceColumns = [...]struct{ id, title string }{
	{"afferent", "used by"}, {"efferent", "uses"}, {"instability", "instability"}, {"tightness", "tightness"}, {"blast_radius", "blast radius"},
	{"exposure", "exposure"}, {"call_depth", "call depth"}, {"shared_stores", "shared stores"}, {"availability", "availability"},
	{"load", "load"}, {"utilisation", "busy"}, {"replicas_at_peak", "replicas at peak"}, {"role", "role"},
}

// servicesHTML is every service with its measures.
func (r *Report) servicesHTML() htmlSection {
	g := r.Facts.Graph()
	t := &htmlGrid{Label: "Every service", Columns: []htmlColumn{{"service", "", false}, {"team", "", false}}}
	var metrics []metric.Metric
	for _, c := range serviceColumns {
		if m, ok := metric.Find(metric.Service, c.id); ok {
			metrics = append(metrics, m)
			t.Columns = append(t.Columns, htmlColumn{c.title, m.Title, len(m.Words) == 0})
		}
	}
	for v := range int32(min(g.Services(), htmlRows)) {
		row := htmlRow{g.ID(v), []htmlCell{{Cell: Cell{g.Label(v), Strong}}, {Cell: Cell{g.Entity(v).Owner, Muted}}}}
		for i := range metrics {
			row.Cells = append(row.Cells, r.measure(&metrics[i], g.ID(v)))
		}
		t.Rows = append(t.Rows, row)
	}
	return htmlSection{ID: "services", Title: "Services", About: "How tightly each service is tied to the others, and what it carries.",
		Blocks: append([]htmlBlock{{Grid: t}}, leftOut(g.Services())...)}
}

// measure is one value of a service.
func (r *Report) measure(m *metric.Metric, id string) htmlCell {
	v, _ := r.Table.Value(metric.Service, m.ID, id)
	c := htmlCell{Cell: Cell{m.Format(v), Plain}, Right: len(m.Words) == 0}
	if !v.OK || c.Right && v.F == 0 {
		c.Tone = Muted
	}
	if c.Right && v.OK {
		c.Key = strconv.FormatFloat(v.F, 'g', 9, 64)
	}
	return c
}

var severityKeys = [...]string{model.Error: "0", model.Warning: "1", model.Note: "2"}

// findingsHTML lists what the rules found.
func (r *Report) findingsHTML() htmlSection {
	s := htmlSection{ID: "findings", Title: "Findings", About: "What the lint rules report; taut explain RULE tells more."}
	if len(r.Findings) == 0 {
		s.Blocks = []htmlBlock{{Block: Para("Nothing to report.")}}
		return s
	}
	s.Blocks = append([]htmlBlock{{Grid: findingsGrid(r.Findings)}}, leftOut(len(r.Findings))...)
	return s
}

func findingsGrid(list model.Diagnostics) *htmlGrid {
	t := &htmlGrid{Label: "Findings", Columns: []htmlColumn{{"what", "", false}, {"severity", "", false}, {"what to do", "", false}, {"rule", "", false}, {"where", "", false}}}
	for _, d := range list[:min(len(list), htmlRows)] {
		t.Rows = append(t.Rows, htmlRow{Cells: []htmlCell{
			{Cell: Cell{d.Message, Plain}}, {Cell: Cell{d.Severity.String(), severityTones[d.Severity]}, Key: severityKeys[d.Severity]},
			{Cell: Cell{d.Hint, Muted}}, {Cell: Cell{d.Rule, Muted}}, {Cell: Cell{d.Pos.String(), Muted}}}})
	}
	return t
}
