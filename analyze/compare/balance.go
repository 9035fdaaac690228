package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/diff"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// balance lists what every design is better and worse at than the first, the
// most important first, and sums it up.
func (r *Result) balance() {
	for i := 1; i < len(r.Designs); i++ {
		gains, costs := r.moved(i, diff.Better), append(r.price(i), r.moved(i, diff.Worse)...)
		for _, text := range gains {
			r.Better = append(r.Better, Line{i, text})
		}
		for _, text := range costs {
			r.Worse = append(r.Worse, Line{i, text})
		}
		r.Short = append(r.Short, Line{i, r.short(i, gains, costs)})
	}
}

// short sums a design up: how much is better and worse, and what most of all.
func (r *Result) short(i int, gains, costs []string) string {
	better, worse := 0, 0
	for k := range r.Rows {
		switch r.verdict(k, i) {
		case diff.Better:
			better++
		case diff.Worse:
			worse++
		}
	}
	text := fmt.Sprintf("%s better and %d worse than %s", Count(better, "measure"), worse, r.Designs[0].Title)
	if len(gains) > 0 {
		text += "; most of all " + gains[0]
	}
	if worst := r.moved(i, diff.Worse); len(worst) > 0 {
		costs = worst // what fails weighs more than what there is to run
	}
	if len(costs) > 0 {
		text += "; its price, most of all: " + costs[0]
	}
	return text
}

// price is what a design costs that no measure counts: things to run, and answers
// that come later.
func (r *Result) price(i int) []string {
	var out []string
	first, d := &r.Designs[0], &r.Designs[i]
	if more := d.Running() - first.Running(); more > 0 {
		out = append(out, Count(more, "more thing")+" to deploy and run")
	}
	if later := d.converted(first); later > 0 {
		out = append(out, Count(later, "call")+verb(later, " is", " are")+" now answered later, by events")
	}
	return out
}

// verdict judges a row of a design against the first; what judges nothing, and
// what says in other units what another row says, gets neither.
func (r *Result) verdict(row, design int) diff.Verdict {
	x := &r.Rows[row]
	if words := x.Words(); diff.Restated(x.Metric) || words[0] == words[design] {
		return diff.Neither
	}
	return diff.Judge(x.Metric, x.Values[0], x.Values[design], 0)
}

// moved lists what is better, or worse, in a design than in the first: the
// failure that changed most, then the measures by weight.
func (r *Result) moved(design int, want diff.Verdict) []string {
	out := r.reach(design, want)
	for _, k := range r.byWeight() {
		if r.verdict(k, design) != want {
			continue
		}
		row := &r.Rows[k]
		words := row.Words()
		out = append(out, fmt.Sprintf("%s: %s instead of %s%s", row.Name(), words[design], words[0], r.downtime(row, design)))
	}
	return out
}

// reach names the single failure whose number of services down moved most, in one
// direction, of all that both designs have, and counts the others.
func (r *Result) reach(design int, want diff.Verdict) []string {
	first, d := r.Designs[0].Facts, r.Designs[design].Facts
	if first.Blast() == nil || d.Blast() == nil {
		return nil
	}
	most, others, text := int32(0), -1, ""
	for v := range int32(d.Graph().Len()) {
		was, ok := first.Graph().Lookup(d.Graph().ID(v))
		if !ok || first.Graph().Kind(was) != d.Graph().Kind(v) {
			continue
		}
		old, new := first.Blast().Of(was), d.Blast().Of(v)
		if old == nil || new == nil {
			continue
		}
		rise := new.NDown - old.NDown
		if want == diff.Better {
			rise = -rise
		}
		if rise <= 0 {
			continue
		}
		if others++; rise > most {
			most = rise
			text = fmt.Sprintf("one failure of %s takes down %d other services instead of %d", d.Graph().Label(v), new.NDown, old.NDown)
		}
	}
	switch {
	case most == 0:
		return nil
	case others > 0:
		further := map[diff.Verdict]string{diff.Worse: "further", diff.Better: "less far"}[want]
		text += fmt.Sprintf(" (and %s %s %s)", Count(others, "more failure"), verb(others, "reaches", "reach"), further)
	}
	return []string{text}
}

// downtime says what an availability comes to: minutes a month, and whether the
// journey's objective is met.
func (r *Result) downtime(row *Row, design int) string {
	if row.Metric.Key() != "journey/availability" {
		return ""
	}
	value := func(id string, i int) graph.Value {
		v, _ := r.Designs[i].Table.Value(metric.Journey, id, row.Subject)
		return v
	}
	var parts []string
	if was, is := value("minutes_down_a_month", 0), value("minutes_down_a_month", design); was.OK && is.OK {
		parts = append(parts, fmt.Sprintf("%s instead of %s minutes a month down", metric.Number(is.F), metric.Number(was.F)))
	}
	if was, is := value("objective_margin", 0), value("objective_margin", design); was.OK && is.OK && (was.F < 0) != (is.F < 0) {
		parts = append(parts, map[bool]string{true: "its objective is missed", false: "its objective is met"}[is.F < 0])
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, "; ") + ")"
}

// weighty are the measures that are told first, in this order.
var weighty = []string{"journey/availability", "system/blast_radius.max", "system/blast_radius.expected", "system/single_points_of_failure",
	"system/tightness", "system/cycles", "system/scaling_units", "system/independent_deployability", "system/cost.provisioned", "system/cost.used",
	"system/replicas_at_peak", "system/surge_share.max", "system/scaling_waste", "system/data_sharing", "system/call_depth",
	"system/blast_radius.mean", "system/propagation_cost", "system/cross_team_share", "journey/single_points_of_failure"}

// byWeight gives the rows in the order in which their moves are told.
func (r *Result) byWeight() []int {
	order := make([]int, len(r.Rows))
	weight := func(k int) int {
		if i := slices.Index(weighty, r.Rows[k].Metric.Key()); i >= 0 {
			return i
		}
		return len(weighty)
	}
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight(a), weight(b)) })
	return order
}
