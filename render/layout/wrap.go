package layout

import (
	"cmp"
	"math"
	"slices"
)

// part is what hangs together, by links or by a common frame, and is laid out
// by itself.
type part struct {
	*plan
	boxes  []int // plan boxes, in preferred order
	links  []int // plan links, pins left out
	row    []int // row of each plan box (shared); for a bar the upper of its two
	height int   // number of rows
	labels []int // row of the label of each link, by plan link; None: no label
}

// parts splits the plan. Boxes with neither links nor frame form one part, the last.
func (p *plan) parts(row []int) []*part {
	n := len(p.box)
	sets := newUnion(n + len(p.frame))
	for _, l := range p.link {
		sets.join(l.u, l.v)
	}
	for f := range p.frame {
		if up := p.frame[f].parent; up != None {
			sets.join(n+f, n+up)
		}
	}
	lone := None
	for v := range p.box {
		if f := p.box[v].frame; f != None {
			sets.join(v, n+f)
		} else if len(p.in[v])+len(p.out[v]) == 0 && p.box[v].row == None {
			if lone != None {
				sets.join(lone, v)
			}
			lone = v
		}
	}
	at := make([]int, n+len(p.frame))
	for i := range at {
		at[i] = None
	}
	var parts []*part
	labels := make([]int, len(p.link))
	get := func(v int) *part {
		root := sets.find(v)
		if at[root] == None {
			at[root] = len(parts)
			parts = append(parts, &part{plan: p, row: row, labels: labels})
		}
		return parts[at[root]]
	}
	for _, v := range p.byPreference() {
		q := get(v)
		q.boxes = append(q.boxes, v)
	}
	for i := range p.link {
		if !p.link[i].pin {
			q := get(p.link[i].u)
			q.links = append(q.links, i)
		}
	}
	if lone != None && len(parts) > 1 {
		i := at[sets.find(lone)]
		last := parts[i]
		parts = append(slices.Delete(parts, i, i+1), last)
	}
	return parts
}

// wrap gives a part its final rows: it starts them at 0, folds those that are too
// wide, gives bars two rows of their own and labels a row between the boxes.
// Boxes without lines fill rows as wide as the widest part so far.
func (q *part) wrap(widest float64) {
	for _, v := range q.boxes {
		q.box[v].place = float64(q.box[v].pref)
	}
	count := q.compactRows()
	q.evenOut()
	fold := q.foldFor(count)
	if all := q.width(q.boxes); len(q.links) == 0 && count == 1 && q.set.Direction == TopDown && q.set.MaxWidth <= 0 && all <= 2*widest {
		fold = widest
	}
	// Bars come after the plain boxes of their row, in two rows that nothing else
	// shares: the upper for lines from above, the lower for lines from below.
	rows := make([][]int, count)
	for _, v := range q.boxes {
		rows[q.row[v]] = append(rows[q.row[v]], v)
	}
	next := 0
	for _, members := range rows {
		plain := slices.DeleteFunc(slices.Clone(members), func(v int) bool { return q.box[v].bar && q.linked(v) })
		if len(plain) > 0 {
			k := q.folds(plain, fold)
			for i, sub := range q.deal(plain, k) {
				for _, v := range sub {
					q.row[v] = next + i
				}
			}
			next += k
		}
		if len(plain) < len(members) {
			for _, v := range members {
				if q.box[v].bar && q.linked(v) {
					q.row[v] = next
				}
			}
			next += 2
		}
	}
	q.height = next
	q.settleTips()
	for _, i := range q.links { // a bar that shared its row with a fixed box
		if l := &q.link[i]; q.row[l.u] > q.row[l.v] {
			q.flip(i)
		}
	}
	q.labelRows()
}

// evenOut gives boxes that only stand in a grid columns of one width, unless one
// of them is so wide that the others would stand lost.
func (q *part) evenOut() {
	if len(q.links) > 0 {
		return
	}
	most := sides{}
	for _, v := range q.boxes {
		if q.box[v].frame != None || q.box[v].row != None {
			return
		}
		most.l, most.r = math.Max(most.l, q.box[v].l), math.Max(most.r, q.box[v].r)
	}
	if float64(len(q.boxes))*(most.l+most.r+q.set.NodeGap) > 1.5*q.width(q.boxes) {
		return
	}
	for _, v := range q.boxes {
		q.box[v].l, q.box[v].r = most.l, most.r
	}
}

