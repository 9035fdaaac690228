package lint

import (
	"fmt"

	"github.com/taut-dev/taut/model"
)

// publicWithoutAuth reports services reachable from outside whose API does not
// say how it authenticates its callers, or says that it does not.
func publicWithoutAuth(p *Pass) {
	for _, s := range p.Sys.Services {
		if !s.Exposed || s.API != nil && s.API.Auth != "" && s.API.Auth != model.AuthNone {
			continue
		}
		state := "does not say how it authenticates callers"
		if s.API != nil && s.API.Auth == model.AuthNone {
			state = "authenticates nobody"
		}
		p.Report(s.Origin.At("api", "auth"), "services."+s.ID,
			fmt.Sprintf("%q is reachable from outside and %s", s.ID, state),
			"write `api: {auth: oidc}` or what it uses, or waive this with the reason why it is open to all",
			related(s.Origin.At("exposed"), "it is exposed here"))
	}
}
