package metric

import "github.com/taut-dev/taut/analyze/graph"

// afferent is who must be told before this service changes. Soft callers count:
// they notice a change as much. Terms are the calls.
func afferent() Metric {
	return Metric{
		ID: "afferent", Scope: Service, Title: "afferent coupling", Unit: "services", Better: Less,
		Definition: "Number of distinct other services that call this one.",
		Source:     "Martin 1994 (Ca); Rud, Schmietendorf and Dumke 2006 (AIS)",
		Values:     func(f *Facts) []graph.Value { return counts(afferents(f)) },
		Terms:      func(f *Facts, s int) []Term { return f.around(int32(s), false, true) },
	}
}
