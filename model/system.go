package model

import (
	"slices"
	"time"
)

// System is one architecture file with everything it includes. Slices are in
// file order. Defaults are filled in; Origin.Has tells what the file gave.
type System struct {
	Origin
	Version      int
	Name         string
	Description  string
	Include      []string
	Teams        []*Team
	Services     []*Service
	Stores       []*Store
	Channels     []*Channel
	Externals    []*External
	Platforms    []*Platform
	Units        []*Unit
	Journeys     []*Journey
	Designs      []*Design
	Compare      []string
	Budgets      []*Budget
	Strengths    []Strength // overrides of the table of coupling strengths
	Lint         Lint
	Suppressions []Suppression // "# taut: ignore" comments
	Design       string        // which design this is: "base" as read, else the id of the design that made it
	Notes        []string      // what a preset did that a reader should know
}

// Entity is what all named things have.
type Entity struct {
	Origin
	ID           string
	Name         string // label people see; empty: the id
	Description  string
	Owner        string // a team; empty: nobody
	Domain       string
	Tier         int // 1 (critical) to 4; default 3
	Tags         []string
	URL          string
	Lifecycle    Lifecycle
	Availability *float64 // share of time it works by itself; nil: assumed by kind
	RunsOn       []Ground
}

// Label is the name, or the id where no name is given.
func (e *Entity) Label() string {
	if e.Name != "" {
		return e.Name
	}
	return e.ID
}

// The closed vocabularies of the language. The zero value is never a word of
// the language: decoding fills in the default.
type (
	// Lifecycle is where in its life an entity is: experimental, production, deprecated.
	Lifecycle string
	// Runtime is what a service, unit, store or channel runs as: server, container, function, managed.
	Runtime string
	// Volatility is how often what a service does changes: low, high.
	Volatility string
	// APIStyle is how an API is called: rest, grpc, graphql, soap, events, none.
	APIStyle string
	// Auth is how an API authenticates its callers: none, key, basic, oidc, mtls, iam.
	Auth string
	// Pipeline is how a service ships: own, shared, manual.
	Pipeline string
	// Access is what a dependency does with a store: read, write, read-write.
	Access string
	// Knowledge is how much of the other side a dependency must know: contract, model, internals.
	Knowledge string
	// StoreKind is the kind of a data store.
	StoreKind string
	// ChannelKind is the kind of a channel: router, queue, topic, stream.
	ChannelKind string
	// Isolation says whether the services of a unit crash together (none) or alone (process).
	Isolation string
	// Preset names a rewriting of the model into another design.
	Preset string
)

// The words of the vocabularies.
const (
	Experimental Lifecycle = "experimental"
	Production   Lifecycle = "production"
	Deprecated   Lifecycle = "deprecated"

	Server    Runtime = "server"
	Container Runtime = "container"
	Function  Runtime = "function"
	Managed   Runtime = "managed"

	LowVolatility  Volatility = "low"
	HighVolatility Volatility = "high"

	AuthNone Auth = "none"

	OwnPipeline    Pipeline = "own"
	SharedPipeline Pipeline = "shared"
	ManualPipeline Pipeline = "manual"

	Read      Access = "read"
	Write     Access = "write"
	ReadWrite Access = "read-write"

	KnowsContract  Knowledge = "contract"
	KnowsModel     Knowledge = "model"
	KnowsInternals Knowledge = "internals"

	Router ChannelKind = "router"
	Queue  ChannelKind = "queue"
	Topic  ChannelKind = "topic"
	Stream ChannelKind = "stream"

	NoIsolation      Isolation = "none"
	ProcessIsolation Isolation = "process"

	PresetMonolith      Preset = "monolith"
	PresetMicroservices Preset = "microservices"
	PresetEventDriven   Preset = "event-driven"
	PresetServerless    Preset = "serverless"
	PresetHybrid        Preset = "hybrid"
)

// Team is a group of people who own things.
type Team struct {
	Origin
	ID      string
	Name    string
	Members int // people; 0: not given
}

// Service is something that runs and does work for others.
type Service struct {
	Entity
	Volatility Volatility
	Keep       string // "monolith": stays in the monolith in the hybrid design
	Technology []string
	Runtime    Runtime
	Exposed    bool
	API        *API        // nil: not given
	Operations *Operations // nil: not given
	Load       *Demand     // nil: no demand from outside
	Scaling    *Scaling    // nil: not given
	Cost       *Cost       // nil: not given
	DependsOn  []Dependency
	Publishes  []Publication
	Consumes   []Consumption
}

// API is what others may rely on.
type API struct {
	Style     APIStyle
	Contract  string // path or URL of a published, versioned contract
	Version   string
	Auth      Auth // empty: not given
	RateLimit Rate
}

// Operations is how well a service can be run. nil: not given.
type Operations struct {
	Logs, Metrics, Traces, HealthCheck *bool
	SLO                                *float64
	Pipeline                           Pipeline // empty: not given
	InfrastructureAsCode               *bool
}

// Demand is requests that enter from outside the system: the key load.
type Demand struct {
	Rate         Rate
	Peak         Rate          // zero: not given
	PeakDuration time.Duration // zero: not given
}

// Scaling is how a replica behaves and how many there may be.
type Scaling struct {
	Duration          time.Duration // busy time for one request on one replica; 0: not given
	Concurrency       int           // requests one replica serves at a time; default 1
	Min               int           // replicas; default 1
	Max               int           // replicas; 0: no bound given
	Memory            int64         // bytes of one replica; 0: not given
	Startup           time.Duration // until a new replica serves; 0: at once
	TargetUtilisation float64       // default 0.7
}

