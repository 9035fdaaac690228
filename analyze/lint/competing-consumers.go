package lint

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/model"
)

// competingConsumers reports queues from which several services take the same
// events: a queue gives each message to one of them.
func competingConsumers(p *Pass) {
	taken := map[string][]*model.Consumption{}
	taker := map[*model.Consumption]string{}
	for _, s := range p.Sys.Services {
		for i := range s.Consumes {
			c := &s.Consumes[i]
			taken[c.From], taker[c] = append(taken[c.From], c), s.ID
		}
	}
	for _, ch := range p.Sys.Channels {
		if ch.Kind != model.Queue {
			continue
		}
		all := taken[ch.ID]
		var names []string
		var ends []model.Related
		for _, a := range all {
			if !slices.ContainsFunc(all, func(b *model.Consumption) bool { return taker[a] != taker[b] && overlap(a.Events, b.Events) }) {
				continue
			}
			if id := taker[a]; !slices.Contains(names, id) {
				names = append(names, id)
				if len(ends) < shown {
					ends = append(ends, related(a.Pos, "%q takes from it", id))
				}
			}
		}
		if len(names) > 0 {
			p.Report(ch.Pos, "channels."+ch.ID,
				fmt.Sprintf("queue %q gives each message to one of %d services (%s), so that each gets only a part", ch.ID, len(names), some(names, shown)),
				"if each must see every message, make it `kind: topic` or give each a queue of its own; workers that share the work are replicas of one service", ends...)
		}
	}
}

// overlap says whether two lists of events share one; an empty list means all.
func overlap(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(e string) bool { return slices.Contains(b, e) })
}
