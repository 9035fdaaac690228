package lint

import "fmt"

// maxCalls is how many calls one request may make to one place. Ours: a page of
// ten items fetched one by one is where a call for all of them pays off.
const maxCalls = 10

// chattyDependency reports dependencies with more than maxCalls calls for one
// request, unless both ends live in one unit.
func chattyDependency(p *Pass) {
	for e := range p.edges() {
		if e.dep.Calls > maxCalls && !p.inside(e) {
			p.Report(e.dep.Origin.At("calls"), e.subject(),
				fmt.Sprintf("%q calls %q %s times for one request, more than %d", e.from.ID, e.to, number(e.dep.Calls), maxCalls),
				"ask for everything in one call, or keep a copy of what is asked for",
				related(p.Graph().Entity(e.v).Pos, "%q is declared here", e.to))
		}
	}
}
