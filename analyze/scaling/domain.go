package scaling

import (
	"math/bits"
	"runtime"
	"slices"
	"sync"

	"github.com/taut-dev/taut/analyze/graph"
)

// listLimit is how long the lists of all surge domains together may be for
// Result.Surge to hold them.
const listLimit = 1 << 20

// Domain gives the surge domain of any service, with its lists.
func (r *Result) Domain(entry int32) Surge {
	return r.newFinder().domain(entry)
}

// finder searches surge domains one at a time, in time linear in what it finds.
type finder struct {
	r             *Result
	calls         *graph.CSR
	seen, touched []int32 // search in which a service was reached, a unit touched
	search        int32
}

func (r *Result) newFinder() *finder {
	return &finder{r: r, calls: r.state.traffic.calls, seen: make([]int32, len(r.UnitOf)), touched: make([]int32, len(r.Units))}
}

func (f *finder) domain(entry int32) Surge {
	f.search++
	s := Surge{Entry: entry, Services: []int32{entry}}
	f.seen[entry] = f.search
	for i := 0; i < len(s.Services); i++ {
		v := s.Services[i]
		if u := f.r.UnitOf[v]; f.touched[u] != f.search {
			f.touched[u] = f.search
			s.MustScale = append(s.MustScale, f.r.Units[u]...)
		}
		for _, w := range f.calls.Out(v) {
			if f.seen[w] != f.search {
				f.seen[w] = f.search
				s.Services = append(s.Services, w)
			}
		}
	}
	slices.Sort(s.Services)
	slices.Sort(s.MustScale)
	s.Reached, s.Forced = len(s.Services), len(s.MustScale)
	s.Share = float64(s.Forced) / float64(len(f.seen))
	return s
}

// surges computes the sizes of all entries' domains, and the lists if they are
// short enough together.
func (r *Result) surges() {
	r.surgeSizes()
	total := 0
	for _, s := range r.Surge {
		total += s.Reached + s.Forced
	}
	if total > listLimit {
		return
	}
	f := r.newFinder()
	for i := range r.Surge {
		r.Surge[i] = f.domain(r.Surge[i].Entry)
	}
}

// surgeSizes computes the sizes, in passes that the processors share: which one
// makes a pass changes no result.
func (r *Result) surgeSizes() {
	r.Surge = make([]Surge, len(r.Entries))
	t := r.state.traffic
	between := graph.Condense(t.calls, t.comp, t.members.Len())
	blocks := (len(r.Entries) + lanes - 1) / lanes
	workers := min(runtime.GOMAXPROCS(0), blocks)
	var done sync.WaitGroup
	for w := range workers {
		done.Go(func() {
			p := newPasses(r, between)
			for i := w; i < blocks; i += workers {
				from, to := i*lanes, min((i+1)*lanes, len(r.Entries))
				p.run(r.Entries[from:to], r.Surge[from:to])
			}
		})
	}
	done.Wait()
}

// lanes is how many entries one pass carries: the bits of a cache line.
const (
	words = 8
	lanes = 64 * words
)

type row [words]uint64

// passes carries sets of entries forward over calls, a bit for each entry.
type passes struct {
	r      *Result
	calls  *graph.CSR // between components, callees first
	reach  []row      // component: entries that reach it
	active []uint64   // components with entries
	unit   []row      // scaling unit: entries that touch it
	hit    []int32    // scaling units with entries
}

func newPasses(r *Result, between *graph.CSR) *passes {
	n := between.Len()
	return &passes{r: r, calls: between, reach: make([]row, n), active: make([]uint64, (n+63)/64), unit: make([]row, len(r.Units))}
}

// run computes the sizes of up to lanes entries.
func (p *passes) run(entries []Entry, sizes []Surge) {
	t := p.r.state.traffic
	for i, e := range entries {
		c := t.comp[e.Service]
		p.reach[c][i/64] |= 1 << (i % 64)
		p.active[c/64] |= 1 << (c % 64)
	}
	var alone, reached, forced counters
	for w := len(p.active) - 1; w >= 0; w-- {
		for p.active[w] != 0 {
			b := bits.Len64(p.active[w]) - 1
			p.active[w] &^= 1 << b
			p.visit(int32(w*64+b), &alone, &reached)
		}
	}
	for _, u := range p.hit {
		forced.add(p.unit[u], len(p.r.Units[u]))
		p.unit[u] = row{}
	}
	p.hit = p.hit[:0]
	all := float64(len(p.r.UnitOf))
	for i, e := range entries {
		s := Surge{Entry: e.Service, Reached: alone.get(i) + reached.get(i), Forced: alone.get(i) + forced.get(i)}
		s.Share = float64(s.Forced) / all
		sizes[i] = s
	}
}

// visit hands the entries of a component on and forgets them. A service that is
// a component and a scaling unit by itself counts as alone: most are.
func (p *passes) visit(c int32, alone, reached *counters) {
	mine := &p.reach[c]
	members := p.r.state.traffic.members.Out(c)
	if len(members) == 1 && len(p.r.Units[p.r.UnitOf[members[0]]]) == 1 {
		alone.carry(*mine, 0)
		members = nil
	} else {
		reached.add(*mine, len(members))
	}
	for _, v := range members {
		u := p.r.UnitOf[v]
		if p.unit[u] == (row{}) {
			p.hit = append(p.hit, u)
		}
		p.unit[u].or(mine)
	}
	for _, to := range p.calls.Out(c) {
		p.reach[to].or(mine)
		p.active[to/64] |= 1 << (to % 64)
	}
	*mine = row{}
}

func (a *row) or(b *row) {
	for i := range a {
		a[i] |= b[i]
	}
}

// counters counts in every lane at once: plane k holds bit k of all counts.
type counters struct{ planes []row }

// add raises the counts of the lanes in a row by n.
func (c *counters) add(lanes row, n int) {
	for k := 0; n>>k != 0; k++ {
		if n>>k&1 == 1 {
			c.carry(lanes, k)
		}
	}
}

// carry adds 2ᵏ to the counts of some lanes.
func (c *counters) carry(lanes row, k int) {
	for rest := uint64(1); rest != 0; k++ {
		for len(c.planes) <= k {
			c.planes = append(c.planes, row{})
		}
		p := &c.planes[k]
		rest = 0
		for i, x := range lanes {
			lanes[i] = p[i] & x
			p[i] ^= x
			rest |= lanes[i]
		}
	}
}

// get reads the count of one lane.
func (c *counters) get(lane int) int {
	n := 0
	for k := range c.planes {
		n |= int(c.planes[k][lane/64]>>(lane%64)&1) << k
	}
	return n
}
