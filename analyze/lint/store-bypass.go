package lint

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/graph"
)

// storeBypass reports services that use a store of another owner directly,
// instead of asking a service of that owner. Where either end has no owner there is
// nothing to go round, and unowned-service speaks up.
func storeBypass(p *Pass) {
	via := p.insiders()
	for e := range p.edges() {
		if p.Graph().Kind(e.v) != graph.Store {
			continue
		}
		store := p.Graph().Entity(e.v)
		if store.Owner == "" || e.from.Owner == "" || store.Owner == e.from.Owner {
			continue
		}
		hint := fmt.Sprintf("let %q offer what it needs by an API or by events", store.Owner)
		if s := via[e.to]; s != "" {
			hint += fmt.Sprintf(", for example through %q, which uses it", s)
		}
		p.Report(e.dep.Pos, e.subject(),
			fmt.Sprintf("%q of %q uses store %q of %q directly", e.from.ID, e.from.Owner, e.to, store.Owner),
			hint, related(store.Origin.At("owner"), "%q belongs to %q", e.to, store.Owner))
	}
}

// insiders gives for each store the first service of its owner that uses it.
func (p *Pass) insiders() map[string]string {
	first := map[string]string{}
	for e := range p.edges() {
		if p.Graph().Kind(e.v) == graph.Store && first[e.to] == "" && e.from.Owner == p.Graph().Entity(e.v).Owner {
			first[e.to] = e.from.ID
		}
	}
	return first
}
