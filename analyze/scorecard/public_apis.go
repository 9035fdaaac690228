package scorecard

import (
	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// publicAPIs: what is not an interface must not be relied on, because it changes
// without notice.
func publicAPIs() Principle {
	return Principle{"public-apis", "rely only on public APIs", []Check{
		{"every store has one service", privateStores},
		{"nobody needs another's internals", noInternals},
		{"services that are called publish a versioned contract", contracts},
	}}
}

// privateStores passes stores that nobody uses: they bind nobody.
func privateStores(f *metric.Facts) Finding {
	t := tally{noun: "stores"}
	for i, users := range f.StoreUsers() {
		s := f.System().Stores[i]
		t.add(holds(len(users) <= 1), s.ID, s.Pos)
	}
	return t.finding()
}

// noInternals leaves out what ships in one unit: there is no other side there.
// Silence counts as a contract, the default of the language.
func noInternals(f *metric.Facts) Finding {
	t := tally{noun: "dependencies"}
	for _, l := range f.Links() {
		if l.Integration != coupling.InProcess {
			name := f.Graph().ID(l.From) + " → " + f.Graph().ID(l.To)
			t.add(holds(l.Knowledge != coupling.Internals), name, l.Pos)
		}
	}
	return t.finding()
}

// contracts fails services that are called and say that they have no API, and is
// unknown for those that do not tell their contract or its version.
func contracts(f *metric.Facts) Finding {
	return called(f, func(s *model.Service) (Verdict, model.Pos) {
		if s.API == nil {
			return Unknown, s.Pos
		}
		if s.API.Style == "none" {
			return Fail, s.At("api", "style")
		}
		return given(s.API.Contract != "" && s.API.Version != ""), s.At("api")
	})
}

// called asks every service that another one calls.
func called(f *metric.Facts, ask func(*model.Service) (Verdict, model.Pos)) Finding {
	t := tally{noun: "called services"}
	for v := range int32(f.Graph().Services()) {
		if len(f.Graph().Callers().Out(v)) > 0 {
			s := f.System().Services[v]
			verdict, pos := ask(s)
			t.add(verdict, s.ID, pos)
		}
	}
	return t.finding()
}
