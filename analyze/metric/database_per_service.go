package metric

import "github.com/taut-dev/taut/analyze/graph"

// databasePerService looks at links, so that a store with many users weighs
// more. Terms are what has it, and the links that are missing to 1.
func databasePerService() Metric {
	return Metric{
		ID: "database_per_service", Scope: System, Title: "database per service", Unit: "share", Better: More,
		Definition: "Links between a service and a store that no other service uses, divided by all links between services and stores.",
		Source:     "Ntentos, Zdun, Plakidas and others 2020 (DTU)",
		Values: func(f *Facts) []graph.Value {
			c := f.Interconnections()
			return one(share(c.PrivateLinks, c.StoreLinks))
		},
		Terms: func(f *Facts, _ int) []Term {
			c := f.Interconnections()
			missing := f.storeLinks(func(int) graph.Value { return share(1, c.StoreLinks) })
			return reached("links to stores of one service", c.PrivateLinks, c.StoreLinks, missing)
		},
	}
}
