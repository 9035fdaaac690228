package graph

import "github.com/taut-dev/taut/model"

// State is how a node fares while something has failed.
type State uint8

// The states, from best to worst.
const (
	Up       State = iota // works
	Delayed               // works on old data, or will catch up later
	Degraded              // works with less
	Down                  // does not work
)

var stateNames = [...]string{"up", "delayed", "degraded", "down"}

// String gives the word that reports use.
func (s State) String() string { return stateNames[s] }

// MarshalText gives the word, so that JSON shows it.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Reason says which declaration a clause comes from.
type Reason uint8

// The reasons.
const (
	RunsOn      Reason = iota // runs_on: its ground
	PartOf                    // a service lives in its unit
	Needs                     // depends_on
	Publishes                 // publishes: the channel
	Consumes                  // consumes: the channel
	Awaits                    // consumes with awaits: the others that publish what it waits for
	CrashesWith               // a unit without isolation, brought down by a service of its own; only in witnesses
)

var reasonNames = [...]string{"runs on", "is part of", "needs", "publishes to", "consumes from", "awaits events of", "crashes with"}

// String gives the words between the two ends: "orders", "needs", "stripe".
func (r Reason) String() string { return reasonNames[r] }

// Clause is one rule by which failure reaches a node: the node's state is at
// least min(Cap, state of the K-th best member). So with K = 1 all members
// must be bad, and with K = len(Members) one is enough.
//
// A consumer that awaits events which it also publishes itself is a member of
// its own clause, with K = 2: the least solution is the same as with the best
// of the others, and all consumers of a channel can share one list of members.
type Clause struct {
	Members []int32 // shared; never change them
	Group   int32   // number of (Members, K): clauses with equal numbers share both
	K       int32
	Cap     State
	Reason  Reason
	Origin  *model.Origin // the declaration; never nil
}

// Group is a list of members of which at least K must be well.
type Group struct {
	Members []int32
	K       int32
}

// Clauses gives the rules of one node in the order of the language: unit,
// ground, dependencies, publications, consumptions.
func (g *Graph) Clauses(v int32) []Clause {
	return g.clauses[g.clauseOff[v]:g.clauseOff[v+1]]
}

// Groups is the number of distinct (members, K). Group v below Len() is the
// single node v with K = 1; the others have several members.
func (g *Graph) Groups() int { return g.Len() + len(g.groups) }

// Group gives one of them.
func (g *Graph) Group(i int32) Group {
	if int(i) < g.Len() {
		return Group{Members: g.self[i : i+1], K: 1}
	}
	return g.groups[int(i)-g.Len()]
}

// MemberOf gives the groups of several members that contain v, ascending.
func (g *Graph) MemberOf(v int32) []int32 { return g.memberOf.Out(v) }

// Users gives the nodes whose clauses read a group, ascending, each with the
// highest cap of these clauses.
func (g *Graph) Users(group int32) ([]int32, []State) {
	from, to := g.users.Off[group], g.users.Off[group+1]
	return g.users.To[from:to], g.userCap[from:to]
}

// Seeds gives what is down at the start when a node fails: itself and, when it
// is a service of a unit without isolation, that unit, whose clauses then take
// its other services down.
func (g *Graph) Seeds(failed int32) []int32 {
	if int(failed) < g.Services() {
		if u := g.unit[failed]; u >= 0 && g.Sys.Units[u-g.first[Unit]].Isolation != model.ProcessIsolation {
			return []int32{failed, u}
		}
	}
	return g.self[failed : failed+1]
}
