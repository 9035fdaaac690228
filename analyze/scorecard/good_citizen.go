package scorecard

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// goodCitizen is what the others need to live beside a service: to see how it
// fares, to know what they may ask of it, and to be left in peace when they are
// in trouble themselves.
func goodCitizen() Principle {
	return Principle{"good-citizen", "be a good citizen", []Check{
		{"services keep logs, metrics and traces", func(f *metric.Facts) Finding {
			return services(f, func(_ int, s *model.Service) (Verdict, model.Pos) { return observable(s), s.At("operations") })
		}},
		{"services state an objective for their level of service", func(f *metric.Facts) Finding {
			return services(f, func(_ int, s *model.Service) (Verdict, model.Pos) {
				return given(s.Operations != nil && s.Operations.SLO != nil), s.At("operations", "slo")
			})
		}},
		{"called services say how many requests they take", func(f *metric.Facts) Finding {
			return called(f, func(s *model.Service) (Verdict, model.Pos) {
				return given(s.API != nil && s.API.RateLimit.Given()), s.At("api", "rate_limit")
			})
		}},
		{"calls have a time-out", func(f *metric.Facts) Finding {
			return calls(f, func(d *model.Dependency) (Verdict, bool) { return given(d.Timeout > 0), true })
		}},
		{"calls that are retried stop when the callee is down", func(f *metric.Facts) Finding {
			return calls(f, func(d *model.Dependency) (Verdict, bool) { return holds(d.CircuitBreaker), d.Retries > 0 })
		}},
	}}
}

// observable fails when one of the three is denied, and is unknown when one is
// not spoken of.
func observable(s *model.Service) Verdict {
	if s.Operations == nil {
		return Unknown
	}
	worst := Pass
	for _, x := range []*bool{s.Operations.Logs, s.Operations.Metrics, s.Operations.Traces} {
		switch said(x) {
		case Fail:
			return Fail
		case Unknown:
			worst = Unknown
		}
	}
	return worst
}

// calls asks every dependency that is a call to a service or an external and
// that counts for the check.
func calls(f *metric.Facts, ask func(*model.Dependency) (v Verdict, counts bool)) Finding {
	t := tally{noun: "calls"}
	g := f.Graph()
	for _, s := range f.System().Services {
		for i := range s.DependsOn {
			d := &s.DependsOn[i]
			if len(d.To) == 0 {
				continue
			}
			v, ok := g.Lookup(d.To[0])
			if !ok || g.Kind(v) != graph.Service && g.Kind(v) != graph.External {
				continue
			}
			if verdict, counts := ask(d); counts {
				t.add(verdict, s.ID+" → "+d.To[0], d.Pos)
			}
		}
	}
	return t.finding()
}
