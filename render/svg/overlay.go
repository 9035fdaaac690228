package svg

import "github.com/taut-dev/taut/render/scene"

// overlayRules style a picture of two versions. They come only with such a
// picture. What happened is told by a sign and a pattern too: added is whole,
// removed is broken, changed is dotted.
const overlayRules = `.band{fill:none;stroke-width:9;stroke-opacity:.3}.band.add{stroke:$good}.band.gone{stroke:$bad;stroke-dasharray:9 5}.band.chg{stroke:$part;stroke-dasharray:.1 11;stroke-linecap:round}` +
	`.add .k,.add .bar{stroke:$good;stroke-width:2.6}.gone .k,.gone .bar{stroke:$bad;stroke-width:2.2;stroke-dasharray:7 4}.chg .k,.chg .bar{stroke:$part;stroke-width:2.6;stroke-dasharray:2 3}` +
	`.gone .n,.gone .bn{text-decoration:line-through}.sg{stroke:$bg;stroke-width:1.5}.sg.add{fill:$good}.sg.gone{fill:$bad}.sg.chg{fill:$part}`

// changeClass is the style class of a change.
func changeClass(c scene.Change) lit {
	return [...]lit{"", "add", "gone", "chg"}[c]
}

// band paints the ground under an edge that changed, so that the edge keeps the
// look that says what it is.
func (c *canvas) band(e *scene.Edge, r route) {
	if e.Change == scene.Unchanged {
		return
	}
	c.seen.changes[e.Change] = true
	c.leaf("path", class("band", changeClass(e.Change)), curve(trace(r, false)))
}

// edgeSign paints the sign of a change at the middle of an edge, over all else.
func (c *canvas) edgeSign(p *placed, i int) {
	e, r := &p.d.Edges[i], p.edges[i]
	if e.Change == scene.Unchanged || len(r.pts) < 2 {
		return
	}
	m, dx, dy := r.middle()
	if e.Cross || e.Label != "" {
		m = point{m.x + float64(dx*16), m.y + float64(dy*16)} // beside the mark of crossing teams
	}
	c.sign(e.Change, m.x, m.y)
}

// sign paints +, − or ~ in a dot.
func (c *canvas) sign(change scene.Change, x, y float64) {
	if change == scene.Unchanged {
		return
	}
	c.seen.changes[change] = true
	c.leaf("circle", class("sg", changeClass(change)), num("cx", x), num("cy", y), num("r", 8.5))
	mark := new(path).op('M', x-4, y).op('H', x+4)
	switch change {
	case scene.Added:
		mark.op('M', x, y-4).op('V', y+4)
	case scene.Modified:
		mark = new(path).op('M', x-4.5, y+1).op('Q', x-2.2, y-4, x, y).op('Q', x+2.2, y+4, x+4.5, y-1)
	}
	c.leaf("path", class("x"), curve(mark))
}

// changed lists the changes that a picture shows, for its legend.
func (s *seen) changed() []entry {
	var out []entry
	for ch := scene.Added; ch <= scene.Modified; ch++ {
		if s.changes[ch] {
			out = append(out, entry{"change-" + ch.Word(), ch.Word(), 40, sampleChange(ch)})
		}
	}
	return out
}

func sampleChange(ch scene.Change) func(*canvas, float64, float64) {
	return func(c *canvas, x, y float64) {
		r := route{pts: []point{{x, y}, {x + 36, y}}}
		e := &scene.Edge{Change: ch, Calls: 1}
		c.band(e, r)
		c.strokes(e, r)
		c.sign(ch, x+15, y)
	}
}
