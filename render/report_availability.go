package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

const (
	journeysShown   = 6  // journeys that text shows in detail
	importanceShown = 10 // nodes in a table of importance
	cutsShown       = 8  // cut sets of one order, and in one line
	singlesShown    = 80 // things that stop a journey alone
	cutOrderShown   = 3
)

// availabilitySection compares all journeys, then looks at each.
func availabilitySection(r *Report) []Block {
	g, results := r.Facts.Graph(), r.Facts.Journeys()
	t := &Table{Header: []string{"journey", "works", "in full", "objective", "down a month", "multiplied down the tree", "single points of failure"},
		Right: []bool{false, true, true, true, true, true}}
	for _, x := range results[:min(len(results), rowsShown)] {
		objective := ""
		if x.Journey.Objective != nil {
			objective = metric.Percent(*x.Journey.Objective)
		}
		t.Rows = append(t.Rows, []Cell{{x.Journey.ID, Strong}, {estimated(x.Works), Plain}, {estimated(x.Full), Plain}, {objective, objectiveTone(&x)},
			{minutes(1-x.Works.Value, availability.MinutesPerMonth), Plain}, {shown(x.Naive, metric.Percent), Muted}, {some(names(g, x.Single), x.NSingle), Muted}})
	}
	blocks := withMore(filled([]Block{Heading("Availability of journeys")}, t), len(results))
	detailed := worstJourneys(results)
	for _, i := range detailed {
		blocks = append(blocks, r.journeyBlocks(&results[i])...)
	}
	if len(detailed) < len(results) {
		blocks = append(blocks, muted(fmt.Sprintf("the %d least available of %d journeys in detail; --format json has all", len(detailed), len(results))))
	}
	return append(blocks, muted("Failures are taken as independent, but for what runs on the same ground and for common causes. taut explain importance, taut explain defaults"))
}

// estimated writes an exact value, or bounds that certainly hold it.
func estimated(e availability.Estimate) string {
	if e.Exact {
		return metric.Percent(e.Value)
	}
	return metric.Percent(e.Low) + " to " + metric.Percent(e.High)
}

func objectiveTone(x *availability.Result) Tone {
	switch {
	case x.Journey.Objective == nil:
		return Plain
	case x.Works.Low >= *x.Journey.Objective:
		return Good
	case x.Works.High < *x.Journey.Objective:
		return Bad
	}
	return Caution
}

// some names a few of n things.
func some(words []string, n int) string {
	if n <= 4 {
		return strings.Join(words, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(words[:min(3, len(words))], ", "), n-3)
}

// worstJourneys picks the least available journeys, in file order.
func worstJourneys(results []availability.Result) []int {
	order := make([]int, len(results))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(results[a].Works.Value, results[b].Works.Value) })
	order = order[:min(len(order), journeysShown)]
	slices.Sort(order)
	return order
}

// journeyBlocks looks at one journey: how sure the number is, what stops it,
// what matters most, and what its objective leaves to whom.
func (r *Report) journeyBlocks(x *availability.Result) []Block {
	blocks := []Block{Heading("Journey " + x.Journey.ID), {Table: certainty(x)}}
	important := r.importanceTable(x)
	same := withoutSame(important, 4)
	blocks = filled(blocks, r.cutTable(x), important)
	if same != "" {
		blocks = append(blocks, muted("the same for all of these: "+same))
	}
	budget := r.budgetTable(x)
	blocks = filled(blocks, budget)
	if len(budget.Rows) > 0 {
		blocks = append(blocks, muted("what each uses by itself; added up that is more than the journey is down, as failures overlap"))
	}
	return blocks
}

