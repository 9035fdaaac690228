package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/compare"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scorecard"
)

// rowsShown is how many rows a section's table has at most as text; the JSON
// has all.
const rowsShown = 50

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

// withMore says what a table leaves out.
func withMore(blocks []Block, n int) []Block {
	if n > rowsShown {
		blocks = append(blocks, Para(fmt.Sprintf("and %d more; --format json lists them all", n-rowsShown)))
	}
	return blocks
}

func blastSection(r *Report) []Block {
	g := r.Facts.Graph()
	order := slices.Clone(r.Facts.Blast().Failures)
	slices.SortStableFunc(order, func(a, b blast.Failure) int {
		return cmp.Or(cmp.Compare(b.Weighted, a.Weighted), cmp.Compare(b.NDown, a.NDown), cmp.Compare(b.NDegraded, a.NDegraded), cmp.Compare(b.NDelayed, a.NDelayed))
	})
	t := &Table{Header: []string{"when this fails", "kind", "radius", "", "down", "degraded", "delayed", "who is down"}, Right: []bool{false, false, true, false, true, true, true}}
	for _, f := range order[:min(len(order), rowsShown)] {
		down, _, _ := r.hit(f)
		t.Rows = append(t.Rows, []Cell{{g.Label(f.Node), Strong}, {g.Kind(f.Node).String(), Muted}, {metric.Percent(f.Radius), Plain}, {Bar(f.Radius, 12), Bad},
			{fmt.Sprint(f.NDown), Plain}, {fmt.Sprint(f.NDegraded), Plain}, {fmt.Sprint(f.NDelayed), Plain}, {few(down), Muted}})
	}
	return withMore([]Block{Heading("Blast radius of every single failure"), {Table: t}}, len(order))
}

func scalingSection(r *Report) []Block {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	number := func(v graph.Value) string {
		if !v.OK {
			return "n/a"
		}
		return metric.Number(v.F)
	}
	t := &Table{Header: []string{"deployed", "services", "busy", "replicas", "at peak", "memory at peak"}, Right: []bool{false, true, true, true, true, true}}
	for _, d := range s.Deploy[:min(len(s.Deploy), rowsShown)] {
		memory := "n/a"
		if d.Footprint.OK {
			memory = metric.Bytes(d.Footprint.F)
		}
		t.Rows = append(t.Rows, []Cell{{g.Label(d.Node), Strong}, {fmt.Sprint(len(d.Services)), Plain}, {number(d.Busy), Plain},
			{number(d.Replicas), Plain}, {number(d.ReplicasAtPeak), Plain}, {memory, Plain}})
	}
	blocks := withMore([]Block{Heading("Scaling"), {Table: t}}, len(s.Deploy))
	surge := &Table{Header: []string{"a spike on", "is felt by", "forces to scale", "share"}, Right: []bool{false, true, true, true}}
	for _, x := range s.Surge[:min(len(s.Surge), rowsShown)] {
		surge.Rows = append(surge.Rows, []Cell{{g.Label(x.Entry), Strong}, {fmt.Sprint(x.Reached), Plain}, {fmt.Sprint(x.Forced), Plain}, {metric.Percent(x.Share), Plain}})
	}
	if len(surge.Rows) > 0 {
		blocks = append(blocks, Block{Table: surge})
	}
	buffers := &Table{Header: []string{"channel", "for", "arrives", "served", "waiting at most", "drained in"}, Right: []bool{false, false, true, true, true, true}}
	for _, b := range s.Buffers[:min(len(s.Buffers), rowsShown)] {
		drained := compare.Seconds(b.Drain)
		if b.Never {
			drained = "never"
		}
		buffers.Rows = append(buffers.Rows, []Cell{{g.Label(b.Channel), Strong}, {few(names(g, b.Consumers)), Plain},
			{metric.Number(b.Surge) + "/s", Plain}, {metric.Number(b.Capacity) + "/s", Plain}, {metric.Number(b.Backlog), Plain}, {drained, Plain}})
	}
	if len(buffers.Rows) > 0 {
		blocks = append(blocks, Block{Table: buffers})
	}
	return blocks
}

