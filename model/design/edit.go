package design

import (
	"slices"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/model"
)

// edit is one rewriting in progress: a private copy of the system, its ids, how
// it was deployed before, and why each line of the file changed.
type edit struct {
	sys      *model.System
	taken    map[string]bool
	services map[string]*model.Service
	stores   map[string]bool
	home     map[string]*model.Unit // unit of a service before the rewriting
	why      map[string]string      // reason by path, see because; nil: nobody asks
}

// begin copies the system, so that no preset can touch its argument, and takes
// down how everything was deployed before.
func begin(s *model.System) *edit {
	e := &edit{
		sys:      Clone(s),
		taken:    map[string]bool{},
		services: map[string]*model.Service{},
		stores:   map[string]bool{},
		home:     map[string]*model.Unit{},
	}
	for _, s := range e.sys.Services {
		e.services[s.ID] = s
	}
	for _, s := range e.sys.Stores {
		e.stores[s.ID] = true
	}
	for _, u := range e.sys.Units {
		for _, id := range u.Services {
			e.home[id] = u
		}
	}
	for _, part := range e.sections() {
		for _, x := range part.entities {
			e.taken[x.ID] = true
		}
	}
	return e
}

// section is one part of the file with ids of the shared namespace.
type section struct {
	name     string
	entities []*model.Entity
}

// sections lists everything that has an id in the shared namespace.
func (e *edit) sections() []section {
	return []section{
		{"services", pick(e.sys.Services, func(x *model.Service) *model.Entity { return &x.Entity })},
		{"stores", pick(e.sys.Stores, func(x *model.Store) *model.Entity { return &x.Entity })},
		{"channels", pick(e.sys.Channels, func(x *model.Channel) *model.Entity { return &x.Entity })},
		{"externals", pick(e.sys.Externals, func(x *model.External) *model.Entity { return &x.Entity })},
		{"platforms", pick(e.sys.Platforms, func(x *model.Platform) *model.Entity { return &x.Entity })},
		{"units", pick(e.sys.Units, func(x *model.Unit) *model.Entity { return &x.Entity })},
	}
}

// pick takes one part out of each item.
func pick[T, U any](from []T, part func(T) U) []U {
	out := make([]U, len(from))
	for i, x := range from {
		out[i] = part(x)
	}
	return out
}

// fresh gives the wanted id, or the first of wanted-2, wanted-3, … that is free.
func (e *edit) fresh(wanted string) string {
	id := wanted
	for n := 2; e.taken[id]; n++ {
		id = wanted + "-" + strconv.Itoa(n)
	}
	e.taken[id] = true
	return id
}

// note tells the reader of the result something, once.
func (e *edit) note(text string) {
	if !slices.Contains(e.sys.Notes, text) {
		e.sys.Notes = append(e.sys.Notes, text)
	}
}

// because records the reason for a change at a path of the encoded file. It
// holds for everything below the path that has no reason of its own. A line that
// changes for several reasons has them all.
func (e *edit) because(reason string, path ...string) {
	if e.why == nil {
		return
	}
	key := pathKey(path)
	if was := e.why[key]; was == "" {
		e.why[key] = reason
	} else if !slices.Contains(strings.Split(was, "; "), reason) {
		e.why[key] = was + "; " + reason
	}
}

// pathKey joins with a byte that no id holds: ids may hold dots.
func pathKey(path []string) string { return strings.Join(path, "\x00") }

// entityNamed is a new entity with the defaults of the language.
func entityNamed(id string) model.Entity {
	return model.Entity{ID: id, Tier: 3, Lifecycle: model.Production}
}

// retarget replaces ids wherever one entity names another: grounds and journeys.
// An id that maps to nothing is taken out.
func (e *edit) retarget(to map[string][]string, reason string) {
	if len(to) == 0 {
		return
	}
	for _, part := range e.sections() {
		for _, x := range part.entities {
			if !standsOn(x.RunsOn, to) {
				continue
			}
			if x.RunsOn = retargetGrounds(x.RunsOn, to, x.ID); len(x.RunsOn) == 0 {
				forget(&x.Origin, "runs_on")
			}
			e.because(reason, part.name, x.ID, "runs_on")
		}
	}
	for _, j := range e.sys.Journeys {
		if !hits(j.Requires, to) && !hits(j.Optional, to) {
			continue
		}
		e.because(reason, "journeys", j.ID)
		j.Requires = replaced(j.Requires, to)
		if j.Optional = without(replaced(j.Optional, to), j.Requires); len(j.Optional) == 0 {
			forget(&j.Origin, "optional")
		}
		if len(j.Requires) == 0 {
			forget(&j.Origin, "requires")
		}
	}
}

// hits says whether any of the ids has a new target.
func hits(ids []string, to map[string][]string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { _, ok := to[id]; return ok })
}

// standsOn says whether any of the ids is among the grounds.
func standsOn(on []model.Ground, ids map[string][]string) bool {
	return slices.ContainsFunc(on, func(g model.Ground) bool { return hits(g.To, ids) })
}

// retargetGrounds also drops a ground that would now be the entity itself, and
// merges grounds that became the same. An alternative that became several
// things at once becomes several alternatives.
func retargetGrounds(on []model.Ground, to map[string][]string, self string) []model.Ground {
	if len(on) == 0 {
		return nil
	}
	var out []model.Ground
	seen := map[string]bool{}
	for _, g := range on {
		ids := without(replaced(g.To, to), []string{self})
		parts := [][]string{ids}
		if !g.AnyOf {
			parts = singles(ids)
		}
		for _, ids := range parts {
			if len(ids) == 0 || seen[sameEdge(ids, g.AnyOf)] {
				continue
			}
			seen[sameEdge(ids, g.AnyOf)] = true
			g.To, g.AtLeast = ids, min(g.AtLeast, len(ids))
			out = append(out, g)
		}
	}
	return out
}

// singles makes a list of one for each id.
func singles(ids []string) [][]string {
	var out [][]string
	for _, id := range ids {
		out = append(out, []string{id})
	}
	return out
}

// edgeName is what an edge is called in the map form of a file.
func edgeName(ids []string, anyOf bool) string {
	if !anyOf {
		return ids[0]
	}
	return "any_of:" + strings.Join(ids, ",")
}

// sameEdge is equal for edges that one file may not give twice: a group is the
// same in whatever order.
func sameEdge(ids []string, anyOf bool) string {
	if !anyOf {
		return ids[0]
	}
	return edgeName(slices.Sorted(slices.Values(ids)), true)
}

// forget takes a key, and all below it, from what the file is said to give:
// the preset has taken its value away.
func forget(o *model.Origin, path string) {
	o.Keys = slices.DeleteFunc(o.Keys, func(k model.KeyPos) bool {
		return k.Path == path || strings.HasPrefix(k.Path, path+".")
	})
}

// replaced maps ids, keeps the order and drops repetitions.
func replaced(ids []string, to map[string][]string) []string {
	var out []string
	seen := map[string]bool{}
	for _, id := range ids {
		next, ok := to[id]
		if !ok {
			next = []string{id}
		}
		for _, id := range next {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

// without takes the unwanted ids away.
func without(ids, unwanted []string) []string {
	return slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(unwanted, id) })
}

// some lists the first few words for a note.
func some(words []string) string {
	const shown = 10
	if len(words) <= shown {
		return strings.Join(words, ", ")
	}
	return strings.Join(words[:shown], ", ") + " and " + strconv.Itoa(len(words)-shown) + " more"
}
