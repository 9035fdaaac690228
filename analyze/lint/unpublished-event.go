package lint

import (
	"fmt"
	"slices"

	"github.com/taut-dev/taut/model"
)

// traded is what the file says of the events of one channel.
type traded struct {
	published, taken []string
	anyIn, anyOut    bool // some publisher, some consumer does not say which
}

// events gives what is published to each channel and taken from it.
func (p *Pass) events() map[string]*traded {
	out := map[string]*traded{}
	of := func(id string) *traded {
		if out[id] == nil {
			out[id] = &traded{}
		}
		return out[id]
	}
	for _, s := range p.Sys.Services {
		for i := range s.Publishes {
			t, x := of(s.Publishes[i].To), &s.Publishes[i]
			t.published, t.anyIn = append(t.published, x.Events...), t.anyIn || len(x.Events) == 0
		}
		for i := range s.Consumes {
			t, x := of(s.Consumes[i].From), &s.Consumes[i]
			t.taken, t.anyOut = append(t.taken, x.Events...), t.anyOut || len(x.Events) == 0
		}
	}
	return out
}

// unpublishedEvent reports events that a service takes from a channel whose
// publishers all say what they publish, and none says this.
func unpublishedEvent(p *Pass) {
	all := p.events()
	for _, s := range p.Sys.Services {
		for i := range s.Consumes {
			c := &s.Consumes[i]
			t := all[c.From]
			if t.anyIn || len(t.published) == 0 {
				continue
			}
			for _, e := range c.Events {
				if slices.Contains(t.published, e) {
					continue
				}
				meant := ""
				if near := model.Suggest(e, t.published); near != "" {
					meant = fmt.Sprintf(", did you mean %q?", near)
				}
				p.Report(c.Origin.At("events"), "services."+s.ID+arrow+c.From+"."+e,
					fmt.Sprintf("%q waits for %q from %q, which nobody publishes there%s", s.ID, e, c.From, meant),
					"write the name as its publisher does, or say who publishes it")
			}
		}
	}
}
