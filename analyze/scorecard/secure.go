package scorecard

import (
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// secure asks what an attacker asks first. What is transported how is no part of
// the language, so nothing is said of it.
func secure() Principle {
	return Principle{"secure", "secure your services", []Check{
		{"exposed services authenticate their callers", func(f *metric.Facts) Finding {
			t := tally{noun: "exposed services"}
			for _, s := range f.System().Services {
				if s.Exposed {
					v, pos := authenticates(s)
					t.add(v, s.ID, pos)
				}
			}
			return t.finding()
		}},
		{"called services authenticate their callers", func(f *metric.Facts) Finding { return called(f, authenticates) }},
		{"stores are encrypted", func(f *metric.Facts) Finding {
			t := tally{noun: "stores"}
			for _, s := range f.System().Stores {
				t.add(said(s.Encrypted), s.ID, s.At("encrypted"))
			}
			return t.finding()
		}},
	}}
}

// authenticates fails only a service that says it lets everybody in.
func authenticates(s *model.Service) (Verdict, model.Pos) {
	if s.API == nil || s.API.Auth == "" {
		return Unknown, s.Pos
	}
	return holds(s.API.Auth != model.AuthNone), s.At("api", "auth")
}
