package coupling

import "github.com/taut-dev/taut/analyze/graph"

// Interconnections counts the ways in which services are joined, each pair once
// for every way (Ntentos, Zdun and others 2020, for the shares made of them).
type Interconnections struct {
	Calls  int // ordered pairs of services in the service graph
	Queue  int // pairs of consumer and publisher that share an event of a queue, for each queue
	Broker int // the same for routers, topics and streams
	Shared int // unordered pairs of users, for each store

	StoreLinks   int // pairs of service and store
	PrivateLinks int // those whose store no other service uses
}

// Messages counts the pairs joined by messages or events.
func (c Interconnections) Messages() int { return c.Queue + c.Broker }

// Explicit counts the pairs joined by an interface: all but shared stores.
func (c Interconnections) Explicit() int { return c.Calls + c.Messages() }

// All counts every way.
func (c Interconnections) All() int { return c.Explicit() + c.Shared }

// Interconnect counts the interconnections of a system.
func Interconnect(g *graph.Graph) Interconnections {
	c := Interconnections{Calls: g.Calls().Edges()}
	for _, t := range allTraffic(g) {
		if t.kind == PointToPoint {
			c.Queue += t.pairs()
		} else {
			c.Broker += t.pairs()
		}
	}
	for _, users := range StoreUsers(g) {
		n := len(users)
		c.StoreLinks += n
		c.Shared += n * (n - 1) / 2
		if n == 1 {
			c.PrivateLinks++
		}
	}
	return c
}

// StoreUsers gives the services that use each store, ascending, by store in
// file order.
func StoreUsers(g *graph.Graph) [][]int32 {
	first, end := g.Range(graph.Store)
	out := make([][]int32, end-first)
	for s := range int32(g.Services()) {
		for i := range g.Sys.Services[s].DependsOn {
			for _, v := range g.Needs(s, i) {
				if v < 0 || g.Kind(v) != graph.Store {
					continue
				}
				if u := out[v-first]; len(u) == 0 || u[len(u)-1] != s {
					out[v-first] = append(u, s)
				}
			}
		}
	}
	return out
}
