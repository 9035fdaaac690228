package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/render/layout"
)

// column is one thing that is measured. Less is better where better is set.
type column struct {
	title  string
	better bool
	of     func(r row, engine int) (float64, bool)
	write  func(float64) string
}

func columns() []column {
	quality := func(f func(layout.Quality) float64) func(row, int) (float64, bool) {
		return func(r row, e int) (float64, bool) { return f(r.quality[e]), true }
	}
	whole := func(x float64) string { return strconv.FormatFloat(x, 'f', 0, 64) }
	tenth := func(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
	return []column{
		{"crossings", true, quality(func(q layout.Quality) float64 { return float64(q.Crossings) }), whole},
		{"length, px", true, quality(func(q layout.Quality) float64 { return q.Length }), whole},
		{"bends", true, quality(func(q layout.Quality) float64 { return float64(q.Bends) }), whole},
		{"area, 1000 px²", true, quality(func(q layout.Quality) float64 { return q.Area / 1000 }), whole},
		{"width : height", false, quality(func(q layout.Quality) float64 { return q.Aspect }), tenth},
		{"frame violations", true, quality(func(q layout.Quality) float64 { return float64(q.FrameViolations) }), whole},
		{"label overlaps", true, quality(func(q layout.Quality) float64 { return float64(q.LabelOverlaps) }), whole},
		{"lines through boxes", true, quality(func(q layout.Quality) float64 { return float64(q.BoxCrossings) }), whole},
		{"lines upwards", true, func(r row, e int) (float64, bool) { return float64(r.upwards[e]), true }, whole},
		{"lines through titles", true, quality(func(q layout.Quality) float64 { return float64(q.TitleCrossings) }), whole},
		{"pairs turned, %", true, func(r row, e int) (float64, bool) {
			return steadyOf(r, e, func(s steady) float64 { return 100 * s.turned })
		}, tenth},
		{"nodes move, px", true, func(r row, e int) (float64, bool) {
			return steadyOf(r, e, func(s steady) float64 { return s.moved })
		}, whole},
		{"time, ms", true, func(r row, e int) (float64, bool) { return r.took[e], true }, tenth},
	}
}

func steadyOf(r row, e int, f func(steady) float64) (float64, bool) {
	if e >= len(r.steady) || !r.steady[e].ok {
		return 0, false
	}
	return f(r.steady[e]), true
}

// write writes the whole page.
func write(w io.Writer, engines []engine, rows []row) {
	fmt.Fprint(w, "# Layout\n\nMade by `go run ./testdata/layout`: taut's own layout against Graphviz's dot, on the same graphs, with the same ruler. Less is better in every row but width : height, which has no best.\n\n")
	for _, e := range engines {
		fmt.Fprintf(w, "- **%s**: %s\n", e.name, e.version)
	}
	fmt.Fprint(w, method)
	for g := range groups {
		part := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.group != g })
		if len(part) > 0 {
			fmt.Fprintf(w, "\n## The %d pictures of %s\n\n", len(part), g)
			summary(w, engines, part)
		}
	}
	fmt.Fprintf(w, "\n## All %d pictures\n\n", len(rows))
	summary(w, engines, rows)
	losses(w, engines, rows)
	fmt.Fprint(w, "\n## Picture by picture\n\nEach cell: ")
	for i, e := range engines {
		fmt.Fprint(w, []string{"", " / "}[min(i, 1)], e.name)
	}
	fmt.Fprint(w, ".\n\n| picture | nodes | lines | frames |")
	for _, c := range columns() {
		fmt.Fprintf(w, " %s |", c.title)
	}
	fmt.Fprintf(w, "\n|---|---:|---:|---:|%s\n", strings.Repeat("---:|", len(columns())))
	for _, r := range rows {
		fmt.Fprintf(w, "| %s | %d | %d | %d |", r.name, len(r.graph.Nodes), len(r.graph.Edges), len(r.graph.Frames))
		for _, c := range columns() {
			var cells []string
			for e := range engines {
				if v, ok := c.of(r, e); ok {
					cells = append(cells, c.write(v))
				}
			}
			fmt.Fprintf(w, " %s |", strings.Join(cells, " / "))
		}
		fmt.Fprintln(w)
	}
}

