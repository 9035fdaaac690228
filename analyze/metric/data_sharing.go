package metric

import (
	"strconv"

	"github.com/taut-dev/taut/analyze/graph"
)

// dataSharing counts pairs of users, so a store with many weighs most. Its
// denominator holds the shared stores too, so that 1 means that nothing else
// joins services.
func dataSharing() Metric {
	return Metric{
		ID: "data_sharing", Scope: System, Title: "data sharing", Unit: "share", Better: Less,
		Definition: "Interconnections of two services through a shared store, divided by all interconnections: calls, messages and shared stores.",
		Source:     "Ntentos, Zdun, Plakidas and others 2020 (SDBI)",
		Values: func(f *Facts) []graph.Value {
			c := f.Interconnections()
			return one(share(c.Shared, c.All()))
		},
		Terms: func(f *Facts, _ int) []Term {
			return f.storeLinks(func(users int) graph.Value { return share(users-1, f.Interconnections().All()) })
		},
	}
}

// storeLinks makes a term for every service that uses a store which others use.
func (f *Facts) storeLinks(value func(users int) graph.Value) []Term {
	var out []Term
	first, _ := f.Graph().Range(graph.Store)
	for i, users := range f.StoreUsers() {
		for _, s := range users {
			if len(users) > 1 {
				note := "one of " + strconv.Itoa(len(users)) + " users"
				out = append(out, f.edge(s, first+int32(i), value(len(users)), note))
			}
		}
	}
	return largest(out)
}
