package lint

import (
	"fmt"

	"github.com/taut-dev/taut/model"
)

// What one team can carry. Domains: two to three (Skelton and Pais, Team
// Topologies, 2019, ch. 3). The others are ours: past two services a person, or
// a dozen a team, nobody can be on call for all of them with knowledge.
const (
	maxPerMember = 2
	maxPerTeam   = 12
	maxDomains   = 3
)

// oversizedTeamLoad reports teams with too many services or domains, the first
// of the limits that they pass.
func oversizedTeamLoad(p *Pass) {
	services := map[string][]*model.Service{}
	var owners []string
	for _, s := range p.Sys.Services {
		if s.Owner == "" {
			continue
		}
		if services[s.Owner] == nil {
			owners = append(owners, s.Owner)
		}
		services[s.Owner] = append(services[s.Owner], s)
	}
	declared := map[string]*model.Team{}
	for _, t := range p.Sys.Teams {
		declared[t.ID] = t
	}
	for _, owner := range owners {
		own, members := services[owner], 0
		pos := own[0].Origin.At("owner")
		if t := declared[owner]; t != nil {
			pos, members = t.Pos, t.Members
		}
		domains := domainsOf(own)
		message := ""
		switch n := len(own); {
		case members > 0 && n > maxPerMember*members:
			message = fmt.Sprintf("team %q owns %d services with %s, more than %d each", owner, n, plural(members, "member"), maxPerMember)
		case n > maxPerTeam:
			message = fmt.Sprintf("team %q owns %d services, more than %d", owner, n, maxPerTeam)
		case len(domains) > maxDomains:
			message = fmt.Sprintf("team %q owns services in %d domains (%s), more than %d", owner, len(domains), some(domains, shown), maxDomains)
		default:
			continue
		}
		p.Report(pos, "teams."+owner, message, "hand some of them to another team, or merge what always changes together",
			related(own[0].Pos, "%q is the first of them", own[0].ID))
	}
}

// domainsOf lists the different domains of the services, in file order.
func domainsOf(services []*model.Service) []string {
	var domains []string
	seen := map[string]bool{"": true}
	for _, s := range services {
		if !seen[s.Domain] {
			seen[s.Domain] = true
			domains = append(domains, model.Safe(s.Domain))
		}
	}
	return domains
}