// settleTips keeps the ends of lines on frames below (above) what is inside,
// also when rows were folded, as far as their lines allow.
func (q *part) settleTips() {
	for _, l := range q.link {
		if l.pin && q.box[l.v].tip {
			lowest := math.MaxInt
			for _, i := range q.out[l.v] {
				lowest = min(lowest, q.row[q.link[i].v]-1)
			}
			q.row[l.v] = max(q.row[l.v], min(q.lastRow(l.u), lowest))
		}
		if l.pin && q.box[l.u].tip {
			highest := 0
			for _, i := range q.in[l.u] {
				highest = max(highest, q.lastRow(q.link[i].u)+1)
			}
			q.row[l.u] = min(q.row[l.u], max(q.row[l.v], highest))
		}
	}
}

// linked says whether a box has any line; a bar without is drawn as a plain box.
func (q *part) linked(v int) bool { return len(q.in[v])+len(q.out[v]) > 0 }

// compactRows renumbers the rows that are in use from 0 and returns their number.
func (q *part) compactRows() int {
	used := make([]int, 0, len(q.boxes))
	for _, v := range q.boxes {
		used = append(used, q.row[v])
	}
	slices.Sort(used)
	used = slices.Compact(used)
	for _, v := range q.boxes {
		q.row[v], _ = slices.BinarySearch(used, q.row[v])
	}
	return len(used)
}

// width is the width of a row of boxes.
func (q *part) width(boxes []int) float64 {
	w := -q.set.NodeGap
	for _, v := range boxes {
		w += q.box[v].l + q.box[v].r + q.set.NodeGap
	}
	return w
}

// folds is how many rows the boxes of one row become under a greatest width.
func (q *part) folds(boxes []int, width float64) int {
	if q.box[boxes[0]].row != None {
		return 1
	}
	k := int(math.Ceil(q.width(boxes)/width - 1e-9))
	return max(1, min(k, len(boxes)))
}

const (
	foldCost  = 1.1  // what folding costs where there are lines, in the logarithm of the aspect
	foldLimit = 1500 // links
	pageWidth = 1000 // beyond this a drawing gets small on a page
)

// foldFor chooses the greatest width of a row: the one that brings the part
// closest to the wanted aspect, where folding costs a little too.
func (q *part) foldFor(count int) float64 {
	if len(q.links) > foldLimit && q.set.MaxWidth <= 0 {
		return math.Inf(1) // every fold lengthens the lines past it: too many bends
	}
	rows := make([][]int, count)
	for _, v := range q.boxes {
		if !q.box[v].bar {
			rows[q.row[v]] = append(rows[q.row[v]], v)
		}
	}
	widest, high := 0.0, 0.0
	for _, r := range rows {
		widest = math.Max(widest, q.width(r))
		for _, v := range r {
			high = math.Max(high, q.box[v].u+q.box[v].d)
		}
	}
	gap := q.set.RankGap
	if len(q.links) == 0 {
		gap = q.set.NodeGap
	}
	best, cheapest := math.Inf(1), math.Inf(1)
	// Try the widest row cut in two, three, and so on.
	for k := 1; k <= 60; k++ {
		limit := widest / float64(k)
		total, w := 0, 0.0
		for _, r := range rows {
			if len(r) == 0 {
				total++
				continue
			}
			n := q.folds(r, limit)
			total += n
			each := (len(r) + n - 1) / n
			w = math.Max(w, q.width(r)*float64(each)/float64(len(r)))
		}
		aspect := w / (float64(float64(total)*(high+gap)) - gap)
		if q.set.Direction == LeftRight {
			aspect = 1 / aspect
		}
		wanted := q.set.Aspect
		if len(q.links) == 0 {
			wanted *= 1.5
		}
		cost := math.Abs(math.Log(aspect/wanted)) + float64(0.05*float64(total-count))
		if len(q.links) > 0 && k > 1 {
			cost += foldCost
		}
		cost += clamp(w/pageWidth-1, 0, 0.6)
		if q.set.MaxWidth > 0 && w > q.set.MaxWidth {
			cost += 100 * w / q.set.MaxWidth
		}
		if cost < cheapest-1e-9 {
			best, cheapest = limit, cost
		}
	}
	return best
}

