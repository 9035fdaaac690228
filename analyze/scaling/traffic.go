package scaling

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// mode says what the flow over an edge does at its end.
type mode uint8

const (
	through mode = iota // it is handled, and causes flow there
	work                // it came round a loop of events: handled, but it causes nothing
	answer              // it completes a request that is counted already
)

// edge carries calls × num ÷ den of what its source handles.
type edge struct {
	to       int32
	feed     int32 // index in traffic.feeds of what a consumer takes; -1
	num, den int32
	retries  int32
	mode     mode
	calls    float64
}

// hub is where the events of one name on one channel meet their consumers.
type hub struct {
	channel int32 // index in System.Channels
	name    string
	kind    hubKind
}

type hubKind uint8

const (
	named     hubKind = iota // events of one name
	anonymous                // events of publications that list no names
	listeners                // all consumers that list no names, so that edges stay few
)

// feed is one consumer of one channel.
type feed struct {
	channel, service int32
	awaits           bool
	names            []string
}

// traffic is the graph that load runs over: services, then hubs. Edges that
// nothing ever passes (calls: 0) are left out.
type traffic struct {
	services int
	hubs     []hub
	feeds    []feed
	off      []int32
	edges    []edge

	calls   *graph.CSR // services only, without self-edges
	comp    []int32    // cyclic components of calls, callees first
	members *graph.CSR
	local   []int32 // place of a service in its component
	loops   []bool  // component: calls come round in it
	endless []bool  // component: and every round makes at least as many
	ring    []int32 // components of the whole, through hubs; nil without hubs
	order   []int32 // components and, after them in number, hubs: sources first
}

// newTraffic reads all calls, publications and consumptions.
func newTraffic(g *graph.Graph) *traffic {
	t := &traffic{services: g.Services(), off: []int32{0}}
	b := router{traffic: t, g: g, index: map[hub]int32{}}
	for s := range g.Sys.Services {
		b.service(int32(s))
	}
	b.consumers()
	t.arrange()
	t.judge()
	t.markAnswers()
	t.sequence(g)
	return t
}

// router builds the edges of a traffic.
type router struct {
	*traffic
	g        *graph.Graph
	index    map[hub]int32 // node of a hub
	listed   map[hub][]int32
	unlisted [][]int32 // channel to the feeds without names
	all      [][]int32 // channel to its feeds
}

// close ends the edges of the node that was added last.
func (b *router) close() { b.off = append(b.off, int32(len(b.edges))) }

// add appends one edge of the node that is being built, unless nothing passes.
func (b *router) add(e edge) {
	if e.calls > 0 && e.num > 0 {
		b.edges = append(b.edges, e)
	}
}

// hub gives the node of a hub, made when it is new.
func (b *router) hub(h hub) int32 {
	v, ok := b.index[h]
	if !ok {
		v = int32(b.services + len(b.hubs))
		b.index[h] = v
		b.hubs = append(b.hubs, h)
	}
	return v
}

// service adds the calls and publications of a service.
func (b *router) service(s int32) {
	x := b.g.Sys.Services[s]
	for i := range x.DependsOn {
		d := &x.DependsOn[i]
		for _, v := range b.g.Needs(s, i) {
			if v >= 0 && int(v) < b.services {
				b.add(edge{to: v, feed: -1, num: 1, den: share(d), calls: d.Calls, retries: int32(d.Retries)})
			}
		}
	}
	for i := range x.Publishes {
		p := &x.Publishes[i]
		if c, ok := b.channel(p.To); ok {
			b.publication(c, p)
		}
	}
	b.close()
}

// share is over how many targets the calls of a dependency are spread.
func share(d *model.Dependency) int32 {
	if d.AnyOf {
		return int32(max(len(d.To), 1))
	}
	return 1
}

// channel finds a channel by its id.
func (b *router) channel(id string) (int32, bool) {
	first, end := b.g.Range(graph.Channel)
	v, ok := b.g.Lookup(id)
	return v - first, ok && v >= first && v < end
}

// publication adds the edges from a publisher to the hubs of its events.
func (b *router) publication(channel int32, p *model.Publication) {
	names := distinct(p.Events)
	if len(names) == 0 {
		to := b.hub(hub{channel: channel, kind: anonymous})
		b.add(edge{to: to, feed: -1, num: 1, den: 1, calls: p.Calls})
	}
	for _, name := range names {
		to := b.hub(hub{channel: channel, name: name})
		b.add(edge{to: to, feed: -1, num: 1, den: int32(len(names)), calls: p.Calls})
	}
}

// distinct leaves out repetitions.
func distinct(names []string) []string {
	seen := make(map[string]bool, len(names))
	var out []string
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// consumers reads all consumptions and adds the edges of the hubs.
func (b *router) consumers() {
	n := len(b.g.Sys.Channels)
	b.listed, b.unlisted, b.all = map[hub][]int32{}, make([][]int32, n), make([][]int32, n)
	for s, x := range b.g.Sys.Services {
		for i := range x.Consumes {
			if c, ok := b.channel(x.Consumes[i].From); ok {
				for _, part := range x.Consumes[i].Parts() {
					b.feed(feed{channel: c, service: int32(s), awaits: part.Awaits, names: distinct(part.Events)})
				}
			}
		}
	}
	for i := 0; i < len(b.hubs); i++ { // grows: hubs of listeners are made on the way
		b.deliver(b.hubs[i])
		b.close()
	}
}

func (b *router) feed(f feed) {
	i := int32(len(b.feeds))
	b.feeds = append(b.feeds, f)
	b.all[f.channel] = append(b.all[f.channel], i)
	if len(f.names) == 0 {
		b.unlisted[f.channel] = append(b.unlisted[f.channel], i)
	}
	for _, name := range f.names {
		h := hub{channel: f.channel, name: name}
		b.listed[h] = append(b.listed[h], i)
	}
}

// deliver adds the edges from a hub to its consumers: a queue shares its events
// evenly among them, everything else gives each of them all.
func (b *router) deliver(h hub) {
	unlisted := b.unlisted[h.channel]
	var direct []int32
	switch h.kind {
	case listeners:
		direct, unlisted = unlisted, nil
	case named:
		direct = b.listed[h]
	case anonymous:
		for _, f := range b.all[h.channel] {
			if len(b.feeds[f].names) > 0 {
				direct = append(direct, f)
			}
		}
	}
	queue := b.g.Sys.Channels[h.channel].Kind == model.Queue
	one, rest, of := int32(1), int32(1), int32(1)
	if queue {
		rest, of = int32(len(unlisted)), int32(max(len(direct)+len(unlisted), 1))
	}
	for _, f := range direct {
		b.add(edge{to: b.feeds[f].service, feed: f, num: one, den: of, calls: 1})
	}
	if len(unlisted) > 0 {
		b.add(edge{to: b.hub(hub{channel: h.channel, kind: listeners}), feed: -1, num: rest, den: of, calls: 1})
	}
}

// out gives the edges of a node.
func (t *traffic) out(v int32) []edge { return t.edges[t.off[v]:t.off[v+1]] }

// nodes is the number of services and hubs.
func (t *traffic) nodes() int { return t.services + len(t.hubs) }
