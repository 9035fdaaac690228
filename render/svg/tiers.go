package svg

import (
	"slices"

	"github.com/taut-dev/taut/render/scene"
)

const (
	trackStep  = 8  // between parallel lines
	tierPad    = 16 // round the grid, and inside a frame
	frameBand  = 30 // title of a frame
	storeDrop  = 8  // from a card to the store under it
	barStep    = 40 // from one channel to the next
	gutter     = 22 // between columns of cards
	stripGap   = 24 // above what stands below the grid
	groundStep = 30
)

// tiers is the common plan of all designs of a comparison: the same grid, the
// same height of every row. Package layout places each drawing for itself;
// here a service has to stand in the same place in every one.
type tiers struct {
	cols, rows   int
	above        int // rows above the channels
	bars         int // most lanes of channels of a design
	cardW, cardH float64
	gap          float64   // least between columns
	gaps         []float64 // left of each column, and right of the last: room for the lines that run there
	row          float64   // least gap between rows
	tracks       []int     // most lines in each corridor, see corridor
	band, foot   []float64
	stores       []bool // rows in which a store hangs under a card
	rowY, roadY  []float64
	barY         float64
	stripY       float64
	stripH       float64
	ground       int // most platforms of a design
	w, h         float64
}

// A corridor is free room for lines: corridor k lies above row k, the last one
// below all rows, and one more (lower) between the channels and the row below.
func (t *tiers) lower() int { return t.rows + 1 }

// topOf and bottomOf are the corridors next to a row.
func (t *tiers) topOf(row int) int {
	if row == t.above && t.bars > 0 {
		return t.lower()
	}
	return row
}

func (t *tiers) bottomOf(row int) int { return row + 1 }

// planTiers places several drawings of the same services on one grid.
func planTiers(ds []*scene.Drawing, looks [][]look, scopes []string) []*placed {
	t := &tiers{gap: gutter, row: 24}
	t.size(ds, looks)
	var out []*placed
	var nets []*wiring
	for i, d := range ds {
		p := &placed{d: d, scope: scopes[i], compact: true, looks: looks[i]}
		w := t.wire(p)
		t.widen(w)
		out, nets = append(out, p), append(nets, w)
	}
	t.w = t.cardX(t.cols) - t.gap + t.gaps[t.cols]
	for i, p := range out {
		t.across(p)
		w := nets[i]
		w.settle(t, p)
		t.bars = max(t.bars, t.lanes(p, w))
		for k := range t.tracks {
			t.tracks[k] = max(t.tracks[k], w.tracks(k))
		}
	}
	t.down()
	for i, p := range out {
		t.place(p)
		nets[i].part(t, p)
		nets[i].draw(t, p)
		p.w, p.h = t.w, p.lowest()
	}
	return out
}

// lowest is where a drawing ends.
func (p *placed) lowest() float64 {
	y := 0.0
	for _, r := range p.nodes {
		y = max(y, r.bottom())
	}
	for _, r := range p.frames {
		y = max(y, r.bottom())
	}
	return y
}

// size finds what all designs need: the grid, where frames begin and end, in
// which rows stores hang.
func (t *tiers) size(ds []*scene.Drawing, looks [][]look) {
	for i, d := range ds {
		bars, ground := false, 0
		for k := range d.Nodes {
			n := &d.Nodes[k]
			switch {
			case n.Cell.Row >= 0:
				t.rows, t.cols = max(t.rows, n.Cell.Row+1), max(t.cols, n.Cell.Col+1)
				if n.Tile {
					t.gap, t.row = 6, 6
				}
				t.cardW, t.cardH = max(t.cardW, looks[i][k].w), max(t.cardH, looks[i][k].h)
				if n.Above {
					t.above = max(t.above, n.Cell.Row+1)
				}
			case n.Kind == scene.Channel || n.Kind == scene.Queue:
				bars = true
			case n.Kind == scene.Platform:
				ground++
			case n.Attach < 0:
				t.stripH = max(t.stripH, looks[i][k].h)
			}
		}
		t.ground = max(t.ground, ground)
		if bars {
			t.bars = 1
		}
	}
	t.tracks = make([]int, t.rows+2)
	t.band, t.foot = make([]float64, t.rows+1), make([]float64, t.rows+1)
	t.stores = make([]bool, t.rows+1)
	t.gaps = slices.Repeat([]float64{t.gap}, t.cols+1)
	t.gaps[0], t.gaps[t.cols] = tierPad, tierPad
	for _, d := range ds {
		t.rooms(d)
	}
}

// rooms notes where a design needs room for frames and stores.
func (t *tiers) rooms(d *scene.Drawing) {
	for f := range d.Frames {
		if first, last, ok := frameRows(d, f); ok {
			t.band[first], t.foot[last] = frameBand, tierPad
		}
	}
	for k := range d.Nodes {
		if n := &d.Nodes[k]; n.Attach >= 0 && d.Nodes[n.Attach].Cell.Row >= 0 {
			t.stores[d.Nodes[n.Attach].Cell.Row] = true
		}
	}
}

