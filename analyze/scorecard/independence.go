package scorecard

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// tolerable is the blast radius up to which a failure counts as contained
// (ours).
const tolerable = 0.5

// independence is the promise that most is paid for. Its numbers are always known,
// so that these checks are unknown only where there is nothing to ask.
func independence() Principle {
	return Principle{"independence", "scale and fail independently", []Check{
		{"no single failure takes down more than half of the other services", contained},
		{"every service scales alone", scalesAlone},
		{"every service ships alone", shipsAlone},
		{"services do not call each other in circles", acyclic},
	}}
}

// contained looks at every kind of failure, platforms and stores as well.
func contained(f *metric.Facts) Finding {
	worst := f.Blast().Max()
	if worst == nil || f.Graph().Services() < 2 {
		return Finding{Evidence: "there is no other service"}
	}
	name := f.Graph().ID(worst.Node)
	return Finding{
		holds(worst.Radius <= tolerable),
		fmt.Sprintf("%q takes down %s", name, metric.Percent(worst.Radius)), f.Graph().Entity(worst.Node).Pos,
	}
}

// scalesAlone asks for scaling units of one service.
func scalesAlone(f *metric.Facts) Finding {
	t := tally{noun: "services"}
	for _, unit := range f.Scaling().Units {
		for _, s := range unit {
			t.add(holds(len(unit) == 1), f.Graph().ID(s), f.Graph().Entity(s).Pos)
		}
	}
	return t.finding()
}

// shipsAlone asks for deployment units of one service.
func shipsAlone(f *metric.Facts) Finding {
	return services(f, func(s int, x *model.Service) (Verdict, model.Pos) {
		u := f.Graph().Unit(int32(s))
		return holds(u < 0 || len(f.Graph().Members(u)) == 1), x.Pos
	})
}

// acyclic points at the services inside cycles; the metric cycles shows the paths.
func acyclic(f *metric.Facts) Finding {
	in := make([]bool, f.Graph().Services())
	for _, group := range f.Cycles() {
		for _, s := range group {
			in[s] = true
		}
	}
	return services(f, func(s int, x *model.Service) (Verdict, model.Pos) { return holds(!in[s]), x.Pos })
}