// summary writes medians and sums of some pictures.
func summary(w io.Writer, engines []engine, rows []row) {
	fmt.Fprint(w, "| |")
	for _, e := range engines {
		fmt.Fprintf(w, " %s, median | in all |", e.name)
	}
	fmt.Fprint(w, " taut better | equal | dot better |\n|---|")
	fmt.Fprintln(w, strings.Repeat("---:|", 2*len(engines)+3))
	for _, c := range columns() {
		fmt.Fprintf(w, "| %s |", c.title)
		for e := range engines {
			var all []float64
			sum := 0.0
			for _, r := range rows {
				if v, ok := c.of(r, e); ok {
					all = append(all, v)
					sum += v
				}
			}
			if len(all) == 0 {
				fmt.Fprint(w, " | |")
				continue
			}
			total := c.write(sum)
			if strings.HasPrefix(c.title, "width") || strings.HasPrefix(c.title, "pairs") || strings.HasPrefix(c.title, "nodes") {
				total = ""
			}
			fmt.Fprintf(w, " %s | %s |", c.write(median(all)), total)
		}
		if better, equal, worse, ok := score(c, rows); ok {
			fmt.Fprintf(w, " %d | %d | %d |\n", better, equal, worse)
		} else {
			fmt.Fprint(w, " | | |\n")
		}
	}
}

// score counts the pictures in which ours is better than dot's, as good, and worse.
func score(c column, rows []row) (better, equal, worse int, ok bool) {
	for _, r := range rows {
		mine, okA := c.of(r, 0)
		theirs, okB := c.of(r, 1)
		switch {
		case !okA || !okB || !c.better:
			continue
		case c.write(mine) == c.write(theirs):
			equal++
		case mine < theirs:
			better++
		default:
			worse++
		}
		ok = true
	}
	return better, equal, worse, ok
}

// losses lists the pictures in which lines cross more often than in dot's.
func losses(w io.Writer, engines []engine, rows []row) {
	fmt.Fprint(w, "\n## Where dot is better\n\n", whyLonger, "\n")
	for _, c := range columns() {
		if c.title != "crossings" && !strings.HasPrefix(c.title, "area") && !strings.HasPrefix(c.title, "pairs") {
			continue
		}
		var worse []string
		count := 0
		for _, r := range rows {
			mine, okA := c.of(r, 0)
			theirs, okB := c.of(r, 1)
			if okA && okB && c.write(mine) != c.write(theirs) && mine > theirs {
				count++
				worse = append(worse, fmt.Sprintf("%s (%s, not %s)", r.name, c.write(mine), c.write(theirs)))
			}
		}
		fmt.Fprintf(w, "- %s (taut's, not dot's), in %d of %d pictures", c.title, count, len(rows))
		if count > 0 {
			fmt.Fprintf(w, ": %s", strings.Join(worse, "; "))
		}
		fmt.Fprintln(w)
	}
}

func median(of []float64) float64 {
	of = slices.Sorted(slices.Values(of))
	n := len(of)
	if n%2 == 1 {
		return of[n/2]
	}
	return (of[n/2-1] + of[n/2]) / 2
}

const whyLonger = `In small pictures dot's lines are shorter and its drawings smaller. It finds the rows of every frame by itself, so that lines between frames run sideways and up; taut lets lines point up only in cycles, of services or of frames, gives bars and labels rows of their own, and folds wide rows to keep the shape of a page.
`

const method = `
## How it is measured

The graph is what taut's own pictures ask the layout for: the same boxes with the sizes of their texts, frames with their titles, labels, bars, stores that hang under their only user. The pictures are the views services, units and teams of every design of the examples; the view services of every file below ` + "`../shared/real`" + ` that taut reads or imports (other people's systems, mostly small: only their names and numbers are here); and made systems of 12 to 80 services, sparse and tangled, with and without domains, to see how it goes on. Equal graphs count once, graphs without lines not at all.

dot gets the same boxes, clusters with room for the title and the same padding, boxes of the labels' sizes, and the same distances between boxes and rows (24 and 44 pixels); all else is as dot has it. A bar is a box to dot, and so is a store that hangs. The second column of Graphviz is what ` + "`taut render --engine dot`" + ` draws.

One function, ` + "`layout.Measure`" + `, measures all drawings:

- **crossings**: places where lines cross, as seen. Lines drawn on top of each other are one line there: taut joins long lines to one box to a trunk where they run side by side, dot does not.
- **length**, **bends**: of all lines; a bend is a corner, or a curve that moves sideways.
- **area**: of the whole drawing, margins left out.
- **frame violations**: boxes outside their frame or inside another's. **label overlaps**: of labels with boxes, titles and each other.
- **lines upwards**: lines whose end is above their start. A cycle needs one; more hide who depends on whom.
- **pairs turned**, **nodes move**: five times a service is added to the file: called by the first one, by the middle one, calling the last one, between first and last, and alone; the last two stand first in the file. Turned are pairs of old boxes that change sides, left and right or above and below, by 20 pixels or more on both sides of the change. Moves are against the median move of all. Means of the five; the teams view has no services, and taut-graphviz is left out for its time.
- **time**: the fastest of a few. taut's is the call of the layout; dot's is a process with its start, taut-graphviz's one that also compiles Graphviz.
`
