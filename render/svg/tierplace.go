package svg

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/render/scene"
)

// across gives every node its place from left to right.
func (t *tiers) across(p *placed) {
	p.nodes = make([]rect, len(p.d.Nodes))
	for k := range p.d.Nodes {
		n, l := &p.d.Nodes[k], p.looks[k]
		r := &p.nodes[k]
		r.w, r.h = l.w, l.h
		switch {
		case n.Cell.Row >= 0:
			r.x, r.w, r.h = t.cardX(n.Cell.Col), t.cardW, t.cardH
		case n.Kind == scene.Channel || n.Kind == scene.Queue || n.Kind == scene.Platform:
			r.x, r.w = 0, t.w
		}
	}
	t.strip(p)
	for k := range p.d.Nodes {
		if n := &p.d.Nodes[k]; n.Attach >= 0 && n.Cell.Row < 0 {
			p.nodes[k].x = p.nodes[n.Attach].cx() - p.nodes[k].w/2
		}
	}
}

// cardX is the left side of a column; past the last one it is where another
// would be.
func (t *tiers) cardX(col int) float64 {
	x := t.gaps[0] + float64(float64(col)*t.cardW)
	for g := 1; g < min(col, t.cols-1)+1; g++ {
		x += t.gaps[g]
	}
	if col == t.cols {
		x += t.gap
	}
	return x
}

// strip places what stands below the grid, shared stores and externals, as
// near to the middle of their users as there is room.
func (t *tiers) strip(p *placed) {
	var list []int
	want := make([]float64, len(p.nodes))
	for k := range p.d.Nodes {
		if p.inStrip(k) {
			list = append(list, k)
			want[k] = t.wanted(p, k)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(want[a], want[b]) })
	total := -16.0
	for _, k := range list {
		total += p.nodes[k].w + 16
	}
	t.w = max(t.w, total)
	x, left := 0.0, total
	for _, k := range list {
		r := &p.nodes[k]
		r.x = max(x, min(want[k]-r.w/2, t.w-left))
		x = r.right() + 16
		left -= r.w + 16
	}
}

// inStrip says that a node stands below the grid.
func (p *placed) inStrip(k int) bool {
	n := &p.d.Nodes[k]
	return n.Cell.Row < 0 && n.Attach < 0 && (n.Kind == scene.Store || n.Kind == scene.External)
}

// wanted is the middle of a node's users.
func (t *tiers) wanted(p *placed, k int) float64 {
	sum, n := 0.0, 0
	for _, e := range p.d.Edges {
		if e.To != k {
			continue
		}
		n++
		if e.From >= 0 {
			sum += p.nodes[e.From].cx()
		} else {
			sum += t.w / 2
		}
	}
	if n == 0 {
		return t.w / 2
	}
	return sum / float64(n)
}
