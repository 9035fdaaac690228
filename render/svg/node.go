package svg

import (
	"strconv"
	"strings"

	"github.com/taut-dev/taut/render/scene"
)

const (
	nameRoom  = 124 // widest line of a label
	wordRoom  = 180 // the same where a single word needs it
	cardWidth = 92  // least width of a box
	cardPad   = 14
	iconRoom  = 18
	slant     = 9 // of a function's edge
	tileSize  = 18
	lid       = 5 // half height of a cylinder's ellipse
)

// look is a node's content with the room that it needs.
type look struct {
	w, h  float64
	lines []string
	small bool // a store without its name
}

// room is the widest line of a label: wider than usual for a word that cannot
// be broken, up to a bound.
func room(label string) float64 {
	widest := 0.0
	for _, word := range strings.FieldsFunc(label, func(r rune) bool { return strings.ContainsRune(" -_./", r) }) {
		widest = max(widest, nameFont.width(word)+1)
	}
	if widest > wordRoom {
		return nameRoom
	}
	return max(nameRoom, widest)
}

// measure finds the size of a node. Compact pictures show no icons, and stores
// under their only user without their name.
func measure(n *scene.Node, compact bool) look {
	if n.Tile {
		return look{w: tileSize, h: tileSize}
	}
	switch n.Kind {
	case scene.Store:
		if compact && n.Attach >= 0 {
			return look{w: 28, h: 18, small: true}
		}
		l := look{lines: nameFont.wrap(n.Label, room(n.Label), 2)}
		l.w, l.h = max(52, nameFont.widest(l.lines)+20), 22+float64(float64(len(l.lines))*lineHeight)
		return l
	case scene.Channel, scene.Queue, scene.Platform:
		l := look{lines: []string{barFont.line(n.Label, 220)}, h: 26}
		l.w = barFont.width(l.lines[0]) + 44
		if n.Kind == scene.Queue {
			l.w += 40
		}
		if n.Note != "" {
			l.w += barFont.width(barFont.line(n.Note, 260)) + 20
		}
		return l
	}
	l := look{lines: nameFont.wrap(n.Label, room(n.Label), 3)}
	w := nameFont.widest(l.lines)
	l.h = 22 + float64(float64(len(l.lines))*lineHeight)
	if n.Sub != "" {
		w = max(w, subFont.width(subFont.line(n.Sub, nameRoom)))
		l.h += 14
	}
	l.w = max(84, w+22)
	if !compact {
		l.w = max(cardWidth, w+2*cardPad) + icons(n)
	}
	if n.Kind == scene.Function {
		l.w += slant
	}
	return l
}

// icons is the room that a node's icons take on both sides of the label.
func icons(n *scene.Node) float64 {
	r := 0.0
	if n.Exposed {
		r += iconRoom
	}
	if runtimeIcon(n.Runtime) != "" {
		r += iconRoom
	}
	return r
}

// node paints one node into its place.
func (c *canvas) node(p *placed, i int) {
	n, r := &p.d.Nodes[i], p.nodes[i]
	c.seen.node(n, p.compact)
	if n.Tile {
		c.tile(n, r)
		return
	}
	title := n.Label
	if w := n.Impact.Word(); w != "" {
		title += " (" + w + ")"
	}
	if w := n.Change.Word(); w != "" {
		title += " (" + w + ")"
	}
	if w := n.Need.Word(); w != "" {
		title += " (" + w + ")"
	}
	if n.Tip != "" {
		title += ": " + n.Tip
	}
	href, linked := link(n.URL)
	if linked {
		c.open("a", say("href", href), set("target", "_blank"), set("rel", "noopener noreferrer"))
	}
	c.open("g", ident(c.id(p.scope, n.ID)), class("v", impactClass(n.Impact), changeClass(n.Change), needClass(n.Need)), say("data-id", Text(n.ID)), set("data-kind", kindName(n.Kind)))
	c.element("title", Text(title))
	if s := p.neighbours(i); s != "" && !p.compact {
		c.element("desc", Text(s))
	}
	c.shape(n, r, p.looks[i], p.compact)
	c.sign(n.Change, r.x+4, r.y+2)
	c.end()
	if linked {
		c.end()
	}
}

