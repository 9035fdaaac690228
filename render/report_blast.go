package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scaling"
)

// pairsShown is how many pairs of failures are shown as text.
const pairsShown = 10

// blastSection shows the failures asked for, what would help most, and pairs.
func blastSection(r *Report) []Block {
	var blocks []Block
	if !r.Replicas || len(r.Kinds) > 0 {
		blocks = append(blocks, Heading("Blast radius of single failures"), Block{Table: r.radii()})
		blocks = append(blocks, r.failureTable()...)
		blocks = append(blocks, r.softBlocks()...)
	}
	if r.Pairs != nil {
		blocks = append(blocks, r.pairBlocks()...)
	}
	return append(blocks, r.replicaBlocks()...)
}

// radii sums the section up.
func (r *Report) radii() *Table {
	expected, _ := r.Table.Value(metric.System, "blast_radius.expected", "")
	return &Table{Right: []bool{false, true}, Rows: [][]Cell{
		{{"worst", Strong}, {r.value("blast_radius.max"), Plain}, {r.worstWords(), Muted}},
		{{"mean", Strong}, {r.value("blast_radius.mean"), Plain}, {"of the other services are down when one service fails", Muted}},
		{{"expected", Strong}, {shown(expected, precise), Plain}, {"of the services are down at a moment because one other thing has failed", Muted}},
	}}
}

// worstWords names the failure with the largest radius.
func (r *Report) worstWords() string {
	g, worst := r.Facts.Graph(), r.Facts.Blast().Max()
	if worst == nil || worst.NDown == 0 {
		return "no single failure takes another service down"
	}
	others := g.Services()
	if g.Kind(worst.Node) == graph.Service {
		others--
	}
	return fmt.Sprintf("%s %s takes down %d of %d", g.Kind(worst.Node), g.Label(worst.Node), worst.NDown, others)
}

// shows says whether failures of a node's kind are asked for.
func (r *Report) shows(v int32) bool {
	return len(r.Kinds) == 0 && !r.Replicas || slices.Contains(r.Kinds, r.Facts.Graph().Kind(v))
}

func (r *Report) failureTable() []Block {
	g := r.Facts.Graph()
	order := slices.DeleteFunc(slices.Clone(r.Facts.Blast().Failures), func(f blast.Failure) bool { return !r.shows(f.Node) })
	slices.SortStableFunc(order, worseFirst)
	weighs := r.weighs()
	t := &Table{Header: []string{"when this fails", "kind"}, Right: []bool{false, false}}
	if weighs {
		t.Header, t.Right = append(t.Header, "weighted"), append(t.Right, true)
	}
	t.Header, t.Right = append(t.Header, "radius", "", "down", "degraded", "delayed"), append(t.Right, true, false, true, true, true)
	if len(g.Sys.Channels) > 0 {
		t.Header, t.Right = append(t.Header, "events lost after"), append(t.Right, true)
	}
	t.Header = append(t.Header, "who is down")
	for _, f := range order[:min(len(order), rowsShown)] {
		row := []Cell{{g.Label(f.Node), Strong}, {g.Kind(f.Node).String(), Muted}}
		if weighs {
			row = append(row, Cell{metric.Percent(f.Weighted), Plain})
		}
		row = append(row, Cell{metric.Percent(f.Radius), Plain}, Cell{Bar(f.Radius, 12), Bad},
			Cell{fmt.Sprint(f.NDown), Plain}, Cell{fmt.Sprint(f.NDegraded), Plain}, Cell{fmt.Sprint(f.NDelayed), Plain})
		if len(g.Sys.Channels) > 0 {
			lost := ""
			if after, ok := blast.Loss(blast.Waiting(g, blast.States(g, f.Node))); ok {
				lost = metric.Span(after)
			}
			row = append(row, Cell{lost, Caution})
		}
		t.Rows = append(t.Rows, append(row, Cell{fewNodes(g, r.hitNodes(f)[graph.Down]), Muted}))
	}
	return append(withMore(filled(nil, t), len(order)), muted("the worst first: "+r.orderWords()))
}

// worseFirst sorts failures, the worst first.
func worseFirst(a, b blast.Failure) int {
	return cmp.Or(cmp.Compare(b.Weighted, a.Weighted), cmp.Compare(b.Radius, a.Radius), cmp.Compare(b.NDown, a.NDown), cmp.Compare(b.NDegraded, a.NDegraded), cmp.Compare(b.NDelayed, a.NDelayed))
}

// weighs says whether services count unequally, so that the weighted radius is
// another number than the radius.
func (r *Report) weighs() bool {
	w := blast.Weights(r.Facts.Graph())
	return slices.ContainsFunc(w, func(x float64) bool { return x != w[0] })
}

