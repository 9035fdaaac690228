package scorecard

import (
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// automate: what a person does by hand is done differently the next time. A shared
// pipeline is still a pipeline; that it ships services together is told by the
// metric of independent deployability.
func automate() Principle {
	return Principle{"automate", "automate everything", []Check{
		{"services ship through a pipeline", func(f *metric.Facts) Finding {
			return services(f, func(_ int, s *model.Service) (Verdict, model.Pos) {
				if s.Operations == nil || s.Operations.Pipeline == "" {
					return Unknown, s.Pos
				}
				return holds(s.Operations.Pipeline != model.ManualPipeline), s.At("operations", "pipeline")
			})
		}},
		{"infrastructure is code", func(f *metric.Facts) Finding {
			return operated(f, "infrastructure_as_code", func(o *model.Operations) *bool { return o.InfrastructureAsCode })
		}},
		{"services answer a health check", func(f *metric.Facts) Finding {
			return operated(f, "health_check", func(o *model.Operations) *bool { return o.HealthCheck })
		}},
	}}
}

// operated asks every service for one yes or no under operations.
func operated(f *metric.Facts, key string, value func(*model.Operations) *bool) Finding {
	return services(f, func(_ int, s *model.Service) (Verdict, model.Pos) {
		if s.Operations == nil {
			return Unknown, s.Pos
		}
		return said(value(s.Operations)), s.At("operations", key)
	})
}
