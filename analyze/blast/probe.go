package blast

import (
	"sync/atomic"

	"github.com/taut-dev/taut/analyze/graph"
)

// Bounds of plain search, chosen by BenchmarkSingle.
const (
	// A search may find searchRows rows and one of every searchPart that there
	// are, before the failure is left to the lanes. These go over most rows, but
	// for 512 failures at once.
	searchRows = 256
	searchPart = 256
	// searchAgain is how often, on average, the searches of 512 neighbouring
	// failures may find the same row. Lanes handle a row once for all of them.
	searchAgain = 12
)

// search solves failures one at a time by walking from them. Where they reach
// little, or little in common, that is several times as fast as lanes.
type search struct {
	p     *plane
	seen  []visit
	most  int // rows that one walk may find
	walk  uint32
	found []int32 // rows of this walk
	large marks

	since        uint32 // the first walk among the present neighbours
	total, fresh int    // rows that they have found: all, and each once
}

// visit is what walks note of a row.
type visit struct {
	last uint32 // the last walk that found it
	hits int32  // failures of services that hit it
}

func newSearch(p *plane, large marks) *search {
	return &search{p: p, seen: make([]visit, p.Rows), most: searchRows + p.Rows/searchPart, large: large}
}

// begin turns to the next neighbours.
func (q *search) begin() { q.since, q.total, q.fresh = q.walk+1, 0, 0 }

// again says whether the neighbours keep finding the same rows.
func (q *search) again() bool { return q.total > searchAgain*(q.fresh+q.most) }

// run finds the rows that are bad when the seeds are. It gives up, with false,
// where there are too many of them.
func (q *search) run(seeds []int32) bool {
	q.walk++
	q.found = q.found[:0]
	for _, v := range seeds {
		q.add(q.p.RowOf[v])
	}
	few := q.spread()
	q.total += len(q.found)
	if !few && len(seeds) == 1 {
		q.large.set(q.p.RowOf[seeds[0]])
	}
	return few
}

func (q *search) spread() bool {
	for i := 0; i < len(q.found); i++ {
		r := q.found[i]
		if len(q.found) > q.most || q.large.has(r) {
			return false
		}
		row := &q.p.rows[r]
		for _, t := range q.p.Gives.To[row.from:row.to] {
			q.add(t)
		}
		if !row.watched {
			continue
		}
		for _, t := range q.p.Watch.Out(r) {
			if q.falls(&q.p.Hubs[q.p.HubOf[t]]) {
				q.add(t)
			}
		}
	}
	return true
}

func (q *search) add(r int32) {
	v := &q.seen[r]
	if v.last == q.walk {
		return
	}
	if v.last < q.since {
		q.fresh++
	}
	v.last = q.walk
	q.found = append(q.found, r)
}

// falls says whether enough members of a group have been found.
func (q *search) falls(h *graph.Hub) bool {
	n := 0
	for _, m := range h.Members {
		if q.seen[m].last == q.walk {
			n++
		}
	}
	return n >= h.Need
}

// marks is a set of rows that workers share. To miss one that another worker is
// just setting costs time and changes nothing.
type marks []atomic.Uint64

func (m marks) has(r int32) bool { return m[r>>6].Load()>>(r&63)&1 != 0 }

func (m marks) set(r int32) { m[r>>6].Or(1 << (r & 63)) }

// probe solves by search those of some neighbouring failures, given by their
// places in order, that reach little, and notes the others as left. They are
// taken from the last: what gives to a row that reaches much is not searched.
func (w *worker) probe(from, to int) {
	if w.searches == nil {
		for i, p := range w.s.planes {
			w.searches = append(w.searches, newSearch(p, w.s.large[i]))
		}
	}
	q := w.searches[0]
	q.begin()
	for i := to - 1; i >= from; i-- {
		f := &w.s.r.Failures[w.s.order[i]]
		w.s.left[i] = q.again() || !w.find(f)
	}
}

// find solves a failure by search in all planes, unless it reaches too much.
func (w *worker) find(f *Failure) bool {
	seeds := w.s.g.Seeds(f.Node)
	for _, q := range w.searches {
		if !q.run(seeds) {
			return false
		}
	}
	hit, worse := int32(0), int32(0)
	if int(f.Node) < w.s.g.Services() {
		hit = 1
	}
	for _, q := range w.searches {
		services, weight := q.count(hit)
		worse = w.s.note(f, q.p.Level, services, worse, weight)
	}
	return true
}

// count sums up what was found, and adds hit to its hits.
func (q *search) count(hit int32) (services int32, weight int64) {
	for _, r := range q.found {
		row := &q.p.rows[r]
		q.seen[r].hits += hit
		services += row.services
		weight += row.weight
	}
	return services, weight
}
