package svg

import (
	"github.com/taut-dev/taut/render/layout"
	"github.com/taut-dev/taut/render/scene"
)

// placed is a drawing with coordinates.
type placed struct {
	d       *scene.Drawing
	scope   string // first part of the ids of its nodes
	compact bool
	looks   []look
	lane    []int // of the channels of a comparison
	nodes   []rect
	edges   []route
	frames  []rect
	titles  []rect
	notes   []rect // none from some engines
	w, h    float64
}

// frameFont is the font of a frame's title.
var frameFont = font{12, true}

const (
	titleHeight = 20
	tagRoom     = 9 // of the colour before a title
)

// measured finds the sizes of all nodes of a drawing.
func measured(d *scene.Drawing, compact bool) []look {
	var looks []look
	for i := range d.Nodes {
		looks = append(looks, measure(&d.Nodes[i], compact))
	}
	return looks
}

// place asks for the coordinates of a drawing.
func place(d *scene.Drawing, by func(layout.Graph, layout.Options) (layout.Result, error)) (*placed, error) {
	p := &placed{d: d, scope: "n", looks: measured(d, false)}
	g, nodes, edges := p.graph()
	if by == nil {
		p.take(layout.Layered(g, layout.Options{}), nodes, edges)
	} else if r, err := by(g, layout.Options{}); err != nil {
		return nil, err
	} else {
		p.take(r, nodes, edges)
	}
	p.aside()
	p.grounds()
	return p, nil
}

// graph is what has to be placed, with the drawing's number of each of its
// nodes and edges: platforms, and lines to them, are no part of it.
func (p *placed) graph() (g layout.Graph, nodes, edges []int) {
	at := make([]int, len(p.d.Nodes))
	for i := range p.d.Nodes {
		n, l := &p.d.Nodes[i], p.looks[i]
		at[i] = layout.None
		if n.Kind == scene.Platform {
			continue
		}
		at[i] = len(g.Nodes)
		nodes = append(nodes, i)
		g.Nodes = append(g.Nodes, layout.Node{W: l.w, H: l.h, Frame: n.Frame, Attach: layout.None, Bar: isBar(n)})
	}
	for k, i := range nodes {
		if a := p.d.Nodes[i].Attach; a >= 0 {
			g.Nodes[k].Attach = at[a]
		}
	}
	for i := range p.d.Edges {
		if e, ok := layoutEdge(&p.d.Edges[i], at); ok {
			edges = append(edges, i)
			g.Edges = append(g.Edges, e)
		}
	}
	for _, f := range p.d.Frames {
		w := frameFont.width(frameFont.line(f.Label, 240))
		if f.Group >= 0 {
			w += tagRoom
		}
		note := 0.0
		if f.Note != "" {
			note = noteFont.width(f.Note) + pillRoom(&f)
		}
		g.Frames = append(g.Frames, layout.Frame{Parent: f.Parent, TitleW: w, TitleH: titleHeight, NoteW: note})
	}
	return g, nodes, edges
}

// layoutEdge translates an edge; those on platforms are not drawn.
func layoutEdge(e *scene.Edge, at []int) (layout.Edge, bool) {
	le := layout.Edge{From: e.From, To: e.To, Event: e.Meaning == scene.Event}
	if e.From >= 0 {
		le.From = at[e.From]
	}
	if e.To >= 0 {
		le.To = at[e.To]
	}
	if e.Label != "" {
		le.LabelW, le.LabelH = frameFont.width(e.Label)+8, 16
	}
	return le, le.From != layout.None && le.To != layout.None
}

// grounds draws platforms as lines under everything.
func (p *placed) grounds() {
	for i := range p.d.Nodes {
		if p.d.Nodes[i].Kind == scene.Platform {
			p.w = max(p.w, p.looks[i].w)
			p.nodes[i] = rect{0, p.h + 22, p.w, 24}
			p.h += 46
		}
	}
}

// take copies the result of the layout back to the nodes and edges it is of.
func (p *placed) take(r layout.Result, nodes, edges []int) {
	p.w, p.h = r.W, r.H
	p.nodes, p.edges = make([]rect, len(p.d.Nodes)), make([]route, len(p.d.Edges))
	for k, n := range r.Nodes {
		p.nodes[nodes[k]] = rect{n.X, n.Y, n.W, n.H}
	}
	for _, f := range r.Frames {
		p.frames = append(p.frames, rect{f.X, f.Y, f.W, f.H})
	}
	for _, t := range r.Titles {
		p.titles = append(p.titles, rect{t.X, t.Y, t.W, t.H})
	}
	for _, t := range r.Notes {
		p.notes = append(p.notes, rect{t.X, t.Y, t.W, t.H})
	}
	for k, e := range r.Edges {
		out := route{curve: e.Curve, label: rect{e.Label.X, e.Label.Y, e.Label.W, e.Label.H}}
		for _, q := range e.Points {
			out.pts = append(out.pts, point{q.X, q.Y})
		}
		p.edges[edges[k]] = out
	}
}

