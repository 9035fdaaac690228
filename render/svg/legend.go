package svg

import (
	"strconv"
	"strings"

	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/render/scene"
)

// seen is what occurs in a picture, and so what its legend explains.
type seen struct {
	kinds     [9]bool
	impacts   [7]bool
	meanings  [5]bool
	frames    [4]bool
	needs     [4]bool // of a journey
	carries   [7]bool // of a failure
	letters   bool    // on edges
	ties      bool
	internals bool
	cross     bool
	widths    bool
	copies    bool // as many as before
	more      bool // more than before
	grown     bool // squares that need more replicas
	entry     bool
	server    bool
	managed   bool
	marks     [5]bool // of a matrix
	cycles    bool
	spots     bool // of a plot: groups have shapes
	heat      bool // a matrix of counts
	heatMost  int
	changes   [4]bool // of an overlay
	timeline  bool
	overload  bool     // of a timeline: demand beyond capacity
	held      bool     // the same, kept in a channel
	words     []string // names of groups, in order of first use
	word      string
}

// node notes what a node shows. Compact pictures have no icons.
func (s *seen) node(n *scene.Node, compact bool) {
	s.kinds[n.Kind] = true
	s.impacts[n.Impact] = true
	s.needs[n.Need] = true
	if n.Replicas > 1 && n.Kind <= scene.Unit && !n.Tile {
		s.copied(n.Grew)
	}
	s.grown = s.grown || n.Grew && n.Tile
	if compact || n.Kind > scene.Unit {
		return
	}
	s.entry = s.entry || n.Exposed
	s.server = s.server || n.Runtime == model.Server
	s.managed = s.managed || n.Runtime == model.Managed
}

// edge notes what an edge shows. Widths say something about hard calls alone.
func (s *seen) edge(e *scene.Edge) {
	s.meanings[e.Meaning] = true
	s.internals = s.internals || e.Internals
	s.cross = s.cross || e.Cross
	s.carries[e.Carries] = true
	s.ties = s.ties || e.Ties
	s.widths = s.widths || showsCalls(e) && callWidth(e.Calls) != ""
}

// frame notes what a frame shows.
func (s *seen) frame(f *scene.Frame) {
	s.frames[f.Kind] = true
	s.impacts[f.Impact] = true
	if f.Replicas > 1 {
		s.copied(f.Grew)
	}
}

// copied notes a number of copies, and whether it stands out.
func (s *seen) copied(grew bool) {
	s.copies, s.more = s.copies || !grew, s.more || grew
}

// groups notes which colours a drawing uses.
func (s *seen) groups(d *scene.Drawing) {
	used := make([]bool, len(d.Groups))
	for i := range d.Nodes {
		if g := d.Nodes[i].Group; g >= 0 {
			used[g] = true
		}
	}
	for i := range d.Frames {
		if g := d.Frames[i].Group; g >= 0 {
			used[g] = true
		}
	}
	s.use(used, d.Groups, d.GroupWord)
}

// use adds the groups that occur to those of other drawings.
func (s *seen) use(used []bool, names []string, word string) {
	if len(s.words) < len(names) {
		s.words = append(s.words, make([]string, len(names)-len(s.words))...)
	}
	for i, u := range used {
		if u {
			s.words[i], s.word = names[i], word
		}
	}
}

func (s *seen) matrixGroups(m *scene.Matrix) {
	used := make([]bool, len(m.Groups))
	for _, g := range m.Group {
		if g >= 0 {
			used[g] = true
		}
	}
	s.use(used, m.Groups, m.GroupWord)
}

func (s *seen) plotGroups(p *scene.Plot) {
	s.spots = true
	used := make([]bool, len(p.Groups))
	for _, q := range p.Points {
		if q.Group >= 0 {
			used[q.Group] = true
		}
	}
	s.use(used, p.Groups, p.GroupWord)
}

// entry is one line of a legend: a sample and what it means.
type entry struct {
	key   string // for tests: what the sample is
	words string
	room  float64 // width of the sample
	paint func(c *canvas, x, y float64)
}

// entries lists what occurs, states first.
func (s *seen) entries() []entry {
	var out []entry
	for i := scene.Unknown; i >= scene.Works; i-- {
		if s.impacts[i] {
			out = append(out, entry{"impact-" + i.Word(), i.Word(), 30, sampleImpact(i)})
		}
	}
	for n := scene.Required; n <= scene.Later; n++ {
		if s.needs[n] {
			out = append(out, entry{"need-" + n.Word(), n.Word(), 28, sampleNeed(n)})
		}
	}
	for i := scene.Down; i >= scene.Delayed; i-- {
		if s.carries[i] {
			out = append(out, entry{"carries-" + i.Word(), carries(i), 40, sampleCarried(i)})
		}
	}
	out = append(out, s.changed()...)
	out = append(out, s.colours()...)
	out = append(out, s.shapes()...)
	out = append(out, s.lines()...)
	out = append(out, s.times()...)
	out = append(out, s.heats()...)
	return append(out, s.matrix()...)
}

