package layout

import (
	"cmp"
	"math"
	"slices"
)

// port is where one line meets one side of a box.
type port struct {
	link  int   // index of net.links
	next  int32 // the vertex the line goes to from here
	other int   // the port at the other end when that is a box in the next row, else None
	box   int32 // its own vertex
	x     float64
	want  float64
	firm  float64 // how much it wants to be there
}

// crowd is the number of lines on one side of a box from which on lines of the
// same kind meet in one point, as the branches of a tree do.
const crowd = 6

// bundles are the ports of one side of a box, from left to right; those of a
// bundle share a point.
type bundles [][]int

// ports finds the place of every line's ends: in the order in which the lines
// leave, spread about the middle, and straight above the other end where both
// sides allow it. It returns the x of the upper and lower end of links[k].
func (n *net) ports(x []float64) (ends [][2]float64) {
	ports, sides := n.collectPorts()
	// Both ends of a line pull at each other; a few rounds bring them together.
	for range 6 {
		for i := range ports {
			n.aim(ports, i, x)
		}
		for s := range sides {
			n.spread(ports, sides[s], x, s%2 == 1)
		}
	}
	n.alignPorts(ports, sides)
	ends = make([][2]float64, len(n.links))
	for k, c := range n.chain {
		if len(c) > 0 {
			ends[k] = [2]float64{x[c[0]], x[c[len(c)-1]]}
		}
	}
	for s, side := range sides {
		for _, bundle := range side {
			for _, i := range bundle {
				ends[ports[i].link][1-s%2] = ports[i].x
			}
		}
	}
	n.barPorts(x, ends)
	return ends
}

// collectPorts lists the ports by side: for vertex v side 2v is its top, 2v+1 its
// bottom.
func (n *net) collectPorts() ([]port, []bundles) {
	var ports []port
	sides := make([][]int, 2*len(n.v))
	for k, c := range n.chain {
		if len(c) < 2 {
			continue
		}
		top, low := c[0], c[len(c)-1]
		a, b := None, None
		if n.v[top].kind == isBox {
			a = len(ports)
			ports = append(ports, port{link: k, next: c[1], other: None, box: top})
			sides[2*top+1] = append(sides[2*top+1], a)
		}
		if n.v[low].kind == isBox {
			b = len(ports)
			ports = append(ports, port{link: k, next: c[len(c)-2], other: None, box: low})
			sides[2*low] = append(sides[2*low], b)
		}
		if len(c) == 2 && a != None && b != None {
			ports[a].other, ports[b].other = b, a
		}
	}
	out := make([]bundles, len(sides))
	for s, list := range sides {
		slices.SortStableFunc(list, func(i, j int) int {
			return cmp.Compare(n.pos[ports[i].next], n.pos[ports[j].next])
		})
		out[s] = n.bundle(ports, list)
	}
	return ports, out
}

// bundle joins neighbouring ports: of lines that share a bend, and on a crowded
// side of all lines of the same kind and direction to different boxes.
func (n *net) bundle(ports []port, list []int) bundles {
	var out bundles
	for k, i := range list {
		if k > 0 {
			a, b := &ports[list[k-1]], &ports[i]
			la, lb := &n.link[n.links[a.link]], &n.link[n.links[b.link]]
			same := a.next == b.next
			if la.event == lb.event && la.rev == lb.rev && (same && n.v[a.next].kind == isBend || !same && len(list) >= crowd) {
				out[len(out)-1] = append(out[len(out)-1], i)
				continue
			}
		}
		out = append(out, []int{i})
	}
	return out
}

// portSpan is the interval in which ports of a side of a box may be. left says
// which of two intervals when something hangs in the middle.
func (n *net) portSpan(v int32, bottom, left bool, x []float64) span {
	b := &n.box[n.v[v].box]
	s := span{-b.half, b.half}
	if bottom && len(b.hang) > 0 && n.set.Direction == TopDown {
		s = b.bottom[1]
		if left {
			s = b.bottom[0]
		}
	}
	return span{s.lo + x[v], s.hi + x[v]}
}

// comfortable is the share of a side, about its middle, in which a line may be
// moved to make it straight.
const comfortable = 0.7

// middle is the comfortable part of a side.
func (s span) middle() span {
	mid, half := (s.lo+s.hi)/2, float64((s.hi-s.lo)/2*comfortable)
	return span{mid - half, mid + half}
}

