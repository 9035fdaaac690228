package lint

import "github.com/taut-dev/taut/model"

// Rule is one thing that can be wrong with an architecture.
type Rule struct {
	// ID is the name in files, on the command line and in every output; it is
	// also the name of the rule's two files.
	ID string
	// Severity is what its findings weigh unless the file says otherwise:
	// errors are certainly wrong, warnings are faults, notes need judgement.
	Severity model.Severity
	// Title is one line for lists.
	Title string
	// Asks names optional keys of the language that the rule wants to see. It
	// reports only once the file uses all of them somewhere, or with
	// lint.strict: a short file is not scolded for what it leaves out.
	Asks []string
	// Check reports through the pass; nil for what already fails to load.
	Check func(*Pass)
}

// Options say how to run the rules.
type Options struct {
	// Today decides which waivers have expired; the zero date expires none.
	Today model.Date
	// Only names the rules to run; none means all.
	Only []string
	// Source gives the texts of files, for places inside of expressions; may be nil.
	Source func(file string) []byte
}

// Rules lists every rule in the order of the manual: what cannot load, then
// structure, failure, time and load, teams and contracts, data, upkeep.
func Rules() []Rule {
	return []Rule{
		{"dangling-reference", model.Error, "a name refers to nothing", nil, nil},
		{"duplicate-id", model.Error, "one id is declared twice", nil, nil},
		{"self-dependency", model.Error, "something depends on itself", nil, nil},
		{"unused-node", model.Warning, "something is declared that nothing is connected to", nil, unusedNode},

		{"synchronous-cycle", model.Warning, "services call each other in a circle", nil, synchronousCycle},
		{"event-cycle", model.Note, "events of services set each other off in a circle", nil, eventCycle},
		{"deep-call-chain", model.Warning, "a request waits on a long chain of calls", nil, deepCallChain},
		{"hub", model.Note, "many services meet in one", nil, hub},
		{"god-service", model.Note, "one service is tied to most others", nil, godService},
		{"nano-service", model.Note, "a service does less than calling it costs", []string{"scaling.duration"}, nanoService},
		{"distributed-monolith", model.Warning, "services that are deployed apart cannot change apart", nil, distributedMonolith},
		{"chatty-dependency", model.Warning, "one request makes many calls to the same place", nil, chattyDependency},

		{"shared-store", model.Warning, "several deployables use one store", nil, sharedStore},
		{"store-bypass", model.Warning, "a store is used directly by a service of another owner", []string{"owner"}, storeBypass},
		{"unencrypted-sensitive-store", model.Warning, "sensitive data is stored unencrypted", []string{"encrypted"}, unencryptedSensitiveStore},

		{"single-point-of-failure", model.Warning, "one failure alone breaks a journey's objective", []string{"objective"}, singlePointOfFailure},
		{"hard-dependency-of-higher-tier-on-lower-tier", model.Warning, "something critical needs something less critical", []string{"tier"}, hardOnLowerTier},
		{"deprecated-dependency", model.Warning, "something in use depends on something deprecated", nil, deprecatedDependency},

		{"no-timeout", model.Warning, "a call may wait for ever", []string{"timeout"}, noTimeout},
		{"timeout-inversion", model.Warning, "a caller gives up before the one it calls does", nil, timeoutInversion},
		{"retry-storm", model.Warning, "retries along a chain multiply", nil, retryStorm},
		{"one-sided-channel", model.Note, "a channel has users at one end only", nil, oneSidedChannel},
		{"competing-consumers", model.Warning, "services that share a queue each get a part of its messages", nil, competingConsumers},
		{"unpublished-event", model.Warning, "an event is waited for that nobody publishes", nil, unpublishedEvent},
		{"unconsumed-event", model.Note, "an event is published that nobody takes", nil, unconsumedEvent},
		{"missing-dead-letter", model.Warning, "messages that cannot be handled have nowhere to go", []string{"dead_letter"}, missingDeadLetter},
		{"retention-too-short", model.Warning, "a channel forgets events before its consumers catch up", []string{"retention", "load.peak"}, retentionTooShort},

		{"unowned-service", model.Warning, "a service has no owner", []string{"owner"}, unownedService},
		{"oversized-team-load", model.Note, "a team owns more than it can know", []string{"owner"}, oversizedTeamLoad},
		{"public-without-auth", model.Warning, "a public API does not say who may call it", []string{"api.auth"}, publicWithoutAuth},
		{"no-contract", model.Warning, "an API others rely on has no published contract", []string{"api.contract"}, noContract},

		{"lookalike-names", model.Warning, "a name looks like another or mixes alphabets", nil, lookalikeNames},
		{"expired-waiver", model.Warning, "a waiver is past its date", nil, expiredWaiver},
		// Last, because it reads which suppressions the rules above made use of.
		{"unused-suppression", model.Note, "a suppression silences nothing", nil, unusedSuppression},
	}
}
