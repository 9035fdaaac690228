package graph

import "github.com/taut-dev/taut/model"

// Kind says what a node is.
type Kind uint8

// The kinds, in the order in which their nodes are numbered.
const (
	Service Kind = iota
	Store
	Channel
	External
	Platform
	Unit
)

var kindNames = [...]string{"service", "store", "channel", "external", "platform", "unit"}

// String gives the word of the language.
func (k Kind) String() string { return kindNames[k] }

// MarshalText gives the word, so that JSON shows it.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Kinds lists all kinds in order.
func Kinds() []Kind { return []Kind{Service, Store, Channel, External, Platform, Unit} }

// Graph is a system as a graph. It never changes after Build, so any number of
// goroutines may read it. Nodes are numbered densely: services from 0 in file
// order, then stores, channels, externals, platforms and declared units.
type Graph struct {
	Sys *model.System

	entities []*model.Entity
	first    [Unit + 2]int32 // where each kind begins; the last entry is the number of nodes
	byID     map[string]int32
	needs    needs
	unit     []int32 // of each service; -1: none declared
	members  *CSR    // unit, counted from 0, to its services

	depends, dependents *CSR
	calls, callers      *CSR
	hardCalls           *CSR

	self      []int32 // the identity; single-member groups point into it
	groups    []Group // those with several members
	clauses   []Clause
	clauseOff []int32 // node to its clauses
	users     *CSR    // group to the nodes whose clauses read it
	userCap   []State // cap of each entry of users
	memberOf  *CSR    // node to the groups of several members that it is in
}

// Len is the number of nodes.
func (g *Graph) Len() int { return len(g.entities) }

// Services is the number of services; their numbers are 0 to Services()-1.
func (g *Graph) Services() int { return int(g.first[Store]) }

// Range gives the numbers [from, to) of the nodes of one kind.
func (g *Graph) Range(k Kind) (from, to int32) { return g.first[k], g.first[k+1] }

// Kind says what a node is.
func (g *Graph) Kind(v int32) Kind {
	k := Service
	for v >= g.first[k+1] {
		k++
	}
	return k
}

// ID gives the id that the file uses.
func (g *Graph) ID(v int32) string { return g.entities[v].ID }

// Label gives the name people see.
func (g *Graph) Label(v int32) string { return g.entities[v].Label() }

// Entity gives what all named things have.
func (g *Graph) Entity(v int32) *model.Entity { return g.entities[v] }

// Lookup finds a node by its id.
func (g *Graph) Lookup(id string) (int32, bool) {
	v, ok := g.byID[id]
	return v, ok
}

// Needs gives what the targets of the i-th dependency of a service are, in the
// order of its To; -1 for a name that leads nowhere.
func (g *Graph) Needs(service int32, i int) []int32 {
	d := g.needs.first[service] + int32(i)
	return g.needs.to[g.needs.off[d]:g.needs.off[d+1]]
}

// Unit gives the declared unit of a service, -1 when it is its own.
func (g *Graph) Unit(service int32) int32 { return g.unit[service] }

// Members gives the services of a unit, ascending.
func (g *Graph) Members(unit int32) []int32 { return g.members.Out(unit - g.first[Unit]) }

// Depends is every declared dependency, each once and without self-edges:
// calls, use of stores, ground, the unit of a service, and the channels it
// publishes to and consumes from.
func (g *Graph) Depends() *CSR { return g.depends }

// Dependents is Depends turned round.
func (g *Graph) Dependents() *CSR { return g.dependents }

// Calls is the service graph: services only, an edge for every direct call
// dependency (hard, soft, each member of an any_of), each once, no self-edges.
func (g *Graph) Calls() *CSR { return g.calls }

// Callers is Calls turned round.
func (g *Graph) Callers() *CSR { return g.callers }

// HardCalls is the part of Calls whose callee is needed: soft calls are left
// out, members of a hard any_of stay in.
func (g *Graph) HardCalls() *CSR { return g.hardCalls }

// Value is a number that may be undefined. An undefined value is null in every
// output, never 0 and never NaN.
type Value struct {
	F  float64
	OK bool
}

// Number makes a defined value.
func Number(f float64) Value { return Value{F: f, OK: true} }

// Ratio makes a/b, undefined when b is 0.
func Ratio(a, b float64) Value {
	if b == 0 {
		return Value{}
	}
	return Number(a / b)
}