// Cost is prices, in one currency of the user's choice.
type Cost struct {
	ReplicaHour     float64
	MillionRequests float64
	GBSecond        float64
	Idle            float64 // for an hour without any request
	FreeRequests    float64 // a month
	FreeGBSeconds   float64 // a month
}

// Dependency is a synchronous call, or the use of a store.
type Dependency struct {
	Origin
	To             []string // one id, or the members of any_of
	AnyOf          bool     // written as any_of (also with a single member)
	AtLeast        int      // how many members must be up; default 1
	CommonCause    float64  // share of the members' own failures that hit all of them at once; default 0
	Soft           bool     // without it this service degrades; implied by a fallback
	Fallback       string
	Timeout        time.Duration // 0: not given
	Retries        int           // attempts after the first
	CircuitBreaker bool
	Calls          float64 // mean calls for one request handled here; default 1
	AnswerLater    bool    // answer: later — could be an event
	Access         Access  // stores only; default read
	Knows          Knowledge
}

// Publication is a service sending events to a channel.
type Publication struct {
	Origin
	To     string
	Events []string // none: all
	Outbox bool
	Soft   bool
	Calls  float64 // mean events for one request handled here; default 1
}

// Consumption is a service taking events from a channel.
type Consumption struct {
	Origin
	From    string
	Events  []string // none: all
	Awaits  bool     // waits while nobody who publishes one of the events is well
	Answers []string // those of Events that are answers: waits while one of them has no publisher that is well
}

// Part is what a service takes from a channel under one rule of waiting.
type Part struct {
	Events []string // none: all
	Awaits bool
}

// Parts splits a consumption: each answer by itself, and the rest together.
func (c *Consumption) Parts() []Part {
	if len(c.Answers) == 0 {
		return []Part{{c.Events, c.Awaits}}
	}
	var parts []Part
	rest := slices.DeleteFunc(slices.Clone(c.Events), func(e string) bool { return slices.Contains(c.Answers, e) })
	if len(rest) > 0 {
		parts = append(parts, Part{rest, c.Awaits})
	}
	for _, a := range c.Answers {
		parts = append(parts, Part{[]string{a}, true})
	}
	return parts
}

// Ground is a platform, unit or other thing that an entity stands on.
type Ground struct {
	Origin
	To          []string
	AnyOf       bool
	AtLeast     int
	CommonCause float64 // share of the members' own failures that hit all of them at once; default 0
}

// Store keeps data.
type Store struct {
	Entity
	Kind        StoreKind
	Runtime     Runtime // default server
	Capacity    Rate
	Partitioned bool
	Encrypted   *bool // nil: not given
	Data        []string
	Cost        *Cost
}

// Channel carries events between services.
type Channel struct {
	Entity
	Kind       ChannelKind
	Runtime    Runtime // default server
	Capacity   Rate
	Retention  time.Duration // 0: not given
	DeadLetter *bool
	Archive    *bool
	Cost       *Cost
}

// External is something that others run.
type External struct {
	Entity
}

// Platform is shared ground: a cluster, host, zone, region.
type Platform struct {
	Entity
}

// Unit is what is deployed, crashes and scales as one.
type Unit struct {
	Entity
	Services  []string
	Isolation Isolation
	Runtime   Runtime
	Replicas  *Replicas // nil: its members' bounds
	Cost      *Cost
}

// Replicas bounds how many copies of a unit run.
type Replicas struct {
	Min int
	Max int // 0: no bound
}

// Journey is something users do.
type Journey struct {
	Origin
	ID        string
	Name      string
	Entry     string
	Rate      Rate
	Requires  []string
	Optional  []string
	Objective *float64
	Implied   bool // made for an entry point because the file declares no journeys
}

// Design is another design of the same system: a preset, a patch, or both.
type Design struct {
	Origin
	ID          string
	Name        string
	Description string
	Preset      Preset // empty: none
	Patch       *Node  // mapping of what to merge; nil: none
}

// Budget is the limits of one subject. Scope is "system", "services", "teams"
// or "journeys"; Subject is empty for the system, "default", or a name.
type Budget struct {
	Origin
	Scope   string
	Subject string
	Limits  []Limit
	Reason  string
	Owner   string
	Until   Date
}

// Limit is one bound on one metric: a plain number, whose side the metric's
// direction decides, or an explicit min and max.
type Limit struct {
	Origin
	Metric   string
	Value    *float64
	Min, Max *float64
}

// Strength overrides one factor of the coupling strength table.
type Strength struct {
	Origin
	Factor string
	Value  float64 // 0..1
}

// Lint configures the rules.
type Lint struct {
	Origin
	Strict bool
	Rules  []RuleSeverity
	Ignore []Ignore
	Custom []CustomRule
}

// CustomRule is a lint rule that the file brings itself: an expression that is
// true where something is wrong. For is what it is evaluated for: service,
// dependency, store, channel, team, journey, system.
type CustomRule struct {
	Origin
	ID       string
	Severity Severity
	For      string
	When     string
	Message  string // with expressions in braces
	Hint     string // likewise; may be empty
}

// RuleSeverity overrides the severity of one rule.
type RuleSeverity struct {
	Origin
	Rule     string
	Severity Severity
}

// Ignore is a waiver: findings of a rule at a subject are not reported.
type Ignore struct {
	Origin
	Rule   string
	At     string // path of the subject: services.legacy; empty: everywhere
	Reason string
	Owner  string
	Until  Date
}

// Suppression is a "# taut: ignore RULE reason" comment: it silences findings
// of the rule on its own line, or on the next when it stands alone on a line.
type Suppression struct {
	Pos    Pos
	Line   int // the line whose findings it silences
	Rule   string
	Reason string
}
