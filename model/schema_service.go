package model

import (
	"slices"
	"time"
)

// runtimes are what anything can run as.
var runtimes = []Runtime{Server, Container, Function, Managed}

// serviceTable describes services.
var serviceTable = newTable("service", "", slices.Concat(
	entityFields(func(s *Service) *Entity { return &s.Entity }),
	[]field[Service]{
		groundFields(func(s *Service) *Entity { return &s.Entity }),
		word("volatility", "how often what it does changes", []Volatility{LowVolatility, HighVolatility}, LowVolatility, func(s *Service) *Volatility { return &s.Volatility }),
		word("keep", "stays in the monolith in the hybrid design", []string{"monolith"}, "", func(s *Service) *string { return &s.Keep }),
		texts("technology", "what it is built with", func(s *Service) *[]string { return &s.Technology }),
		word("runtime", "what it runs as", runtimes, Container, func(s *Service) *Runtime { return &s.Runtime }),
		flag("exposed", "reachable from outside the system: an entry point", func(s *Service) *bool { return &s.Exposed }),
		object("api", "what others may rely on", apiTable, func(s *Service) **API { return &s.API }),
		object("operations", "how well it can be run", operationsTable, func(s *Service) **Operations { return &s.Operations }),
		object("load", "demand that enters here from outside", demandTable, func(s *Service) **Demand { return &s.Load }),
		object("scaling", "how a replica behaves and how many there may be", scalingTable, func(s *Service) **Scaling { return &s.Scaling }),
		object("cost", costDoc, costTable, func(s *Service) **Cost { return &s.Cost }),
		edges("depends_on", "synchronous calls to services and externals, and the use of stores", dependencyTable, dependencyForm, func(s *Service) *[]Dependency { return &s.DependsOn }).naming("a service, store or external"),
		edges("publishes", "channels it sends events to", publicationTable, publicationForm, func(s *Service) *[]Publication { return &s.Publishes }).naming("a channel"),
		edges("consumes", "channels it takes events from", consumptionTable, consumptionForm, func(s *Service) *[]Consumption { return &s.Consumes }).naming("a channel"),
	})...)

// apiTable describes what others may rely on.
var apiTable = newTable("api", "api.",
	word("style", "how it is called", []APIStyle{"rest", "grpc", "graphql", "soap", "events", "none"}, "rest", func(a *API) *APIStyle { return &a.Style }),
	text("contract", "path or address of a published, versioned contract; taut never opens it", func(a *API) *string { return &a.Contract }),
	text("version", "version of the contract", func(a *API) *string { return &a.Version }),
	word("auth", "how callers prove who they are", []Auth{AuthNone, "key", "basic", "oidc", "mtls", "iam"}, "", func(a *API) *Auth { return &a.Auth }),
	rate("rate_limit", "most requests it takes", func(a *API) *Rate { return &a.RateLimit }),
)

// operationsTable describes the marks of a good citizen. Nothing is assumed: not
// said is unknown.
var operationsTable = newTable("operations", "operations.",
	optionalFlag("logs", "writes logs to a common place", func(o *Operations) **bool { return &o.Logs }),
	optionalFlag("metrics", "reports metrics", func(o *Operations) **bool { return &o.Metrics }),
	optionalFlag("traces", "takes part in distributed traces", func(o *Operations) **bool { return &o.Traces }),
	optionalFlag("health_check", "answers whether it is well", func(o *Operations) **bool { return &o.HealthCheck }),
	optionalShare("slo", "share of the time or requests that its team promises", func(o *Operations) **float64 { return &o.SLO }),
	word("pipeline", "how it ships: alone, with others, by hand", []Pipeline{OwnPipeline, SharedPipeline, ManualPipeline}, "", func(o *Operations) *Pipeline { return &o.Pipeline }),
	optionalFlag("infrastructure_as_code", "its infrastructure is written down and made by program", func(o *Operations) **bool { return &o.InfrastructureAsCode }),
)

// demandTable describes the key load.
var demandTable = newTable("load", "load.",
	rate("rate", "requests in normal times", func(l *Demand) *Rate { return &l.Rate }).must(),
	rate("peak", "requests at the peak", func(l *Demand) *Rate { return &l.Peak }),
	duration("peak_duration", "how long the peak lasts", func(l *Demand) *time.Duration { return &l.PeakDuration }),
).checked(func(d *decoder, l *Demand, o *Origin) {
	if l.Peak.Given() && l.Rate.Given() && l.Peak.Rat().Cmp(l.Rate.Rat()) < 0 {
		d.fail(ruleBadValue, o.At("load", "peak"), `"peak" is less than "rate": give the higher of the two here, or take it away`)
	}
})

// scalingTable describes one replica, and how many there may be.
var scalingTable = newTable("scaling", "scaling.",
	duration("duration", "busy time for one request on one replica", func(s *Scaling) *time.Duration { return &s.Duration }),
	whole("concurrency", "requests that one replica serves at a time", 1, maxCount, 1, func(s *Scaling) *int { return &s.Concurrency }),
	whole("min", "fewest replicas", 0, maxCount, 1, func(s *Scaling) *int { return &s.Min }),
	whole("max", "most replicas; no bound where it is not given", 1, maxCount, 0, func(s *Scaling) *int { return &s.Max }),
	size("memory", "memory of one replica: its footprint", func(s *Scaling) *int64 { return &s.Memory }),
	duration("startup", "until a new replica serves", func(s *Scaling) *time.Duration { return &s.Startup }),
	share("target_utilisation", "share of its time that a replica should be busy", 0.7, func(s *Scaling) *float64 { return &s.TargetUtilisation }),
).checked(func(d *decoder, s *Scaling, o *Origin) { checkBounds(d, o, "scaling", s.Min, s.Max) })

