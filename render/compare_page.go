package render

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/analyze/compare"
	"github.com/taut-dev/taut/analyze/graph"
)

// ComparisonVersion names the version of the JSON of compare.
const ComparisonVersion = "taut/comparison/v1"

type jsonComparison struct {
	Schema  string              `json:"schema"`
	System  string              `json:"system"`
	Designs []string            `json:"designs"`
	Fail    string              `json:"fail"`
	Failure []jsonDesignFailure `json:"failure"`
	Surge   string              `json:"surge"`
	Spike   []jsonDesignSpike   `json:"spike"`
	Metrics []jsonRow           `json:"metrics"`
	Verdict []jsonLine          `json:"verdict"`
	Short   []jsonLine          `json:"short"`
	Better  []jsonLine          `json:"better"`
	Worse   []jsonLine          `json:"worse"`
	Notes   []string            `json:"notes,omitempty"`
}

type jsonDesignFailure struct {
	Design   string   `json:"design"`
	Down     []string `json:"down"`
	Degraded []string `json:"degraded"`
	Delayed  []string `json:"delayed"`
	Radius   *float64 `json:"radius"`
}

type jsonDesignSpike struct {
	Design         string       `json:"design"`
	ReplicasBefore *float64     `json:"replicas_before"`
	ReplicasAfter  *float64     `json:"replicas_after"`
	Added          *float64     `json:"replicas_added"`
	Footprint      *float64     `json:"footprint_bytes"`
	Waste          *float64     `json:"waste"`
	Buffers        []jsonBuffer `json:"buffers"`
}

type jsonRow struct {
	Metric  string     `json:"metric"`
	Scope   string     `json:"scope"`
	Subject string     `json:"subject,omitempty"`
	Better  string     `json:"better"`
	Values  []*float64 `json:"values"`
	Change  []*float64 `json:"change"` // from the first design
	Ratio   []*float64 `json:"ratio"`  // to the first design
	Best    []bool     `json:"best"`
}

type jsonLine struct {
	Design string `json:"design"`
	Text   string `json:"text"`
}

// ComparisonPage lays a comparison out: the verdict, what got worse, the table.
func ComparisonPage(r *compare.Result) Page {
	p := Page{JSON: comparisonJSON(r)}
	p.Blocks = append(p.Blocks, Block{Text: []Cell{{r.System, Strong}, {fmt.Sprintf("  %d designs of the same system", len(r.Designs)), Muted}}})
	if len(r.Verdict) > 0 {
		p.Blocks = append(p.Blocks, Block{List: lines(r, r.Verdict)})
	}
	if len(r.Short) > 0 {
		p.Blocks = append(p.Blocks, Heading("In short"), Block{List: lines(r, r.Short)})
	}
	if len(r.Better) > 0 {
		p.Blocks = append(p.Blocks, Heading("What it gains"), Block{List: lines(r, foremost(r, r.Better))})
	}
	if len(r.Worse) > 0 {
		p.Blocks = append(p.Blocks, Heading("What it costs"), Block{List: lines(r, foremost(r, r.Worse))})
	} else if len(r.Designs) > 1 {
		p.Blocks = append(p.Blocks, Heading("What it costs"), Para("  nothing that is measured got worse"))
	}
	p.Blocks = append(p.Blocks, Heading("The measures"), Block{Table: comparisonTable(r)})
	if len(r.Notes) > 0 {
		var notes [][]Cell
		for _, n := range r.Notes {
			notes = append(notes, []Cell{{n, Muted}})
		}
		p.Blocks = append(p.Blocks, Block{List: notes})
	}
	return p
}

// linesShown is how many lines of a design a list shows: the table has them all.
const linesShown = 6

// foremost shortens the lines of every design.
func foremost(r *compare.Result, list []compare.Line) []compare.Line {
	var out []compare.Line
	for i := range r.Designs {
		own := slices.DeleteFunc(slices.Clone(list), func(l compare.Line) bool { return l.Design != i })
		more := len(own) - linesShown
		if more > 1 {
			own = append(own[:linesShown], compare.Line{Design: i, Text: fmt.Sprintf("and %d more measures", more)})
		}
		out = append(out, own...)
	}
	return out
}

