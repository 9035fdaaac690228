package scaling

import (
	"math/big"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// entryPoints lists where demand can enter: services with load, exposed ones
// and those where journeys begin; if there are none, those that nothing leads to.
func entryPoints(g *graph.Graph) []int32 {
	is := make([]bool, g.Services())
	for s, x := range g.Sys.Services {
		is[s] = x.Exposed || x.Load != nil
	}
	for _, j := range g.Sys.Journeys {
		if v, ok := g.Lookup(j.Entry); ok && int(v) < g.Services() {
			is[v] = true
		}
	}
	var list []int32
	for s, yes := range is {
		if yes {
			list = append(list, int32(s))
		}
	}
	if list == nil {
		list = roots(g)
	}
	return list
}

// roots lists the services that nothing calls and that consume nothing.
func roots(g *graph.Graph) []int32 {
	var list []int32
	for s, x := range g.Sys.Services {
		if len(g.Callers().Out(int32(s))) == 0 && len(x.Consumes) == 0 {
			list = append(list, int32(s))
		}
	}
	return list
}

// demand is what enters at the entry points, exactly.
type demand struct {
	at         []int32
	rate, peak []*big.Rat
}

// newDemand reads loads and journeys. The load of a service stands above the
// rates of the journeys that begin there.
func newDemand(g *graph.Graph, r *Result) demand {
	d := demand{at: entryPoints(g)}
	journeys := map[string]*big.Rat{}
	for _, j := range g.Sys.Journeys {
		if j.Rate.Given() {
			sum := journeys[j.Entry]
			if sum == nil {
				sum = new(big.Rat)
				journeys[j.Entry] = sum
			}
			sum.Add(sum, j.Rate.Rat())
		}
	}
	r.Relative = true
	for _, v := range d.at {
		s := g.Sys.Services[v]
		e := Entry{Service: v, Duration: SpikeDuration}
		rate, peak := new(big.Rat), new(big.Rat)
		if sum := journeys[s.ID]; sum != nil {
			rate = sum
		}
		if s.Load != nil {
			rate, peak = readLoad(s.Load, rate, &e)
		}
		r.Relative = r.Relative && rate.Sign() == 0 && peak.Sign() == 0
		d.rate, d.peak = append(d.rate, rate), append(d.peak, peak)
		r.Entries = append(r.Entries, e)
	}
	d.complete(r)
	return d
}

// readLoad gives rate and peak of a load; the peak is never below the rate.
func readLoad(l *model.Demand, journeys *big.Rat, e *Entry) (rate, peak *big.Rat) {
	rate, peak = journeys, new(big.Rat)
	if l.Rate.Given() {
		rate = l.Rate.Rat()
	}
	if l.PeakDuration > 0 {
		e.Duration = l.PeakDuration
	}
	if l.Peak.Given() {
		e.PeakGiven = true
		peak = l.Peak.Rat()
		if peak.Cmp(rate) < 0 {
			peak = rate
		}
	}
	return rate, peak
}

// complete fills in what is assumed: unit demand and ten-fold peaks.
func (d *demand) complete(r *Result) {
	for i := range d.at {
		if r.Relative {
			d.rate[i] = big.NewRat(UnitRate, 1)
		}
		e := &r.Entries[i]
		if !e.PeakGiven {
			d.peak[i] = new(big.Rat).Mul(d.rate[i], big.NewRat(SpikeFactor, 1))
		}
		e.Rate, e.Peak = toFloat(d.rate[i]), toFloat(d.peak[i])
	}
}

// surplus is what enters at the system's peak beyond the rates: at the entries
// whose peak the file gives, or at all of them if it gives none.
func (d *demand) surplus(r *Result) []*big.Rat {
	given := false
	for _, e := range r.Entries {
		given = given || e.PeakGiven
	}
	out := make([]*big.Rat, len(d.at))
	for i, e := range r.Entries {
		if e.PeakGiven || !given {
			out[i] = new(big.Rat).Sub(d.peak[i], d.rate[i])
		}
	}
	return out
}

// spread puts amounts at services into a list by service.
func spread(n int, at []int32, amounts []*big.Rat) []*big.Rat {
	list := make([]*big.Rat, n)
	for i, v := range at {
		list[v] = amounts[i]
	}
	return list
}
