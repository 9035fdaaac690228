package lint

import (
	"iter"

	"github.com/taut-dev/taut/model"
)

// usedKeys finds which of the optional keys that rules ask for stand anywhere in
// the file. It stops as soon as all are found. Designs do not count: their patches
// are checked when they are the system that is linted.
func usedKeys(sys *model.System, rules []Rule) map[string]bool {
	wanted, used := map[string]bool{}, map[string]bool{}
	for _, r := range rules {
		for _, key := range r.Asks {
			wanted[key] = true
		}
	}
	for o := range origins(sys) {
		for _, k := range o.Keys {
			if wanted[k.Path] {
				used[k.Path] = true
			}
		}
		if len(used) == len(wanted) {
			break
		}
	}
	return used
}

// origins walks everything in the file that has keys of its own, in file order.
func origins(sys *model.System) iter.Seq[*model.Origin] {
	return func(yield func(*model.Origin) bool) {
		for _, t := range sys.Teams {
			if !yield(&t.Origin) {
				return
			}
		}
		for _, j := range sys.Journeys {
			if !yield(&j.Origin) {
				return
			}
		}
		for d := range declarations(sys) {
			if !yield(&d.entity.Origin) {
				return
			}
		}
		for _, s := range sys.Services {
			for i := range s.DependsOn {
				if !yield(&s.DependsOn[i].Origin) {
					return
				}
			}
		}
	}
}

// declaration is an entity with the section of the file it stands in.
type declaration struct {
	section string
	entity  *model.Entity
}

// subject is the stable path of the entity in findings and in lint.ignore.
func (d declaration) subject() string { return d.section + "." + d.entity.ID }

// declarations gives every node of the file, section by section.
func declarations(sys *model.System) iter.Seq[declaration] {
	return func(yield func(declaration) bool) {
		_ = each(yield, "services", sys.Services, func(s *model.Service) *model.Entity { return &s.Entity }) &&
			each(yield, "stores", sys.Stores, func(s *model.Store) *model.Entity { return &s.Entity }) &&
			each(yield, "channels", sys.Channels, func(c *model.Channel) *model.Entity { return &c.Entity }) &&
			each(yield, "externals", sys.Externals, func(x *model.External) *model.Entity { return &x.Entity }) &&
			each(yield, "platforms", sys.Platforms, func(x *model.Platform) *model.Entity { return &x.Entity }) &&
			each(yield, "units", sys.Units, func(u *model.Unit) *model.Entity { return &u.Entity })
	}
}

// each yields the entities of one section; false once the reader has enough.
func each[T any](yield func(declaration) bool, section string, all []T, entity func(T) *model.Entity) bool {
	for _, x := range all {
		if !yield(declaration{section, entity(x)}) {
			return false
		}
	}
	return true
}
