package metric

import (
	"slices"
	"strconv"

	"github.com/taut-dev/taut/analyze/graph"
)

// sharedStores counts stores, not uses of them.
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
			first, _ := f.Graph().Range(graph.Store)
			for i, users := range f.StoreUsers() {
				if _, uses := slices.BinarySearch(users, int32(s)); uses && len(users) > 1 {
					out = append(out, f.edge(int32(s), first+int32(i), graph.Number(1), "one of "+strconv.Itoa(len(users))+" users"))
				}
			}
			return largest(out)
		},
	}
}