// matrix lists the marks of a dependency structure matrix.
func (s *seen) matrix() []entry {
	var out []entry
	for m, w := range [...]string{"needs", "can do without", "takes events of"} {
		if s.marks[m] {
			out = append(out, entry{"mark-" + w, w, 14, func(c *canvas, x, y float64) { c.dot(scene.Meaning(m), x+6, y, 5) }})
		}
	}
	if s.cycles {
		out = append(out, entry{"cycle", "a cycle", 20, func(c *canvas, x, y float64) {
			c.leaf("rect", append(box(rect{x, y - 7, 14, 14}, 3), class("cyc"))...)
		}})
	}
	return out
}

// mostGroups is how many teams or domains a legend names: past that, colours
// repeat too often to be looked up, and tooltips tell.
const mostGroups = 24

// colours lists the teams or domains.
func (s *seen) colours() []entry {
	var out []entry
	more := 0
	for i, g := range s.words {
		switch {
		case g == "":
		case len(out) == mostGroups:
			more++
		default:
			words := noteFont.line(g, 140)
			if !strings.HasPrefix(g, s.word) {
				words = s.word + " " + words
			}
			sample, room := sampleGroup(i), 8.0
			if s.spots {
				sample, room = func(c *canvas, x, y float64) { c.spot(i, x+6, y) }, 16
			}
			out = append(out, entry{"group-" + g, words, room, sample})
		}
	}
	if more > 0 {
		out = append(out, entry{"groups-more", "and " + strconv.Itoa(more) + " more: see the tooltips", 0, func(*canvas, float64, float64) {}})
	}
	return out
}

// shapes lists the samples of nodes and frames. Plain services need none.
func (s *seen) shapes() []entry {
	var out []entry
	for _, k := range [...]struct {
		kind  scene.Kind
		words string
	}{
		{scene.Function, "function"}, {scene.Unit, "unit"}, {scene.Store, "store"}, {scene.Channel, "channel"},
		{scene.Queue, "queue"}, {scene.External, "run by others"}, {scene.Platform, "platform"},
	} {
		if s.kinds[k.kind] {
			out = append(out, entry{"kind-" + string(kindName(k.kind)), k.words, 26, sampleKind(k.kind)})
		}
	}
	if s.frames[scene.UnitFrame] {
		out = append(out, entry{"frame-unit", "one unit: ships, crashes and scales as one", 26, func(c *canvas, x, y float64) {
			c.leaf("rect", append(box(rect{x, y - 8, 24, 16}, 5), class("frame u"))...)
		}})
	}
	if s.frames[scene.BoundFrame] {
		out = append(out, entry{"frame-bound", "scale together: share a store", 26, func(c *canvas, x, y float64) {
			c.leaf("rect", append(box(rect{x, y - 8, 24, 16}, 5), class("frame bound"))...)
		}})
	}
	if s.copies {
		words := "replicas"
		if s.more {
			words = "replicas, as before"
		}
		out = append(out, entry{"copies", words, 32, func(c *canvas, x, y float64) { c.pill(3, false, x+15, y) }})
	}
	if s.more {
		out = append(out, entry{"copies-more", "replicas, more than before", 32, func(c *canvas, x, y float64) { c.pill(3, true, x+15, y) }})
	}
	if s.grown {
		out = append(out, entry{"grown", "needs more replicas", 22, func(c *canvas, x, y float64) {
			c.tile(&scene.Node{Group: -1, Grew: true}, rect{x, y - 9, tileSize, tileSize})
		}})
	}
	for _, i := range [...]struct {
		on          bool
		words, name string
		d           lit
	}{
		{s.entry, "open to the outside", "entry", entryIcon}, {s.server, "server", "server", serverIcon}, {s.managed, "managed", "managed", managedIcon},
	} {
		if i.on {
			out = append(out, entry{"icon-" + i.name, i.words, 16, func(c *canvas, x, y float64) { c.icon(i.d, x, y-7) }})
		}
	}
	return out
}

