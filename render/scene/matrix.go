package scene

import (
	"cmp"
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
)

// matrix makes the dependency structure matrix of the services (Steward, 1981):
// callers first, so that dependencies lie above the diagonal and each cycle is
// a block on it; within that, domains stay together.
func matrix(f *metric.Facts, o Options) (Scene, error) {
	g := f.Graph()
	s := Scene{View: "matrix", Title: g.Sys.Name, Subtitle: "who depends on whom: a row uses its columns"}
	if n := g.Services(); n > o.maxNodes() {
		return services(f, o) // folds, and says so
	}
	comp, n := graph.SCC(g.Calls())
	order := matrixOrder(g, comp, n)
	c := begin(g, nil)
	m := &Matrix{Groups: c.Groups, GroupWord: c.GroupWord}
	place := make([]int, g.Services())
	for i, v := range order {
		place[v] = i
		m.Labels = append(m.Labels, g.Label(v))
		m.IDs = append(m.IDs, g.ID(v))
		m.Tips = append(m.Tips, c.tip(v))
		m.Group = append(m.Group, c.groupOf(c.groupKey(g.Entity(v))))
	}
	m.blocks(order, comp)
	hard := g.HardCalls()
	for _, v := range order {
		for _, u := range g.Calls().Out(v) {
			meaning := SoftCall
			if slices.Contains(hard.Out(v), u) {
				meaning = Call
			}
			m.Marks = append(m.Marks, Mark{Row: place[v], Col: place[u], Meaning: meaning})
		}
	}
	m.events(g, place)
	s.Matrix = m
	s.Headlines = []Headline{{Value: thousands(len(m.Blocks)), Caption: cyclesWord(len(m.Blocks)), Tone: badIf(len(m.Blocks) > 0)},
		{Value: thousands(len(m.Marks)), Caption: "of " + thousands(len(m.Labels)*(len(m.Labels)-1)) + " possible dependencies"}}
	return s, nil
}

// badIf gives the tone of a number that should be 0.
func badIf(bad bool) Tone {
	if bad {
		return Worse
	}
	return Better
}

func cyclesWord(n int) string {
	if n == 1 {
		return "cycle of calls"
	}
	return "cycles of calls"
}

// blocks finds the runs of rows that form a cycle.
func (m *Matrix) blocks(order []int32, comp []int32) {
	for i := 0; i < len(order); {
		j := i + 1
		for j < len(order) && comp[order[j]] == comp[order[i]] {
			j++
		}
		if j-i > 1 {
			m.Blocks = append(m.Blocks, Block{i, j})
		}
		i = j
	}
}

// events marks who waits for whose events, where no call says so already.
func (m *Matrix) events(g *graph.Graph, place []int) {
	have := map[[2]int]bool{}
	for _, k := range m.Marks {
		have[[2]int{k.Row, k.Col}] = true
	}
	for v, s := range g.Sys.Services {
		for _, c := range s.Consumes {
			for u, p := range g.Sys.Services {
				key := [2]int{place[v], place[u]}
				if u == v || have[key] || !publishesTo(p.Publishes, c.From, c.Events) {
					continue
				}
				have[key] = true
				m.Marks = append(m.Marks, Mark{Row: key[0], Col: key[1], Meaning: Event})
			}
		}
	}
}

// matrixOrder sorts services by component, callers first; among components
// that are free to come next it stays in the same domain, else in file order.
func matrixOrder(g *graph.Graph, comp []int32, n int) []int32 {
	members := make([][]int32, n)
	waiting := make([]int, n) // callers not placed yet
	for v := range int32(g.Services()) {
		members[comp[v]] = append(members[comp[v]], v)
		for _, u := range g.Calls().Out(v) {
			if comp[u] != comp[v] {
				waiting[comp[u]]++
			}
		}
	}
	done := make([]bool, n)
	var out []int32
	domain := ""
	for range n {
		best := -1
		for k := range n {
			if !done[k] && waiting[k] == 0 && (best < 0 || before(g, members[k], members[best], domain)) {
				best = k
			}
		}
		done[best] = true
		for _, v := range members[best] {
			out = append(out, v)
			for _, u := range g.Calls().Out(v) {
				if comp[u] != comp[v] {
					waiting[comp[u]]--
				}
			}
		}
		domain = g.Entity(members[best][0]).Domain
	}
	return out
}

// before says which of two components comes first.
func before(g *graph.Graph, a, b []int32, domain string) bool {
	away := func(m []int32) int {
		if g.Entity(m[0]).Domain == domain {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(away(a), away(b)), cmp.Compare(a[0], b[0])) < 0
}
