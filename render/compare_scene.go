package render

import (
	"fmt"
	"strings"

	"github.com/taut-dev/taut/analyze/compare"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/render/scene"
)

// priceShown is how many lines of a design's price the picture has room for.
const priceShown = 3

// ComparisonScene is what the picture of a comparison shows.
func ComparisonScene(r *compare.Result) *scene.Comparison {
	first := &r.Designs[0]
	sys, g := first.Facts.System(), first.Facts.Graph()
	c := &scene.Comparison{System: r.System, Facts: []string{Count(g.Services(), "service")}}
	if teams := len(first.Facts.Teams()); teams > 0 {
		c.Facts = append(c.Facts, Count(teams, "team"))
	}
	if v, ok := g.Lookup(r.Fail); ok {
		c.Failure = []string{g.Label(v), failWord(g.Kind(v))}
	}
	if first.Surged >= 0 {
		c.Spike = []string{strings.TrimPrefix(compare.Factor(&first.Spiked), "a "), "on " + g.Label(first.Surged)}
	}
	most := 0.0
	for i := range r.Designs {
		for _, b := range r.Designs[i].Spiked.Buffers {
			most = max(most, b.Backlog)
		}
	}
	for i := range r.Designs {
		d := &r.Designs[i]
		column := scene.Column{Title: d.Title, Note: d.Note, Graph: d.Facts.Graph(), States: d.States, Headlines: headlines(r, i), Price: price(r, i)}
		if d.Failed >= 0 {
			column.Failed = []int32{d.Failed}
		}
		if d.Surged >= 0 {
			column.Copies = scene.CopiesOf(d.Facts.Scaling(), d.Spiked)
			column.Backlogs = scene.BacklogsOf(d.Spiked, most)
		}
		c.Columns = append(c.Columns, column)
	}
	if sys.Description != "" {
		c.Subtitle = sys.Description
	}
	return c
}

func failWord(k graph.Kind) string {
	if k == graph.Service || k == graph.Unit {
		return "crashes"
	}
	return "fails"
}

// headlines are the three numbers under a column, marked against the others.
func headlines(r *compare.Result, i int) []scene.Headline {
	d := &r.Designs[i]
	var out []scene.Headline
	if d.Failed >= 0 {
		g := d.Facts.Graph()
		caption := "others down with " + g.Label(d.Failed)
		if n := len(d.Hit.Degraded); n > 0 {
			caption += fmt.Sprintf("; %d with less", n)
		}
		if n := len(d.Hit.Delayed); n > 0 {
			caption += fmt.Sprintf("; %d waiting", n)
		}
		out = append(out, scene.Headline{Value: fmt.Sprintf("%d of %d", len(d.Hit.Down), d.Hit.Others), Caption: caption,
			Tone: tone(r, i, func(d *compare.Design) graph.Value { return graph.Number(float64(len(d.Hit.Down))) })})
	}
	if d.Surged >= 0 && d.Spiked.Added.OK {
		added := func(d *compare.Design) graph.Value { return memoryAdded(d) }
		out = append(out, scene.Headline{Value: "+" + metric.Bytes(memoryAdded(d).F), Caption: "memory: " + compare.Count(int(d.Spiked.Added.F), "more replica"), Tone: tone(r, i, added)})
	}
	tight := func(d *compare.Design) graph.Value {
		v, _ := d.Table.Value(metric.System, "tightness", "")
		return v
	}
	if v := tight(d); v.OK {
		m, _ := metric.Find(metric.System, "tightness")
		out = append(out, scene.Headline{Value: m.Format(v), Caption: "tightness", Tone: tone(r, i, tight)})
	}
	return out
}

func memoryAdded(d *compare.Design) graph.Value {
	after, before := d.Spiked.FootprintAfter, d.Spiked.FootprintBefore
	return graph.Value{F: after.F - before.F, OK: after.OK && before.OK}
}

// tone marks the least of a number as better and the most as worse.
func tone(r *compare.Result, i int, of func(*compare.Design) graph.Value) scene.Tone {
	mine := of(&r.Designs[i])
	least, most := mine.F, mine.F
	for j := range r.Designs {
		v := of(&r.Designs[j])
		least, most = min(least, v.F), max(most, v.F)
	}
	switch {
	case least == most:
		return scene.Plain
	case mine.F == least:
		return scene.Better
	case mine.F == most:
		return scene.Worse
	}
	return scene.Plain
}

// price lists what a column costs against the first.
func price(r *compare.Result, i int) []string {
	if i == 0 {
		return []string{"none: the design the others are measured against"}
	}
	var out []string
	for _, l := range r.Worse {
		if l.Design == i {
			out = append(out, l.Text)
		}
	}
	if len(out) == 0 {
		return []string{"nothing that is measured got worse"}
	}
	if more := len(out) - priceShown; more > 0 {
		out = append(out[:priceShown], fmt.Sprintf("and %d more measures", more))
	}
	return out
}
