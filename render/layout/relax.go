package layout

import (
	"cmp"
	"math"
	"slices"
)

// relax moves blocks to the median of what they are linked to, pushing along what
// stands in the way where that shortens more than it lengthens.
func (n *net) relax(x []float64) {
	n.relaxAs(x, false)
	n.relaxAs(x, true)
	n.relaxAs(x, false)
}

// relaxAs makes one run. If joined, everything that stands straight below each
// other moves as one, which gets it out of places where no box alone gains.
func (n *net) relaxAs(x []float64, joined bool) {
	r := newRelaxer(n, x, joined)
	passes := 24
	switch {
	case len(n.v) > 3000:
		passes = 1
	case len(n.v) > 1000:
		passes = 3
	case len(n.v) > 300:
		passes = 8
	}
	for range passes {
		moved := 0.0
		for _, b := range r.g.order {
			moved += r.move(b, -1)
		}
		for k := len(r.g.order) - 1; k >= 0; k-- {
			moved += r.move(r.g.order[k], 1)
		}
		if moved < 0.5 {
			break
		}
	}
	for v := range x {
		x[v] += r.shift[r.root[v]]
	}
}

// spring pulls a block towards another; want is where the other is, relative to
// the block, before any shift.
type spring struct {
	to     int32
	want   float64
	weight float64
}

// relaxer holds the blocks: chains of bends and borders that are straight
// already move as one, boxes alone.
type relaxer struct {
	g      *fenceGraph
	root   []int32
	shift  []float64 // of each block
	spring [][]spring
	mark   []int // number of the cluster a block was last in
	marks  int
	pulls  []pull
	group  []int32
}

type pull struct{ by, weight float64 }

const maxGroup = 300 // blocks pushed along at most

// newRelaxer finds the blocks. Fences between them are kept as the distance that
// is left, so that moving a block changes one number only.
func newRelaxer(n *net, x []float64, joined bool) *relaxer {
	r := &relaxer{root: make([]int32, len(n.v)), shift: make([]float64, len(n.v)), mark: make([]int, len(n.v)), spring: make([][]spring, len(n.v))}
	sets := newUnion(len(n.v))
	for _, s := range n.seg {
		chain := s.tie > 0 && n.v[s.a].kind != isPort && n.v[s.b].kind != isPort
		if (chain || joined) && math.Abs(x[s.a]-x[s.b]) < 0.01 {
			sets.join(int(s.a), int(s.b))
		}
	}
	grid := None
	for v := range n.v { // a grid is one stiff block
		if !n.stiff || n.cellOf(int32(v)).Row == None {
			continue
		}
		if grid != None {
			sets.join(grid, v)
		}
		grid = v
	}
	for v := range n.v {
		r.root[v] = int32(sets.find(v))
	}
	fences := n.fences(r.root, x)
	for i := range fences { // from now on: how far b may move towards a
		f := &fences[i]
		f.d -= x[f.b] - x[f.a]
	}
	r.g = newFenceGraph(len(n.v), fences)
	for _, s := range n.seg {
		r.tie(r.root[s.a], r.root[s.b], x[s.b]-x[s.a], n.stiffness(s))
	}
	n.weakSprings(r, x)
	for i := range n.room {
		f := &n.room[i]
		if len(f.left) == 0 {
			continue
		}
		a, b := r.root[f.left[0]], r.root[f.right[0]]
		// The two borders of a frame pull at each other: frames want to be narrow.
		r.tie(a, b, 0, 0.6)
		last := &r.spring[a][len(r.spring[a])-1]
		last.want = x[f.right[0]] - x[f.left[0]]
		back := &r.spring[b][len(r.spring[b])-1]
		back.want = -last.want
	}
	return r
}

