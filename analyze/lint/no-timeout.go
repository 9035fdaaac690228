package lint

import "fmt"

// noTimeout reports synchronous calls between deployables, and to externals,
// that have no timeout. What breaks the circuit still needs one: without it there
// is no failure to count.
func noTimeout(p *Pass) {
	for e := range p.calls() {
		if e.dep.Timeout > 0 || p.inside(e) {
			continue
		}
		p.Report(e.dep.Pos, e.subject(),
			fmt.Sprintf("%q calls %q without a timeout", e.from.ID, e.to),
			"give it a `timeout` a little above the slowest good answer",
			related(p.Graph().Entity(e.v).Pos, "%q is declared here", e.to))
	}
}
