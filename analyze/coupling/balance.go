package coupling

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Distance is how far apart two ends of a dependency are changed.
type Distance uint8

// The distances, nearest first. UnknownDistance means that an end in another
// unit has no owner, so nobody can say whose it is.
const (
	SameUnit Distance = iota
	SameTeam
	OtherTeam
	OutsideSystem
	UnknownDistance
)

// String gives the distance in words.
func (d Distance) String() string {
	return []string{"same unit", "same team", "other team", "external", "unknown"}[d]
}

// Verdict says whether a dependency's strength suits its distance.
type Verdict uint8

// The verdicts. An unknown one is no pass.
const (
	Unknown Verdict = iota
	Balanced
	Unbalanced
)

// String gives the verdict in a word.
func (v Verdict) String() string { return []string{"unknown", "balanced", "unbalanced"}[v] }

// Strong is the strength from which a dependency counts as strong in the
// balance: knowledge of a model in one process or over one store, knowledge of
// internals over a call.
const Strong = 0.5

// IsBalanced is the balance of a dependency (Khononov 2024): strong coupling
// belongs close together, weak coupling far apart, and neither matters as long
// as nothing changes.
func IsBalanced(strong, far, volatile bool) bool { return strong != far || !volatile }

// Balance gives the verdict on a link.
func (l *Link) Balance() Verdict {
	far := l.Distance == OtherTeam || l.Distance == OutsideSystem
	switch {
	case l.Distance == UnknownDistance && l.Volatile:
		return Unknown
	case IsBalanced(l.Strength >= Strong, far, l.Volatile):
		return Balanced
	}
	return Unbalanced
}

// two remembers the first two distinct values, which is enough to say whether
// any value differs from a given one.
type two[T comparable] struct {
	a, b T
	n    int
}

func (t *two[T]) add(x T) {
	switch {
	case t.n == 0:
		t.a, t.n = x, 1
	case t.n == 1 && x != t.a:
		t.b, t.n = x, 2
	}
}

func (t *two[T]) differs(x T) bool { return t.n > 0 && t.a != x || t.n > 1 && t.b != x }

// crowd summarises a set of services, so that each member's distance to the
// farthest of the others is known without looking at every pair.
type crowd struct {
	members, volatile, units two[int32]
	owners                   two[string]
	unowned                  bool
}

func (c *crowd) add(g *graph.Graph, s int32) {
	c.members.add(s)
	c.units.add(deployable(g, s))
	if x := g.Sys.Services[s]; x.Volatility == model.HighVolatility {
		c.volatile.add(s)
	}
	if owner := g.Sys.Services[s].Owner; owner != "" {
		c.owners.add(owner)
	} else {
		c.unowned = true
	}
}

// distance of a service to the farthest of the crowd.
func (c *crowd) distance(g *graph.Graph, s int32) Distance {
	owner := g.Sys.Services[s].Owner
	switch {
	case !c.units.differs(deployable(g, s)):
		return SameUnit
	case owner != "" && c.owners.differs(owner):
		return OtherTeam
	case owner == "" || c.unowned:
		return UnknownDistance
	}
	return SameTeam
}

// deployable is what a service ships in: its unit, or itself.
func deployable(g *graph.Graph, s int32) int32 {
	if u := g.Unit(s); u >= 0 {
		return u
	}
	return s
}

// merge takes in another crowd.
func (c *crowd) merge(o crowd) {
	c.members.merge(o.members)
	c.volatile.merge(o.volatile)
	c.units.merge(o.units)
	c.owners.merge(o.owners)
	c.unowned = c.unowned || o.unowned
}

func (t *two[T]) merge(o two[T]) {
	if o.n > 0 {
		t.add(o.a)
	}
	if o.n > 1 {
		t.add(o.b)
	}
}
