package scorecard

import (
	"fmt"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// noServers asks for runtimes that somebody else patches.
func noServers() Principle {
	return Principle{"no-servers", "no server management", []Check{
		{"services are functions or managed", func(f *metric.Facts) Finding {
			return services(f, func(s int, x *model.Service) (Verdict, model.Pos) {
				return holds(serverless(runtime(f, s))), x.At("runtime")
			})
		}},
		{"stores and channels are managed", func(f *metric.Facts) Finding {
			t := tally{noun: "stores and channels"}
			for _, s := range f.System().Stores {
				t.add(holds(serverless(s.Runtime)), s.ID, s.At("runtime"))
			}
			for _, c := range f.System().Channels {
				t.add(holds(serverless(c.Runtime)), c.ID, c.At("runtime"))
			}
			return t.finding()
		}},
	}}
}

// serverless says whether a runtime needs no machine of one's own.
func serverless(r model.Runtime) bool { return r == model.Function || r == model.Managed }

// runtime is that of the unit a service ships in, else its own.
func runtime(f *metric.Facts, s int) model.Runtime {
	if u := f.Graph().Unit(int32(s)); u >= 0 {
		first, _ := f.Graph().Range(graph.Unit)
		return f.System().Units[u-first].Runtime
	}
	return f.System().Services[s].Runtime
}

// payForValue is unknown without prices and fails a price for hours or idleness.
func payForValue() Principle {
	return Principle{"pay-for-value", "pay for value", []Check{
		{"nothing is paid for while it is idle", func(f *metric.Facts) Finding {
			return services(f, func(_ int, s *model.Service) (Verdict, model.Pos) {
				if s.Cost == nil {
					return Unknown, s.Pos
				}
				return holds(s.Cost.ReplicaHour == 0 && s.Cost.Idle == 0), s.At("cost")
			})
		}},
	}}
}

// continuousScaling asks for bounds that the peak does not reach.
func continuousScaling() Principle {
	return Principle{"continuous-scaling", "continuous scaling", []Check{
		{"everything can grow as far as the peak needs", grows},
	}}
}

// grows is unknown for relative loads; a bound is then no evidence.
func grows(f *metric.Facts) Finding {
	r := f.Scaling()
	t := tally{noun: "deployables"}
	for _, d := range r.Deploy {
		v := holds(!d.Short)
		if r.Relative || !d.ReplicasAtPeak.OK {
			v = Unknown
		}
		t.add(v, f.Graph().ID(d.Node), f.Graph().Entity(d.Node).Pos)
	}
	return t.finding()
}

// highAvailability takes the journeys' word for it: what counts is what users get.
func highAvailability() Principle {
	return Principle{"high-availability", "high availability built in", []Check{
		{"journeys reach their objectives", func(f *metric.Facts) Finding {
			t := tally{noun: "journeys"}
			for i := range f.Journeys() {
				j := &f.Journeys()[i]
				v := Unknown
				if j.Margin.OK {
					v = holds(j.Margin.F >= 0)
				}
				t.add(v, j.Journey.ID, j.Journey.At("objective"))
			}
			return t.finding()
		}},
		{"no single platform stops a journey", survivesGround},
	}}
}

// survivesGround looks for platforms among the single points of failure.
func survivesGround(f *metric.Facts) Finding {
	first, end := f.Graph().Range(graph.Platform)
	if first == end {
		return Finding{Evidence: "the file has no platforms"}
	}
	for i := range f.Journeys() {
		j := &f.Journeys()[i]
		for _, v := range j.Single {
			if v >= first && v < end {
				return Finding{Fail, fmt.Sprintf("%q stops %q", f.Graph().ID(v), j.Journey.ID), f.Graph().Entity(v).Pos}
			}
		}
	}
	return Finding{Verdict: Pass, Evidence: fmt.Sprintf("none of %d platforms", end-first)}
}
