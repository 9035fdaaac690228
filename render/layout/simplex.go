package layout

import "math"

// simplex finds the rows with the least total length of links (Gansner et al.
// 1993, "A technique for drawing directed graphs"): a spanning tree of links that
// are as short as they may be is improved by exchanging one link at a time. The
// boxes are its nodes, and one more that holds unconnected parts together.
type simplex struct {
	arc      []simplexArc
	in, out  [][]int
	row      []int
	inTree   []bool
	parent   []int // tree arc towards the root, None at the root
	low, lim []int // postorder numbers of each subtree
	tree     [][]int
	next     int
	order    []int     // nodes by lim, kept to be used again
	surplus  []float64 // of each subtree, likewise
}

type simplexArc struct {
	u, v, reach int
	weight, cut float64
}

// simplexWork bounds the work on rows, in visits of boxes and links: enough to
// find the best rows of some hundred boxes; larger graphs get as far as it goes.
const simplexWork = 500_000

// shortest improves rows that already satisfy all links.
func (p *plan) shortest(row []int) {
	if len(p.link) == 0 || len(p.link) > simplexWork/200 {
		return
	}
	n := len(p.box)
	all := n + 2*len(p.frame) + 1 // boxes, head and foot of each frame, the root
	s := &simplex{row: make([]int, all), in: make([][]int, all), out: make([][]int, all)}
	copy(s.row, row)
	sets := newUnion(n)
	for i := range p.link {
		l := &p.link[i]
		if l.soft {
			continue
		}
		w := l.weight
		if l.pin {
			w = 0.01
		}
		s.add(simplexArc{u: l.u, v: l.v, reach: l.reach(), weight: w})
		sets.join(l.u, l.v)
	}
	p.holdFrames(s, sets)
	for v := range n {
		if sets.find(v) == v {
			s.add(simplexArc{u: all - 1, v: v})
		}
	}
	s.run()
	lowest := math.MaxInt
	for v := range n {
		lowest = min(lowest, s.row[v])
	}
	for v := range n {
		row[v] = s.row[v] - lowest
	}
}

// holdFrames keeps frames low: a head above and a foot below all that is inside
// pull at each other.
func (p *plan) holdFrames(s *simplex, sets union) {
	n := len(p.box)
	for f := range p.frame {
		head, foot := n+2*f, n+2*f+1
		s.row[head], s.row[foot] = math.MaxInt, 0
		inside, first := 0.0, None
		for v := range p.box {
			if !p.inside(p.box[v].frame, f) {
				continue
			}
			s.add(simplexArc{u: head, v: v})
			s.add(simplexArc{u: v, v: foot})
			s.row[head], s.row[foot] = min(s.row[head], s.row[v]), max(s.row[foot], s.row[v])
			inside++
			if first != None {
				sets.join(first, v)
			}
			first = v
		}
		if first == None {
			s.row[head] = 0
			s.add(simplexArc{u: len(s.row) - 1, v: head})
		}
		s.add(simplexArc{u: head, v: foot, weight: frameHold * inside})
	}
}

// frameHold is what a frame's height counts for each box inside, in lengths of links.
const frameHold = 0.7

// add adds a link between two nodes.
func (s *simplex) add(a simplexArc) {
	s.out[a.u] = append(s.out[a.u], len(s.arc))
	s.in[a.v] = append(s.in[a.v], len(s.arc))
	s.arc = append(s.arc, a)
}

// slack is how much longer than necessary a link is.
func (s *simplex) slack(i int) int {
	a := &s.arc[i]
	return s.row[a.v] - s.row[a.u] - a.reach
}

// run exchanges links until no exchange gains, or the work is used up.
func (s *simplex) run() {
	s.row[len(s.row)-1] = 0
	s.tightTree()
	s.number()
	s.cutValues()
	for range simplexWork / (len(s.row) + len(s.arc)) { // every step keeps the rows valid
		leave := s.leaving()
		if leave == None {
			return
		}
		enter := s.entering(leave)
		if enter == None {
			return
		}
		s.exchange(leave, enter)
	}
}

