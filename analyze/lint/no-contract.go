package lint

import "fmt"

// noContract reports services that others call across deployables without a
// published contract. Inside a unit the compiler, or its tests, hold both sides.
func noContract(p *Pass) {
	callers := p.Graph().Callers()
	for v, s := range p.Sys.Services {
		if s.API != nil && s.API.Contract != "" {
			continue
		}
		var names []string
		first := edge{}
		for _, u := range callers.Out(int32(v)) {
			caller := p.Sys.Services[u]
			if p.together(caller.ID, s.ID) {
				continue
			}
			if len(names) == 0 {
				first, _ = p.find(u, int32(v))
			}
			names = append(names, caller.ID)
		}
		if len(names) == 0 {
			continue
		}
		p.Report(s.Pos, "services."+s.ID,
			fmt.Sprintf("%q is called by %s (%s) and publishes no contract", s.ID, plural(len(names), "service"), some(names, shown)),
			"publish a versioned contract and name it under `api: {contract: …}`",
			related(first.dep.Pos, "%q calls it", names[0]))
	}
}
