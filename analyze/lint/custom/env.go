package custom

import "github.com/taut-dev/taut/model"

// The environments: what expressions can name. The tag expr is the name, doc
// its meaning; checks, suggestions and documentation read both. Types are the
// words of typeWord.

// common is what all declared things have.
type common struct {
	ID           string   `expr:"id" doc:"its id"`
	Name         string   `expr:"name" doc:"the label people see: its name, or else the id"`
	Owner        string   `expr:"owner" doc:"the team responsible for it; empty: nobody"`
	Domain       string   `expr:"domain" doc:"the part of the business it belongs to; may be empty"`
	Tier         int      `expr:"tier" doc:"1 (critical) to 4"`
	Lifecycle    string   `expr:"lifecycle" doc:"experimental, production or deprecated"`
	Tags         []string `expr:"tags" doc:"its free labels"`
	URL          string   `expr:"url" doc:"where to read more; may be empty"`
	Availability float64  `expr:"availability" doc:"the share of time it works by itself, as declared, 0 to 1; undefined where the file does not say"`
	RunsOn       []string `expr:"runs_on" doc:"ids of what it stands on"`
}

// service is one service.
type service struct {
	common
	Runtime    string         `expr:"runtime" doc:"server, container, function or managed"`
	Exposed    bool           `expr:"exposed" doc:"reachable from outside the system"`
	Volatility string         `expr:"volatility" doc:"how often what it does changes: low or high"`
	Technology []string       `expr:"technology" doc:"what it is built with"`
	Unit       string         `expr:"unit" doc:"id of the unit it is deployed in; empty where none is declared"`
	API        api            `expr:"api" doc:"what others may rely on"`
	Operations operations     `expr:"operations" doc:"how well it can be run"`
	Load       load           `expr:"load" doc:"demand from outside"`
	Scaling    scaling        `expr:"scaling" doc:"a replica, and how many there may be"`
	DependsOn  []*dependency  `expr:"depends_on" doc:"its dependencies, each member of an any_of by itself"`
	Dependents []*dependency  `expr:"dependents" doc:"the dependencies of others on it"`
	Publishes  []string       `expr:"publishes" doc:"ids of the channels it sends events to"`
	Consumes   []string       `expr:"consumes" doc:"ids of the channels it takes events from"`
	Metrics    serviceMetrics `expr:"metrics" doc:"every metric of a service that is a number, by id"`
}

type api struct {
	Given     bool    `expr:"given" doc:"the file describes it"`
	Style     string  `expr:"style" doc:"rest, grpc, graphql, soap, events or none; empty where it is not described"`
	Contract  string  `expr:"contract" doc:"path or address of the contract; may be empty"`
	Version   string  `expr:"version" doc:"version of the contract; may be empty"`
	Auth      string  `expr:"auth" doc:"none, key, basic, oidc, mtls or iam; empty where the file does not say"`
	RateLimit float64 `expr:"rate_limit" doc:"most requests a second; 0 where the file does not say"`
}

type operations struct {
	Logs                 bool    `expr:"logs" doc:"the file says that it writes logs to a common place"`
	Metrics              bool    `expr:"metrics" doc:"the file says that it reports metrics"`
	Traces               bool    `expr:"traces" doc:"the file says that it takes part in traces"`
	HealthCheck          bool    `expr:"health_check" doc:"the file says that it answers whether it is well"`
	InfrastructureAsCode bool    `expr:"infrastructure_as_code" doc:"the file says that its infrastructure is made by program"`
	SLO                  float64 `expr:"slo" doc:"the promised share, 0 to 1; undefined where the file does not say"`
	Pipeline             string  `expr:"pipeline" doc:"own, shared or manual; empty where the file does not say"`
}

type load struct {
	Rate         float64 `expr:"rate" doc:"requests a second in normal times; 0 where the file does not say"`
	Peak         float64 `expr:"peak" doc:"requests a second at the peak; 0 where the file does not say"`
	PeakDuration float64 `expr:"peak_duration" doc:"seconds that the peak lasts; 0 where the file does not say"`
}

type scaling struct {
	Duration          float64 `expr:"duration" doc:"busy seconds for one request; 0 where the file does not say"`
	Concurrency       int     `expr:"concurrency" doc:"requests that one replica serves at a time"`
	Min               int     `expr:"min" doc:"fewest replicas"`
	Max               int     `expr:"max" doc:"most replicas; 0: no bound"`
	Memory            float64 `expr:"memory" doc:"bytes of one replica; 0 where the file does not say"`
	Startup           float64 `expr:"startup" doc:"seconds until a new replica serves"`
	TargetUtilisation float64 `expr:"target_utilisation" doc:"share of its time that a replica should be busy, 0 to 1"`
}

// target is the other end of a dependency.
type target struct {
	common
	Kind    string         `expr:"kind" doc:"service, store or external"`
	Runtime string         `expr:"runtime" doc:"what it runs as; empty for externals"`
	Exposed bool           `expr:"exposed" doc:"a service that is reachable from outside"`
	Unit    string         `expr:"unit" doc:"id of the unit a service is deployed in; may be empty"`
	API     api            `expr:"api" doc:"what others may rely on, of a service"`
	Users   int            `expr:"users" doc:"how many services depend on it"`
	Metrics serviceMetrics `expr:"metrics" doc:"metrics of a service; undefined for all else"`
}