// tightTree grows a spanning tree of links without slack, moving it where it ends.
func (s *simplex) tightTree() {
	n := len(s.row)
	s.inTree = make([]bool, len(s.arc))
	s.tree = make([][]int, n)
	reached := make([]bool, n)
	members := []int{n - 1}
	reached[n-1] = true
	for next := 0; len(members) < n; {
		for ; next < len(members); next++ {
			v := members[next]
			for _, arcs := range [2][]int{s.out[v], s.in[v]} {
				for _, i := range arcs {
					w := s.arc[i].u + s.arc[i].v - v
					if !reached[w] && s.slack(i) == 0 {
						reached[w] = true
						members = append(members, w)
						s.join(i)
					}
				}
			}
		}
		if len(members) == n {
			return
		}
		// The tree is stuck: move it as a whole by the least slack of a link that
		// leaves it, which then belongs to it.
		best, shift := math.MaxInt, 0
		for i := range s.arc { // the shortest way out of the tree
			a := &s.arc[i]
			if reached[a.u] == reached[a.v] || s.slack(i) >= best {
				continue
			}
			best = s.slack(i)
			shift = best
			if reached[a.v] {
				shift = -best
			}
		}
		for _, v := range members {
			s.row[v] += shift
		}
		next = 0
	}
}

// join takes a link into the tree, part takes it out.
func (s *simplex) join(i int) {
	s.inTree[i] = true
	s.tree[s.arc[i].u] = append(s.tree[s.arc[i].u], i)
	s.tree[s.arc[i].v] = append(s.tree[s.arc[i].v], i)
}

// part takes a link out of the tree.
func (s *simplex) part(i int) {
	s.inTree[i] = false
	for _, v := range [2]int{s.arc[i].u, s.arc[i].v} {
		for k, j := range s.tree[v] {
			if j == i {
				s.tree[v] = append(s.tree[v][:k], s.tree[v][k+1:]...)
				break
			}
		}
	}
}

// number gives the tree its postorder numbers from the extra node as root.
func (s *simplex) number() {
	n := len(s.row)
	if s.parent == nil {
		s.parent, s.low, s.lim = make([]int, n), make([]int, n), make([]int, n)
		s.order, s.surplus = make([]int, n), make([]float64, n)
	}
	s.next = 0
	s.visit(n-1, None)
}

// visit numbers the subtree of v, reached by a link: low is the first number in
// it, lim its own, the last.
func (s *simplex) visit(v, by int) {
	s.parent[v] = by
	s.low[v] = s.next
	for _, i := range s.tree[v] {
		if i != by {
			s.visit(s.arc[i].u+s.arc[i].v-v, i)
		}
	}
	s.lim[v] = s.next
	s.next++
}

// below says whether w is in the subtree of v.
func (s *simplex) below(w, v int) bool { return s.low[v] <= s.lim[w] && s.lim[w] <= s.lim[v] }

// child is the end of a tree link that is farther from the root.
func (s *simplex) child(i int) int {
	if u := s.arc[i].u; s.parent[u] == i {
		return u
	}
	return s.arc[i].v
}

// cutValues computes for every tree link what it would cost to lengthen it: the
// weight of all links in its direction over the cut, less those against it. That
// is the sum over the subtree of what leaves each box, less what enters it.
func (s *simplex) cutValues() {
	order, surplus := s.order, s.surplus
	for v, k := range s.lim {
		order[k], surplus[v] = v, 0
	}
	for i := range s.arc {
		surplus[s.arc[i].u] += s.arc[i].weight
		surplus[s.arc[i].v] -= s.arc[i].weight
	}
	for _, v := range order {
		i := s.parent[v]
		if i == None {
			continue
		}
		s.arc[i].cut = -surplus[v]
		if s.arc[i].u == v {
			s.arc[i].cut = surplus[v]
		}
		surplus[s.arc[i].u+s.arc[i].v-v] += surplus[v]
	}
}

// leaving finds the tree link whose lengthening gains most.
func (s *simplex) leaving() int {
	best, cut := None, -1e-9
	for i := range s.arc {
		if s.inTree[i] && s.arc[i].cut < cut {
			best, cut = i, s.arc[i].cut
		}
	}
	return best
}

// entering finds the link of least slack that reconnects the two halves.
func (s *simplex) entering(leave int) int {
	v := s.child(leave)
	inTail := s.arc[leave].u == v
	best, slack := None, math.MaxInt
	for i := range s.arc {
		a := &s.arc[i]
		if s.inTree[i] {
			continue
		}
		u, w := s.below(a.u, v), s.below(a.v, v)
		if u == w || w != inTail { // it must run from the head side to the tail side
			continue
		}
		if k := s.slack(i); k < slack {
			best, slack = i, k
		}
	}
	return best
}

// exchange moves one half of the tree so that the entering link has no slack.
func (s *simplex) exchange(leave, enter int) {
	v := s.child(leave)
	shift := s.slack(enter)
	if s.arc[leave].u == v { // the subtree is the tail side: it moves up
		shift = -shift
	}
	for w := range s.row {
		if s.below(w, v) {
			s.row[w] += shift
		}
	}
	s.part(leave)
	s.join(enter)
	s.number()
	s.cutValues()
}
