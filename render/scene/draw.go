package scene

import (
	"slices"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// By is what frames stand for.
type By uint8

// The ways to frame services.
const (
	ByDomain By = iota
	ByTeam
	ByUnit // declared units of at least two services
	ByNothing
)

// canvas is a drawing under construction. node and frame lead from a graph
// node to its place in the drawing, -1 when it is not drawn that way.
type canvas struct {
	Drawing
	g           *graph.Graph
	node, frame []int
	keep        []bool // by graph node; nil: all
	groups      map[string]int
}

// begin starts an empty drawing whose colours stand for teams, or for domains
// where no service has an owner.
func begin(g *graph.Graph, keep []bool) *canvas {
	c := &canvas{g: g, keep: keep, groups: map[string]int{}}
	c.GroupWord = "domain"
	for _, s := range g.Sys.Services {
		if s.Owner != "" {
			c.GroupWord = "team"
		}
	}
	for _, s := range g.Sys.Services {
		if k := c.groupKey(&s.Entity); k != "" {
			c.addGroup(k)
		}
	}
	for v := range g.Len() {
		c.addGroup(c.groupKey(g.Entity(int32(v))))
		c.node, c.frame = append(c.node, -1), append(c.frame, -1)
	}
	return c
}

// groupKey is what gives an entity its colour.
func (c *canvas) groupKey(e *model.Entity) string {
	if c.GroupWord == "team" {
		return e.Owner
	}
	return e.Domain
}

// addGroup gives a group the next colour, unless it has one.
func (c *canvas) addGroup(name string) {
	if _, known := c.groups[name]; name != "" && !known {
		c.groups[name] = len(c.Groups)
		c.Groups = append(c.Groups, c.groupLabel(name))
	}
}

// groupLabel is what people call a group: a team may have a name.
func (c *canvas) groupLabel(id string) string {
	if c.GroupWord == "team" {
		return teamLabel(c.g.Sys, id)
	}
	return id
}

// teamLabel is a team's name, or its id: teams need no declaration.
func teamLabel(s *model.System, id string) string {
	for _, t := range s.Teams {
		if t.ID == id && t.Name != "" {
			return t.Name
		}
	}
	return id
}

// groupOf is the colour of a group, -1 for none.
func (c *canvas) groupOf(name string) int {
	if i, ok := c.groups[name]; ok {
		return i
	}
	return -1
}

// kept says whether a graph node belongs into the drawing.
func (c *canvas) kept(v int32) bool { return c.keep == nil || c.keep[v] }

// system draws all kept nodes, frames and edges.
func (c *canvas) system(by By) {
	for v := range int32(c.g.Len()) {
		if c.kept(v) && c.g.Kind(v) != graph.Unit {
			c.add(v, c.frameFor(v, by))
		}
	}
	c.attach()
	c.edges()
	c.house(by)
}

// house puts what is no service into the frame of its own team or domain, or of
// all that it is connected to, where one is drawn.
func (c *canvas) house(by By) {
	kind, key := TeamFrame, func(e *model.Entity) string { return e.Owner }
	if by == ByDomain {
		kind, key = DomainFrame, func(e *model.Entity) string { return e.Domain }
	} else if by != ByTeam {
		return
	}
	near := c.near(key)
	for v := int32(c.g.Services()); v < int32(c.g.Len()); v++ {
		k := c.node[v]
		if k < 0 || c.Nodes[k].Attach >= 0 || c.Nodes[k].Kind == Platform {
			continue
		}
		home, strange := key(c.g.Entity(v)), c.Nodes[k].Kind == External && by == ByTeam // no team runs it
		if all := near[k]; home == "" && len(all) > 0 && !strange {
			if home = all[0]; slices.ContainsFunc(all, func(s string) bool { return s != home }) {
				continue
			}
		}
		c.Nodes[k].Frame = slices.IndexFunc(c.Frames, func(f Frame) bool { return f.Kind == kind && f.ID == home })
	}
}

// near lists for each node what the services are in that it has edges with.
func (c *canvas) near(key func(*model.Entity) string) [][]string {
	of := make([]string, len(c.Nodes))
	service := make([]bool, len(c.Nodes))
	for v := range int32(c.g.Services()) {
		if k := c.node[v]; k >= 0 {
			of[k], service[k] = key(c.g.Entity(v)), true
		}
	}
	near := make([][]string, len(c.Nodes))
	for _, e := range c.Edges {
		for _, k := range [...][2]int{{e.From, e.To}, {e.To, e.From}} {
			if k[0] >= 0 && k[1] >= 0 && service[k[0]] {
				near[k[1]] = append(near[k[1]], of[k[0]])
			}
		}
	}
	return near
}

// frameFor finds or makes the frame of a service; other things stand free.
func (c *canvas) frameFor(v int32, by By) int {
	if c.g.Kind(v) != graph.Service {
		return -1
	}
	e := c.g.Entity(v)
	switch by {
	case ByDomain:
		return c.named(DomainFrame, e.Domain, e.Domain, c.groupIf("domain", e.Domain))
	case ByTeam:
		return c.named(TeamFrame, e.Owner, teamLabel(c.g.Sys, e.Owner), c.groupIf("team", e.Owner))
	case ByUnit:
		return c.unitFrame(c.g.Unit(v))
	}
	return -1
}

// groupIf is the colour of a frame, if colours stand for what frames stand for.
func (c *canvas) groupIf(word, name string) int {
	if c.GroupWord != word {
		return -1
	}
	return c.groupOf(name)
}

// named finds or makes the frame of a domain or team; there is none for "".
func (c *canvas) named(kind FrameKind, id, label string, group int) int {
	if id == "" {
		return -1
	}
	for i := range c.Frames {
		if c.Frames[i].Kind == kind && c.Frames[i].ID == id {
			return i
		}
	}
	c.Frames = append(c.Frames, Frame{ID: id, Label: label, Kind: kind, Parent: -1, Group: group})
	return len(c.Frames) - 1
}

// unitFrame is the frame of a unit, -1 for a service that ships alone.
func (c *canvas) unitFrame(u int32) int {
	if u < 0 {
		return -1
	}
	if c.frame[u] >= 0 {
		return c.frame[u]
	}
	m := c.g.Sys.Units[u-c.unitBase()]
	note := "one deployment"
	if m.Isolation != model.ProcessIsolation {
		note = "one process, one deployment"
	}
	c.Frames = append(c.Frames, Frame{ID: m.ID, Label: m.Label(), Note: note, Kind: UnitFrame, Parent: -1, Group: -1,
		URL: m.URL, Tip: plural(len(c.g.Members(u)), "service") + " that ship, crash and scale as one"})
	c.frame[u] = len(c.Frames) - 1
	return c.frame[u]
}

func (c *canvas) unitBase() int32 {
	from, _ := c.g.Range(graph.Unit)
	return from
}

// add draws one graph node.
func (c *canvas) add(v int32, frame int) {
	e := c.g.Entity(v)
	n := Node{ID: e.ID, Label: e.Label(), Kind: c.kind(v), Group: c.groupOf(c.groupKey(e)), Frame: frame, Attach: -1,
		URL: e.URL, Replicas: 1, Tip: c.tip(v)}
	if c.g.Kind(v) == graph.Service {
		s := c.g.Sys.Services[v]
		n.Exposed, n.Runtime = s.Exposed, s.Runtime
	}
	if n.Kind == Platform {
		n.Note = plural(len(c.g.Dependents().Out(v)), "thing") + " on it"
	}
	c.node[v] = len(c.Nodes)
	c.Nodes = append(c.Nodes, n)
}

// kind is the shape of a graph node.
func (c *canvas) kind(v int32) Kind {
	switch c.g.Kind(v) {
	case graph.Store:
		return Store
	case graph.Channel:
		from, _ := c.g.Range(graph.Channel)
		if c.g.Sys.Channels[v-from].Kind == model.Queue {
			return Queue
		}
		return Channel
	case graph.External:
		return External
	case graph.Platform:
		return Platform
	case graph.Unit:
		return Unit
	}
	if c.g.Sys.Services[v].Runtime == model.Function {
		return Function
	}
	return Service
}

// tip says what a node is in one line.
func (c *canvas) tip(v int32) string {
	e := c.g.Entity(v)
	parts := []string{c.g.Kind(v).String()}
	if c.g.Kind(v) == graph.Service {
		s := c.g.Sys.Services[v]
		if s.Runtime != "" {
			parts = append(parts, string(s.Runtime))
		}
		if s.Exposed {
			parts = append(parts, "open to the outside")
		}
		if s.Tier > 0 {
			parts = append(parts, "tier "+strconv.Itoa(s.Tier))
		}
	}
	if e.Owner != "" {
		parts = append(parts, "team "+teamLabel(c.g.Sys, e.Owner))
	}
	if e.Domain != "" {
		parts = append(parts, "domain "+e.Domain)
	}
	if e.Description != "" {
		parts = append(parts, e.Description)
	}
	return strings.Join(parts, ", ")
}

// attach hangs every store under its only user.
func (c *canvas) attach() {
	from, to := c.g.Range(graph.Store)
	for v := from; v < to; v++ {
		users := c.g.Dependents().Out(v)
		if c.node[v] < 0 || len(users) != 1 || c.g.Kind(users[0]) != graph.Service {
			continue
		}
		if u := c.node[users[0]]; u >= 0 {
			n := &c.Nodes[c.node[v]]
			n.Attach, n.Frame = u, c.Nodes[u].Frame
		}
	}
}

// plural is "1 service", "2 services".
func plural(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return thousands(n) + " " + word
}

// thousands writes a count with separators: 12,000.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
