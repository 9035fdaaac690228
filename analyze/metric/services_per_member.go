package metric

import "github.com/taut-dev/taut/analyze/graph"

// servicesPerMember needs the size of the team. Terms list the services, one
// each, before the division.
func servicesPerMember() Metric {
	return Metric{
		ID: "services_per_member", Scope: Team, Title: "services for each member", Unit: "services", Better: Less,
		Definition: "Services that the team owns divided by its members; undefined when the file does not give their number.",
		Source:     "after cognitive load (Skelton and Pais 2019)", Ours: true,
		Values: func(f *Facts) []graph.Value {
			o := f.Owners()
			return column(len(o.Teams), func(t int32) graph.Value { return share(len(o.Owned[t]), o.Members[t]) })
		},
		Terms: func(f *Facts, t int) []Term { return teamServices().Terms(f, t) },
	}
}
