package lint

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/graph"
)

// storeBypass reports services that use a store of another owner directly,
// instead of asking a service of that owner. Where either end has no owner there is
// nothing to go round, and unowned-service speaks up.
func storeBypass(p *Pass) {
	owners := map[string]string{}
	for _, s := range p.Sys.Services {
		if s.Owner != "" && owners[s.Owner] == "" {
			owners[s.Owner] = s.ID
		}
	}
	for e := range p.edges() {
		if p.kind(e.to) != graph.Store {
			continue
		}
		store := p.entity(e.to)
		if store.Owner == "" || e.from.Owner == "" || store.Owner == e.from.Owner {
			continue
		}
		hint := fmt.Sprintf("let %q offer what it needs by an API or by events", store.Owner)
		if via := owners[store.Owner]; via != "" {
			hint += fmt.Sprintf(", for example through %q", via)
		}
		p.Report(e.dep.Pos, e.subject(),
			fmt.Sprintf("%q of %q uses store %q of %q directly", e.from.ID, e.from.Owner, e.to, store.Owner),
			hint, related(store.Origin.At("owner"), "%q belongs to %q", e.to, store.Owner))
	}
}
