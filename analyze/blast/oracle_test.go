package blast

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// oracle is the failure rules as the language words them, over the declarations
// themselves, applied again and again until nothing changes. It knows nothing
// of clauses, planes or rows.
type oracle struct {
	sys   *model.System
	state map[string]graph.State
	moved bool
}

func oracleStates(sys *model.System, failed ...string) map[string]graph.State {
	o := &oracle{sys: sys, state: map[string]graph.State{}}
	for _, id := range failed {
		o.worsen(id, graph.Down)
		for _, u := range sys.Units {
			if slices.Contains(u.Services, id) && u.Isolation != model.ProcessIsolation {
				o.worsen(u.ID, graph.Down)
			}
		}
	}
	for o.moved = true; o.moved; {
		o.moved = false
		o.sweep()
	}
	return o.state
}

func (o *oracle) worsen(id string, s graph.State) {
	if s > o.state[id] {
		o.state[id] = s
		o.moved = true
	}
}

func (o *oracle) sweep() {
	for _, u := range o.sys.Units {
		for _, id := range u.Services {
			o.worsen(id, o.state[u.ID])
		}
		o.ground(&u.Entity)
	}
	for _, x := range o.sys.Stores {
		o.ground(&x.Entity)
	}
	for _, x := range o.sys.Channels {
		o.ground(&x.Entity)
	}
	for _, x := range o.sys.Platforms {
		o.ground(&x.Entity)
	}
	for _, s := range o.sys.Services {
		o.ground(&s.Entity)
		o.service(s)
	}
}

func (o *oracle) ground(e *model.Entity) {
	for _, x := range e.RunsOn {
		o.worsen(e.ID, o.best(x.To, x.AtLeast))
	}
}

// best is the state of the k-th best.
func (o *oracle) best(ids []string, k int) graph.State {
	var s []graph.State
	for _, id := range ids {
		s = append(s, o.state[id])
	}
	slices.Sort(s)
	return s[k-1]
}

func (o *oracle) service(s *model.Service) {
	for _, d := range s.DependsOn {
		x := o.best(d.To, d.AtLeast)
		if d.Soft {
			x = min(x, graph.Degraded)
		}
		o.worsen(s.ID, x)
	}
	for _, p := range s.Publishes {
		x := o.state[p.To]
		if p.Soft {
			x = min(x, graph.Degraded)
		}
		if p.Outbox {
			x = min(x, graph.Delayed)
		}
		o.worsen(s.ID, x)
	}
	for _, c := range s.Consumes {
		o.worsen(s.ID, min(o.state[c.From], graph.Delayed))
		// An answer is waited for by itself; awaits speaks of what is no answer.
		rest := model.Consumption{From: c.From, Events: slices.DeleteFunc(slices.Clone(c.Events), func(e string) bool { return slices.Contains(c.Answers, e) })}
		if c.Awaits && (len(c.Answers) == 0 || len(rest.Events) > 0) {
			o.awaits(s, rest)
		}
		for _, a := range c.Answers {
			o.awaits(s, model.Consumption{From: c.From, Events: []string{a}})
		}
	}
}

// awaits worsens a service that waits for any of the events.
func (o *oracle) awaits(s *model.Service, c model.Consumption) {
	var publishers []string
	for _, other := range o.sys.Services {
		for _, p := range other.Publishes {
			common := len(p.Events) == 0 || len(c.Events) == 0
			for _, e := range p.Events {
				common = common || slices.Contains(c.Events, e)
			}
			if other != s && p.To == c.From && common {
				publishers = append(publishers, other.ID)
			}
		}
	}
	if len(publishers) > 0 {
		o.worsen(s.ID, min(o.best(publishers, 1), graph.Delayed))
	}
}