// certainty sets the exact number beside what is often taken for it.
func certainty(x *availability.Result) *Table {
	t := &Table{Right: []bool{false, true}}
	add := func(title, value, note string) {
		t.Rows = append(t.Rows, []Cell{{title, Strong}, {value, Plain}, {note, Muted}})
	}
	down := 1 - x.Works.Value
	if x.Works.Exact {
		add("unavailable", precise(down), fmt.Sprintf("exact; %s a month", minutes(down, availability.MinutesPerMonth)))
	} else {
		add("unavailable", precise(1-x.Works.High)+" to "+precise(1-x.Works.Low), "certain bounds: the decision diagram grew past its limit (--limit diagram=N)")
		add("simulated", precise(down), fmt.Sprintf("%s to %s with 95 %% confidence, of %s samples", precise(1-x.Works.SampleHigh), precise(1-x.Works.SampleLow), metric.Number(float64(x.Works.Samples))))
	}
	if x.MCUB.OK {
		add("upper bound", precise(x.MCUB.F), "minimal cut sets as if independent")
		add("rare events", precise(x.RareEvent.F), "minimal cut sets added up")
	}
	if x.Naive.OK {
		add("by hand", precise(1-x.Naive.F), "availabilities multiplied down the tree, shared things again and again")
	}
	if x.Margin.OK {
		word := "to spare below the objective's " + precise(1-*x.Journey.Objective)
		if x.Margin.F < 0 {
			word = "more than the objective's " + precise(1-*x.Journey.Objective)
		}
		add("margin", precise(max(x.Margin.F, -x.Margin.F)), word)
	}
	if x.NAssumed > 0 {
		add("assumed", plural(x.NAssumed, "value", "values"), "not in the file, marked * below")
	}
	return t
}

// cutTable lists what stops a journey, by how many things must fail together.
func (r *Report) cutTable(x *availability.Result) *Table {
	g := r.Facts.Graph()
	t := &Table{Header: []string{"stops it", "sets", "which"}, Right: []bool{false, true}}
	for order := 1; order <= cutOrderShown; order++ {
		var sets []string
		for _, set := range x.CutSets {
			if len(set) == order {
				sets = append(sets, setName(g, x, set))
			}
		}
		count := fmt.Sprint(len(sets))
		switch {
		case order == 1:
			count = fmt.Sprint(max(len(sets), x.NSingle))
		case order > x.CutOrder && !x.CutsAll:
			count = "?"
		}
		title, most := fmt.Sprintf("%d together", order), cutsShown
		if order == 1 {
			title, most = "one alone", singlesShown
		}
		if len(sets) > most {
			sets = append(sets[:most], fmt.Sprintf("and %d more", len(sets)-most))
		}
		for i := range sets[:max(len(sets)-1, 0)] {
			sets[i] += ","
		}
		for line := range slices.Chunk(sets, cutsShown) {
			t.Rows = append(t.Rows, []Cell{{title, Strong}, {count, Plain}, {strings.Join(line, " "), Plain}})
			title, count = "", ""
		}
		if len(sets) == 0 && count != "0" {
			t.Rows = append(t.Rows, []Cell{{title, Strong}, {count, Plain}, {}})
		}
	}
	return t
}

