package layout

import (
	"cmp"
	"slices"
)

// orient turns links round until none closes a cycle. What is turned is chosen
// so that little is turned and callers keep their place in the preferred order.
func (p *plan) orient() {
	p.chooseBarSides()
	comp, members := p.components()
	for _, part := range members {
		if len(part) > 1 {
			p.breakCycles(part, comp)
		}
	}
}

// flip turns a link round; its path is turned back when it is drawn.
func (p *plan) flip(i int) {
	l := &p.link[i]
	l.u, l.v, l.rev = l.v, l.u, !l.rev
}

// components finds the strongly connected parts (Tarjan 1972) of the links:
// the part of each box, and the boxes of each part.
func (p *plan) components() ([]int, [][]int) {
	n := len(p.box)
	out := p.outgoing()
	low, num, comp := make([]int, n), make([]int, n), make([]int, n)
	for i := range comp {
		comp[i] = None
	}
	var stack []int
	var parts [][]int
	clock := 0
	var visit func(v int)
	visit = func(v int) {
		clock++
		num[v], low[v] = clock, clock
		stack = append(stack, v)
		for _, i := range out[v] {
			w := p.link[i].v
			if num[w] == 0 {
				visit(w)
			}
			if comp[w] == None {
				low[v] = min(low[v], low[w])
			}
		}
		if low[v] != num[v] {
			return
		}
		at := slices.Index(stack, v)
		part := slices.Clone(stack[at:])
		stack = stack[:at]
		for _, w := range part {
			comp[w] = len(parts)
		}
		parts = append(parts, part)
	}
	for v := range p.box {
		if num[v] == 0 {
			visit(v)
		}
	}
	return comp, parts
}

// outgoing lists the links that leave each box.
func (p *plan) outgoing() [][]int {
	out := make([][]int, len(p.box))
	for i := range p.link {
		if !p.link[i].soft {
			out[p.link[i].u] = append(out[p.link[i].u], i)
		}
	}
	return out
}

// breakCycles turns the links of one strongly connected part that point against
// the best of a few linear orders of its boxes.
func (p *plan) breakCycles(part []int, comp []int) {
	entry := make(map[int]int, len(part)) // 0: called from outside, 1: not
	for _, v := range part {
		entry[v] = 1
	}
	for _, l := range p.link {
		if !l.soft && !l.pin && comp[l.v] == comp[part[0]] && comp[l.u] != comp[part[0]] {
			entry[l.v] = 0
		}
	}
	slices.SortFunc(part, func(a, b int) int {
		return cmp.Or(cmp.Compare(entry[a], entry[b]), cmp.Compare(p.box[a].pref, p.box[b].pref))
	})
	c := newCyclic(p, part, comp)
	// A search from the entries reads as people would draw it; the others are
	// taken only if they turn less.
	best := c.depthFirst()
	cost := c.cost(best)
	others := [][]int{c.preferred()}
	if len(part) <= 1500 {
		others = append(others, c.greedy())
	}
	for _, o := range others {
		if k := c.cost(o); k < cost {
			best, cost = o, k
		}
	}
	// Sifting is cubic; beyond this size it costs more than it shows.
	if len(part) <= 60 {
		best = c.sift(best)
	}
	place := make([]int, len(part))
	for i, v := range best {
		place[v] = i
	}
	for _, l := range c.link {
		if place[l.u] > place[l.v] {
			p.flip(l.id)
		}
	}
}

// cyclic is one strongly connected part, numbered in preferred order.
type cyclic struct {
	n    int
	link []arc
	out  [][]int // indices of link
	in   [][]int
}

type arc struct {
	u, v, id int
	w        float64
}

// newCyclic numbers the boxes of one part in the order given. Pins weigh so much
// that they are turned only where nothing else breaks the cycle.
func newCyclic(p *plan, part, comp []int) *cyclic {
	local := make(map[int]int, len(part))
	for i, v := range part {
		local[v] = i
	}
	c := &cyclic{n: len(part), out: make([][]int, len(part)), in: make([][]int, len(part))}
	for i, l := range p.link {
		if l.soft || comp[l.u] != comp[part[0]] || comp[l.v] != comp[part[0]] {
			continue
		}
		a := arc{u: local[l.u], v: local[l.v], id: i, w: l.weight}
		if l.pin {
			a.w = 1000
		}
		c.out[a.u] = append(c.out[a.u], len(c.link))
		c.in[a.v] = append(c.in[a.v], len(c.link))
		c.link = append(c.link, a)
	}
	return c
}

// cost is the weight of the links that point backwards in an order.
func (c *cyclic) cost(order []int) float64 {
	place := make([]int, c.n)
	for i, v := range order {
		place[v] = i
	}
	sum := 0.0
	for _, l := range c.link {
		if place[l.u] > place[l.v] {
			sum += l.w
		}
	}
	return sum
}

// preferred is the order of the numbers themselves: entries first, then as preferred.
func (c *cyclic) preferred() []int {
	order := make([]int, c.n)
	for i := range order {
		order[i] = i
	}
	return order
}

// depthFirst is the reverse postorder of a search that starts at the first box.
func (c *cyclic) depthFirst() []int {
	seen := make([]bool, c.n)
	var post []int
	var visit func(v int)
	visit = func(v int) {
		seen[v] = true
		for i := len(c.out[v]) - 1; i >= 0; i-- {
			if w := c.link[c.out[v][i]].v; !seen[w] {
				visit(w)
			}
		}
		post = append(post, v)
	}
	for v := range c.n {
		if !seen[v] {
			visit(v)
		}
	}
	slices.Reverse(post)
	return post
}

// greedy is the order of Eades, Lin, Smyth (1993): sinks to the end, sources to
// the front, else the box with the greatest surplus of outgoing weight.
func (c *cyclic) greedy() []int {
	surplus, in, out := make([]float64, c.n), make([]int, c.n), make([]int, c.n)
	for _, l := range c.link {
		surplus[l.u] += l.w
		surplus[l.v] -= l.w
		out[l.u]++
		in[l.v]++
	}
	gone := make([]bool, c.n)
	var front, back []int
	for range c.n {
		pick, sink := None, false
		for v := range c.n {
			switch {
			case gone[v] || sink:
			case out[v] == 0:
				pick, sink = v, true
			case pick == None || (in[v] == 0 && in[pick] != 0) || (in[v] == 0) == (in[pick] == 0) && surplus[v] > surplus[pick]:
				pick = v
			}
		}
		gone[pick] = true
		if sink {
			back = append(back, pick)
		} else {
			front = append(front, pick)
		}
		for _, i := range c.out[pick] {
			l := c.link[i]
			surplus[l.v] += l.w
			in[l.v]--
		}
		for _, i := range c.in[pick] {
			l := c.link[i]
			surplus[l.u] -= l.w
			out[l.u]--
		}
	}
	slices.Reverse(back)
	return append(front, back...)
}

// sift moves single boxes to where they turn least round, until nothing gains.
func (c *cyclic) sift(order []int) []int {
	cost := c.cost(order)
	for gained := true; gained; {
		gained = false
		for v := range c.n {
			rest := slices.DeleteFunc(slices.Clone(order), func(w int) bool { return w == v })
			for at := range c.n {
				try := slices.Insert(slices.Clone(rest), at, v)
				if k := c.cost(try); k < cost {
					order, cost, gained = try, k, true
				}
			}
		}
	}
	return order
}
