package lint

import "fmt"

// unownedService reports services that no team owns. Stores and channels may go
// without: the services that use them have owners.
func unownedService(p *Pass) {
	for _, s := range p.Sys.Services {
		if s.Owner == "" {
			p.Report(s.Pos, "services."+s.ID, fmt.Sprintf("%q has no owner", s.ID),
				"name the one team that builds and runs it as its `owner`")
		}
	}
}
