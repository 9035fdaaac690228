package scaling

import (
	"math"
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Amplification is the product of the attempts of each layer: how many requests
// one becomes at the bottom when everything fails. A retry is an attempt after
// the first, so `retries: 2` is 3 attempts.
func Amplification(attempts ...float64) float64 {
	x := 1.0
	for _, a := range attempts {
		x *= a
	}
	return x
}

// attempts computes Result.Attempts over the components of calls, callers first.
func (t *traffic) attempts() []graph.Value {
	n := t.members.Len()
	into := make([]float64, n) // greatest product that arrives; +Inf: without end
	for i := range into {
		into[i] = 1
	}
	out := make([]graph.Value, t.services)
	for c := int32(n) - 1; c >= 0; c-- {
		if t.loops[c] && t.retried(c) {
			into[c] = math.Inf(1)
		}
		for _, v := range t.members.Out(c) {
			if !t.loops[c] && known(into[c]) {
				out[v] = graph.Number(into[c])
			}
			for _, e := range t.out(v) {
				if int(e.to) < t.services && t.comp[e.to] != c {
					x := Amplification(into[c], float64(1+e.retries))
					into[t.comp[e.to]] = max(into[t.comp[e.to]], x)
				}
			}
		}
	}
	return out
}

// retried says whether a call inside a component is tried more than once.
func (t *traffic) retried(c int32) bool {
	for _, v := range t.members.Out(c) {
		for _, e := range t.out(v) {
			if int(e.to) < t.services && t.comp[e.to] == c && e.retries > 0 {
				return true
			}
		}
	}
	return false
}

// deadlines finds calls that end before the callee may have given up. Retries,
// and the members of an any_of, are taken to follow one another.
func deadlines(g *graph.Graph) []Deadline {
	needed := make([]time.Duration, g.Services())
	for s, x := range g.Sys.Services {
		for i := range x.DependsOn {
			needed[s] = addTime(needed[s], patience(&x.DependsOn[i]))
		}
	}
	var list []Deadline
	for s, x := range g.Sys.Services {
		for i := range x.DependsOn {
			d := &x.DependsOn[i]
			for _, v := range g.Needs(int32(s), i) {
				if v >= 0 && int(v) < g.Services() && int(v) != s && d.Timeout > 0 && d.Timeout < needed[v] {
					list = append(list, Deadline{int32(s), v, d.Timeout, needed[v], &d.Origin})
				}
			}
		}
	}
	return list
}

// patience is how long a dependency may take until its caller gives up.
func patience(d *model.Dependency) time.Duration {
	tries := float64(1+d.Retries) * float64(len(d.To))
	if x := float64(d.Timeout) * tries; x < math.MaxInt64 {
		return d.Timeout * time.Duration(tries)
	}
	return math.MaxInt64
}

// addTime adds durations and stays at the longest there is.
func addTime(a, b time.Duration) time.Duration {
	if sum := a + b; sum >= a {
		return sum
	}
	return math.MaxInt64
}
