package metric

import (
	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/graph"
)

// serviceAvailability is the service alone: journeys say what users get. There
// is one term: where the number comes from.
func serviceAvailability() Metric {
	return Metric{
		ID: "availability", Scope: Service, Title: "availability of its own", Unit: "share", Better: More,
		Definition: "Share of time that this service works by itself, whatever it depends on: as the file gives it, else assumed by its runtime; 1 inside a declared unit, whose own availability counts instead.",
		Ours:       true,
		Values: func(f *Facts) []graph.Value {
			return column(f.Graph().Services(), func(s int32) graph.Value {
				a, _ := availability.Of(f.Graph(), s)
				return graph.Number(a)
			})
		},
		Terms: func(f *Facts, s int) []Term {
			a, assumed := availability.Of(f.Graph(), int32(s))
			t := f.node(int32(s), graph.Number(a), "given in the file")
			if assumed {
				t.Note = "assumed for its runtime"
			}
			if u := f.Graph().Unit(int32(s)); assumed && u >= 0 {
				t.Note = "counted once, for the unit " + f.Graph().ID(u)
			}
			return []Term{t}
		},
	}
}
