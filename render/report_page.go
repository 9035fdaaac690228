package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// Section is one part of the report that is shown when asked for.
type Section struct {
	Name   string
	Doc    string
	blocks func(*Report) []Block
}

// Sections lists the sections of the report in its order.
func Sections() []Section {
	return []Section{
		{"coupling", "every service's coupling measures", couplingSection},
		{"blast", "every single failure, who it hits, and what would help most", blastSection},
		{"scaling", "load, replicas, waits, surges over time, buffers, deadlines, cost", scalingSection},
		{"availability", "journeys: exact availability and bounds, cut sets, importance, budgets", availabilitySection},
		{"scorecard", "the principles of decoupled systems, with evidence", scorecardSection},
		{"metrics", "every metric of the system, teams and journeys", metricsSection},
	}
}

// ReportFormats lists the formats for reports: those of pages, with a JSON that
// is written piece by piece because it can be large, and a
// web page that has pictures.
func ReportFormats() []Format[*Report] {
	var out []Format[*Report]
	for _, f := range PageFormats() {
		write := func(w io.Writer, r *Report, o Options) error { return f.Write(w, r.page(), o) }
		switch f.Name {
		case "json":
			write = func(w io.Writer, r *Report, _ Options) error { return r.writeJSON(w) }
		case "html":
			write = func(w io.Writer, r *Report, o Options) error { return r.writeHTML(w, o) }
		}
		out = append(out, Format[*Report]{f.Name, f.Doc, write})
	}
	return out
}

// page lays the report out: one screen, unless single sections are asked for, then
// these.
func (r *Report) page() Page {
	var p Page
	if r.Failed != nil {
		p.Blocks = r.failBlocks()
		return p
	}
	p.Blocks = []Block{{Text: r.title()}}
	if len(r.Details) == 0 || len(r.Details) == len(Sections()) {
		p.Blocks = append(p.Blocks, r.firstScreen()...)
	}
	for _, s := range r.Details {
		p.Blocks = append(p.Blocks, s.blocks(r)...)
	}
	if notes := r.notes(); len(notes) > 0 {
		p.Blocks = append(p.Blocks, Block{List: notes})
	}
	if len(r.Details) == 0 && !r.Bare {
		p.Blocks = append(p.Blocks, Block{Text: []Cell{{"more: --section " + sectionNames() + " or all; taut explain NAME", Muted}}})
	}
	return p
}

// firstScreen is what everything comes to, and the services to look at first.
func (r *Report) firstScreen() []Block {
	blocks := []Block{{Table: r.headlines()}}
	if worst := r.worst(); len(worst.Rows) > 0 {
		blocks = append(blocks, Heading("Worth a look first"), Block{Table: worst})
	}
	return blocks
}

func sectionNames() string {
	var words []string
	for _, s := range Sections() {
		words = append(words, s.Name)
	}
	return strings.Join(words, ", ")
}

