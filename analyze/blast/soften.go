package blast

import (
	"cmp"
	"context"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
)

// SoftenOptions bounds the search for the dependencies that weigh most.
type SoftenOptions struct {
	Top   int       // how many to find; default 5
	Steps int       // nodes and dependencies looked at before it stops; default 20 million
	Down  []float64 // unavailability of each node, 0..1, for Expected; nil: 0
}

// Softened is one hard dependency and what the system would gain if it were
// soft: if its user degraded without it, instead of being down.
type Softened struct {
	Node     int32         // the user
	Clause   *graph.Clause // the dependency, or publication
	Mean     float64       // by how much blast_radius.mean would fall, 0..1
	Expected float64       // by how much blast_radius.expected would fall

	pairs int64 // failures of services × services that they would no longer take down
}

// SoftenResult is the hard dependencies that weigh most.
type SoftenResult struct {
	Candidates int        // hard dependencies and publications
	Tried      int        // of these, worked out again; the others cannot gain as much as the best
	Complete   bool       // the best of all are found; false: the steps ran out
	Best       []Softened // that gain most first; those that gain nothing are left out
}

// Soften finds the hard dependencies whose softening lowers the mean blast
// radius most, and of equals the expected one. Each is worked out again, failure
// by failure, exactly; one is left out only when not even all failures that may
// reach it times all services that may hang on it would make it one of the best.
// The result r must hold all kinds of failures.
func Soften(ctx context.Context, g *graph.Graph, r *Result, o SoftenOptions) (*SoftenResult, error) {
	if o.Top <= 0 {
		o.Top = 5
	}
	if o.Steps <= 0 {
		o.Steps = 20_000_000
	}
	if o.Down == nil {
		o.Down = make([]float64, g.Len())
	}
	s := newSoftener(g, r, o)
	list := s.candidates(ctx)
	out := &SoftenResult{Candidates: len(list), Complete: true}
	for i := range list {
		c := &list[i]
		if ctx.Err() != nil || s.steps > o.Steps {
			out.Complete = false
			break
		}
		if len(s.best) == o.Top && !better(&c.most, &s.best[o.Top-1]) {
			continue
		}
		out.Tried++
		x := s.gain(c)
		if s.steps <= o.Steps && (x.pairs > 0 || x.Expected > 0) {
			s.keep(x)
		}
	}
	out.Complete = out.Complete && s.steps <= o.Steps
	out.Best = s.best
	return out, ctx.Err()
}

// better orders by what is gained; equal ones are not better.
func better(a, b *Softened) bool {
	return cmp.Or(cmp.Compare(a.pairs, b.pairs), cmp.Compare(a.Expected, b.Expected)) > 0
}

// softener works out what is down with one dependency left out.
type softener struct {
	g     *graph.Graph
	r     *Result
	o     SoftenOptions
	steps int
	best  []Softened

	simple  bool    // there are no groups of several members
	longest float64 // Σ unavailability of all nodes

	down   []bool
	bad    []int32 // members down of each group with several, counted from 0
	queue  []int32 // nodes that are down, in the order found
	groups []int32 // with members down
	skip   candidate
	failed bool // the user of the dependency left out is down all the same
}

// candidate is a hard dependency, with a bound of what softening it gains.
type candidate struct {
	Softened
	most Softened
}

func newSoftener(g *graph.Graph, r *Result, o SoftenOptions) *softener {
	s := &softener{g: g, r: r, o: o, down: make([]bool, g.Len()), bad: make([]int32, g.Groups()-g.Len())}
	s.simple = g.Groups() == g.Len()
	for _, q := range o.Down {
		s.longest += q
	}
	return s
}

// candidates lists what may be softened, by the bound of its gain.
func (s *softener) candidates(ctx context.Context) []candidate {
	g := s.g
	var list []candidate
	above := map[int32]int64{} // services that may be down when a node is
	below := map[int32]below{} // failures that may take a node down
	for v := range int32(g.Services()) {
		clauses := g.Clauses(v)
		for i := range clauses {
			c := &clauses[i]
			if c.Cap != graph.Down || c.Reason != graph.Needs && c.Reason != graph.Publishes || again(clauses, i) {
				continue
			}
			x := candidate{Softened: Softened{Node: v, Clause: c}}
			if s.steps <= s.o.Steps && ctx.Err() == nil {
				s.bound(&x, above, below)
			}
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.most.pairs, a.most.pairs), cmp.Compare(b.most.Expected, a.most.Expected))
	})
	return list
}

// again says whether another clause says the same, so that softening one of
// them changes nothing.
func again(clauses []graph.Clause, i int) bool {
	for k := range clauses {
		if k != i && clauses[k].Group == clauses[i].Group && clauses[k].Cap == graph.Down {
			return true
		}
	}
	return false
}

// below sums up the failures that may take a node down.
type below struct {
	services int64
	time     float64 // Σ unavailability
}

// gain works a dependency out: all failures that may reach it, with it left out.
func (s *softener) gain(c *candidate) Softened {
	s.skip = *c
	var culprits []int32
	for _, m := range c.Clause.Members {
		culprits = append(culprits, s.culprits(m)...)
	}
	slices.Sort(culprits)
	x := c.Softened
	for _, f := range slices.Compact(culprits) {
		if f == c.Node || s.steps > s.o.Steps {
			continue
		}
		others, own := s.g.Services(), int64(0)
		if int(f) < others {
			others, own = others-1, 1
		}
		n := int64(s.r.Of(f).NDown) - s.fail(f)
		if n <= 0 || others == 0 {
			continue
		}
		x.pairs += n * own
		x.Expected += float64(s.o.Down[f] * float64(n) / float64(others))
	}
	if n := s.g.Services(); n > 1 {
		x.Mean = float64(x.pairs) / (float64(n) * float64(n-1))
	}
	return x
}

// fail counts the services that a failure takes down, itself left out. Where
// the user of the dependency left out is down all the same nothing has changed,
// and the count is what it was.
func (s *softener) fail(f int32) int64 {
	defer s.clear()
	for _, v := range s.g.Seeds(f) {
		s.mark(v)
	}
	n := int64(0)
	for i := 0; i < len(s.queue) && !s.failed; i++ {
		v := s.queue[i]
		if int(v) < s.g.Services() && v != f {
			n++
		}
		s.reach(v)
		for _, group := range s.g.MemberOf(v) {
			x := s.g.Group(group)
			at := group - int32(s.g.Len())
			if s.bad[at] == 0 {
				s.groups = append(s.groups, at)
			}
			if s.bad[at]++; s.bad[at] == int32(len(x.Members))-x.K+1 {
				s.reach(group)
			}
		}
	}
	if s.failed || s.down[s.skip.Node] {
		return int64(s.r.Of(f).NDown)
	}
	return n
}

// reach takes the users of a group down, but for the dependency left out.
func (s *softener) reach(group int32) {
	users, caps := s.g.Users(group)
	for i, u := range users {
		s.steps++
		if caps[i] != graph.Down || u == s.skip.Node && group == s.skip.Clause.Group {
			continue
		}
		s.failed = s.failed || u == s.skip.Node
		s.mark(u)
	}
}

// keep puts a softening among the best.
func (s *softener) keep(x Softened) {
	i := len(s.best)
	for i > 0 && better(&x, &s.best[i-1]) {
		i--
	}
	s.best = slices.Insert(s.best, i, x)
	s.best = s.best[:min(len(s.best), s.o.Top)]
}