// weakSprings draw what is free to be anywhere to the middle of what it serves:
// the users of a bar to those on its other side, the end of a line on a frame to
// what is inside.
func (n *net) weakSprings(r *relaxer, x []float64) {
	pull := func(a, b int32, weight float64) { r.tie(r.root[a], r.root[b], x[b]-x[a], weight) }
	upper, lower := make([][]int32, len(n.room)), make([][]int32, len(n.room))
	for i := range n.v {
		if v := &n.v[i]; v.kind == isPort {
			if v.row == n.room[v.frame].first {
				upper[v.frame] = append(upper[v.frame], int32(i))
			} else {
				lower[v.frame] = append(lower[v.frame], int32(i))
			}
		}
	}
	for f := range n.room {
		if len(upper[f])*len(lower[f]) > 400 {
			continue
		}
		for _, a := range upper[f] {
			for _, b := range lower[f] {
				pull(a, b, 0.5/float64(max(len(upper[f]), len(lower[f]))))
			}
		}
	}
	for _, l := range n.link {
		if a, b := n.at[l.u], n.at[l.v]; l.pin && a != None && b != None {
			pull(a, b, 0.1)
		}
	}
}

// stiffness is the weight of a segment in the placement.
func (n *net) stiffness(s segment) float64 {
	k := float64(s.weight)
	ports := n.v[s.a].kind == isPort || n.v[s.b].kind == isPort
	switch {
	case s.tie == 2:
		return 0
	case ports:
		return 3 * k
	case s.tie == 1:
		return 6 * k
	}
	return k
}

// tie puts a spring between two blocks.
func (r *relaxer) tie(a, b int32, want, weight float64) {
	if a == b || weight == 0 {
		return
	}
	r.spring[a] = append(r.spring[a], spring{b, want, weight})
	r.spring[b] = append(r.spring[b], spring{a, -want, weight})
}

// move shifts one block, with what it pushes, in direction dir if that is a gain.
// It returns how far.
func (r *relaxer) move(b int32, dir float64) float64 {
	if len(r.spring[b]) == 0 {
		return 0
	}
	r.marks++
	r.group = append(r.group[:0], b)
	r.mark[b] = r.marks
	r.pulls = r.pulls[:0]
	if r.median(r.group)*dir <= 1e-6 {
		return 0
	}
	// What touches the block in its way is pushed along, and what touches that.
	slack := math.Inf(1)
	for k := 0; k < len(r.group); k++ {
		v := r.group[k]
		ahead := r.g.after(v)
		if dir < 0 {
			ahead = r.g.before(v)
		}
		for _, i := range ahead {
			f := &r.g.fence[i]
			w := f.a + f.b - v
			if r.mark[w] == r.marks {
				continue
			}
			if free := r.shift[f.b] - r.shift[f.a] - f.d; free > 1e-6 {
				continue
			}
			r.mark[w] = r.marks
			r.group = append(r.group, w)
			if len(r.group) > maxGroup {
				return 0
			}
		}
	}
	by := r.median(r.group) * dir
	if by <= 1e-6 {
		return 0
	}
	for _, v := range r.group {
		ahead := r.g.after(v)
		if dir < 0 {
			ahead = r.g.before(v)
		}
		for _, i := range ahead {
			f := &r.g.fence[i]
			if r.mark[f.a+f.b-v] != r.marks {
				slack = math.Min(slack, r.shift[f.b]-r.shift[f.a]-f.d)
			}
		}
	}
	by = math.Min(by, slack)
	for _, v := range r.group {
		r.shift[v] += float64(by * dir)
	}
	return by
}

// median is the shift that makes the springs between a group and the rest
// shortest; between two best ones the middle.
func (r *relaxer) median(group []int32) float64 {
	r.pulls = r.pulls[:0]
	total := 0.0
	for _, v := range group {
		for _, s := range r.spring[v] {
			if r.mark[s.to] == r.marks {
				continue
			}
			r.pulls = append(r.pulls, pull{s.want + r.shift[s.to] - r.shift[v], s.weight})
			total += s.weight
		}
	}
	switch len(r.pulls) {
	case 0:
		return 0
	case 1:
		return r.pulls[0].by
	}
	slices.SortFunc(r.pulls, func(a, b pull) int { return cmp.Compare(a.by, b.by) })
	sum := 0.0
	for i, p := range r.pulls {
		sum += p.weight
		if sum > total/2+1e-9 {
			return p.by
		}
		if math.Abs(sum-total/2) <= 1e-9 && i+1 < len(r.pulls) {
			return (p.by + r.pulls[i+1].by) / 2
		}
	}
	return r.pulls[len(r.pulls)-1].by
}
