package metric

import (
	"strconv"

	"github.com/taut-dev/taut/analyze/graph"
)

// attempts multiplies along chains, which is what makes retries dangerous.
// Entries have 1. Terms are callers; the largest is the value, as attempts of
// several callers belong to different requests.
func attempts() Metric {
	return Metric{
		ID: "attempts", Scope: Service, Title: "attempts in the worst case", Unit: "attempts", Better: Less,
		Definition: "Attempts that one request at an entry makes here when everything fails: the greatest product of (1 + retries) along a path of calls. Undefined inside a cycle.",
		Source:     "Beyer and others 2016, ch. 22",
		Values:     func(f *Facts) []graph.Value { return f.Scaling().Attempts },
		Terms:      attemptTerms,
	}
}

// attemptTerms is what arrives through each caller; the largest is the value.
func attemptTerms(f *Facts, s int) []Term {
	var out []Term
	g, at := f.Graph(), f.Scaling().Attempts
	for _, u := range g.Callers().Out(int32(s)) {
		d := declared(g, u, int32(s))
		if d == nil || int(u) >= len(at) || !at[u].OK {
			continue
		}
		n := at[u].F * float64(1+d.Retries)
		out = append(out, f.edge(u, int32(s), graph.Number(n), Number(at[u].F)+" there × "+strconv.Itoa(1+d.Retries)+" attempts"))
	}
	if len(out) == 0 && s < len(at) && at[s].OK {
		out = append(out, f.node(int32(s), at[s], "nothing calls it: requests come from outside, once"))
	}
	return largest(out)
}
