package metric

import (
	"github.com/taut-dev/taut/analyze/availability"
	"github.com/taut-dev/taut/analyze/graph"
)

// journeyAvailability counts every shared dependency once. Terms are the single
// points of failure by the time each is down: a lower bound of what the journey
// misses, as pairs of failures come on top.
func journeyAvailability() Metric {
	return Metric{
		ID: "availability", Scope: Journey, Title: "availability", Unit: "share", Better: More,
		Definition: "Probability that the journey works: its entry and all it requires are not down, with independent availabilities and every shared dependency counted once. Exact, else the mean of a simulation.",
		Source:     "fault tree analysis (Vesely and others 1981)",
		Values: func(f *Facts) []graph.Value {
			return f.estimates(func(r *availability.Result) graph.Value { return graph.Number(r.Works.Value) })
		},
		Terms: func(f *Facts, j int) []Term { return f.unavailable(j) },
	}
}

// estimates reads one number of each journey's result.
func (f *Facts) estimates(value func(*availability.Result) graph.Value) []graph.Value {
	r := f.Journeys()
	return column(len(r), func(j int32) graph.Value { return value(&r[j]) })
}

// unavailable lists a journey's single points of failure by the share of time
// that each is down.
func (f *Facts) unavailable(j int) []Term {
	if j >= len(f.Journeys()) {
		return nil
	}
	r := &f.Journeys()[j]
	var out []Term
	for _, v := range r.Single {
		a, assumed := availability.Of(f.Graph(), v)
		note := "of the time it is down, and the journey with it"
		if assumed {
			note += "; assumed"
		}
		out = append(out, f.node(v, graph.Number(1-a), note))
	}
	if !r.Works.Exact {
		out = append(out, Term{Label: "simulated", Note: "between " + Percent(r.Works.SampleLow) + " and " + Percent(r.Works.SampleHigh)})
	}
	return largest(out)
}