// aim notes where a port would like to be: above a bend, or at a place that both
// boxes of a direct line reach; else it does not mind.
func (n *net) aim(ports []port, i int, x []float64) {
	p := &ports[i]
	bottom := n.v[p.next].row > n.v[p.box].row
	mine := n.portSpan(p.box, bottom, x[p.next] < x[p.box], x)
	p.want, p.firm = (mine.lo+mine.hi)/2, 0.05
	mine = mine.middle()
	if p.other == None {
		if at := x[p.next]; at >= mine.lo && at <= mine.hi && n.v[p.next].kind != isPort {
			p.want, p.firm = at, 1
		}
		return
	}
	q := &ports[p.other]
	theirs := n.portSpan(q.box, !bottom, x[q.next] < x[q.box], x).middle()
	lo, hi := math.Max(mine.lo, theirs.lo), math.Min(mine.hi, theirs.hi)
	if lo > hi {
		return
	}
	// Straight is possible: meet in the middle of the two boxes, later of the ports.
	at := (x[p.box] + x[q.box]) / 2
	if p.x != 0 || q.x != 0 {
		at = (p.x + q.x) / 2
	}
	p.want, p.firm = clamp(at, lo, hi), 1
}

// spread places the ports of one side: as near as can be to where they want to
// be, in their order and apart from each other (isotonic regression).
func (n *net) spread(ports []port, side bundles, x []float64, bottom bool) {
	if len(side) == 0 {
		return
	}
	v := ports[side[0][0]].box
	b := &n.box[n.v[v].box]
	if bottom && len(b.hang) > 0 && n.set.Direction == TopDown && b.bottom[0] != b.bottom[1] {
		k := 0
		for k < len(side) && x[ports[side[k][0]].next] < x[v] {
			k++
		}
		n.spreadIn(ports, side[:k], n.portSpan(v, bottom, true, x))
		n.spreadIn(ports, side[k:], n.portSpan(v, bottom, false, x))
		return
	}
	n.spreadIn(ports, side, n.portSpan(v, bottom, false, x))
}

// spreadIn places bundles inside one interval. A crowded bundle wants the middle;
// one that shares a bend wants to stand above it.
func (n *net) spreadIn(ports []port, side bundles, in span) {
	if len(side) == 0 {
		return
	}
	want, firm := make([]float64, len(side)), make([]float64, len(side))
	for k, bundle := range side {
		for _, i := range bundle {
			want[k] += float64(ports[i].want * ports[i].firm)
			firm[k] += ports[i].firm
		}
		want[k] /= firm[k]
		if len(bundle) > 1 && n.v[ports[bundle[0]].next].kind != isBend {
			want[k], firm[k] = (in.lo+in.hi)/2, 0.1
		}
	}
	for k, at := range apart(want, firm, in, n.set.EdgeGap) {
		for _, i := range side[k] {
			ports[i].x = at
		}
	}
}

// apart places points as near as can be to where they want to be (weighted
// squares), in their order, a step from each other, inside an interval.
func apart(want, firm []float64, in span, step float64) []float64 {
	k := len(want)
	if k > 1 {
		step = math.Min(step, (in.hi-in.lo)/float64(k-1))
	}
	type pool struct {
		sum, weight float64
		count       int
	}
	var pools []pool
	for i := range want { // shifted so that points a step apart are equal
		at := want[i] - float64(step*(float64(i)-float64(k-1)/2))
		pools = append(pools, pool{float64(at * firm[i]), firm[i], 1})
		for m := len(pools); m > 1 && pools[m-2].sum*pools[m-1].weight >= pools[m-1].sum*pools[m-2].weight; m = len(pools) {
			pools[m-2].sum += pools[m-1].sum
			pools[m-2].weight += pools[m-1].weight
			pools[m-2].count += pools[m-1].count
			pools = pools[:m-1]
		}
	}
	out := make([]float64, 0, k)
	for _, q := range pools {
		for range q.count {
			i := float64(len(out))
			at := q.sum/q.weight + float64(step*(i-float64(k-1)/2))
			out = append(out, clamp(at, in.lo+float64(step*i), in.hi-float64(step*(float64(k-1)-i))))
		}
	}
	return out
}

// alignPorts makes lines between two boxes that are almost straight straight.
func (n *net) alignPorts(ports []port, sides []bundles) {
	alone := make([]bool, len(ports))
	for _, side := range sides {
		for _, bundle := range side {
			alone[bundle[0]] = len(bundle) == 1
		}
	}
	for i := range ports {
		p := &ports[i]
		if p.other == None || p.other < i {
			continue
		}
		q := &ports[p.other]
		if math.Abs(p.x-q.x) >= 4 {
			continue
		}
		switch at := math.Round(p.x+q.x) / 2; {
		case alone[i] && alone[p.other]:
			p.x, q.x = at, at
		case alone[i]:
			p.x = q.x
		case alone[p.other]:
			q.x = p.x
		}
	}
}