func availabilitySection(r *Report) []Block {
	g := r.Facts.Graph()
	t := &Table{Header: []string{"journey", "works", "objective", "down a month", "multiplied down the tree", "single points of failure"}, Right: []bool{false, true, true, true, true}}
	blocks := []Block{Heading("Availability of journeys")}
	results := r.Facts.Journeys()
	for _, x := range results[:min(len(results), rowsShown)] {
		works, objective, naive := metric.Percent(x.Works.Value), "", "n/a"
		if !x.Works.Exact {
			works = fmt.Sprintf("%s..%s", metric.Percent(x.Works.Low), metric.Percent(x.Works.High))
		}
		if x.Journey.Objective != nil {
			objective = metric.Percent(*x.Journey.Objective)
		}
		if x.Naive.OK {
			naive = metric.Percent(x.Naive.F)
		}
		t.Rows = append(t.Rows, []Cell{{x.Journey.ID, Strong}, {works, Plain}, {objective, Plain}, {metric.Number(x.MinutesDown) + " min", Plain},
			{naive, Muted}, {few(names(g, x.Single)), Muted}})
	}
	return withMore(append(blocks, Block{Table: t}), len(results))
}

var verdictTones = map[scorecard.Verdict]Tone{scorecard.Pass: Good, scorecard.Fail: Bad, scorecard.Unknown: Muted}

func scorecardSection(r *Report) []Block {
	t := &Table{Header: []string{"principle", "check", "verdict", "evidence"}}
	last := ""
	for _, row := range scorecard.Rows(r.Facts) {
		principle := row.Principle
		if principle == last {
			principle = ""
		}
		last = row.Principle
		t.Rows = append(t.Rows, []Cell{{principle, Strong}, {row.Check, Plain}, {row.Verdict.String(), verdictTones[row.Verdict]}, {row.Evidence, Muted}})
	}
	return []Block{Heading("Scorecard"), {Table: t}}
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

var stateTones = [...]Tone{graph.Up: Good, graph.Delayed: Caution, graph.Degraded: Caution, graph.Down: Bad}

// failBlocks shows one failure: who is hit, and by which chain.
func (r *Report) failBlocks() []Block {
	g, f := r.Facts.Graph(), r.Failed
	counts := [graph.Down + 1]int{}
	t := &Table{Header: []string{"service", "is", "because"}}
	for v, s := range f.States[:g.Services()] {
		if int32(v) == f.Node {
			continue
		}
		counts[s]++
		if s != graph.Up {
			t.Rows = append(t.Rows, []Cell{{g.Label(int32(v)), Strong}, {s.String(), stateTones[s]}, {chain(g, f.Chains[v]), Muted}})
		}
	}
	slices.SortStableFunc(t.Rows, func(a, b []Cell) int { return cmp.Compare(stateRank(b[1].Text), stateRank(a[1].Text)) })
	others := counts[graph.Up] + counts[graph.Delayed] + counts[graph.Degraded] + counts[graph.Down]
	blocks := []Block{{Text: []Cell{{fmt.Sprintf("when %s %s fails", g.Kind(f.Node), g.Label(f.Node)), Strong},
		{fmt.Sprintf("  %d of %d services down, %d degraded, %d delayed, %d unaffected", counts[graph.Down], others, counts[graph.Degraded], counts[graph.Delayed], counts[graph.Up]), Plain}}}}
	if len(t.Rows) > 0 {
		blocks = append(blocks, Block{Table: t})
	}
	return blocks
}

func stateRank(word string) int {
	for s := graph.Down; s > graph.Up; s-- {
		if s.String() == word {
			return int(s)
		}
	}
	return 0
}

// chain writes a witness: "orders needs payments, payments runs on zone-a".
func chain(g *graph.Graph, steps []blast.Step) string {
	var parts []string
	for i, s := range steps {
		if s.Clause != nil && i+1 < len(steps) {
			parts = append(parts, fmt.Sprintf("%s %s %s", g.Label(s.Node), s.Clause.Reason, g.Label(steps[i+1].Node)))
		}
	}
	return strings.Join(parts, ", ")
}