func lines(r *compare.Result, list []compare.Line) [][]Cell {
	out := make([][]Cell, len(list))
	for i, l := range list {
		out[i] = []Cell{{r.Designs[l.Design].Title + ": ", Strong}, {l.Text, Plain}}
	}
	return out
}

// comparisonTable is every measure that differs, and those that do not below
// a rule of their own: equal values say something too.
func comparisonTable(r *compare.Result) *Table {
	t := &Table{Header: []string{"measure"}, Right: []bool{false}}
	for _, d := range r.Designs {
		t.Header, t.Right = append(t.Header, d.Title), append(t.Right, true)
	}
	t.Header = append(t.Header, "better")
	for _, row := range r.Rows {
		cells := []Cell{{row.Name(), Plain}}
		for i, word := range row.Words() {
			cell := Cell{word, Plain}
			if row.Best[i] {
				cell = Cell{cell.Text + " ✓", Good}
			} else if row.Metric.Better != 0 {
				cell.Text += "  "
			}
			cells = append(cells, cell)
		}
		word := map[string]string{"less": "less", "more": "more"}[row.Metric.Better.String()]
		t.Rows = append(t.Rows, append(cells, Cell{word, Muted}))
	}
	return t
}

func comparisonJSON(r *compare.Result) jsonComparison {
	out := jsonComparison{Schema: ComparisonVersion, System: r.System, Fail: r.Fail, Surge: r.Surge, Notes: r.Notes,
		Verdict: jsonLines(r, r.Verdict), Short: jsonLines(r, r.Short), Better: jsonLines(r, r.Better), Worse: jsonLines(r, r.Worse)}
	for i := range r.Designs {
		d := &r.Designs[i]
		out.Designs = append(out.Designs, d.ID)
		failure := jsonDesignFailure{Design: d.ID, Down: []string{}, Degraded: []string{}, Delayed: []string{}}
		if d.Failed >= 0 {
			g := d.Facts.Graph()
			var sets [graph.Down + 1][]int32
			for v, s := range d.States[:g.Services()] {
				if int32(v) != d.Failed {
					sets[s] = append(sets[s], int32(v))
				}
			}
			failure.Down, failure.Degraded, failure.Delayed = names(g, sets[graph.Down]), names(g, sets[graph.Degraded]), names(g, sets[graph.Delayed])
			radius := graph.Number(0)
			if d.Hit.Others > 0 {
				radius = graph.Ratio(float64(len(d.Hit.Down)), float64(d.Hit.Others))
			}
			failure.Radius = pointer(radius)
		}
		out.Failure = append(out.Failure, failure)
		spike := jsonDesignSpike{Design: d.ID, Buffers: []jsonBuffer{}}
		if d.Surged >= 0 {
			s := d.Spiked
			spike.ReplicasBefore, spike.ReplicasAfter, spike.Added = pointer(s.ReplicasBefore), pointer(s.ReplicasAfter), pointer(s.Added)
			spike.Footprint, spike.Waste = pointer(s.FootprintAfter), pointer(s.Waste)
			for _, b := range s.Buffers {
				spike.Buffers = append(spike.Buffers, buffer(d.Facts.Graph(), b))
			}
		}
		out.Spike = append(out.Spike, spike)
	}
	for _, row := range r.Rows {
		out.Metrics = append(out.Metrics, comparisonRow(row))
	}
	return out
}

func comparisonRow(row compare.Row) jsonRow {
	j := jsonRow{Metric: row.Metric.ID, Scope: string(row.Metric.Scope), Subject: row.Subject, Better: row.Metric.Better.String(), Best: row.Best}
	first := row.Values[0]
	for _, v := range row.Values {
		j.Values = append(j.Values, pointer(v))
		change, ratio := graph.Value{}, graph.Value{}
		if v.OK && first.OK {
			change, ratio = graph.Number(v.F-first.F), graph.Ratio(v.F, first.F)
		}
		j.Change, j.Ratio = append(j.Change, pointer(change)), append(j.Ratio, pointer(ratio))
	}
	return j
}

func jsonLines(r *compare.Result, list []compare.Line) []jsonLine {
	out := make([]jsonLine, len(list))
	for i, l := range list {
		out[i] = jsonLine{r.Designs[l.Design].ID, l.Text}
	}
	return out
}
