package design

import (
	"slices"

	"github.com/taut-dev/taut/model"
)

// separate deploys every service but the members by itself. What a unit said of
// runtime, ground and availability goes to those of its services that say
// nothing themselves; its replicas, isolation and price were those of the whole
// and go with it.
func (e *edit) separate(members set) {
	gone := map[string][]string{}
	var names, kept []string
	e.sys.Units = slices.DeleteFunc(e.sys.Units, func(u *model.Unit) bool {
		if len(u.Services) < 2 {
			return false // already a unit of its own
		}
		stay, leave := partition(u.Services, members)
		for _, id := range leave {
			kept = e.inherit(e.services[id], u, kept)
		}
		if len(leave) > 0 && len(stay) > 0 {
			e.because("every other service is deployed by itself", "units", u.ID)
		}
		u.Services = stay
		if len(stay) == 0 {
			gone[u.ID] = leave
			names = append(names, u.ID)
		}
		return len(stay) == 0
	})
	if len(names) > 0 {
		e.because("every service is deployed by itself; dissolved: "+some(names), "units")
	}
	e.retarget(gone, "what stood on a unit stands on its services")
	e.noteKept(kept)
	e.byContract(members)
}

// partition splits ids into members and others.
func partition(ids []string, members set) (in, out []string) {
	for _, id := range ids {
		if members[id] {
			in = append(in, id)
		} else {
			out = append(out, id)
		}
	}
	return in, out
}

// inherit moves to a service what its unit said for it.
func (e *edit) inherit(s *model.Service, u *model.Unit, kept []string) []string {
	if s == nil {
		return kept
	}
	for _, key := range []string{"runtime", "availability", "runs_on"} {
		e.because("as its unit "+u.ID+" had it", "services", s.ID, key)
	}
	if !s.Has("runtime") && u.Runtime != "" && s.Runtime != u.Runtime {
		s.Runtime = u.Runtime
		kept = keptAvailability(kept, &s.Entity)
	}
	if s.Availability == nil {
		s.Availability = ptr(u.Availability)
	}
	s.RunsOn = retargetGrounds(append(grounds(s.RunsOn), grounds(u.RunsOn)...), nil, s.ID)
	return kept
}

// byContract turns the calls that crossed no process border into calls that do:
// what was a function is now an API.
func (e *edit) byContract(members set) {
	for _, s := range e.sys.Services {
		from := e.home[s.ID]
		for i := range s.DependsOn {
			d := &s.DependsOn[i]
			inside := from != nil && d.Knows != model.KnowsContract
			for _, id := range d.To {
				inside = inside && e.home[id] == from && !(members[s.ID] && members[id])
			}
			if inside {
				d.Knows = model.KnowsContract
				e.because("a call within one process becomes a call by contract", "services", s.ID, "depends_on", edgeName(d.To, d.AnyOf))
			}
		}
	}
}
