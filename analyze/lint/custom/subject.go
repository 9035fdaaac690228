package custom

import (
	"iter"

	"github.com/taut-dev/taut/model"
)

// subject is one thing that a rule is evaluated for.
type subject struct {
	env  any
	path string // as in findings: "services.orders"
	pos  model.Pos
}

// subjects gives what a rule is for, in file order.
func (w *world) subjects(scope string) iter.Seq[subject] {
	sys := w.facts.System()
	return func(yield func(subject) bool) {
		switch scope {
		case "service":
			walk(yield, w.system.Services, func(i int, s *service) subject {
				return subject{serviceEnv{s, &w.system}, "services." + s.ID, sys.Services[i].Pos}
			})
		case "dependency":
			walk(yield, w.system.Dependencies, func(_ int, d *dependency) subject {
				return subject{dependencyEnv{d, &w.system}, "services." + d.From.ID + " -> " + d.To.ID, d.pos}
			})
		case "store":
			walk(yield, w.system.Stores, func(i int, s *store) subject {
				return subject{storeEnv{s, &w.system}, "stores." + s.ID, sys.Stores[i].Pos}
			})
		case "channel":
			walk(yield, w.system.Channels, func(i int, c *channel) subject {
				return subject{channelEnv{c, &w.system}, "channels." + c.ID, sys.Channels[i].Pos}
			})
		case "team":
			walk(yield, w.system.Teams, func(_ int, t *team) subject {
				return subject{teamEnv{t, &w.system}, "teams." + t.ID, t.pos}
			})
		case "journey":
			walk(yield, w.system.Journeys, func(_ int, j *journey) subject {
				return subject{journeyEnv{j, &w.system}, "journeys." + j.ID, j.pos}
			})
		case "system":
			pos := sys.Pos
			if sys.Has("system") {
				pos = sys.At("system")
			}
			yield(subject{w.system, "system", pos})
		}
	}
}

// walk yields one subject for each of a list.
func walk[T any](yield func(subject) bool, list []T, make func(int, T) subject) {
	for i, x := range list {
		if !yield(make(i, x)) {
			return
		}
	}
}
