package metric

import "github.com/taut-dev/taut/analyze/graph"

// efferent is what a service must know of, and what it waits for. Soft calls
// count: what they call may change too. Terms are the calls.
func efferent() Metric {
	return Metric{
		ID: "efferent", Scope: Service, Title: "efferent coupling", Unit: "services", Better: Less,
		Definition: "Number of distinct other services that this one calls.",
		Source:     "Martin 1994 (Ce); Rud, Schmietendorf and Dumke 2006 (ADS)",
		Values:     func(f *Facts) []graph.Value { return counts(efferents(f)) },
		Terms:      func(f *Facts, s int) []Term { return f.around(int32(s), true, false) },
	}
}