func (r *Report) title() []Cell {
	g := r.Facts.Graph()
	parts := []string{}
	for _, k := range graph.Kinds() {
		if from, to := g.Range(k); to > from {
			parts = append(parts, Count(int(to-from), k.String()))
		}
	}
	parts = append(parts, plural(g.Depends().Edges(), "dependency", "dependencies"))
	design := ""
	if d := r.Facts.System().Design; d != "" && d != "base" {
		design = " as " + d
	}
	return []Cell{{r.Facts.System().Name, Strong}, {design, Plain}, {"  " + strings.Join(parts, ", "), Muted}}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// value writes one metric of the system.
func (r *Report) value(id string) string {
	return r.of(metric.System, id, "")
}

func (r *Report) of(scope metric.Scope, id, subject string) string {
	m, ok := metric.Find(scope, id)
	if !ok {
		return "n/a"
	}
	v, _ := r.Table.Value(scope, id, subject)
	return m.Format(v)
}

// headlines is the first screen: what coupling, failure and scaling come to.
func (r *Report) headlines() *Table {
	t := &Table{}
	add := func(title string, cells ...string) {
		t.Rows = append(t.Rows, []Cell{{title, Strong}, {strings.Join(cells, "; "), Plain}})
	}
	cycles := r.value("cycles") + " cycles"
	switch r.value("cycles") {
	case "0":
		cycles = "no cycles"
	case "1":
		cycles = "1 cycle"
	}
	add("Coupling", "tightness "+r.value("tightness"), "propagation cost "+r.value("propagation_cost"), cycles, "longest call chain "+r.value("call_depth"))
	add("Blast radius", r.worstFailure(), "mean "+r.value("blast_radius.mean"))
	add("Scaling", r.scalingLine()...)
	if line := r.availabilityLine(); line != "" {
		add("Availability", line)
	}
	return t
}

func (r *Report) worstFailure() string {
	worst := r.Facts.Blast().Max()
	if worst == nil || worst.NDown == 0 {
		return r.worstWords()
	}
	return fmt.Sprintf("worst %s (%s)", metric.Percent(worst.Radius), r.worstWords())
}

func (r *Report) scalingLine() []string {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	out := []string{fmt.Sprintf("%s for %s", plural(len(s.Units), "scaling unit", "scaling units"), Count(g.Services(), "service"))}
	widest := -1
	for i, x := range s.Surge {
		if widest < 0 || x.Share > s.Surge[widest].Share {
			widest = i
		}
	}
	if widest >= 0 {
		x := s.Surge[widest]
		out = append(out, fmt.Sprintf("a spike on %s may force %d of %d to scale", g.Label(x.Entry), x.Forced, g.Services()))
	}
	out = append(out, r.value("replicas_at_peak")+" replicas at peak")
	if s.Waste.OK && s.Waste.F > 0.005 {
		out = append(out, "waste "+metric.Percent(s.Waste.F))
	}
	if s.Relative {
		out = append(out, "relative: the file gives no load")
	}
	return out
}

func (r *Report) availabilityLine() string {
	var parts []string
	for i, j := range r.Facts.System().Journeys {
		if i == 3 {
			parts = append(parts, fmt.Sprintf("%d more", len(r.Facts.System().Journeys)-i))
			break
		}
		text := j.ID + " " + r.of(metric.Journey, "availability", j.ID)
		if j.Objective != nil {
			text += " of " + metric.Percent(*j.Objective)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// worst lists the five services to look at first: those that take most others
// down, then those tied tightest to the rest.
func (r *Report) worst() *Table {
	g := r.Facts.Graph()
	order := make([]int32, g.Services())
	for i := range order {
		order[i] = int32(i)
	}
	failures, services := r.Facts.Blast().Failures, r.Facts.Tightness().Services
	radius := func(v int32) float64 { return failures[v].Weighted } // all kinds fail, so they are numbered as nodes are
	tight := func(v int32) float64 { return services[v].F }
	order = least(order, 5, func(a, b int32) int {
		return cmp.Or(cmp.Compare(radius(b), radius(a)), cmp.Compare(tight(b), tight(a)), cmp.Compare(a, b))
	})
	t := &Table{Header: []string{"service", "takes down", "tightness", "used by", "uses", "why"}, Right: []bool{false, true, true, true, true}}
	for _, v := range order {
		if radius(v) == 0 && tight(v) == 0 {
			break
		}
		f, id := r.Facts.Blast().Of(v), g.ID(v)
		t.Rows = append(t.Rows, []Cell{{g.Label(v), Strong}, {fmt.Sprintf("%d of %d", f.NDown, g.Services()-1), Plain},
			{r.of(metric.Service, "tightness", id), Plain}, {r.of(metric.Service, "afferent", id), Plain},
			{r.of(metric.Service, "efferent", id), Plain}, {r.why(v, f), Muted}})
	}
	return t
}

// why gives the reason a service is in the list, from the failure's victims
// and the tightest link.
func (r *Report) why(v int32, f *blast.Failure) string {
	g := r.Facts.Graph()
	if f.NDown > 0 {
		return "down with it: " + fewNodes(g, r.hitNodes(*f)[graph.Down])
	}
	m, _ := metric.Find(metric.Service, "tightness")
	if term, ok := metric.Contributor(r.Facts, m, int(v)); ok {
		return "tightest link: " + term.Label
	}
	return r.of(metric.Service, "role", g.ID(v))
}

func few(words []string) string { return fewOf(words, len(words)) }

// fewNodes is few for the ids of nodes in their order, without sorting them all.
func fewNodes(g *graph.Graph, nodes []int32) string {
	first := least(nodes, fewShown+1, func(a, b int32) int { return cmp.Compare(g.ID(a), g.ID(b)) })
	return fewOf(names(g, first), len(nodes))
}

// fewShown is how many words stand for a long list; one more is named as well.
const fewShown = 3

func fewOf(first []string, all int) string {
	if all <= fewShown+1 {
		return strings.Join(first, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(first[:fewShown], ", "), all-fewShown)
}

// least gives the n smallest, in order, of many.
func least[T any](all []T, n int, compare func(a, b T) int) []T {
	out := make([]T, 0, n+1)
	for _, x := range all {
		if len(out) == n && compare(x, out[n-1]) >= 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(out, x, compare)
		out = slices.Insert(out, i, x)[:min(len(out)+1, n)]
	}
	return out
}

// notes are what a reader must know to trust the numbers.
func (r *Report) notes() [][]Cell {
	var out [][]Cell
	for _, n := range r.Facts.System().Notes {
		out = append(out, []Cell{{n, Muted}})
	}
	for _, p := range r.Facts.Scaling().Problems {
		out = append(out, []Cell{{p.Pos.String() + ": " + p.Message, Caution}, {"; " + p.Hint, Plain}})
	}
	if a := r.assumedScaling(); len(a) > 0 {
		out = append(out, []Cell{{fmt.Sprintf("duration or memory assumed for %s, so their replicas are too (taut explain defaults)", few(a)), Muted}})
	}
	if a := r.assumed(); len(a) > 0 {
		out = append(out, []Cell{{fmt.Sprintf("availability assumed for %s (taut explain defaults)", fewNodes(r.Facts.Graph(), a)), Muted}})
	}
	return out
}

// assumedScaling names the services with load whose duration or memory is a
// default.
func (r *Report) assumedScaling() []string {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	var out []string
	for v, assumed := range s.Assumed {
		if assumed && s.Load[v].OK && s.Load[v].F > 0 && !s.Relative {
			out = append(out, g.ID(int32(v)))
		}
	}
	return out
}