// needClass is the style class of a need: the strokes are those of the edges
// that make it, whole, dotted and broken.
func needClass(n scene.Need) lit { return [...]lit{"", "must", "spare", "late"}[n] }

// tile paints a service as a square: its name is in the tooltip.
func (c *canvas) tile(n *scene.Node, r rect) {
	grew := lit("")
	if n.Grew {
		grew = "grew"
	}
	c.open("g", class("v", impactClass(n.Impact), grew))
	title := n.Label
	if w := n.Impact.Word(); w != "" {
		title += " (" + w + ")"
	}
	if n.Replicas > 1 {
		title += " ×" + strconv.Itoa(n.Replicas)
	}
	c.element("title", Text(title))
	c.leaf("rect", append(box(r, 3), class("k"))...)
	if p := pattern(n.Impact); p != "" {
		c.leaf("rect", append(box(r, 3), ref("fill", c.prefix+string(p)))...)
	}
	c.tag(n.Group, r.x+2.3, r.y+4, r.bottom()-4)
	if n.Impact == scene.Failed {
		c.badge(n.Impact, r.cx(), r.cy())
	}
	if n.Grew {
		c.leaf("path", class("plus"), curve(new(path).op('M', r.cx()-2, r.cy()).op('H', r.cx()+6).op('M', r.cx()+2, r.cy()-4).op('V', r.cy()+4)))
	}
	c.end()
}

func kindName(k scene.Kind) lit {
	return [...]lit{"service", "function", "unit", "store", "channel", "queue", "external", "platform", "group"}[k]
}

// shape paints a node by its kind.
func (c *canvas) shape(n *scene.Node, r rect, l look, compact bool) {
	switch n.Kind {
	case scene.Store:
		c.cylinder(n, r, l)
	case scene.Channel, scene.Queue:
		c.bar(n, r, l)
	case scene.Platform:
		c.leaf("path", class("ground"), curve(new(path).op('M', r.x, r.y+3).op('H', r.right())))
		c.line(r.x+2, r.y+19, l.lines[0], class("fn"))
		if n.Note != "" {
			c.line(r.x+2+barFont.width(l.lines[0])+8, r.y+19, n.Note, class("note"))
		}
		c.badge(n.Impact, r.right()-10, r.y+3)
	default:
		c.card(n, r, l, compact)
	}
}

// copies paints the sheets behind a box that runs more than once. They come
// before the edges, which would else end under them.
func (c *canvas) copies(n *scene.Node, r rect) {
	if n.Kind > scene.Unit || n.Tile {
		return
	}
	for k := min(n.Replicas-1, 3); k > 0; k-- {
		c.outline(n, r.moved(4*float64(k), -4*float64(k)), "k copy")
	}
}

// card paints a box with its colour bar, label, icons, badge and the number of
// copies.
func (c *canvas) card(n *scene.Node, r rect, l look, compact bool) {
	kind := lit("k")
	if n.Kind == scene.External {
		kind = "k ext"
	}
	c.outline(n, r, kind)
	if p := pattern(n.Impact); p != "" {
		c.filled(n, r, p)
	}
	c.tag(n.Group, r.x+2.3, r.y+7, r.bottom()-7)
	left, right := r.x+cardPad, r.right()-cardPad
	if n.Kind == scene.Function {
		right -= slant
	}
	if !compact && n.Exposed {
		c.icon(entryIcon, left-4, r.cy()-7)
		left += iconRoom
	}
	if d := runtimeIcon(n.Runtime); d != "" && !compact {
		c.icon(d, right-10, r.cy()-7)
		right -= iconRoom
	}
	c.caption(n, (left+right)/2, r.cy(), l)
	if n.Replicas > 1 {
		c.pill(n.Replicas, n.Grew, r.right()-16, r.bottom()-1)
	}
	c.badge(n.Impact, r.right()-4, r.y+2)
}

// caption writes label and second line round the middle of a box.
func (c *canvas) caption(n *scene.Node, x, y float64, l look) {
	first := y + 4.6 - float64(len(l.lines)-1)*lineHeight/2
	if n.Sub != "" {
		first -= 7
	}
	c.lines(x, first, lineHeight, l.lines, class("n"))
	if n.Sub != "" {
		c.line(x, first+float64(float64(len(l.lines)-1)*lineHeight)+15, subFont.line(n.Sub, nameRoom), class("s"))
	}
}

