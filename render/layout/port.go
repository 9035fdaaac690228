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

// ports finds the place of every line's ends: in the order in which the lines
// leave, spread about the middle, and straight above the other end where both
// sides allow it. ends[k] are the x of the upper and lower end of links[k].
func (n *net) ports(x []float64) (ends [][2]float64) {
	ports, sides := n.collectPorts()
	for range 6 {
		for i := range ports {
			n.aim(ports, i, x)
		}
		for s := range sides {
			n.spread(ports, sides[s], x, s%2 == 1)
		}
	}
	n.alignPorts(ports, x)
	ends = make([][2]float64, len(n.links))
	for k, c := range n.chain {
		if len(c) > 0 {
			ends[k] = [2]float64{x[c[0]], x[c[len(c)-1]]}
		}
	}
	for s, list := range sides {
		for _, i := range list {
			ends[ports[i].link][1-s%2] = ports[i].x
		}
	}
	return ends
}

// collectPorts lists the ports by side: for vertex v side 2v is its top, 2v+1 its
// bottom, from left to right.
func (n *net) collectPorts() ([]port, [][]int) {
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
	for _, list := range sides {
		slices.SortStableFunc(list, func(i, j int) int {
			return cmp.Compare(n.pos[ports[i].next], n.pos[ports[j].next])
		})
	}
	return ports, sides
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

// aim notes where a port would like to be: above a bend, or at a place that both
// boxes of a direct line reach; else it does not mind.
func (n *net) aim(ports []port, i int, x []float64) {
	p := &ports[i]
	bottom := n.v[p.next].row > n.v[p.box].row
	mine := n.portSpan(p.box, bottom, x[p.next] < x[p.box], x)
	p.want, p.firm = (mine.lo+mine.hi)/2, 0.05
	if p.other == None {
		if at := x[p.next]; at >= mine.lo && at <= mine.hi {
			p.want, p.firm = at, 1
		}
		return
	}
	q := &ports[p.other]
	theirs := n.portSpan(q.box, !bottom, x[q.next] < x[q.box], x)
	lo, hi := math.Max(mine.lo, theirs.lo), math.Min(mine.hi, theirs.hi)
	if lo > hi {
		return
	}
	at := (x[p.box] + x[q.box]) / 2
	if p.x != 0 || q.x != 0 {
		at = (p.x + q.x) / 2
	}
	p.want, p.firm = clamp(at, lo, hi), 1
}

// spread places the ports of one side: as near as can be to where they want to
// be, in their order and apart from each other (isotonic regression).
func (n *net) spread(ports []port, list []int, x []float64, bottom bool) {
	if len(list) == 0 {
		return
	}
	v := ports[list[0]].box
	b := &n.box[n.v[v].box]
	if bottom && len(b.hang) > 0 && n.set.Direction == TopDown && b.bottom[0] != b.bottom[1] {
		k := 0
		for k < len(list) && x[ports[list[k]].next] < x[v] {
			k++
		}
		n.spreadIn(ports, list[:k], n.portSpan(v, bottom, true, x))
		n.spreadIn(ports, list[k:], n.portSpan(v, bottom, false, x))
		return
	}
	n.spreadIn(ports, list, n.portSpan(v, bottom, false, x))
}

func (n *net) spreadIn(ports []port, list []int, in span) {
	k := len(list)
	if k == 0 {
		return
	}
	step := n.set.EdgeGap
	if k > 1 {
		step = math.Min(step, (in.hi-in.lo)/float64(k-1))
	}
	type pool struct {
		sum, weight float64
		count       int
	}
	var pools []pool
	for i, id := range list { // shifted so that equal values are one step apart
		p := &ports[id]
		want := p.want - step*(float64(i)-float64(k-1)/2)
		pools = append(pools, pool{float64(want * p.firm), p.firm, 1})
		for m := len(pools); m > 1 && pools[m-2].sum*pools[m-1].weight >= pools[m-1].sum*pools[m-2].weight; m = len(pools) {
			pools[m-2].sum += pools[m-1].sum
			pools[m-2].weight += pools[m-1].weight
			pools[m-2].count += pools[m-1].count
			pools = pools[:m-1]
		}
	}
	i := 0
	for _, q := range pools {
		for range q.count {
			at := q.sum/q.weight + step*(float64(i)-float64(k-1)/2)
			ports[list[i]].x = clamp(at, in.lo+step*float64(i), in.hi-step*float64(k-1-i))
			i++
		}
	}
}

// alignPorts makes lines between two boxes that are almost straight straight,
// where the neighbours of the ports leave room.
func (n *net) alignPorts(ports []port, x []float64) {
	for i := range ports {
		p := &ports[i]
		if p.other == None || p.other < i {
			continue
		}
		q := &ports[p.other]
		if math.Abs(p.x-q.x) < 4 {
			at := math.Round(p.x+q.x) / 2
			p.x, q.x = at, at
		}
	}
}