// orderWords says what failures are sorted by.
func (r *Report) orderWords() string {
	if !r.weighs() {
		return "by radius, the share of the other services that go down"
	}
	for _, j := range r.Facts.System().Journeys {
		if j.Rate.Given() {
			return "by weighted radius, in which a service of tier 1 counts 4, of tier 4 counts 1, times the share of requests whose journeys need it"
		}
	}
	return "by weighted radius, in which a service of tier 1 counts 4, of tier 4 counts 1"
}

// softBlocks shows the dependencies that would help most if they were soft.
func (r *Report) softBlocks() []Block {
	g, s := r.Facts.Graph(), r.Facts.Softening()
	if s.Candidates == 0 {
		return nil
	}
	mean, expected := r.Facts.Blast().MeanOverServices(), r.systemValue("blast_radius.expected")
	t := &Table{Header: []string{"if this were soft", "the mean falls to", "the expected to", "declared at"}, Right: []bool{false, true, true}}
	for _, x := range s.Best {
		t.Rows = append(t.Rows, []Cell{{softName(g, &x), Strong}, meanCell(mean, x.Mean),
			{precise(max(0, expected.F-x.Expected)), Plain}, {x.Clause.Origin.Pos.String(), Muted}})
	}
	note := fmt.Sprintf("%s; the best are exact, each worked out with the others as they are", plural(s.Candidates, "hard dependency", "hard dependencies"))
	if !s.Complete {
		note = fmt.Sprintf("the best of %d of %d hard dependencies: to try the others takes too long", s.Tried, s.Candidates)
	}
	if len(t.Rows) == 0 {
		note = fmt.Sprintf("%s; none of them, made soft, would lower the radius by itself", plural(s.Candidates, "hard dependency", "hard dependencies"))
	}
	return append(filled(nil, t), muted(note))
}

// meanCell is the mean that is left, if it changes.
func meanCell(mean, less float64) Cell {
	if less == 0 {
		return Cell{"stays", Muted}
	}
	return Cell{metric.Percent(max(0, mean-less)), Plain}
}

// systemValue is one metric of the system as a number.
func (r *Report) systemValue(id string) graph.Value {
	v, _ := r.Table.Value(metric.System, id, "")
	return v
}

// softName writes a dependency: "orders → payments", "app → zone-a or zone-b".
func softName(g *graph.Graph, x *blast.Softened) string {
	return g.ID(x.Node) + " → " + strings.Join(ids(g, x.Clause.Members), " or ")
}

// ids names nodes in their order.
func ids(g *graph.Graph, nodes []int32) []string {
	out := make([]string, len(nodes))
	for i, v := range nodes {
		out[i] = g.ID(v)
	}
	return out
}

// pairBlocks shows the pairs that are worse than either failure alone.
func (r *Report) pairBlocks() []Block {
	g, p := r.Facts.Graph(), r.Pairs
	text := fmt.Sprintf("%s of %d things: mean radius %s; ", plural(int(p.Pairs), "pair", "pairs"), p.Nodes, metric.Percent(p.Mean))
	if p.Beyond == 0 {
		text += "none is worse than either failure alone"
	} else {
		text += plural(int(p.Beyond), "pair takes", "pairs take") + " down what neither failure alone does"
	}
	t := &Table{Header: []string{"when this fails", "and this", "radius", "", "down", "beyond either alone"}, Right: []bool{false, false, true, false, true, true}}
	for _, x := range p.Hidden[:min(len(p.Hidden), pairsShown)] {
		t.Rows = append(t.Rows, []Cell{{g.Label(x.A), Strong}, {g.Label(x.B), Strong}, {metric.Percent(x.Radius), Plain}, {Bar(x.Radius, 12), Bad},
			{fmt.Sprint(x.NDown), Plain}, {fmt.Sprint(x.Beyond), Plain}})
	}
	return filled([]Block{Heading("Pairs of failures"), Para(text)}, t)
}

var strainTones = [...]Tone{scaling.Within: Good, scaling.Above: Caution, scaling.Overrun: Bad, scaling.NoneLeft: Bad}

