package graph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/model"
)

// publisher is one publication seen from its channel.
type publisher struct {
	service int32
	events  []string // none: all
}

// indexPublishers lists who publishes to each channel, in file order.
func (b *builder) indexPublishers() {
	g := b.g
	b.publishers = make([][]publisher, len(g.Sys.Channels))
	for s, x := range g.Sys.Services {
		for _, p := range x.Publishes {
			if c, ok := g.byID[p.To]; ok && g.Kind(c) == Channel {
				c -= g.first[Channel]
				b.publishers[c] = append(b.publishers[c], publisher{int32(s), p.Events})
			}
		}
	}
}

// awaits adds the rule that a consumer waits for the best of the other services
// that publish at least one of the events. Nobody publishes: no rule.
func (b *builder) awaits(v int32, c *model.Consumption, events []string) {
	ch, ok := b.g.byID[c.From]
	if !ok || b.g.Kind(ch) != Channel {
		return
	}
	members := b.publishersOf(ch, events)
	k := 1
	if _, own := slices.BinarySearch(members.Members, v); own {
		k = 2
	}
	if len(members.Members) < k {
		return
	}
	if k == 1 {
		b.onGroup(v, members.group, Delayed, Awaits, &c.Origin)
		return
	}
	key := "2/" + strconv.Itoa(int(members.group))
	id, ok := b.shared[key]
	if !ok {
		id = b.group(members.Members, 2)
		b.shared[key] = id
	}
	b.onGroup(v, id, Delayed, Awaits, &c.Origin)
}

// sharedGroup is a list of publishers with the number of its group for K = 1.
type sharedGroup struct {
	Members []int32
	group   int32
}

// publishersOf lists the services that publish one of the events to a channel,
// once for all consumers that ask for the same events.
func (b *builder) publishersOf(ch int32, events []string) sharedGroup {
	sorted := slices.Compact(slices.Sorted(slices.Values(events)))
	key := strconv.Itoa(int(ch)) + "/" + strings.Join(sorted, "\n")
	if id, ok := b.shared[key]; ok {
		if id < 0 {
			return sharedGroup{group: -1}
		}
		return sharedGroup{b.g.Group(id).Members, id}
	}
	var members []int32
	for _, p := range b.publishers[ch-b.g.first[Channel]] {
		if overlaps(p.events, sorted) {
			members = append(members, p.service)
		}
	}
	members = slices.Compact(members) // file order is ascending
	if len(members) == 0 {
		b.shared[key] = -1
		return sharedGroup{group: -1}
	}
	id := b.group(members, 1)
	b.shared[key] = id
	return sharedGroup{members, id}
}

// overlaps says whether two event lists have an event in common; an empty list
// means all events.
func overlaps(a, sorted []string) bool {
	if len(a) == 0 || len(sorted) == 0 {
		return true
	}
	return slices.ContainsFunc(a, func(e string) bool {
		_, ok := slices.BinarySearch(sorted, e)
		return ok
	})
}
