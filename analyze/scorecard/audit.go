package scorecard

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// audit: a channel that keeps what passes is the record of who changed what. The
// share of writing services that tell one is in the evidence.
func audit() Principle {
	return Principle{"audit", "audit with ease", []Check{
		{"services that change data tell an archived channel", audited},
	}}
}

// audited asks every service that writes a store whether some channel that it
// publishes to keeps what passes.
func audited(f *metric.Facts) Finding {
	t := tally{noun: "services that write a store"}
	for _, s := range f.System().Services {
		if pos, writes := writesAt(f, s); writes {
			t.add(archived(f, s), s.ID, pos)
		}
	}
	return t.finding()
}

// writesAt is the first place where a service says that it writes a store.
func writesAt(f *metric.Facts, s *model.Service) (model.Pos, bool) {
	for i := range s.DependsOn {
		d := &s.DependsOn[i]
		for _, id := range d.To {
			v, ok := f.Graph().Lookup(id)
			if ok && f.Graph().Kind(v) == graph.Store && (d.Access == model.Write || d.Access == model.ReadWrite) {
				return d.Pos, true
			}
		}
	}
	return model.Pos{}, false
}

// archived is unknown while the best channel does not say whether it keeps events.
func archived(f *metric.Facts, s *model.Service) Verdict {
	best := Fail
	first, _ := f.Graph().Range(graph.Channel)
	for _, p := range s.Publishes {
		v, ok := f.Graph().Lookup(p.To)
		if !ok || f.Graph().Kind(v) != graph.Channel {
			continue
		}
		switch said(f.System().Channels[v-first].Archive) {
		case Pass:
			return Pass
		case Unknown:
			best = Unknown
		}
	}
	return best
}
