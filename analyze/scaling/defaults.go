package scaling

import (
	"math/big"
	"time"

	"github.com/taut-dev/taut/model"
)

// What is assumed where the file says nothing. Every number that used one is
// marked: Result.Relative, Result.Assumed, Spiked.Assumed.
const (
	// UnitRate is the demand at each entry, in 1/s, when the file gives none.
	UnitRate = 1
	// SpikeFactor is peak ÷ rate where no peak is given.
	SpikeFactor = 10
	// SpikeDuration is how long a spike lasts where no peak_duration is given.
	SpikeDuration = 10 * time.Minute
	// RequestDuration is the busy time of one request.
	RequestDuration = 100 * time.Millisecond
	// ReplicaMemory is the footprint of one replica in bytes.
	ReplicaMemory = 512 << 20
	// TargetUtilisation is the busy share of a replica that one plans for.
	TargetUtilisation = 0.7
	// MonthHours is the length of the month that costs are given for.
	MonthHours = 730
)

// Default is one row of the table of assumptions.
type Default struct {
	Key, Value, Doc string
}

// Defaults lists what is assumed, for people.
func Defaults() []Default {
	return []Default{
		{"load.rate", "1/s", "at every entry, when the file gives no load at all; results are then relative"},
		{"load.peak", "10 × rate", "where no peak is given"},
		{"load.peak_duration", "10m", "how long a spike lasts"},
		{"scaling.duration", "100ms", "busy time of one request on one replica"},
		{"scaling.concurrency", "1", "requests that one replica serves at a time"},
		{"scaling.memory", "512MiB", "footprint of one replica"},
		{"scaling.min", "1", "replicas; a deployable never has fewer"},
		{"scaling.max", "no bound", "replicas"},
		{"scaling.startup", "0s", "until a new replica serves"},
		{"scaling.target_utilisation", "70%", "busy share that replicas are planned for"},
		{"month", "730h", "for costs"},
	}
}

// profile is the scaling of one service with the defaults filled in.
type profile struct {
	duration    time.Duration
	concurrency int64
	target      float64
	memory      int64
	startup     time.Duration
	min, max    int
	timed       bool // the file gives the duration
	assumed     bool // the duration or the memory is a default
	exact       *perRate
}

// perRate is what one request a second asks for, exactly: replicas at work, and
// replicas planned (the same ÷ target).
type perRate struct{ work, plan *big.Rat }

// newProfiles reads all services. Most are alike, and share their rationals.
func newProfiles(services []*model.Service) []profile {
	type kind struct {
		duration    time.Duration
		concurrency int64
		target      float64
	}
	seen := map[kind]*perRate{}
	out := make([]profile, len(services))
	for i, s := range services {
		p := newProfile(s)
		k := kind{p.duration, p.concurrency, p.target}
		if seen[k] == nil {
			work := big.NewRat(int64(p.duration), 1_000_000_000)
			work.Mul(work, big.NewRat(1, p.concurrency))
			seen[k] = &perRate{work, new(big.Rat).Quo(work, model.Exact(p.target))}
		}
		p.exact = seen[k]
		out[i] = p
	}
	return out
}

// newProfile reads the scaling of a service.
func newProfile(s *model.Service) profile {
	p := profile{concurrency: 1, min: 1}
	if x := s.Scaling; x != nil {
		p = profile{duration: x.Duration, concurrency: int64(max(x.Concurrency, 1)), target: x.TargetUtilisation,
			memory: x.Memory, startup: x.Startup, min: max(x.Min, 1), max: max(x.Max, 0)}
	}
	p.timed = p.duration > 0
	p.assumed = !p.timed || p.memory <= 0
	if !p.timed {
		p.duration = RequestDuration
	}
	if p.memory <= 0 {
		p.memory = ReplicaMemory
	}
	if p.target <= 0 {
		p.target = TargetUtilisation
	}
	return p
}

// seconds is the busy time of one request.
func (p *profile) seconds() float64 { return p.duration.Seconds() }

// perRequest is the share of a replica that one request a second keeps busy.
func (p *profile) perRequest() float64 { return p.seconds() / float64(p.concurrency) }
