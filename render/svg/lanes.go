package svg

// span is how far a channel reaches: over everything that plugs into it, and
// at least as far as its name and note need.
func (t *tiers) span(p *placed, w *wiring, k int) (from, to float64) {
	from, to = t.w, 0.0
	for i := range w.wires {
		x := &w.wires[i]
		e := &p.d.Edges[x.edge]
		if e.From != k && e.To != k {
			continue
		}
		at := x.x0
		if x.gutter >= 0 {
			at = x.gutterX
		}
		from, to = min(from, at-24), max(to, at+24)
	}
	if from > to {
		return 0, t.w
	}
	left, right := t.free(p, w, k)
	if from < left || to > right || p.looks[k].w > right-left {
		left, right = 0, t.w
	}
	if need := min(p.looks[k].w+40, right-left); to-from < need {
		mid := max(left+need/2, min(right-need/2, (from+to)/2))
		from, to = mid-need/2, mid+need/2
	}
	return max(left, from), min(right, to)
}

// free is the room between the lines of others that run down at the rims: a
// channel that ends before them does not look as if they led to it.
func (t *tiers) free(p *placed, w *wiring, k int) (left, right float64) {
	left, right = 0, t.w
	for i := range w.wires {
		x := &w.wires[i]
		if e := &p.d.Edges[x.edge]; e.From == k || e.To == k {
			continue
		}
		switch x.gutter {
		case 0:
			left = max(left, x.gutterX+10)
		case t.cols:
			right = min(right, x.gutterX-10)
		}
	}
	return left, right
}

// lanes puts channels side by side where they do not overlap, in file order,
// and gives the number of lanes.
func (t *tiers) lanes(p *placed, w *wiring) int {
	p.lane = make([]int, len(p.nodes))
	var ends [][]rect
	for k := range p.d.Nodes {
		if !isBar(&p.d.Nodes[k]) {
			continue
		}
		r := &p.nodes[k]
		from, to := t.span(p, w, k)
		r.x, r.w = from, to-from
		n := 0
		for n < len(ends) && overlaps(ends[n], rect{r.x - 12, 0, r.w + 24, 1}) {
			n++
		}
		if n == len(ends) {
			ends = append(ends, nil)
		}
		ends[n] = append(ends[n], rect{r.x, 0, r.w, 1})
		p.lane[k] = n
	}
	return len(ends)
}
