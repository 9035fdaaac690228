package layout

import "slices"

// Frames that use each other in both directions would be torn apart over many
// rows if every line between them had to point down. The lines against the
// better order of such frames are left out while rows are found ("soft"), when
// that saves a good part of the rows; they then point wherever they must.

// rankMutual finds the rows with and without soft links and keeps the better.
func (p *plan) rankMutual() []int {
	soft := p.softLinks()
	if len(soft) == 0 {
		p.orient()
		return p.rank()
	}
	// Orienting turns links in place, so the second attempt starts from a copy.
	before := slices.Clone(p.link)
	p.orient()
	row := p.rank()
	height := slices.Max(row) + 1

	hard := p.link
	p.link = before
	for _, i := range soft {
		p.link[i].soft = true
	}
	p.orient()
	flat := p.rank()
	p.turnSoft(flat)
	if flat = p.rank(); 4*(slices.Max(flat)+1) <= 3*height {
		return flat
	}
	p.link = hard
	p.kahn()
	return row
}

// turnSoft lets every soft link point down the rows found without them; between
// boxes of one row, along the order of the boxes.
func (p *plan) turnSoft(row []int) {
	place := make([]int, len(p.box))
	for i, v := range p.kahn() {
		place[v] = i
	}
	for i := range p.link {
		l := &p.link[i]
		if !l.soft {
			continue
		}
		l.soft = false
		if row[l.u] > row[l.v] || row[l.u] == row[l.v] && place[l.u] > place[l.v] {
			p.flip(i)
		}
	}
}

// softLinks are the links between sibling frames that point against the best
// order of frames that use each other.
func (p *plan) softLinks() []int {
	if len(p.frame) < 2 {
		return nil
	}
	q := &plan{set: p.set, box: make([]box, len(p.frame))} // frames as boxes
	for f := range q.box {
		q.box[f].pref = 1 << 30
	}
	for v := range p.box {
		for f := p.box[v].frame; f != None; f = p.frame[f].parent {
			q.box[f].pref = min(q.box[f].pref, p.box[v].pref)
		}
	}
	for i, l := range p.link {
		if l.pin {
			continue
		}
		if a, b := p.siblings(p.box[l.u].frame, p.box[l.v].frame); a != b && a != None && b != None {
			q.link = append(q.link, link{u: a, v: b, edge: i, weight: l.weight})
		}
	}
	comp, parts := q.components()
	for _, part := range parts {
		if len(part) > 1 {
			q.breakCycles(part, comp)
		}
	}
	var soft []int
	for _, l := range q.link {
		if l.rev {
			soft = append(soft, l.edge)
		}
	}
	return soft
}

// siblings are the frames of a and b directly inside the innermost frame that
// holds both; None for one that is that frame itself.
func (p *plan) siblings(a, b int) (int, int) {
	for f, below := a, None; ; f, below = p.frame[f].parent, f {
		for g, under := b, None; ; g, under = p.frame[g].parent, g {
			if f == g {
				return below, under
			}
			if g == None {
				break
			}
		}
		if f == None {
			return None, None
		}
	}
}
