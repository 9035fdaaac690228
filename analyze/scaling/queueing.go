package scaling

import (
	"math"

	"github.com/taut-dev/taut/analyze/graph"
)

// waitLimit is the most servers for which a wait is computed: the recursion
// takes a step for each.
const waitLimit = 100_000

// ErlangB is the share of requests, in 0..1, that find all servers busy when
// nothing waits, for an offered load in erlangs (Erlang, 1917).
func ErlangB(servers int, erlangs float64) float64 {
	b := 1.0
	for n := 1; n <= servers; n++ {
		x := float64(erlangs * b)
		b = x / (float64(n) + x)
	}
	return b
}

// ErlangC is the share of requests, in 0..1, that must wait when they do wait;
// 1 when the servers cannot keep up (Erlang, 1917).
func ErlangC(servers int, erlangs float64) float64 {
	rho := erlangs / float64(servers)
	if !(rho < 1) {
		return 1
	}
	b := ErlangB(servers, erlangs)
	return b / (1 - float64(rho*(1-b)))
}

// ServersFor is the fewest servers that keep ErlangB at or below a share of
// blocked requests, 0 < blocking ≤ 1; ok is false beyond waitLimit.
func ServersFor(erlangs, blocking float64) (servers int, ok bool) {
	b := 1.0
	for n := 0; n <= waitLimit; n++ {
		if b <= blocking {
			return n, true
		}
		x := float64(erlangs * b)
		b = x / (float64(n+1) + x)
	}
	return 0, false
}

// Station is an M/M/c queue in steady state (Kleinrock, 1975). Times are in
// seconds; all but Utilisation are undefined when it cannot keep up.
type Station struct {
	Utilisation graph.Value // of one server, 0 and up
	Wait        graph.Value // mean time before service
	Response    graph.Value // with service
	Waiting     graph.Value // mean requests waiting
	Inside      graph.Value // mean requests waiting or in service
}

// NewStation computes an M/M/c queue from arrivals in 1/s, the mean service
// time in seconds and the number of servers.
func NewStation(rate, service float64, servers int) Station {
	if servers < 1 || servers > waitLimit {
		return Station{}
	}
	erlangs := float64(rate * service)
	s := Station{Utilisation: graph.Number(erlangs / float64(servers))}
	if !(s.Utilisation.F < 1) {
		return s
	}
	wait := ErlangC(servers, erlangs) * service / (float64(servers) - erlangs)
	s.Wait = graph.Number(wait)
	s.Response = graph.Number(wait + service)
	s.Waiting = graph.Number(rate * wait)
	s.Inside = graph.Number(float64(rate*wait) + erlangs)
	return s
}

// Late is the share of requests, in 0..1, that wait longer than t seconds.
func Late(rate, service float64, servers int, t float64) float64 {
	spare := float64(servers)/service - rate
	if spare <= 0 {
		return 1
	}
	return ErlangC(servers, rate*service) * math.Exp(-spare*t)
}

// Limits are the asymptotic bounds of a closed system with one server a
// station (Denning and Buzen, 1978).
type Limits struct {
	Throughput float64 // at most, in 1/s
	Response   float64 // at least, in seconds
	Knee       float64 // users above which the bottleneck rules
}

// Bounds gives the limits for a number of users that think for a time between
// requests, in seconds, and the service demands of the stations, in seconds a
// request.
func Bounds(users int, think float64, demands []float64) Limits {
	total, top := 0.0, 0.0
	for _, d := range demands {
		total += d
		top = max(top, d)
	}
	n := float64(users)
	return Limits{
		Throughput: min(1/top, n/(total+think)),
		Response:   max(total, float64(n*top)-think),
		Knee:       (total + think) / top,
	}
}

// Concurrency is requests in service at once by Little's law (1961): rate in
// 1/s, duration in seconds.
func Concurrency(rate, duration float64) float64 { return rate * duration }