// maxCount bounds counts of replicas and the like, so that products of them
// stay far from overflow.
const maxCount = 1_000_000

// checkBounds holds "max" against "min"; a max of 0 is no bound.
func checkBounds(d *decoder, o *Origin, object string, low, high int) {
	if high > 0 && low > high {
		d.fail(ruleBadValue, o.At(object, "max"), `"max" is %d, less than "min", which is %d: raise it`, high, low)
	}
}

// dependencyForm is where a Dependency keeps its target.
var dependencyForm = edgeForm[Dependency]{
	key:    "to",
	origin: func(e *Dependency) *Origin { return &e.Origin },
	aim:    func(e *Dependency, targets []string, anyOf bool) { e.To, e.AnyOf = targets, anyOf },
	target: func(e *Dependency) ([]string, bool) { return e.To, e.AnyOf },
}

// dependencyTable describes the items of depends_on.
var dependencyTable = newTable("dependency", "",
	target("to", "a service, store or external", func(e *Dependency) *[]string { return &e.To }),
	alternatives("a service, store or external", func(e *Dependency) *[]string { return &e.To }, func(e *Dependency) *bool { return &e.AnyOf }),
	whole("at_least", "how many of any_of must be up", 1, 0, 1, func(e *Dependency) *int { return &e.AtLeast }),
	commonCause(func(e *Dependency) *float64 { return &e.CommonCause }),
	softness(func(e *Dependency) *bool { return &e.Soft }, func(e *Dependency) string { return e.Fallback }),
	text("fallback", "what it does instead when the other is down; implies needs: soft", func(e *Dependency) *string { return &e.Fallback }),
	duration("timeout", "how long it waits for an answer", func(e *Dependency) *time.Duration { return &e.Timeout }),
	whole("retries", "attempts after the first", 0, 100, 0, func(e *Dependency) *int { return &e.Retries }),
	flag("circuit_breaker", "stops calling for a while when calls keep failing", func(e *Dependency) *bool { return &e.CircuitBreaker }),
	number("calls", "mean calls for one request handled here", 1, func(e *Dependency) *float64 { return &e.Calls }),
	choice("answer", "whether the caller needs the reply before it goes on; later: the call could be an event", "now", "later", func(e *Dependency) *bool { return &e.AnswerLater }),
	word("access", "what it does with a store", []Access{Read, Write, ReadWrite}, Read, func(e *Dependency) *Access { return &e.Access }),
	word("knows", "how much of the other side it must know", []Knowledge{KnowsContract, KnowsModel, KnowsInternals}, KnowsContract, func(e *Dependency) *Knowledge { return &e.Knows }),
).checked(func(d *decoder, e *Dependency, o *Origin) {
	checkAtLeast(d, o, e.AtLeast, len(e.To), e.AnyOf)
	checkCommonCause(d, o, e.AnyOf)
	if e.Fallback != "" && !e.Soft && o.Has("needs") {
		d.fail(ruleBadValue, o.At("needs"), `"needs" is hard, but a fallback makes this soft: take one of the two away`)
	}
	e.Soft = e.Soft || e.Fallback != ""
})

// softness is the key needs. A fallback implies soft, so that soft is written
// only where no fallback says it.
func softness[T any](at func(*T) *bool, fallback func(*T) string) field[T] {
	f := choice("needs", "hard: it cannot work without; soft: it degrades", "hard", "soft", at)
	write := f.write
	f.write = func(t *T, s spot) *Node {
		if *at(t) && fallback(t) != "" && !s.given() {
			return nil
		}
		return write(t, s)
	}
	return f
}

// publicationForm is where a Publication keeps its channel.
var publicationForm = edgeForm[Publication]{
	key:    "to",
	origin: func(e *Publication) *Origin { return &e.Origin },
	aim:    func(e *Publication, targets []string, _ bool) { e.To = targets[0] },
	target: func(e *Publication) ([]string, bool) { return []string{e.To}, false },
}

// publicationTable describes the items of publishes.
var publicationTable = newTable("publication", "",
	channelTarget("to", func(e *Publication) *string { return &e.To }),
	texts("events", "names of the events; all where it is not given", func(e *Publication) *[]string { return &e.Events }),
	flag("outbox", "keeps working while the channel is down", func(e *Publication) *bool { return &e.Outbox }),
	choice("needs", "hard: it cannot work without the channel; soft: it degrades", "hard", "soft", func(e *Publication) *bool { return &e.Soft }),
	number("calls", "mean events for one request handled here", 1, func(e *Publication) *float64 { return &e.Calls }),
)

// consumptionForm is where a Consumption keeps its channel.
var consumptionForm = edgeForm[Consumption]{
	key:    "from",
	origin: func(e *Consumption) *Origin { return &e.Origin },
	aim:    func(e *Consumption, targets []string, _ bool) { e.From = targets[0] },
	target: func(e *Consumption) ([]string, bool) { return []string{e.From}, false },
}

// consumptionTable describes the items of consumes.
var consumptionTable = newTable("consumption", "",
	channelTarget("from", func(e *Consumption) *string { return &e.From }),
	texts("events", "names of the events; all where it is not given", func(e *Consumption) *[]string { return &e.Events }),
	flag("awaits", "needs this answer, or data this fresh: it waits when nobody who publishes one of the events is up", func(e *Consumption) *bool { return &e.Awaits }),
	texts("answers", "those of the events that are answers it needs, each of them: it waits when nobody who publishes one is up", func(e *Consumption) *[]string { return &e.Answers }),
)

// channelTarget is what a publication or consumption points to; the map form
// writes it as a key.
func channelTarget[E any](name string, at func(*E) *string) field[E] {
	f := text(name, "what this points to", at).naming("a channel")
	f.write = func(*E, spot) *Node { return nil }
	return f
}