// move shifts everything.
func (p *placed) move(dx, dy float64) {
	for i := range p.nodes {
		p.nodes[i] = p.nodes[i].moved(dx, dy)
	}
	for i := range p.frames {
		p.frames[i] = p.frames[i].moved(dx, dy)
	}
	for i := range p.titles {
		p.titles[i] = p.titles[i].moved(dx, dy)
	}
	for i := range p.notes {
		p.notes[i] = p.notes[i].moved(dx, dy)
	}
	for i := range p.edges {
		p.edges[i] = p.edges[i].moved(dx, dy)
	}
}

// drawing paints frames, then edges, then nodes, so that what matters is on top.
func (c *canvas) drawing(p *placed) {
	c.seen.groups(p.d)
	for i := range p.d.Frames {
		if p.d.Frames[i].Parent < 0 {
			c.frameTree(p, i)
		}
	}
	for i := range p.d.Nodes {
		c.copies(&p.d.Nodes[i], p.nodes[i])
	}
	for i := range p.d.Edges {
		c.edge(p, i)
	}
	for i := range p.d.Frames {
		c.frameTitle(p, i)
	}
	for i := range p.d.Nodes {
		c.node(p, i)
	}
	for i := range p.d.Edges {
		c.edgeLabel(p, i)
		c.edgeSign(p, i)
		c.carried(p, i)
	}
}

// frameTree paints a frame and then the frames inside it.
func (c *canvas) frameTree(p *placed, i int) {
	c.frame(p, i)
	for k := range p.d.Frames {
		if p.d.Frames[k].Parent == i {
			c.frameTree(p, k)
		}
	}
}

// frame paints the ground of a frame, with sheets behind it when it runs more
// than once.
func (c *canvas) frame(p *placed, i int) {
	f, r := &p.d.Frames[i], p.frames[i]
	if r.w == 0 {
		return
	}
	c.seen.frame(f)
	kind := lit("frame")
	switch f.Kind {
	case scene.UnitFrame:
		kind = "frame u"
	case scene.BoundFrame:
		kind = "frame bound"
	}
	c.open("g", ident(c.id(p.scope, "frame", f.ID)), say("data-id", Text(f.ID)))
	title := f.Label
	if f.Note != "" {
		title += ", " + f.Note
	}
	if f.Tip != "" {
		title += ": " + f.Tip
	}
	c.element("title", Text(title))
	for k := min(f.Replicas-1, 4); k > 0; k-- {
		c.leaf("rect", append(box(r.moved(5*float64(k), -5*float64(k)), 12), class("k copy"))...)
	}
	c.leaf("rect", append(box(r, 12), class(kind, impactClass(f.Impact)))...)
	c.end()
}

// frameTitle writes name and note of a frame over the lines that cross them.
func (c *canvas) frameTitle(p *placed, i int) {
	f, r := &p.d.Frames[i], p.frames[i]
	if r.w == 0 {
		return
	}
	x, y := r.x+14, r.y+20
	if i < len(p.titles) && p.titles[i].w > 0 {
		x, y = max(x, p.titles[i].x), p.titles[i].cy()+4
	}
	label := frameFont.line(f.Label, min(240, r.w-28))
	if f.Group >= 0 {
		c.tag(f.Group, x+1.5, y-9, y+1)
		x += tagRoom
	}
	c.line(x, y, label, class("fn halo"))
	if i < len(p.notes) && p.notes[i].w > 0 {
		c.line(p.notes[i].right()-pillRoom(f), p.notes[i].cy()+4, f.Note, class("note end halo"))
	} else if len(p.notes) == 0 && f.Note != "" && frameFont.width(label)+noteFont.width(f.Note)+48 < r.w {
		c.line(r.right()-14-pillRoom(f), y, f.Note, class("note end halo"))
	}
	if f.Replicas > 1 {
		c.pill(f.Replicas, f.Grew, r.right()-16, r.y+1)
	}
}

// pillRoom is what the number of copies at the right of a frame takes.
func pillRoom(f *scene.Frame) float64 {
	if f.Replicas > 1 {
		return 24
	}
	return 0
}

// copyAt is the same layout moved to a place.
func (p placed) copyAt(dx, dy float64) placed {
	q := p
	q.nodes = append([]rect(nil), p.nodes...)
	q.frames = append([]rect(nil), p.frames...)
	q.titles = append([]rect(nil), p.titles...)
	q.notes = append([]rect(nil), p.notes...)
	q.edges = append([]route(nil), p.edges...)
	q.move(dx, dy)
	return q
}
