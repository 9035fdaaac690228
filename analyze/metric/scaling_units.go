package metric

import "github.com/taut-dev/taut/analyze/graph"

// scalingUnits is only read beside the number of services. A unit is named by
// its first service in file order: it has no id of its own.
func scalingUnits() Metric {
	return Metric{
		ID: "scaling_units", Scope: System, Title: "scaling units", Unit: "units", Better: More,
		Definition: "Groups of services that can only be scaled together, because they ship in one unit or use one store that is not partitioned.",
		Source:     "after the scale units of Abbott and Fisher 2009", Ours: true,
		Values: func(f *Facts) []graph.Value { return count(len(f.Scaling().Units)) },
		Terms: func(f *Facts, _ int) []Term {
			var out []Term
			for _, unit := range f.Scaling().Units {
				out = append(out, f.node(unit[0], graph.Number(float64(len(unit))), "services, beginning with this one"))
			}
			return largest(out)
		},
	}
}