// dependency is a call, or the use of a store.
type dependency struct {
	From           *service `expr:"from" doc:"who depends"`
	To             *target  `expr:"to" doc:"on whom"`
	Needs          string   `expr:"needs" doc:"hard: it cannot work without; soft: it degrades"`
	Fallback       string   `expr:"fallback" doc:"what it does instead; may be empty"`
	Timeout        float64  `expr:"timeout" doc:"seconds it waits for an answer; 0 where the file does not say"`
	Retries        int      `expr:"retries" doc:"attempts after the first"`
	CircuitBreaker bool     `expr:"circuit_breaker" doc:"stops calling for a while when calls keep failing"`
	Calls          float64  `expr:"calls" doc:"mean calls for one request"`
	Answer         string   `expr:"answer" doc:"now, or later: the call could be an event"`
	Access         string   `expr:"access" doc:"of a store: read, write or read-write"`
	Knows          string   `expr:"knows" doc:"how much of the other side it must know: contract, model or internals"`
	Alternatives   int      `expr:"alternatives" doc:"how many members its any_of has; 1 for a plain dependency"`
	CrossesTeams   bool     `expr:"crosses_teams" doc:"both ends have owners, and these differ"`
	CrossesDomains bool     `expr:"crosses_domains" doc:"both ends have domains, and these differ"`
	SameUnit       bool     `expr:"same_unit" doc:"both ends are services of one declared unit"`
	Strength       float64  `expr:"strength" doc:"strength of the coupling, 0 to 1; undefined where it couples no services"`

	pos model.Pos
}

type store struct {
	common
	Kind        string     `expr:"kind" doc:"relational, document, key-value and so on"`
	Runtime     string     `expr:"runtime" doc:"server, container, function or managed"`
	Capacity    float64    `expr:"capacity" doc:"most requests a second; 0 where the file does not say"`
	Partitioned bool       `expr:"partitioned" doc:"its users can scale without scaling it as a whole"`
	Encrypted   bool       `expr:"encrypted" doc:"the file says that data at rest is encrypted"`
	Data        []string   `expr:"data" doc:"kinds of data it holds"`
	Users       []*service `expr:"users" doc:"the services that use it"`
}

type channel struct {
	common
	Kind       string     `expr:"kind" doc:"router, queue, topic or stream"`
	Runtime    string     `expr:"runtime" doc:"server, container, function or managed"`
	Capacity   float64    `expr:"capacity" doc:"most events a second; 0 where the file does not say"`
	Retention  float64    `expr:"retention" doc:"seconds that it keeps what nobody took; 0 where the file does not say"`
	DeadLetter bool       `expr:"dead_letter" doc:"the file says that it keeps apart what nobody could handle"`
	Archive    bool       `expr:"archive" doc:"the file says that it keeps all events"`
	Publishers []*service `expr:"publishers" doc:"the services that send to it"`
	Consumers  []*service `expr:"consumers" doc:"the services that take from it"`
}

type team struct {
	ID       string      `expr:"id" doc:"its id"`
	Name     string      `expr:"name" doc:"the label people see: its name, or else the id"`
	Declared bool        `expr:"declared" doc:"the file has it under teams; else only an owner names it"`
	Members  int         `expr:"members" doc:"people in it; 0 where the file does not say"`
	Services []*service  `expr:"services" doc:"the services it owns"`
	Metrics  teamMetrics `expr:"metrics" doc:"every metric of a team, by id"`

	pos model.Pos
}

type journey struct {
	ID        string         `expr:"id" doc:"its id"`
	Name      string         `expr:"name" doc:"the label people see: its name, or else the id"`
	Entry     *service       `expr:"entry" doc:"the service where it starts"`
	Rate      float64        `expr:"rate" doc:"how often a second users do it; 0 where the file does not say"`
	Requires  []string       `expr:"requires" doc:"ids of what must not be down, besides the entry"`
	Optional  []string       `expr:"optional" doc:"ids of what it can do without, but not in full"`
	Objective float64        `expr:"objective" doc:"share of time that it shall work, 0 to 1; undefined where the file does not say"`
	Implied   bool           `expr:"implied" doc:"the file declares no journeys: this one was made for an entry point"`
	Metrics   journeyMetrics `expr:"metrics" doc:"every metric of a journey, by id"`

	pos model.Pos
}

// system is the whole; every other environment can reach it.
type system struct {
	Name         string        `expr:"name" doc:"its name"`
	Services     []*service    `expr:"services" doc:"all services, in file order"`
	Dependencies []*dependency `expr:"dependencies" doc:"all dependencies, in file order"`
	Stores       []*store      `expr:"stores" doc:"all stores"`
	Channels     []*channel    `expr:"channels" doc:"all channels"`
	Teams        []*team       `expr:"teams" doc:"all teams: those declared, then owners that only services name"`
	Journeys     []*journey    `expr:"journeys" doc:"all journeys"`
	Metrics      systemMetrics `expr:"metrics" doc:"every metric of the system, by id"`
}

// The metrics of a scope by id; undefined values are NaN. The four types tell
// which scope an expression is in.
type (
	serviceMetrics map[string]float64
	teamMetrics    map[string]float64
	journeyMetrics map[string]float64
	systemMetrics  map[string]float64
)

// What a rule sees at the top: its subject, and the system around it.
type (
	serviceEnv struct {
		*service
		System *system `expr:"system" doc:"the whole"`
	}
	dependencyEnv struct {
		*dependency
		System *system `expr:"system" doc:"the whole"`
	}
	storeEnv struct {
		*store
		System *system `expr:"system" doc:"the whole"`
	}
	channelEnv struct {
		*channel
		System *system `expr:"system" doc:"the whole"`
	}
	teamEnv struct {
		*team
		System *system `expr:"system" doc:"the whole"`
	}
	journeyEnv struct {
		*journey
		System *system `expr:"system" doc:"the whole"`
	}
)
