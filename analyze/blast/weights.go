package blast

import (
	"math/big"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Weights gives what each service counts in Weighted: 4 for tier 1, 3, 2, 1 for
// tier 4. Where journeys have rates, that is multiplied by the share of all
// journeys' requests (0..1) that fall to the journeys it takes part in: as
// entry, required or optional, or called by one of these, directly or not. A
// service in no such journey then counts nothing.
func Weights(g *graph.Graph) []float64 {
	units, total := weightUnits(g), sumRates(g)
	w := make([]float64, len(units))
	for s, u := range units {
		w[s] = float64(u)
		if total > 0 {
			w[s] /= float64(total)
		}
	}
	return w
}

// weightUnits gives the weights as whole numbers of one common unit, so that
// their sums are exact and in no order.
func weightUnits(g *graph.Graph) []int64 {
	units := make([]int64, g.Services())
	rates := rateUnits(g)
	for s := range units {
		tier := g.Sys.Services[s].Tier
		if tier < 1 || tier > 4 {
			tier = 3
		}
		units[s] = int64(5 - tier)
	}
	if rates == nil {
		return units
	}
	share := make([]int64, len(units))
	for i, r := range rates {
		if r == 0 {
			continue
		}
		for s, in := range graph.Reach(g.Calls(), starts(g, g.Sys.Journeys[i])...) {
			if in {
				share[s] += r
			}
		}
	}
	for s := range units {
		units[s] *= share[s]
	}
	return units
}

// starts gives the services that a journey names.
func starts(g *graph.Graph, j *model.Journey) []int32 {
	var s []int32
	for _, ids := range [][]string{{j.Entry}, j.Requires, j.Optional} {
		for _, id := range ids {
			if v, ok := g.Lookup(id); ok && int(v) < g.Services() {
				s = append(s, v)
			}
		}
	}
	return s
}

// rateUnits gives the journeys' rates as whole numbers of one common unit; nil
// when none has a rate. Rates without a small common denominator are rounded to
// 2^-40 of their sum.
func rateUnits(g *graph.Graph) []int64 {
	alike := map[model.Rate]int64{} // journeys with the same rate
	for _, j := range g.Sys.Journeys {
		alike[j.Rate]++
	}
	sum, scale := new(big.Rat), big.NewInt(1)
	for rate, n := range alike {
		r := rate.Rat()
		scale.Div(scale, new(big.Int).GCD(nil, nil, scale, r.Denom())).Mul(scale, r.Denom())
		sum.Add(sum, r.Mul(r, new(big.Rat).SetInt64(n)))
	}
	if sum.Sign() <= 0 {
		return nil
	}
	limit := new(big.Int).Lsh(big.NewInt(1), 40)
	unit := new(big.Rat).SetInt(scale)
	if total := new(big.Rat).Mul(sum, unit); total.Num().Cmp(limit) > 0 {
		unit.SetInt(limit).Quo(unit, sum)
	}
	for rate := range alike {
		x := rate.Rat()
		x.Mul(x, unit)
		alike[rate] = new(big.Int).Div(x.Num(), x.Denom()).Int64()
	}
	units := make([]int64, len(g.Sys.Journeys))
	for i, j := range g.Sys.Journeys {
		units[i] = alike[j.Rate]
	}
	return units
}

// sumRates is the sum of rateUnits.
func sumRates(g *graph.Graph) int64 {
	var sum int64
	for _, r := range rateUnits(g) {
		sum += r
	}
	return sum
}
