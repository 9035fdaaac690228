package scaling

import (
	"time"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Result is how a system scales. Slices per service are by service number;
// everything else is in the order of the first service that it holds.
type Result struct {
	// Units are the scaling units (ours): classes of the closure of "same
	// deployment unit" and "same store that is not partitioned". Each is
	// ascending. What is in one cannot be scaled without the rest.
	Units [][]int32
	// UnitOf is the index in Units of each service.
	UnitOf []int32
	// Demand are the demand groups (ours): the closure of Units and hard
	// synchronous calls, undirected. They may share demand: an upper bound.
	Demand [][]int32

	// Deploy is what is deployed, and how often.
	Deploy []Deployable
	// DeployOf is the index in Deploy of each service.
	DeployOf []int32

	// Relative says that the file gives no load, or no service's duration: then
	// only the proportions of the numbers mean something.
	Relative bool
	// Assumed tells for each service whether its duration or memory is a
	// default of the table Defaults.
	Assumed []bool
	// Entries are the services where demand can enter, ascending, with what
	// enters, which may be nothing: exposed services, those with load, and where
	// journeys begin.
	Entries []Entry

	// Load is requests and events handled, in 1/s; undefined where calls come
	// round and grow.
	Load []graph.Value
	// Peak is Load when every entry is at its peak at once, in 1/s. What lies
	// behind a channel stays at its Load: the channel holds the rest back.
	Peak []graph.Value
	// Utilisation is the busy share of what always runs of the service's
	// deployable: busy replicas ÷ least replicas, 0 and up. Above 1 it must grow.
	Utilisation []graph.Value
	// Attempts is the worst-case number of attempts that one request at an
	// entry makes here when everything fails: the greatest product of
	// (1 + retries) along a path of calls that ends here, 1 and up (Beyer et al.,
	// Site Reliability Engineering, 2016, ch. 22). Undefined inside a cycle of
	// calls and, when calls in the cycle are retried, behind it.
	Attempts []graph.Value
	// Capacity is requests in 1/s that the service's replicas at base load can
	// serve when its deployable does nothing else.
	Capacity []graph.Value
	// HiddenCapacity is Capacity ÷ Attempts: the load above which a wave of
	// retries keeps the service busy for good (Bronson et al., HotOS 2021).
	HiddenCapacity []graph.Value
	// ReplicasAtPeak is the replicas of the service's deployable at Peak.
	ReplicasAtPeak []graph.Value

	// Stores and Channels are the load of each store and channel, in file order.
	Stores, Channels []Flow
	// Deadlines are the calls whose time runs out before the callee may give up.
	Deadlines []Deadline
	// Bottleneck is what saturates first.
	Bottleneck Bottleneck

	// Surge is the surge domain of every entry, in the order of Entries.
	Surge []Surge
	// Buffers is what the channels hold back when every entry is at its peak.
	Buffers []Buffer
	// Waste is 1 − needed ÷ provisioned footprint at Peak, in 0..1 (ours): the
	// share of memory that runs only because it cannot be left out.
	Waste graph.Value
	// FootprintNeeded and FootprintProvisioned are the two sides of Waste, in bytes.
	FootprintNeeded, FootprintProvisioned graph.Value
	// TotalReplicasAtPeak is the sum over Deploy.
	TotalReplicasAtPeak graph.Value
	// Cost is money for a month.
	Cost Cost

	// Problems names cycles of calls without end (errors) and loops through
	// channels that were followed once (notes).
	Problems model.Diagnostics

	state *state
}

// Entry is a place where demand enters.
type Entry struct {
	Service int32
	Rate    float64 // 1/s, outside a spike
	Peak    float64 // 1/s, in a spike; at least Rate
	// PeakGiven is false where the file gives no peak: then a spike is Rate ×
	// SpikeFactor, and the entry stays at Rate in the peak of the system unless
	// no entry has one.
	PeakGiven bool
	Duration  time.Duration // of the spike
}

// Deployable ships, crashes and replicates as one: a declared unit, or a
// service without one.
type Deployable struct {
	Node     int32 // the unit, or the service
	Services []int32
	Min, Max int // replicas; Max 0: no bound
	Memory   int64
	Startup  time.Duration // until a new replica serves: the slowest member
	// Busy and BusyAtPeak are replicas at work: Σ load × duration ÷ concurrency
	// (utilisation law).
	Busy, BusyAtPeak graph.Value
	// Replicas and ReplicasAtPeak are ceil(Σ load × duration ÷ (concurrency ×
	// target)), within Min and Max, at least 1.
	Replicas, ReplicasAtPeak graph.Value
	// Short says that Max is below what keeps it at its target at the peak.
	Short bool
	// Footprint is ReplicasAtPeak × Memory, in bytes.
	Footprint graph.Value
	// Needed is the footprint, in bytes, if each member had replicas of its own.
	Needed graph.Value
	// InFlight is requests being served at once at Peak, by Little's law: for a
	// function its concurrent executions.
	InFlight graph.Value
}

// Flow is what passes a store or channel.
type Flow struct {
	Node        int32
	Load, Peak  graph.Value // operations or events, in 1/s
	Utilisation graph.Value // Load ÷ capacity; undefined without a capacity

	bounded bool // the file gives a capacity
}

// Bottleneck is the part of the system that saturates first when all demand
// grows alike: the one with the largest share of its capacity in use (Lazowska
// et al., 1984). Those with a bound count (Max, capacity); if nothing has one,
// the deployable with the highest Utilisation.
type Bottleneck struct {
	Node    int32 // -1: nothing has load
	Bounded bool
	Share   graph.Value // of the capacity in use; Growth = 1 ÷ Share
	Growth  graph.Value // factor by which demand may grow until it saturates
	// Unknown are those whose load is undefined, and which may saturate before
	// Node: the ones with a bound, if there are any.
	Unknown []int32
}

// Surge is everything that feels a spike at an entry at once: forward over
// synchronous calls, hard and soft; cut at channels.
type Surge struct {
	Entry int32
	// Services are those in the domain, ascending, with the entry; MustScale
	// are the services of all scaling units that it touches. Both are nil in
	// Result.Surge when the lists of all entries together would be longer than
	// listLimit: Result.Domain gives them.
	Services, MustScale []int32
	// Reached and Forced are the lengths of the two lists, always known.
	Reached, Forced int
	Share           float64 // Forced ÷ all services, 0..1
}

// Deadline is a call whose caller stops waiting before the callee's own calls,
// with all their attempts one after another, have run out of time (ours).
type Deadline struct {
	Caller, Callee int32
	Timeout        time.Duration // of the call
	Needed         time.Duration // Σ attempts × timeout over the callee's calls
	Origin         *model.Origin // of the call
}

// Buffer is one queue of events in front of consumers in a surge, as a fluid:
// each consumer of a router, topic or stream has its own, the consumers of a
// queue share one.
type Buffer struct {
	Channel   int32
	Consumers []int32
	// Base and Surge are events arriving, and Capacity events the consumers can
	// take with the replicas they run, in 1/s.
	Base, Surge, Capacity float64
	Duration              time.Duration // of the surge
	Backlog               float64       // most events waiting
	OldestAge             float64       // longest wait, in seconds
	Drain                 float64       // from the end of the surge until empty, in seconds
	Never                 bool          // it does not drain: Capacity ≤ Base; Drain means nothing
	// Refused are events beyond the channel's capacity that no outbox keeps;
	// Expired those that wait longer than its retention. Without end when Never.
	Refused, Expired, Lost float64
}

// Spiked is the system in one spike at one place.
type Spiked struct {
	Entry          int32
	Before, After  float64 // demand there, in 1/s
	Duration       time.Duration
	Assumed        bool // the file gives no peak, or no rate, for this place
	Domain         Surge
	Deploy         []Change // by Result.Deploy
	Buffers        []Buffer // of the channels downstream, in file order
	ReplicasBefore graph.Value
	ReplicasAfter  graph.Value
	Added          graph.Value
	// Scaled is how many deployables grow.
	Scaled int
	// Footprint, in bytes: before, after, and what the services that feel the
	// spike would need if they could grow alone; Waste = 1 − Needed ÷ After.
	FootprintBefore, FootprintAfter, FootprintNeeded graph.Value
	Waste                                            graph.Value
}

// Change is what a spike does to one deployable.
type Change struct {
	Before, After, Added graph.Value // replicas
	Hit                  bool        // a member is in the surge domain
	Short                bool        // its bound is below what keeps it at Target in the spike
	Busy                 graph.Value // busy share of a replica in the spike, with After of them; above 1 work piles up
	Target               float64     // busy share that its replicas are planned for
	Footprint            graph.Value // after, in bytes
	Needed               graph.Value // footprint if each member had replicas of its own, in bytes
	// Overload is requests that find no free replica until the new ones have
	// started: (load − capacity before) × start-up time, 0 and up.
	Overload graph.Value
	// Course is the input of Simulate for a picture of the time until then.
	Course Course
}

// Cost is money for a month of 730 hours, at the file's prices. Undefined
// where nothing has such a price, and for relative loads.
type Cost struct {
	// Provisioned is replicas at peak, all month, by replica_hour.
	Provisioned graph.Value
	// Used is pay-for-value: requests and memory-seconds at the average load.
	Used graph.Value
	// BreakEven is the utilisation of owned capacity, 0..1, above which owning
	// it is cheaper, over what has both prices: 1 ÷ utility premium (Weinman, 2009).
	BreakEven graph.Value
	Items     []CostItem
}

// CostItem is the share of one deployable, store or channel with a price.
type CostItem struct {
	Node                         int32
	Provisioned, Used, BreakEven graph.Value

	owned, used float64 // a busy replica-hour by each price, when it has both
}
