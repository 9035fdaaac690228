package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/blast"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// FailedReport is one failure and how it reaches everybody.
type FailedReport struct {
	Node   int32
	States []graph.State
	Chains [][]blast.Step // for every service hit, in file order
}

type jsonFailedNode struct {
	Node    string            `json:"node"`
	States  map[string]string `json:"states"`
	Because map[string]string `json:"because"` // of every service hit: the chain in words
	Waiting []jsonHeld        `json:"waiting"`
}

type jsonHeld struct {
	Channel string   `json:"channel"`
	Service string   `json:"service"`
	Outbox  bool     `json:"outbox"`
	Lost    *float64 `json:"lost_after_seconds"`
}

var stateTones = [...]Tone{graph.Up: Good, graph.Delayed: Caution, graph.Degraded: Caution, graph.Down: Bad}

// failBlocks shows one failure: who is hit, by which chain, and what waits.
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
		{fmt.Sprintf("  %d of %s down, %d degraded, %d delayed, %d unaffected", counts[graph.Down], plural(others, "other service", "other services"), counts[graph.Degraded], counts[graph.Delayed], counts[graph.Up]), Plain}}}}
	if stopped := r.stopped(); len(stopped) > 0 {
		blocks = append(blocks, Block{Text: []Cell{{"journeys that stop: ", Plain}, {few(stopped), Bad}}})
	}
	blocks = filled(blocks, t)
	waits := &Table{Header: []string{"what waits", "for", "then"}}
	for _, h := range blast.Waiting(g, f.States) {
		waits.Rows = append(waits.Rows, heldRow(g, h))
	}
	return filled(blocks, waits)
}

// relation is the verb between a victim and what hurt it: a need that it can do
// without is none.
func relation(c *graph.Clause) string {
	if c.Reason == graph.Needs && c.Cap == graph.Degraded {
		return "works with less without"
	}
	return c.Reason.String()
}

// stopped names the journeys whose entry, or something they require, is down.
func (r *Report) stopped() []string {
	g := r.Facts.Graph()
	var out []string
	for _, j := range r.Facts.System().Journeys {
		for _, id := range append([]string{j.Entry}, j.Requires...) {
			if v, ok := g.Lookup(id); ok && r.Failed.States[v] == graph.Down {
				out = append(out, j.ID)
				break
			}
		}
	}
	return out
}

// heldRow says where events wait, for whom, and until when.
func heldRow(g *graph.Graph, h blast.Held) []Cell {
	switch {
	case h.Outbox:
		return []Cell{{"events in the outbox of " + g.Label(h.Service), Plain}, {g.Label(h.Channel) + " to be back", Plain}, {"sent late; no bound is given", Muted}}
	case h.Keeps > 0:
		return []Cell{{"events in " + g.Label(h.Channel), Plain}, {g.Label(h.Service) + " to be back", Plain}, {"lost after " + metric.Span(h.Keeps), Bad}}
	}
	return []Cell{{"events in " + g.Label(h.Channel), Plain}, {g.Label(h.Service) + " to be back", Plain}, {"kept; no retention is given", Muted}}
}

func (r *Report) jsonFailed() *jsonFailedNode {
	if r.Failed == nil {
		return nil
	}
	g := r.Facts.Graph()
	out := &jsonFailedNode{Node: g.ID(r.Failed.Node), States: map[string]string{}, Because: map[string]string{}, Waiting: []jsonHeld{}}
	for v, steps := range r.Failed.Chains {
		if len(steps) > 0 {
			out.Because[g.ID(int32(v))] = chain(g, steps)
		}
	}
	for v, s := range r.Failed.States {
		out.States[g.ID(int32(v))] = s.String()
	}
	for _, h := range blast.Waiting(g, r.Failed.States) {
		j := jsonHeld{Channel: g.ID(h.Channel), Service: g.ID(h.Service), Outbox: h.Outbox}
		if h.Keeps > 0 {
			s := h.Keeps.Seconds()
			j.Lost = &s
		}
		out.Waiting = append(out.Waiting, j)
	}
	return out
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
			parts = append(parts, fmt.Sprintf("%s %s %s", g.Label(s.Node), relation(s.Clause), g.Label(steps[i+1].Node)))
		}
	}
	return strings.Join(parts, ", ")
}
