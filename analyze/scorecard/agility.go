package scorecard

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// agility: the price of a change is the number of people who must agree to it.
func agility() Principle {
	return Principle{"agility", "change one thing at a time", []Check{
		{"a change of one service concerns no other team", changesAlone},
		{"strong dependencies stay within a team, or are stable", balanced},
	}}
}

// changesAlone asks every service for the teams that must agree to a change: the
// owners of those that ship with it, share its stores, or call it knowing more
// than a contract (Forsgren, Humble and Kim 2018: loosely coupled teams).
func changesAlone(f *metric.Facts) Finding {
	t := tally{noun: "services"}
	concerned, teams := concerns(f), 0
	for s, x := range f.System().Services {
		v := Pass
		var others []string
		for _, o := range concerned[s] {
			owner := f.System().Services[o].Owner
			switch {
			case owner == "" || x.Owner == "":
				v = min(v, Unknown)
			case owner != x.Owner && !slices.Contains(others, owner):
				others = append(others, owner)
			}
		}
		if teams += len(others); len(others) > 0 {
			v = Fail
		}
		t.add(v, x.ID, x.Pos)
	}
	out := t.finding()
	if n := len(concerned); n > 0 && out.Verdict == Fail {
		out.Evidence += fmt.Sprintf("; on average %s other teams must agree", metric.Number(float64(teams)/float64(n)))
	}
	return out
}

// concerns lists, for each service, the others that a change of it concerns.
func concerns(f *metric.Facts) [][]int32 {
	g := f.Graph()
	out := make([][]int32, g.Services())
	add := func(s, other int32) {
		if s != other && !slices.Contains(out[s], other) {
			out[s] = append(out[s], other)
		}
	}
	for _, l := range f.Links() {
		if g.Kind(l.To) == graph.Service && (l.Knowledge != coupling.Contract || l.Integration == coupling.InProcess) {
			add(l.To, l.From)
		}
	}
	groups := slices.Clone(f.StoreUsers())
	for u, end := g.Range(graph.Unit); u < end; u++ {
		groups = append(groups, g.Members(u))
	}
	for _, group := range groups {
		for _, s := range representatives(f, group) {
			for _, member := range group {
				add(member, s)
			}
		}
	}
	return out
}

// representatives picks one service of each owner: for the question which teams
// are concerned the others of a large group add nothing.
func representatives(f *metric.Facts, group []int32) []int32 {
	var out []int32
	seen := map[string]bool{}
	for _, s := range group {
		if owner := f.System().Services[s].Owner; !seen[owner] {
			seen[owner] = true
			out = append(out, s)
		}
	}
	return out
}

// balanced is Khononov's balance (2024) of every link.
func balanced(f *metric.Facts) Finding {
	t := tally{noun: "dependencies"}
	for i := range f.Links() {
		l := &f.Links()[i]
		v := Unknown
		if b := l.Balance(); b != coupling.Unknown {
			v = holds(b == coupling.Balanced)
		}
		t.add(v, f.Graph().ID(l.From)+" → "+f.Graph().ID(l.To), l.Pos)
	}
	return t.finding()
}
