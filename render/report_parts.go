package render

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// rowsShown is how many rows a section's table has at most as text; the JSON
// has all.
const rowsShown = 50

// withMore says what a table leaves out.
func withMore(blocks []Block, n int) []Block {
	if n > rowsShown {
		blocks = append(blocks, Para(fmt.Sprintf("and %d more; --format json lists them all", n-rowsShown)))
	}
	return blocks
}

// muted is a paragraph that explains rather than tells.
func muted(text string) Block { return Block{Text: []Cell{{text, Muted}}} }

// filled drops a table without rows.
func filled(blocks []Block, tables ...*Table) []Block {
	for _, t := range tables {
		if len(t.Rows) > 0 {
			blocks = append(blocks, Block{Table: t})
		}
	}
	return blocks
}

// number writes a value, "n/a" where it is undefined.
func number(v graph.Value) string { return shown(v, metric.Number) }

// shown writes a value in its unit, "n/a" where it is undefined.
func shown(v graph.Value, format func(float64) string) string {
	if !v.OK {
		return "n/a"
	}
	return format(v.F)
}

// perSecond writes a rate.
func perSecond(x float64) string { return metric.Number(x) + "/s" }

// precise writes a share as a percentage of four significant digits, for numbers
// that differ little: 0.4988%.
func precise(share float64) string {
	x, err := strconv.ParseFloat(strconv.FormatFloat(share*100, 'g', 4, 64), 64)
	if err != nil || math.Abs(x) < 1e-12 {
		x = 0
	}
	return strconv.FormatFloat(x, 'f', -1, 64) + "%"
}

// seconds writes a time: 2.5 ms, 45 s, 3 h; none below a microsecond.
func seconds(s float64) string {
	switch {
	case s < 1e-6:
		return "none"
	case s < 1e-3:
		return metric.Number(s*1e6) + " µs"
	case s < 1:
		return metric.Number(s*1e3) + " ms"
	}
	return metric.Span(span(s))
}

// minutes writes a share of time as minutes in a mean month.
func minutes(share, month float64) string {
	m := share * month
	if math.Abs(m) >= 10 {
		m = math.Round(m)
	}
	return metric.Number(m) + " min"
}

func couplingSection(r *Report) []Block {
	ids := []string{"afferent", "efferent", "instability", "call_depth", "visibility_in", "visibility_out", "shared_stores", "tightness", "role"}
	t := &Table{Header: []string{"service"}, Right: []bool{false}}
	for _, id := range ids {
		t.Header = append(t.Header, strings.ReplaceAll(id, "_", " "))
		t.Right = append(t.Right, id != "role")
	}
	subjects := r.Table.Subjects(metric.Service)
	for _, s := range subjects[:min(len(subjects), rowsShown)] {
		row := []Cell{{s, Strong}}
		for _, id := range ids {
			row = append(row, Cell{r.of(metric.Service, id, s), Plain})
		}
		t.Rows = append(t.Rows, row)
	}
	return withMore([]Block{Heading("Coupling"), {Table: t}}, len(subjects))
}

func metricsSection(r *Report) []Block {
	t := &Table{Header: []string{"metric", "subject", "value", "better"}, Right: []bool{false, false, true}}
	for _, scope := range []metric.Scope{metric.System, metric.Team, metric.Journey} {
		columns := r.Table.Columns(scope)
		for i, subject := range r.Table.Subjects(scope) {
			for _, c := range columns {
				better := map[metric.Better]string{metric.Less: "less", metric.More: "more"}[c.Metric.Better]
				t.Rows = append(t.Rows, []Cell{{c.Metric.ID, Plain}, {subject, Muted}, {c.Metric.Format(c.Values[i]), Strong}, {better, Muted}})
			}
		}
	}
	return []Block{Heading("Metrics"), {Table: t}}
}
