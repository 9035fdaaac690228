package availability

import (
	"cmp"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
)

// Cause is what takes several alternatives down at once. Of every member's
// failures the file's common_cause, the beta factor (Fleming, 1975), are common:
// they come together, as far as those of the members go. So all fail at once for
// that share of the time that the best of them fails, all but the best for that
// share of what the second best fails beyond it, and so on: each of these is a
// cause, and an event of its own beside the failures of the members each by
// itself, which results count as a node behind those of the graph.
//
// Every member stays as available as it was. A service that never fails by
// itself because its declared unit does is stood for by that unit. Groups of the
// same members share their causes, by the largest share. Where the groups of a
// member claim more than all of its failures, their shares shrink in proportion.
type Cause struct {
	Node           int32   // number in results: the graph's length and up
	Members        []int32 // what it takes down, ascending, at least two
	Share          float64 // of the members' failures, 0..1
	Unavailability float64 // of the cause, 0..1

	up    float64 // 1 - Unavailability
	seeds []int32 // what is down at the start when it strikes
}

// Name gives the id of a node of a result, or the words for a common cause.
func (r *Result) Name(g *graph.Graph, v int32) string {
	if int(v) < g.Len() {
		return g.ID(v)
	}
	return ids(g, r.Causes[int(v)-g.Len()].Members, " + ") + " at once"
}

// ids joins the ids of nodes.
func ids(g *graph.Graph, nodes []int32, between string) string {
	var b strings.Builder
	for i, v := range nodes {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(g.ID(v))
	}
	return b.String()
}

// kindred are alternatives some of whose failures are common.
type kindred struct {
	members []int32 // ascending
	share   float64
}

// kin finds the groups with a common cause, those of the same members once.
func kin(g *graph.Graph) []kindred {
	var list []kindred
	at := map[string]int{}
	add := func(to []string, share float64) {
		if share <= 0 {
			return
		}
		members := culprits(g, to)
		if len(members) < 2 {
			return
		}
		key := ids(g, members, ",")
		if i, ok := at[key]; ok {
			list[i].share = max(list[i].share, share)
			return
		}
		at[key] = len(list)
		list = append(list, kindred{members, share})
	}
	for v := range int32(g.Len()) {
		for _, x := range g.Entity(v).RunsOn {
			add(x.To, x.CommonCause)
		}
		if int(v) < g.Services() {
			for i := range g.Sys.Services[v].DependsOn {
				add(g.Sys.Services[v].DependsOn[i].To, g.Sys.Services[v].DependsOn[i].CommonCause)
			}
		}
	}
	claimed := map[int32]float64{} // sum of the shares of each member's groups
	for _, k := range list {
		for _, m := range k.members {
			claimed[m] += k.share
		}
	}
	for i, k := range list {
		most := 1.0
		for _, m := range k.members {
			most = max(most, claimed[m])
		}
		list[i].share /= most
	}
	return list
}

// culprits gives the nodes whose failures are those of the members, ascending,
// without what never fails.
func culprits(g *graph.Graph, ids []string) []int32 {
	var out []int32
	for _, id := range ids {
		v, ok := g.Lookup(id)
		if !ok {
			continue
		}
		if a, _ := Of(g, v); a == 1 && g.Kind(v) == graph.Service && g.Unit(v) >= 0 {
			v = g.Unit(v)
		}
		if a, _ := Of(g, v); a < 1 {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// share takes out of each member's failures those that are common, and adds the
// causes behind the nodes. What hits the worst member alone stays its own.
func (s *structure) share() {
	alone := slices.Clone(s.up)
	for _, k := range kin(s.g) {
		best := slices.Clone(k.members)
		slices.SortStableFunc(best, func(a, b int32) int { return cmp.Compare(alone[b], alone[a]) })
		before := 1.0 // what is left when all better members are hit as well
		for i, v := range best[:len(best)-1] {
			up := alone[v] + float64((1-k.share)*(1-alone[v])) // exactly alone[v] when all is common
			if up >= before {
				continue
			}
			c := Cause{Node: int32(s.g.Len() + len(s.causes)), Share: k.share, up: up / before, Unavailability: (before - up) / before}
			c.Members = slices.Sorted(slices.Values(best[i:]))
			for _, m := range c.Members {
				c.seeds = append(c.seeds, s.g.Seeds(m)...)
				s.up[m] = rest(s.up[m], c.up)
			}
			s.causes = append(s.causes, c)
			before = up
		}
	}
	for _, c := range s.causes {
		s.up = append(s.up, c.up)
		s.assumed = append(s.assumed, false)
		s.paired = append(s.paired, false)
	}
}

// rest is how available a member is apart from a cause. What a cause that
// always strikes leaves over means nothing.
func rest(up, cause float64) float64 {
	if cause == 0 {
		return 1
	}
	return min(1, up/cause)
}

// seedsOf gives what is down at the start when a node fails, or a common cause
// strikes.
func (s *structure) seedsOf(v int32) []int32 {
	if int(v) < s.g.Len() {
		return s.g.Seeds(v)
	}
	return s.causes[int(v)-s.g.Len()].seeds
}

// isCause says whether a number stands for a common cause.
func (s *structure) isCause(v int32) bool { return int(v) >= s.g.Len() }

// counted is 1 for a node: a common cause is no thing that could fail.
func (s *structure) counted(v int32) int32 {
	if s.isCause(v) {
		return 0
	}
	return 1
}

// criticalCauses lists the common causes that stop the journey alone; free are
// its critical nodes among the free.
func (w *worker) criticalCauses(free []int32) []int32 {
	if len(w.s.causes) == 0 {
		return nil
	}
	out := slices.Clone(free)
	w.cone.eachCritical(func(v int32) bool {
		out = append(out, v)
		return true
	})
	out = slices.DeleteFunc(out, func(v int32) bool { return !w.s.isCause(v) })
	slices.Sort(out)
	return slices.Compact(out)
}

// assumedCauses gives the nodes of assumed availability that fail only by the
// common causes of the cone, so that they are not in it themselves.
func (w *worker) assumedCauses() []int32 {
	var out []int32
	note := func(v int32) bool {
		if w.s.isCause(v) {
			for _, m := range w.s.causes[int(v)-w.s.g.Len()].Members {
				if w.s.up[m] == 1 && w.s.assumed[m] && !slices.Contains(out, m) {
					out = append(out, m)
				}
			}
		}
		return true
	}
	if len(w.s.causes) > 0 {
		w.cone.eachCritical(note)
		for _, v := range w.cone.nodes {
			note(v)
		}
	}
	return out
}
