// Package query answers what is asked about a system and its numbers, whoever
// asks: a person at a command line or an agent. It opens nothing and prints
// nothing.
package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/budget"
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render"
)

// Validate checks the names in a file that only the analyses know: rules,
// metrics, coupling factors. Source gives the texts of files; it may be nil.
func Validate(system *model.System, source func(file string) []byte) model.Diagnostics {
	return slices.Concat(lint.Validate(system, source), budget.Validate(system), coupling.Validate(system))
}

// Findings is what lint and the budgets say about a system, by place. Today
// decides which waivers have ended.
func Findings(facts *metric.Facts, today model.Date) model.Diagnostics {
	found := lint.Run(facts, lint.Options{Today: today})
	table := metric.Compute(facts, metric.Named(budget.Keys(facts.System())...))
	return append(found, budget.Check(facts, table, today)...).Sorted()
}

// UnknownWord is the error about a word that is none of those known: it lists
// them, and says which was probably meant.
func UnknownWord(word string, known []string) error {
	if near := model.Suggest(word, known); near != "" {
		return fmt.Errorf("%q is none of %s; did you mean %q?", word, strings.Join(known, ", "), near)
	}
	return fmt.Errorf("%q is none of %s", word, strings.Join(known, ", "))
}

// Failure works out one failure and the chain by which it reaches each service.
// An unknown id is an error that says which was probably meant.
func Failure(g *graph.Graph, id string) (*render.FailedReport, error) {
	v, ok := g.Lookup(id)
	if !ok {
		ids := make([]string, g.Len())
		for i := range ids {
			ids[i] = g.ID(int32(i))
		}
		if near := model.Suggest(id, ids); near != "" {
			return nil, fmt.Errorf("nothing is called %q; did you mean %q?", id, near)
		}
		return nil, fmt.Errorf("nothing is called %q in this system", id)
	}
	r := &render.FailedReport{Node: v, States: blast.States(g, v), Chains: make([][]blast.Step, g.Services())}
	var traces [graph.Down + 1]*blast.Tracing
	for s := range int32(g.Services()) {
		state := r.States[s]
		if state == graph.Up || s == v {
			continue
		}
		if traces[state] == nil {
			traces[state] = blast.Trace(g, state, v)
		}
		r.Chains[s] = traces[state].Chain(s)
	}
	return r, nil
}
