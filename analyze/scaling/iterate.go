package scaling

import "slices"

// How long large cycles are iterated.
const (
	boundRounds = 1_000
	fadeBound   = 0.999  // above it, a radius is too close to 1 to tell
	flowRounds  = 50_000 // enough for fadeBound to settle
	flowClose   = 1e-14  // relative change at which a flow has settled
)

// fades says whether the spectral radius of a large component is below 1, by
// the bounds of Collatz (1942) and Wielandt (1950): for any y > 0 it lies
// between the least and the greatest (P·y)ᵢ ÷ yᵢ, and iteration narrows them.
// What stays above fadeBound counts as not fading.
func (t *traffic) fades(comp int32) bool {
	row := t.members.Out(comp)
	y := slices.Repeat([]float64{1}, len(row))
	z := make([]float64, len(row))
	for range boundRounds {
		t.apply(comp, y, z)
		low, high, top := z[0]/y[0], z[0]/y[0], 0.0
		for i := range y {
			low, high = min(low, z[i]/y[i]), max(high, z[i]/y[i])
			y[i] = (y[i] + z[i]) / 2 // the mean keeps a component that pulses from pulsing on
			top = max(top, y[i])
		}
		if high < fadeBound {
			return true
		}
		if low >= 1 || !known(top) {
			return false
		}
		for i := range y {
			y[i] = max(y[i]/top, 1e-300)
		}
	}
	return false
}

// apply sets z to P·y: for each service of a component, its calls inside.
func (t *traffic) apply(comp int32, y, z []float64) {
	for i, v := range t.members.Out(comp) {
		z[i] = 0
		for _, e := range t.out(v) {
			if int(e.to) < t.services && t.comp[e.to] == comp {
				z[i] += floats{}.weigh(y[t.local[e.to]], &e)
			}
		}
	}
}

// iterate solves the visits of a large component that fades: it adds up the
// rounds until what is left no longer changes the sum.
func iterate(c *carrier[float64], comp int32) {
	row := c.members.Out(comp)
	round := make([]float64, len(row))
	for i, v := range row {
		round[i] = c.flow[v]
	}
	next := make([]float64, len(row))
	for range flowRounds {
		clear(next)
		for i, v := range row {
			for _, e := range c.out(v) {
				if round[i] > 0 && int(e.to) < c.services && c.comp[e.to] == comp {
					next[c.local[e.to]] += floats{}.weigh(round[i], &e)
				}
			}
		}
		settled := true
		for i, v := range row {
			c.flow[v] += next[i]
			settled = settled && next[i] <= c.flow[v]*flowClose
		}
		round, next = next, round
		if settled {
			return
		}
	}
}