// frameRows is the rows that a frame's services stand in.
func frameRows(d *scene.Drawing, f int) (first, last int, ok bool) {
	for k := range d.Nodes {
		n := &d.Nodes[k]
		if n.Frame != f || n.Cell.Row < 0 {
			continue
		}
		if !ok {
			first, last, ok = n.Cell.Row, n.Cell.Row, true
		}
		first, last = min(first, n.Cell.Row), max(last, n.Cell.Row)
	}
	return first, last, ok
}

// down fixes the height of every row and corridor.
func (t *tiers) down() {
	y := 0.0
	t.roadY = make([]float64, t.rows+2)
	t.rowY = make([]float64, t.rows)
	for r := range t.rows {
		if r == 0 {
			y += t.band[0]
			t.roadY[0] = y
			y += max(6, t.corridor(0))
		} else {
			t.roadY[r] = y
			y += max(t.row, t.corridor(r))
			if r == t.above && t.bars > 0 {
				t.barY = y
				y += float64(float64(t.bars)*barStep) - 14
				t.roadY[t.lower()] = y
				y += max(24, t.corridor(t.lower()))
			}
			y += t.band[r]
		}
		t.rowY[r] = y
		y += t.cardH
		if t.stores[r] {
			y += storeDrop + 20
		}
		y += t.foot[r]
	}
	if t.barsLast() {
		y += 24
		t.barY = y
		y += float64(float64(t.bars)*barStep) - 14
	}
	t.roadY[t.rows] = y
	if t.stripH > 0 {
		y += max(stripGap, t.corridor(t.rows)+10)
		t.stripY = y
		y += t.stripH
	}
	if t.ground > 0 {
		y += 12
	}
	t.h = y + float64(float64(t.ground)*groundStep)
}

// barsLast says that channels lie below all rows.
func (t *tiers) barsLast() bool { return t.above >= t.rows && t.bars > 0 }

// corridor is the height that the lines of a corridor need.
func (t *tiers) corridor(k int) float64 {
	if t.tracks[k] == 0 {
		return 0
	}
	return float64(float64(t.tracks[k]-1)*trackStep) + 20
}

// trackY is where a line of a corridor runs.
func (t *tiers) trackY(k, track int) float64 {
	return t.roadY[k] + 9 + float64(float64(track)*trackStep)
}

// place gives every node and frame its height.
func (t *tiers) place(p *placed) {
	ground := 0
	for k := range p.d.Nodes {
		n, r := &p.d.Nodes[k], &p.nodes[k]
		switch {
		case n.Cell.Row >= 0:
			r.y = t.rowY[n.Cell.Row]
		case n.Kind == scene.Channel || n.Kind == scene.Queue:
			r.y = t.barY + float64(float64(p.lane[k])*barStep)
		case n.Kind == scene.Platform:
			r.y = t.h - float64(float64(t.ground-ground)*groundStep) + 6
			ground++
		case n.Attach < 0:
			r.y = t.stripY
		}
	}
	for k := range p.d.Nodes {
		if n := &p.d.Nodes[k]; n.Attach >= 0 && n.Cell.Row < 0 {
			p.nodes[k].y = p.nodes[n.Attach].bottom() + storeDrop
		}
	}
	p.frames = make([]rect, len(p.d.Frames))
	p.titles = make([]rect, len(p.d.Frames))
	for f := range p.d.Frames {
		p.frames[f] = t.frameRect(p, f)
	}
	for _, e := range p.d.Edges {
		if e.From < 0 && p.inStrip(e.To) && !t.barsLast() { // a store of the whole frame moves up to it
			p.nodes[e.To].y = min(t.stripY, p.frames[-2-e.From].bottom()+stripGap)
		}
	}
}

// frameRect is the box round a frame's services and the stores under them.
func (t *tiers) frameRect(p *placed, f int) rect {
	first, _, ok := frameRows(p.d, f)
	if !ok {
		return rect{}
	}
	left, right, bottom := t.w, 0.0, 0.0
	for k := range p.d.Nodes {
		if n, r := &p.d.Nodes[k], p.nodes[k]; n.Frame == f && (n.Cell.Row >= 0 || n.Attach >= 0) {
			left, right, bottom = min(left, r.x), max(right, r.right()), max(bottom, r.bottom())
		}
	}
	top := t.rowY[first] - frameBand
	if first == 0 {
		top = 0
	}
	if last := t.cardX(t.cols-1) + t.cardW; left <= t.cardX(0) && right >= last {
		return rect{left - t.gaps[0], top, right - left + t.gaps[0] + t.gaps[t.cols], bottom + tierPad - top}
	}
	const pad = gutter/2 - 3 // beside others: lines run in the middle of a gutter
	return rect{left - pad, top, right - left + 2*pad, bottom + pad - top}
}
