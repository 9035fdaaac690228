package availability

import (
	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Default is one line of the table of assumed availabilities.
type Default struct {
	Kind    graph.Kind
	Runtime model.Runtime // empty: any
	Value   float64       // share of time, 0..1
}

// Defaults is the table of availabilities assumed for what the file says
// nothing about. The first line that fits counts.
func Defaults() []Default {
	table := defaults()
	return table[:]
}

// defaults is the table as a value: it is read for every node.
func defaults() [13]Default {
	return [...]Default{
		{graph.Service, model.Server, 0.995},
		{graph.Service, model.Container, 0.999},
		{graph.Service, model.Function, 0.9995},
		{graph.Service, model.Managed, 0.9995},
		{graph.Unit, model.Server, 0.995},
		{graph.Unit, model.Container, 0.999},
		{graph.Unit, model.Function, 0.9995},
		{graph.Unit, model.Managed, 0.9995},
		{graph.Store, "", 0.999},
		{graph.Channel, model.Managed, 0.9999},
		{graph.Channel, "", 0.999},
		{graph.External, "", 0.999},
		{graph.Platform, "", 0.9999},
	}
}

// Assumed is the availability assumed for a kind of node with a runtime.
func Assumed(kind graph.Kind, runtime model.Runtime) float64 {
	for _, d := range defaults() {
		if d.Kind == kind && (d.Runtime == "" || d.Runtime == runtime) {
			return d.Value
		}
	}
	return Assumed(kind, model.Container)
}

// Of gives the availability of a node by itself and whether it is assumed. A
// service of a declared unit works whenever its unit does, unless the file says
// otherwise, so that nothing is counted twice.
func Of(g *graph.Graph, v int32) (a float64, assumed bool) {
	if given := g.Entity(v).Availability; given != nil {
		return *given, false
	}
	kind := g.Kind(v)
	from, _ := g.Range(kind)
	switch kind {
	case graph.Service:
		if g.Unit(v) >= 0 {
			return 1, true
		}
		return Assumed(kind, g.Sys.Services[v].Runtime), true
	case graph.Channel:
		return Assumed(kind, g.Sys.Channels[v-from].Runtime), true
	case graph.Unit:
		return Assumed(kind, g.Sys.Units[v-from].Runtime), true
	}
	return Assumed(kind, ""), true
}
