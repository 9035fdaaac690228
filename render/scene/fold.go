package scene

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// The numbers past which a view folds: more than a person can read.
const (
	MaxNodes = 300
	MaxEdges = 1000

	MaxWhole  = 100 // past it, pictures of one event leave out what it does not touch
	MaxFolded = 60  // nodes of a folded picture
)

// tooLarge says whether a drawing is past its limits.
func (d *Drawing) tooLarge(o Options) bool {
	return len(d.Nodes) > o.maxNodes() || len(d.Edges) > o.maxEdges()
}

// only cuts a large drawing down to what matters to its view, and says so; one
// that still is too large stays whole, to be folded.
func (c *canvas) only(s *Scene, o Options, words string, matters func(int32) bool) *canvas {
	if len(c.Nodes) <= MaxWhole && !c.tooLarge(o) {
		return c
	}
	keep := make([]bool, c.g.Len())
	for v := range keep {
		keep[v] = c.kept(int32(v)) && matters(int32(v))
	}
	small := begin(c.g, keep)
	small.system(ByUnit)
	if small.tooLarge(o) || len(small.Nodes) == len(c.Nodes) {
		return c
	}
	s.Messages = append(s.Messages, "only "+words+" is shown, "+plural(len(small.Nodes), "thing")+" of "+thousands(len(c.Nodes)))
	return small
}

// fold draws one node for each domain, team or group, see foldKey, with how many
// dependencies run between them, and says what it hides.
func fold(g *graph.Graph, full *Drawing, o Options) (f *folder, message string) {
	f = &folder{g: g, max: min(o.maxNodes(), MaxFolded), index: map[string]int{}, edge: map[[3]int]int{}}
	f.word, f.key = foldKey(g)
	f.nodes()
	for v := range int32(g.Services()) {
		f.edgesOf(v)
	}
	f.labels()
	message = "folded to " + plural(len(f.d.Nodes), f.word) + ": " + thousands(len(full.Nodes)) + " nodes and " +
		thousands(len(full.Edges)) + " edges are more than " + thousands(o.maxNodes()) + " and " + thousands(o.maxEdges()) +
		" that can be read; a focus shows a neighbourhood in full"
	if f.word == "group" {
		message += "; " + unnamed
	}
	return f, message
}

// folder collects the folded drawing.
type folder struct {
	g     *graph.Graph
	d     Drawing
	max   int
	word  string
	key   func(*model.Entity) string
	index map[string]int // key → node
	of    []int          // graph node → node
	count []int          // services in each node
	edge  map[[3]int]int
	n     []int // dependencies in each edge
	own   []int // dependencies inside each node
	from  map[string][]int
}

// foldKey chooses what a system folds to: domains where any service has one,
// else teams, else what depends most on each other.
func foldKey(g *graph.Graph) (string, func(*model.Entity) string) {
	for _, k := range [...]struct {
		word string
		key  func(*model.Entity) string
	}{{"domain", func(e *model.Entity) string { return e.Domain }}, {"team", func(e *model.Entity) string { return e.Owner }}} {
		if slices.ContainsFunc(g.Sys.Services, func(s *model.Service) bool { return k.key(&s.Entity) != "" }) {
			return k.word, k.key
		}
	}
	if key, ok := communities(g); ok {
		return "group", key
	}
	return "domain", func(e *model.Entity) string { return e.Domain }
}

// nodes makes the folded nodes in file order. Those past the limit share the
// last one.
func (f *folder) nodes() {
	keep := f.largest()
	f.of = make([]int, f.g.Len())
	for v := range int32(f.g.Len()) {
		e := f.g.Entity(v)
		f.of[v] = -1
		if k := f.g.Kind(v); k == graph.Unit || k == graph.Platform || f.word == "" {
			continue
		}
		key := f.key(e)
		i, ok := f.index[key]
		if keep != nil && !keep[key] {
			key = others
			i, ok = f.index[key]
		}
		if !ok {
			i = f.add(key)
		}
		f.of[v] = i
		if f.g.Kind(v) == graph.Service {
			f.count[i]++
		}
	}
}

