package layout

import (
	"math"
	"slices"
)

// rank gives every box a row so that links point downwards and are short.
func (p *plan) rank() []int {
	p.turnPins()
	row := p.longestPath()
	p.tighten(row)
	if p.set.Ranks == nil {
		p.shortest(row)
		p.spread(row)
	}
	p.fillRows(row)
	p.settleFixed(row)
	return row
}

// reach is the least distance in rows between the ends of a link.
func (l *link) reach() int {
	if l.pin {
		return 0
	}
	return 1
}

// longestPath puts every box directly below the lowest of those above it: the
// fewest rows there can be. Fixed rows count as far as links allow.
func (p *plan) longestPath() []int {
	row := make([]int, len(p.box))
	for _, v := range p.topological() {
		row[v] = max(row[v], p.box[v].row)
		for _, i := range p.out[v] {
			l := &p.link[i]
			row[l.v] = max(row[l.v], row[v]+l.reach())
		}
	}
	return row
}

// topological orders the boxes so that links point forward (Kahn 1962). It also
// keeps the links by box. Pins that close a cycle are dropped.
func (p *plan) topological() []int {
	order := p.kahn()
	if len(order) < len(p.box) {
		comp, _ := p.components()
		p.link = slices.DeleteFunc(p.link, func(l link) bool { return l.pin && comp[l.u] == comp[l.v] })
		order = p.kahn()
	}
	return order
}

// turnPins puts the end of a line on a frame below what is inside when the line
// goes down from there, else above.
func (p *plan) turnPins() {
	leaves := make([]bool, len(p.box))
	for _, l := range p.link {
		if !l.pin && p.box[l.u].tip {
			leaves[l.u] = true
		}
	}
	for i, l := range p.link {
		if l.pin && (p.box[l.v].tip && !leaves[l.v] || p.box[l.u].tip && leaves[l.u]) {
			p.flip(i)
		}
	}
}

// kahn notes the links of each box and orders the boxes; those on a cycle are
// missing in the order.
func (p *plan) kahn() []int {
	n := len(p.box)
	p.out, p.in = make([][]int, n), make([][]int, n)
	wait := make([]int, n)
	for i, l := range p.link {
		if l.soft {
			continue
		}
		p.out[l.u] = append(p.out[l.u], i)
		p.in[l.v] = append(p.in[l.v], i)
		wait[l.v]++
	}
	order := make([]int, 0, n)
	for v := range n {
		if wait[v] == 0 {
			order = append(order, v)
		}
	}
	for k := 0; k < len(order); k++ {
		for _, i := range p.out[order[k]] {
			w := p.link[i].v
			if wait[w]--; wait[w] == 0 {
				order = append(order, w)
			}
		}
	}
	return order
}

// spread moves boxes that are equally well placed in several rows to the one with
// the fewest boxes.
func (p *plan) spread(row []int) {
	count := map[int]int{}
	for v := range p.box {
		count[row[v]]++
	}
	for _, v := range p.topological() {
		lo, hi, pull := p.slack(v, row)
		if pull != 0 || lo > hi || hi == math.MaxInt || p.box[v].tip {
			continue
		}
		best := row[v]
		for r := lo; r <= hi; r++ {
			if count[r] < count[best]-1 {
				best = r
			}
		}
		count[row[v]]--
		count[best]++
		row[v] = best
	}
}

// slack is the interval of rows in which a box may be, and how much its links
// pull it down rather than up.
func (p *plan) slack(v int, row []int) (lo, hi int, pull float64) {
	hi = math.MaxInt
	for _, i := range p.in[v] {
		l := &p.link[i]
		lo = max(lo, row[l.u]+l.reach())
		if !l.pin {
			pull -= l.weight
		}
	}
	for _, i := range p.out[v] {
		l := &p.link[i]
		hi = min(hi, row[l.v]-l.reach())
		if !l.pin {
			pull += l.weight
		}
	}
	return lo, hi, pull
}

// tighten moves boxes inside their slack to where their links are shortest.
func (p *plan) tighten(row []int) {
	order := p.topological()
	for pass := 0; pass < 12; pass++ {
		moved := false
		for k := len(order) - 1; k >= 0; k-- {
			moved = p.slide(order[k], row) || moved
		}
		for _, v := range order {
			moved = p.slide(v, row) || moved
		}
		if !moved {
			return
		}
	}
}

// slide moves one box to the end of its slack that pulls more.
func (p *plan) slide(v int, row []int) bool {
	if p.box[v].row != None {
		return false
	}
	lo, hi, pull := p.slack(v, row)
	to := row[v]
	switch {
	case p.box[v].tip && len(p.in[v]) > 1:
		to = lo // the end of a line that leaves a frame stays at the frame's foot
	case pull > 0 && hi != math.MaxInt:
		to = hi
	case pull < 0:
		to = lo
	}
	if to < lo || to == row[v] {
		return false
	}
	row[v] = to
	return true
}

// fillRows spreads the boxes without links over the rows their frame has anyway.
func (p *plan) fillRows(row []int) {
	type extent struct{ first, last int }
	span := make([]extent, len(p.frame))
	width := make([]map[int]float64, len(p.frame))
	for f := range span {
		span[f] = extent{math.MaxInt, -1}
		width[f] = map[int]float64{}
	}
	add := func(v int) {
		b := &p.box[v]
		for f := b.frame; f != None; f = p.frame[f].parent {
			span[f].first, span[f].last = min(span[f].first, row[v]), max(span[f].last, row[v])
			width[f][row[v]] += b.l + b.r + p.set.NodeGap
		}
	}
	free := func(v int) bool { return len(p.in[v])+len(p.out[v]) == 0 && p.box[v].row == None }
	for v := range p.box {
		if !free(v) {
			add(v)
		}
	}
	// Each goes to the row of its frame that is emptiest, so that the frame stays
	// as narrow as it is.
	for _, v := range p.byPreference() {
		f := p.box[v].frame
		if !free(v) || f == None || span[f].last < 0 {
			continue
		}
		for r := span[f].first; r <= span[f].last; r++ {
			if row[v] < span[f].first || width[f][r] < width[f][row[v]] {
				row[v] = r
			}
		}
		add(v)
	}
}

// byPreference lists the boxes in preferred order.
func (p *plan) byPreference() []int {
	all := make([]int, len(p.box))
	for i := range all {
		all[i] = i
	}
	slices.SortStableFunc(all, func(a, b int) int { return p.box[a].pref - p.box[b].pref })
	return all
}

// settleFixed gives fixed boxes their rows and turns links that now point up.
func (p *plan) settleFixed(row []int) {
	for v := range p.box {
		if p.box[v].row != None {
			row[v] = p.box[v].row
		}
	}
	for i, l := range p.link {
		if row[l.u] > row[l.v] && !l.soft {
			p.flip(i)
		}
	}
	p.kahn()
}
