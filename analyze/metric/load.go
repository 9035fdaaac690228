package metric

import "github.com/taut-dev/taut/analyze/graph"

// load follows from the demand at the entries, visit by visit. Demand of
// unknown size is shown in proportion, see scaling.Result.Relative.
func load() Metric {
	return Metric{
		ID: "load", Scope: Service, Title: "load", Unit: "requests/s", Better: Neither,
		Definition: "Requests and events that this service handles: demand from outside, and what its callers and publishers make of theirs. In proportion only when the file gives no load.",
		Source:     "visit ratios (Denning and Buzen 1978)",
		Values:     func(f *Facts) []graph.Value { return f.Scaling().Load },
		Terms:      loadTerms,
	}
}

// loadTerms is demand from outside, each caller's part, and the rest, which
// arrives over channels.
func loadTerms(f *Facts, s int) []Term {
	g, r := f.Graph(), f.Scaling()
	if s >= len(r.Load) || !r.Load[s].OK {
		return nil
	}
	rest := r.Load[s].F
	var out []Term
	for _, e := range r.Entries {
		if int(e.Service) == s {
			out = append(out, f.node(e.Service, graph.Number(e.Rate), "enters from outside"))
			rest -= e.Rate
		}
	}
	for _, u := range g.Callers().Out(int32(s)) {
		d := declared(g, u, int32(s))
		if d == nil || !r.Load[u].OK {
			continue
		}
		part := r.Load[u].F * d.Calls / float64(len(d.To))
		out = append(out, f.edge(u, int32(s), graph.Number(part), Number(d.Calls)+" calls for each of its requests"))
		rest -= part
	}
	if rest > 1e-9*r.Load[s].F {
		out = append(out, Term{Label: "events", Value: graph.Number(rest), Note: "arrive over channels"})
	}
	return largest(out)
}