// others is the key of all that share the last node.
const others = "\x00others"

// largest chooses what has a node of its own where there are too many: what
// holds most services, the first of equals; nil means all.
func (f *folder) largest() map[string]bool {
	size, order := map[string]int{}, []string(nil)
	for _, s := range f.g.Sys.Services {
		k := f.key(&s.Entity)
		if size[k] == 0 {
			order = append(order, k)
		}
		size[k]++
	}
	if len(order) < f.max {
		return nil
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(size[b], size[a]) })
	keep := map[string]bool{}
	for _, k := range order[:f.max-1] {
		keep[k] = true
	}
	return keep
}

// add makes the node of one domain or team.
func (f *folder) add(key string) int {
	i := len(f.d.Nodes)
	label := key
	if key == others {
		label = "all others"
	} else if key == "" {
		label = "no " + f.word
	} else if f.word == "team" {
		label = teamLabel(f.g.Sys, key)
	}
	f.index[key] = i
	f.d.Nodes = append(f.d.Nodes, Node{ID: "group-" + strconv.Itoa(i), Label: label, Kind: Group, Group: -1, Frame: -1, Attach: -1, Replicas: 1})
	f.count, f.own = append(f.count, 0), append(f.own, 0)
	return i
}

// edgesOf counts the dependencies of a service into the folded edges. Events
// run from who publishes to who consumes, over any channel.
func (f *folder) edgesOf(v int32) {
	s := f.g.Sys.Services[v]
	for _, d := range s.DependsOn {
		m := Call
		if d.Soft || d.Fallback != "" {
			m = SoftCall
		}
		for _, id := range d.To {
			t, ok := f.g.Lookup(id)
			if !ok {
				continue
			}
			if f.g.Kind(t) == graph.Store {
				m = Use
			}
			f.count1(f.of[v], f.of[t], m)
		}
	}
	for _, c := range s.Consumes {
		for _, from := range f.senders(c.From) {
			f.count1(from, f.of[v], Event)
		}
	}
}

// senders gives the folded nodes that publish to a channel, each once.
func (f *folder) senders(channel string) []int {
	if f.from == nil {
		f.from = map[string][]int{}
		for u, s := range f.g.Sys.Services {
			for _, p := range s.Publishes {
				if i := f.of[u]; i >= 0 && !slices.Contains(f.from[p.To], i) {
					f.from[p.To] = append(f.from[p.To], i)
				}
			}
		}
	}
	return f.from[channel]
}

// count1 counts one dependency; those inside a folded node have no edge.
func (f *folder) count1(from, to int, m Meaning) {
	if from < 0 || to < 0 {
		return
	}
	if from == to {
		f.own[from]++
		return
	}
	key := [3]int{from, to, int(m)}
	i, ok := f.edge[key]
	if !ok {
		i = len(f.d.Edges)
		f.edge[key] = i
		f.d.Edges = append(f.d.Edges, Edge{From: from, To: to, Meaning: m, Calls: 1})
		f.n = append(f.n, 0)
	}
	f.n[i]++
}

// labels writes the counts to nodes and edges.
func (f *folder) labels() {
	for i := range f.d.Nodes {
		f.d.Nodes[i].Sub = plural(f.count[i], "service")
		f.d.Nodes[i].Tip = f.word
	}
	for i := range f.d.Edges {
		f.d.Edges[i].count, f.d.Edges[i].Label = f.n[i], thousands(f.n[i])
		f.d.Edges[i].Tip = plural(f.n[i], "time")
	}
}

// focus keeps the nodes within some steps of one, in both directions.
func focus(g *graph.Graph, v int32, depth int) []bool {
	keep := make([]bool, g.Len())
	keep[v] = true
	ring := []int32{v}
	for range depth {
		var next []int32
		for _, u := range ring {
			for _, c := range [...]*graph.CSR{g.Depends(), g.Dependents()} {
				for _, w := range c.Out(u) {
					if !keep[w] {
						keep[w] = true
						next = append(next, w)
					}
				}
			}
		}
		ring = next
	}
	return keep
}