// deal spreads the boxes of one row over k rows. Those with the same frame and
// the same first neighbour share the rows evenly, in reading order, so that every
// neighbour keeps its own close by.
func (q *part) deal(boxes []int, k int) [][]int {
	if k == 1 {
		return [][]int{boxes}
	}
	type key struct{ frame, near int }
	var keys []key
	groups := map[key][]int{}
	for _, v := range boxes {
		at := key{q.box[v].frame, q.nearest(v)}
		if _, known := groups[at]; !known {
			keys = append(keys, at)
		}
		groups[at] = append(groups[at], v)
	}
	out := make([][]int, k)
	filled := make([]float64, k)
	slices.SortStableFunc(keys, func(a, b key) int { return cmp.Compare(len(groups[b]), len(groups[a])) })
	for _, at := range keys {
		g := groups[at]
		if len(g) < k { // too few to share out: each goes where most room is
			for _, v := range g {
				r := least(filled)
				out[r] = append(out[r], v)
				filled[r] += q.box[v].l + q.box[v].r
			}
			continue
		}
		shares := make([][]int, k)
		for i, v := range g {
			r := i * k / len(g)
			if !q.linked(v) { // a grid: full rows first
				r = i / ((len(g) + k - 1) / k)
			}
			shares[r] = append(shares[r], v)
			out[r] = append(out[r], v)
			filled[r] += q.box[v].l + q.box[v].r
		}
		q.interleave(g, shares)
	}
	return out
}

// interleave gives the boxes of a folded row places column by column, so that the
// lines to lower rows pass one by one between the boxes of the upper.
func (q *part) interleave(g []int, shares [][]int) {
	places := make([]float64, len(g))
	for i, v := range g {
		places[i] = float64(q.box[v].pref)
	}
	slices.Sort(places)
	for c, next := 0, 0; next < len(g); c++ {
		for _, share := range shares {
			if c < len(share) {
				q.box[share[c]].place = places[next]
				next++
			}
		}
	}
}

// least is the place of the smallest number, the first of equals.
func least(of []float64) int {
	at := 0
	for i, v := range of {
		if v < of[at] {
			at = i
		}
	}
	return at
}

// nearest is the neighbour above (or else below) that comes first in the order.
func (q *part) nearest(v int) int {
	best := None
	consider := func(w int) {
		if best == None || q.box[w].pref < q.box[best].pref {
			best = w
		}
	}
	for _, i := range q.in[v] {
		consider(q.link[i].u)
	}
	if best == None {
		for _, i := range q.out[v] {
			consider(q.link[i].v)
		}
	}
	return best
}

// labelRows inserts a row for labels into every gap that has some. A label goes
// into the gap in the middle of its line.
func (q *part) labelRows() {
	gap, inBar := make([]bool, q.height), make([]bool, q.height)
	for _, v := range q.boxes {
		if q.lastRow(v) > q.row[v] {
			inBar[q.row[v]] = true
		}
	}
	for _, i := range q.links {
		l := &q.link[i]
		q.labels[i] = None
		top := q.lastRow(l.u)
		if l.lw == 0 || top >= q.row[l.v] {
			continue
		}
		mid := top + (q.row[l.v]-1-top)/2
		for _, r := range [3]int{mid, mid - 1, mid + 1} {
			if r >= top && r < q.row[l.v] && !inBar[r] {
				q.labels[i], gap[r] = r, true
				break
			}
		}
	}
	shift := make([]int, q.height+1) // extra rows above each row
	for r := range gap {
		shift[r+1] = shift[r]
		if gap[r] {
			shift[r+1]++
		}
	}
	for _, v := range q.boxes {
		q.row[v] += shift[q.row[v]]
	}
	for _, i := range q.links {
		if r := q.labels[i]; r != None {
			q.labels[i] = r + shift[r] + 1
		}
	}
	q.height += shift[q.height]
}

// lastRow is the lowest row a box takes.
func (q *part) lastRow(v int) int {
	if q.box[v].bar && q.linked(v) {
		return q.row[v] + 1
	}
	return q.row[v]
}