// setName writes a cut set: "stripe + adyen".
func setName(g *graph.Graph, x *availability.Result, set []int32) string {
	var parts []string
	for _, v := range set {
		name := x.Name(g, v)
		if int(v) >= g.Len() && len(set) > 1 {
			name = "(" + name + ")"
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, " + ")
}

// importanceTable lists the nodes that matter most, by the share of the
// unavailability that a perfect one would take away.
func (r *Report) importanceTable(x *availability.Result) *Table {
	g := r.Facts.Graph()
	t := &Table{Header: []string{"matters most", "available", "", "criticality", "Fussell-Vesely", "Birnbaum", "diagnosis", "RAW", "RRW"},
		Right: []bool{false, true, false, true, true, true, true, true, true}}
	list := slices.Clone(x.Importance)
	slices.SortStableFunc(list, func(a, b availability.Importance) int { return cmp.Compare(b.Criticality.F, a.Criticality.F) })
	for _, m := range list[:min(len(list), importanceShown)] {
		available, mark := r.available(x, m.Node)
		t.Rows = append(t.Rows, []Cell{{x.Name(g, m.Node), Strong}, {available, Plain}, {mark, Muted}, {shown(m.Criticality, metric.Percent), Plain},
			{shown(m.FussellVesely, metric.Percent), Plain}, {metric.Number(m.Birnbaum), Plain}, {shown(m.Diagnosis, metric.Percent), Plain},
			{shown(m.Achievement, metric.Number), Plain}, {reduction(m.Reduction), Plain}})
	}
	return t
}

// withoutSame takes the columns from one on away that say the same in every row,
// and says it in words.
func withoutSame(t *Table, from int) string {
	var same []string
	for c := len(t.Header) - 1; c >= from && len(t.Rows) > 1; c-- {
		value := t.Rows[0][c].Text
		if slices.ContainsFunc(t.Rows, func(row []Cell) bool { return row[c].Text != value }) {
			continue
		}
		same = append(same, t.Header[c]+" "+value)
		t.Header, t.Right = slices.Delete(t.Header, c, c+1), slices.Delete(t.Right, c, c+1)
		for i := range t.Rows {
			t.Rows[i] = slices.Delete(t.Rows[i], c, c+1)
		}
	}
	slices.Reverse(same)
	return strings.Join(same, ", ")
}

// reduction writes RRW; without the node the journey would never fail.
func reduction(v graph.Value) string {
	if !v.OK {
		return "no limit"
	}
	return metric.Number(v.F)
}

// available gives the availability of a node and whether it is assumed.
func (r *Report) available(x *availability.Result, v int32) (text, mark string) {
	g := r.Facts.Graph()
	if int(v) >= g.Len() {
		return metric.Percent(1 - x.Causes[int(v)-g.Len()].Unavailability), ""
	}
	a, assumed := availability.Of(g, v)
	if assumed {
		mark = "*"
	}
	return metric.Percent(a), mark
}

// budgetTable shares the objective's minutes out among what the journey cannot
// do without, each once.
func (r *Report) budgetTable(x *availability.Result) *Table {
	b := x.Budget
	t := &Table{Header: []string{"budget a month", "uses", "", "may use"}, Right: []bool{false, true, false, true}}
	if b == nil {
		return t
	}
	month := func(share float64) string { return minutes(share, availability.MinutesPerMonth) }
	row := func(name, mark string, used, left float64) {
		tone := Plain
		if left < used {
			tone = Bad
		}
		if left < 0 {
			left = 0
		}
		t.Rows = append(t.Rows, []Cell{{name, Strong}, {month(used), Plain}, {mark, Muted}, {month(left), tone}})
	}
	row("all, added up", "", b.Used+b.FromDependencies, b.Allowed)
	row(x.Journey.Entry+" itself", "", b.Used, b.Own)
	list := slices.Clone(b.Dependencies)
	slices.SortStableFunc(list, func(a, c availability.Share) int { return cmp.Compare(c.Used, a.Used) })
	for _, s := range list[:min(len(list), importanceShown)] {
		_, mark := r.available(x, s.Node)
		row(x.Name(r.Facts.Graph(), s.Node), mark, s.Used, s.Left)
	}
	return t
}

// importancePage defines the measures of importance.
func importancePage() Page {
	t := &Table{Header: []string{"measure", "is", "reads"}}
	for _, m := range availability.Measures() {
		t.Rows = append(t.Rows, []Cell{{m.Name, Strong}, {m.Formula, Plain}, {m.Doc, Muted}})
	}
	return Page{Blocks: []Block{
		Para("How much one node matters to a journey. q is the node's unavailability, Q the journey's; a minimal cut set is a smallest set of things that stop the journey when they fail together."),
		{Table: t},
		Para("Books use some of these names for different things, so each is defined here. A node's importance counts its failures by itself; failures that alternatives have in common (common_cause) are rows of their own."),
	}, JSON: availability.Measures()}
}
