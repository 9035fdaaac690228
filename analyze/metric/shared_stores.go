package metric

import (
	"strconv"

	"github.com/taut-dev/taut/analyze/graph"
)

// sharedStores counts stores, not uses of them. Terms are the uses and add up.
func sharedStores() Metric {
	return Metric{
		ID: "shared_stores", Scope: Service, Title: "shared stores", Unit: "stores", Better: Less,
		Definition: "Number of stores that this service uses and another one uses too.",
		Source:     "after shared persistency (Taibi and Lenarduzzi 2018)", Ours: true,
		Values: func(f *Facts) []graph.Value {
			n := make([]int32, f.Graph().Services())
			for _, users := range f.StoreUsers() {
				for _, s := range users {
					if len(users) > 1 {
						n[s]++
					}
				}
			}
			return counts(n)
		},
		Terms: func(f *Facts, s int) []Term {
			var out []Term
			g := f.Graph()
			first, _ := g.Range(graph.Store)
			for _, v := range g.Depends().Out(int32(s)) {
				if g.Kind(v) != graph.Store {
					continue
				}
				if n := len(f.StoreUsers()[v-first]); n > 1 && declared(g, int32(s), v) != nil {
					out = append(out, f.edge(int32(s), v, graph.Number(1), "one of "+strconv.Itoa(n)+" users"))
				}
			}
			return largest(out)
		},
	}
}