// lines lists the samples of edges.
func (s *seen) lines() []entry {
	var out []entry
	words := [...]string{"call, answer needed", "call it can do without", "event", "uses a store", "stands on"}
	for m, w := range words {
		if s.meanings[m] {
			out = append(out, entry{"edge-" + w, w, 34, sampleEdge(scene.Edge{Meaning: scene.Meaning(m), Calls: 1})})
		}
	}
	if s.internals {
		out = append(out, entry{"edge-internals", "knows internals", 34, sampleEdge(scene.Edge{Internals: true, Calls: 1})})
	}
	if s.cross {
		out = append(out, entry{"edge-cross", "crosses teams", 34, sampleEdge(scene.Edge{Cross: true, Calls: 1})})
	}
	if s.ties {
		out = append(out, entry{"edge-ties", "feels the other's demand at once", 34, sampleEdge(scene.Edge{Ties: true, Calls: 1})})
	}
	if s.widths {
		out = append(out, entry{"edge-width", "wider: more calls", 34, sampleEdge(scene.Edge{Calls: 9})})
	}
	return out
}

func sampleImpact(i scene.Impact) func(*canvas, float64, float64) {
	return func(c *canvas, x, y float64) {
		c.open("g", class("v", impactClass(i)))
		r := rect{x, y - 7, 24, 14}
		c.leaf("rect", append(box(r, 4), class("k"))...)
		if p := pattern(i); p != "" {
			c.leaf("rect", append(box(r, 4), ref("fill", c.prefix+string(p)))...)
			c.badge(i, x+22, y-4)
		}
		c.end()
	}
}

func sampleNeed(n scene.Need) func(*canvas, float64, float64) {
	return func(c *canvas, x, y float64) {
		c.open("g", class(needClass(n)))
		c.leaf("rect", append(box(rect{x, y - 7, 24, 14}, 4), class("k"))...)
		c.end()
	}
}

// sampleCarried shows an edge over which a failure spreads, with its letter.
func sampleCarried(i scene.Impact) func(*canvas, float64, float64) {
	return func(c *canvas, x, y float64) {
		d := &scene.Drawing{Edges: []scene.Edge{{Carries: i, Calls: 1}}}
		p := &placed{d: d, edges: []route{{pts: []point{{x, y}, {x + 37, y}}}}}
		c.strokes(&d.Edges[0], p.edges[0])
		if c.seen.letters {
			c.carried(p, 0)
		}
	}
}

func sampleGroup(i int) func(*canvas, float64, float64) {
	return func(c *canvas, x, y float64) { c.tag(i, x+2, y-7, y+7) }
}

func sampleKind(k scene.Kind) func(*canvas, float64, float64) {
	return func(c *canvas, x, y float64) {
		n, r := &scene.Node{Kind: k, Group: -1}, rect{x, y - 7, 22, 14}
		switch k {
		case scene.Store:
			c.cylinder(n, r, look{small: true})
		case scene.Channel, scene.Queue:
			c.leaf("rect", append(box(r, 7), class("bar"))...)
			for j := 0; j < 3 && k == scene.Queue; j++ {
				c.leaf("path", class("slot"), curve(new(path).op('M', x+8+float64(float64(j)*4), y-4).op('V', y+4)))
			}
		case scene.Platform:
			c.leaf("path", class("ground"), curve(new(path).op('M', x, y).op('H', x+22)))
		case scene.External:
			c.outline(n, r, "k ext")
		default:
			c.outline(n, r, "k")
		}
	}
}

func sampleEdge(e scene.Edge) func(*canvas, float64, float64) {
	return func(c *canvas, x, y float64) {
		d := &scene.Drawing{Nodes: []scene.Node{{}}, Edges: []scene.Edge{e}}
		p := &placed{d: d, edges: []route{{pts: []point{{x, y}, {x + 30, y}}}}}
		c.strokes(&d.Edges[0], p.edges[0])
	}
}

const (
	legendStep = 24 // between lines of a legend
	legendGap  = 20 // between entries
)

// legend paints the entries from (x, y) in lines no longer than room, leaves
// room for a signature at the end of the last one, and gives the height.
func (c *canvas) legend(x, y, room, sign float64) float64 {
	c.open("g", ident(c.id("legend")))
	left, line := x, y
	for _, e := range c.seen.entries() {
		w := e.room + 6 + noteFont.width(e.words)
		if left > x && left+w > x+room {
			left, line = x, line+legendStep
		}
		c.open("g", say("data-legend", Text(e.key)))
		e.paint(c, left, line)
		c.line(left+e.room+4, line+4, e.words, class("note"))
		c.end()
		left += w + legendGap
	}
	c.end()
	if left+sign > x+room {
		line += legendStep
	}
	return line - y + legendStep
}
