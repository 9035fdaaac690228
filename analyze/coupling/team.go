package coupling

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Ownership says which team owns which service.
type Ownership struct {
	Teams   []string  // declared teams in file order, then owners that only services name
	Members []int     // people of each team; 0: not given
	Of      []int32   // team of each service; -1: nobody
	Owned   [][]int32 // services of each team, ascending
}

// Owners reads the ownership of services.
func Owners(sys *model.System) *Ownership {
	o := &Ownership{Of: make([]int32, len(sys.Services))}
	at := make(map[string]int32, len(sys.Teams))
	team := func(id string, members int) int32 {
		i, ok := at[id]
		if !ok {
			i = int32(len(o.Teams))
			at[id] = i
			o.Teams, o.Members, o.Owned = append(o.Teams, id), append(o.Members, members), append(o.Owned, nil)
		}
		return i
	}
	for _, t := range sys.Teams {
		team(t.ID, t.Members)
	}
	for s, x := range sys.Services {
		if o.Of[s] = -1; x.Owner != "" {
			i := team(x.Owner, 0)
			o.Of[s] = i
			o.Owned[i] = append(o.Owned[i], int32(s))
		}
	}
	return o
}

// Crossing is the calls of the service graph between owned services, and those
// among them that join two teams.
type Crossing struct {
	Owned, Across int
}

// Share is the part of calls that cross teams, undefined without any.
func (c Crossing) Share() graph.Value { return graph.Ratio(float64(c.Across), float64(c.Owned)) }

// Crossings counts the calls of the whole system and those that touch each team.
func (o *Ownership) Crossings(calls *graph.CSR) (all Crossing, teams []Crossing) {
	teams = make([]Crossing, len(o.Teams))
	for u := range int32(calls.Len()) {
		for _, v := range calls.Out(u) {
			a, b := o.Of[u], o.Of[v]
			if a < 0 || b < 0 {
				continue
			}
			all.Owned++
			teams[a].Owned++
			if a != b {
				teams[b].Owned++
				all.Across++
				teams[a].Across++
				teams[b].Across++
			}
		}
	}
	return all, teams
}

// Requirement is a need to coordinate: Count ways in which work of From depends
// on work of To.
type Requirement struct {
	From, To int32
	Count    int
}

// Requirements is the matrix of coordination requirements TA·TD·TAᵀ (Cataldo,
// Herbsleb and Carley 2008), its non-zero entries by row and column: workers
// gives who works on each task, depends the tasks that each task depends on.
// Every task depends on itself too, as TD is reflexive.
func Requirements(workers [][]int32, depends *graph.CSR) []Requirement {
	count := map[graph.Edge]int{}
	add := func(s, t int32) {
		for _, i := range workers[s] {
			for _, j := range workers[t] {
				count[graph.Edge{From: i, To: j}]++
			}
		}
	}
	for s := range int32(depends.Len()) {
		add(s, s)
		for _, t := range depends.Out(s) {
			if t != s {
				add(s, t)
			}
		}
	}
	out := make([]Requirement, 0, len(count))
	for e, n := range count { // sorted below
		out = append(out, Requirement{e.From, e.To, n})
	}
	slices.SortFunc(out, func(a, b Requirement) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out
}

// Pact is two teams that must coordinate, the smaller number first.
type Pact struct {
	A, B int32
	// Contracts says that every service called between them has a published
	// contract, which stands in for talk that no file can see.
	Contracts bool
	// Known says that at least one of them says anything about its API.
	Known bool
	// Open is the first call that rests on no contract.
	Open graph.Edge
}

// Pacts lists the pairs of teams that must coordinate, by team numbers: the
// entries of Requirements for the owners of services that call each other.
func (o *Ownership) Pacts(g *graph.Graph) []Pact {
	var pairs []uint64 // of each call between two teams: the smaller number in front
	var calls []graph.Edge
	for u := range int32(g.Services()) {
		for _, v := range g.Calls().Out(u) {
			if a, b := o.Of[u], o.Of[v]; a != b && a >= 0 && b >= 0 {
				pairs = append(pairs, uint64(min(a, b))<<32|uint64(max(a, b)))
				calls = append(calls, graph.Edge{From: u, To: v})
			}
		}
	}
	distinct := slices.Clone(pairs)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	out := make([]Pact, len(distinct))
	for i, p := range distinct {
		out[i] = Pact{A: int32(p >> 32), B: int32(uint32(p)), Contracts: true}
	}
	for i, c := range calls {
		at, _ := slices.BinarySearch(distinct, pairs[i])
		out[at].rely(g, c)
	}
	return out
}

// rely notes one call between the two teams.
func (p *Pact) rely(g *graph.Graph, call graph.Edge) {
	api := g.Sys.Services[call.To].API
	p.Known = p.Known || api != nil
	if (api == nil || api.Contract == "") && p.Contracts {
		p.Contracts, p.Open = false, call
	}
}