// outline paints the border and ground of a box.
func (c *canvas) outline(n *scene.Node, r rect, kind lit) {
	if n.Kind == scene.Function {
		c.leaf("path", class(kind), curve(slanted(r)))
		return
	}
	c.leaf("rect", append(box(r, 7), class(kind))...)
}

// filled lays the pattern of an impact over a box.
func (c *canvas) filled(n *scene.Node, r rect, p lit) {
	fill := ref("fill", c.prefix+string(p))
	if n.Kind == scene.Function {
		c.leaf("path", curve(slanted(r)), fill)
		return
	}
	c.leaf("rect", append(box(r, 7), fill)...)
}

// slanted is a box whose right edge leans: a function.
func slanted(r rect) *path {
	return new(path).op('M', r.x+7, r.y).op('H', r.right()).op('L', r.right()-slant, r.bottom()).op('H', r.x+7).
		op('Q', r.x, r.bottom(), r.x, r.bottom()-7).op('V', r.y+7).op('Q', r.x, r.y, r.x+7, r.y).op('Z')
}

// cylinder paints a store, without its name where there is no room.
func (c *canvas) cylinder(n *scene.Node, r rect, l look) {
	e := lid * min(1, r.w/50+0.3)
	body := new(path).op('M', r.x, r.y+e).op('V', r.bottom()-e).op('A', r.w/2, e, 0, 0, 0, r.right(), r.bottom()-e).op('V', r.y+e)
	c.leaf("path", class("k store"), curve(body))
	c.leaf("ellipse", class("k store"), num("cx", r.cx()), num("cy", r.y+e), num("rx", r.w/2), num("ry", e))
	if p := pattern(n.Impact); p != "" {
		c.leaf("path", curve(body), ref("fill", c.prefix+string(p)))
	}
	c.tag(n.Group, r.x+2.3, r.y+e+5, r.bottom()-e-2)
	if l.small {
		if n.Impact > scene.Works {
			c.badge(n.Impact, r.right()+2, r.y+2)
		}
		return
	}
	c.lines(r.cx(), r.cy()+e/2+5-float64(len(l.lines)-1)*lineHeight/2, lineHeight, l.lines, class("n"))
	c.badge(n.Impact, r.right()-4, r.y+2)
}

// bar paints a channel: what services plug into. A queue has slots.
func (c *canvas) bar(n *scene.Node, r rect, l look) {
	round := r.h / 2
	c.leaf("rect", append(box(r, round), class("bar"))...)
	if n.Fill > 0 {
		c.leaf("rect", append(box(rect{r.x, r.y, max(r.h, r.w*min(1, n.Fill)), r.h}, round), class("lvl"))...)
	}
	if p := pattern(n.Impact); p != "" {
		c.leaf("rect", append(box(r, round), ref("fill", c.prefix+string(p)))...)
	}
	if n.Kind == scene.Queue && n.Note == "" {
		for k := range 4 {
			x := r.right() - 16 - float64(float64(k)*8)
			c.leaf("path", class("slot"), curve(new(path).op('M', x, r.y+5).op('V', r.bottom()-5)))
		}
	}
	c.line(r.x+16, r.cy()+4.2, l.lines[0], class("bn"))
	if n.Note != "" {
		room := r.w - 44 - barFont.width(l.lines[0])
		c.line(r.right()-16, r.cy()+4.2, barFont.line(n.Note, room), class("bn end"))
	}
	c.badge(n.Impact, r.right()-8, r.y)
}

// neighbours says in words what a node is connected to.
func (p *placed) neighbours(i int) string {
	var to, from []string
	for _, e := range p.d.Edges {
		if e.From == i && e.To >= 0 {
			to = append(to, p.d.Nodes[e.To].Label)
		}
		if e.To == i && e.From >= 0 {
			from = append(from, p.d.Nodes[e.From].Label)
		}
	}
	var parts []string
	if len(to) > 0 {
		parts = append(parts, "leads to "+strings.Join(to, ", "))
	}
	if len(from) > 0 {
		parts = append(parts, "reached from "+strings.Join(from, ", "))
	}
	return strings.Join(parts, "; ")
}
