package metric

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// independentDeployability is about shipping; what a service then needs to work
// is the business of tightness and blast radius. Silence about a pipeline is no
// evidence against it. Terms are what has it, and what is missing to 1.
func independentDeployability() Metric {
	return Metric{
		ID: "independent_deployability", Scope: System, Title: "independent deployability", Unit: "share", Better: More,
		Definition: "Share of services that ship alone: no other service in their unit, and no pipeline shared with others.",
		Source:     "Zdun, Navarro and Leymann 2017 (RIDC)",
		Values: func(f *Facts) []graph.Value {
			n := 0
			for s := range int32(f.Graph().Services()) {
				if shipsWith(f.Graph(), s) == "" {
					n++
				}
			}
			return one(share(n, f.Graph().Services()))
		},
		Terms: func(f *Facts, _ int) []Term {
			var out []Term
			n := f.Graph().Services()
			for s := range int32(f.Graph().Services()) {
				if why := shipsWith(f.Graph(), s); why != "" {
					out = append(out, f.node(s, share(1, n), why))
				}
			}
			return reached("services that ship alone", n-len(out), n, largest(out))
		},
	}
}

// shipsWith says what a service is deployed with; nothing when it ships alone.
func shipsWith(g *graph.Graph, s int32) string {
	if u := g.Unit(s); u >= 0 && len(g.Members(u)) > 1 {
		return "ships in " + g.ID(u)
	}
	if o := g.Sys.Services[s].Operations; o != nil && o.Pipeline == model.SharedPipeline {
		return "its pipeline is shared"
	}
	return ""
}
