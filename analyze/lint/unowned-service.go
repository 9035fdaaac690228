package lint

import "fmt"

// unownedService reports services that no team owns.
func unownedService(p *Pass) {
	for _, s := range p.Sys.Services {
		if s.Owner == "" {
			p.Report(s.Pos, "services."+s.ID, fmt.Sprintf("%q has no owner", s.ID),
				"name the one team that builds and runs it as its `owner`")
		}
	}
}