// replicaBlocks shows what the loss of one replica at the peak means, the worst
// first.
func (r *Report) replicaBlocks() []Block {
	if !r.Replicas {
		return nil
	}
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	lost := s.LoseOne()
	slices.SortStableFunc(lost, func(a, b scaling.Lost) int {
		return cmp.Or(cmp.Compare(b.Strain(), a.Strain()), cmp.Compare(b.After.F, a.After.F))
	})
	t := &Table{Header: []string{"when a replica of this is lost", "replicas", "busy", "with one less", "target", "then it is", "new one in"}, Right: []bool{false, true, true, true, true, false, true}}
	for _, x := range lost[:min(len(lost), rowsShown)] {
		d := &s.Deploy[x.Deploy]
		after := shown(x.After, metric.Percent)
		if !x.After.OK {
			after = "none left"
		}
		t.Rows = append(t.Rows, []Cell{{g.Label(d.Node), Strong}, {metric.Number(x.Replicas), Plain}, {shown(x.Before, metric.Percent), Plain},
			{after, Plain}, {metric.Percent(x.Target), Muted}, {strainWord(&x), strainTones[x.Strain()]}, {seconds(d.Startup.Seconds()), Muted}})
	}
	blocks := []Block{Heading("Loss of one replica at the peak"), Para("It costs capacity until a new replica serves; what had no other is away that long.")}
	if s.Relative {
		blocks = append(blocks, muted("relative: the file gives no load"))
	}
	return withMore(filled(blocks, t), len(lost))
}

func strainWord(x *scaling.Lost) string {
	if x.Strain() == scaling.NoneLeft {
		return "away"
	}
	return x.Strain().String()
}

type jsonSoftening struct {
	Candidates int          `json:"hard_dependencies"`
	Tried      int          `json:"tried"`
	Complete   bool         `json:"complete"`
	Best       []jsonSoften `json:"best"`
}

type jsonSoften struct {
	Service  string   `json:"service"`
	To       []string `json:"to"`
	Mean     float64  `json:"mean_lower_by"`
	Expected float64  `json:"expected_lower_by"`
	Where    string   `json:"where"`
}

// jsonSoftening is worked out up to SetsFor nodes, where it is quick.
func (r *Report) jsonSoftening() *jsonSoftening {
	g := r.Facts.Graph()
	if g.Len() > SetsFor {
		return nil
	}
	s := r.Facts.Softening()
	out := &jsonSoftening{Candidates: s.Candidates, Tried: s.Tried, Complete: s.Complete, Best: []jsonSoften{}}
	for _, x := range s.Best {
		out.Best = append(out.Best, jsonSoften{g.ID(x.Node), ids(g, x.Clause.Members), x.Mean, x.Expected, x.Clause.Origin.Pos.String()})
	}
	return out
}

type jsonPairs struct {
	Nodes  int        `json:"nodes"`
	Pairs  int64      `json:"pairs"`
	Beyond int64      `json:"worse_than_either"`
	Mean   float64    `json:"mean_radius"`
	Hidden []jsonPair `json:"worst_beyond_either"`
	Worst  []jsonPair `json:"worst"`
}

type jsonPair struct {
	Nodes  [2]string `json:"nodes"`
	Down   int       `json:"down_count"`
	Beyond int       `json:"beyond_either_count"`
	Radius float64   `json:"radius"`
}

func (r *Report) jsonPairs() *jsonPairs {
	p := r.Pairs
	if p == nil {
		return nil
	}
	list := func(pairs []blast.Pair) []jsonPair {
		out := []jsonPair{}
		for _, x := range pairs {
			out = append(out, jsonPair{[2]string{r.Facts.Graph().ID(x.A), r.Facts.Graph().ID(x.B)}, x.NDown, x.Beyond, x.Radius})
		}
		return out
	}
	return &jsonPairs{p.Nodes, p.Pairs, p.Beyond, p.Mean, list(p.Hidden), list(p.Worst)}
}

type jsonLost struct {
	Node     string   `json:"node"`
	Replicas float64  `json:"replicas_at_peak"`
	Before   *float64 `json:"utilisation"`
	After    *float64 `json:"utilisation_with_one_less"`
	Target   float64  `json:"target_utilisation"`
	Strain   string   `json:"then"`
}

func (r *Report) jsonLost() []jsonLost {
	g, s := r.Facts.Graph(), r.Facts.Scaling()
	out := []jsonLost{}
	for _, x := range s.LoseOne() {
		out = append(out, jsonLost{g.ID(s.Deploy[x.Deploy].Node), x.Replicas, pointer(x.Before), pointer(x.After), x.Target, x.Strain().String()})
	}
	slices.SortFunc(out, func(a, b jsonLost) int { return cmp.Compare(a.Node, b.Node) })
	return out
}

// expected is the share of time that a failure is there times its radius.
func (r *Report) expected(f *blast.Failure) float64 {
	a, _ := availability.Of(r.Facts.Graph(), f.Node)
	return (1 - a) * f.Radius
}
