package model

// entityFields are the keys that all named things have.
func entityFields[T any](e func(*T) *Entity) []field[T] {
	return []field[T]{
		text("name", "label that people see; the id where it is not given", func(t *T) *string { return &e(t).Name }),
		prose("description", "what it is for", func(t *T) *string { return &e(t).Description }),
		text("owner", "the team that is responsible for it; teams need no declaration", func(t *T) *string { return &e(t).Owner }).naming("a team"),
		text("domain", "the part of the business it belongs to", func(t *T) *string { return &e(t).Domain }),
		whole("tier", "how much depends on it working: 1 (critical) to 4", 1, 4, 3, func(t *T) *int { return &e(t).Tier }),
		texts("tags", "free labels", func(t *T) *[]string { return &e(t).Tags }),
		text("url", "where to read more about it", func(t *T) *string { return &e(t).URL }),
		word("lifecycle", "where in its life it is", []Lifecycle{Experimental, Production, Deprecated}, Production, func(t *T) *Lifecycle { return &e(t).Lifecycle }),
		optionalShare("availability", "share of the time that it works by itself; assumed by kind and runtime where it is not given", func(t *T) **float64 { return &e(t).Availability }),
	}
}

// groundFields is runs_on, for what stands on something.
func groundFields[T any](e func(*T) *Entity) field[T] {
	return edges("runs_on", "what it stands on and cannot work without: platforms, units and others", groundTable,
		groundForm, func(t *T) *[]Ground { return &e(t).RunsOn }).naming("a platform, unit, service, store, channel or external")
}

// target is the key that says what an edge points to.
func target[E any](name, what string, at func(*E) *[]string) field[E] {
	f := scalarField(key{name: name, doc: "what this points to", typ: keyType{shape: textShape, refs: what}}, false, at,
		func(s string) ([]string, string) {
			v, problem := oneLine(s)
			return []string{v}, problem
		},
		func(targets []string) *Node { return nil })
	return f
}

// group of alternatives that an edge points to, and how many must be up.
func alternatives[E any](what string, at func(*E) *[]string, anyOf func(*E) *bool) field[E] {
	f := ids("any_of", "alternatives, instead of one target", at).naming(what)
	read := f.read
	f.read = func(d *decoder, e *E, o *Origin, n *Node) {
		read(d, e, o, n)
		*anyOf(e) = true
		if n.Kind == Sequence && len(n.Items) == 0 {
			d.fail(ruleBadValue, n.Pos, `"any_of" is empty: name at least one alternative`)
		}
	}
	f.write = func(*E, spot) *Node { return nil }
	return f
}

// checkAtLeast holds at_least against the number of alternatives.
func checkAtLeast(d *decoder, o *Origin, n, members int, anyOf bool) {
	switch {
	case !o.Has("at_least"):
	case !anyOf && n > 1:
		d.fail(ruleBadValue, o.At("at_least"), `"at_least" is %d, but this points to one thing: list the alternatives under "any_of"`, n)
	case n > members && members > 0:
		d.fail(ruleBadValue, o.At("at_least"), `"at_least" is %d of only %d alternatives: lower it, or add alternatives`, n, members)
	}
}

// commonCause is the beta factor (Fleming, 1975) of a group of alternatives.
func commonCause[E any](at func(*E) *float64) field[E] {
	k := key{name: "common_cause", doc: "share of the failures of any_of's members that hit all of them at once: the beta factor", typ: keyType{shape: shareShape}}
	return sparing(scalarField(k, false, at, parseShare, shareNode), at, 0).or(formatShare(0), func(e *E) { *at(e) = 0 })
}

// checkCommonCause asks for a group whose members could fail together.
func checkCommonCause(d *decoder, o *Origin, anyOf bool) {
	if o.Has("common_cause") && !anyOf {
		d.fail(ruleBadValue, o.At("common_cause"), `"common_cause" is given, but this points to one thing: list the alternatives under "any_of"`)
	}
}

// groundForm is where a Ground keeps its target.
var groundForm = edgeForm[Ground]{
	key:    "to",
	origin: func(g *Ground) *Origin { return &g.Origin },
	aim:    func(g *Ground, targets []string, anyOf bool) { g.To, g.AnyOf = targets, anyOf },
	target: func(g *Ground) ([]string, bool) { return g.To, g.AnyOf },
}

// groundTable describes the items of runs_on.
var groundTable = newTable("ground", "",
	target("to", "a platform, unit, service, store, channel or external", func(g *Ground) *[]string { return &g.To }),
	alternatives("a platform, unit, service, store, channel or external", func(g *Ground) *[]string { return &g.To }, func(g *Ground) *bool { return &g.AnyOf }),
	whole("at_least", "how many of any_of must be up", 1, 0, 1, func(g *Ground) *int { return &g.AtLeast }),
	commonCause(func(g *Ground) *float64 { return &g.CommonCause }),
).checked(func(d *decoder, g *Ground, o *Origin) {
	checkAtLeast(d, o, g.AtLeast, len(g.To), g.AnyOf)
	checkCommonCause(d, o, g.AnyOf)
})

// teamTable describes teams.
var teamTable = newTable("team", "",
	text("name", "label that people see", func(t *Team) *string { return &t.Name }),
	whole("members", "people in the team: used by team coupling and cognitive load", 1, 0, 0, func(t *Team) *int { return &t.Members }),
)

// journeyTable describes journeys.
var journeyTable = newTable("journey", "",
	text("name", "label that people see", func(j *Journey) *string { return &j.Name }),
	text("entry", "the service where it starts", func(j *Journey) *string { return &j.Entry }).naming("a service").must(),
	rate("rate", "how often users do it", func(j *Journey) *Rate { return &j.Rate }),
	ids("requires", "what must not be down for it to work, besides the entry", func(j *Journey) *[]string { return &j.Requires }).naming("anything declared"),
	ids("optional", "what it can do without, but not in full", func(j *Journey) *[]string { return &j.Optional }).naming("anything declared"),
	optionalShare("objective", "share of the time that it shall work", func(j *Journey) **float64 { return &j.Objective }),
)

// costTable describes prices. There is no currency: only sums and ratios of
// prices matter here.
var costTable = newTable("cost", "cost.",
	number("replica_hour", "price of one replica for an hour", 0, func(c *Cost) *float64 { return &c.ReplicaHour }),
	number("million_requests", "price of a million requests", 0, func(c *Cost) *float64 { return &c.MillionRequests }),
	number("gb_second", "price of a gigabyte of memory for a second of work", 0, func(c *Cost) *float64 { return &c.GBSecond }),
	number("idle", "price of an hour without any request", 0, func(c *Cost) *float64 { return &c.Idle }),
	group("free", "what costs nothing each month", freeTable),
)

// freeTable describes what a provider gives away; it fills the same struct.
var freeTable = newTable("free", "cost.free.",
	number("requests", "requests a month", 0, func(c *Cost) *float64 { return &c.FreeRequests }),
	number("gb_seconds", "gigabyte-seconds a month", 0, func(c *Cost) *float64 { return &c.FreeGBSeconds }),
)

const costDoc = "prices, in one currency of your choice"
