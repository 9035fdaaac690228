package model

import (
	"slices"
	"time"
)

// storeTable describes stores.
var storeTable = newTable("store", "", slices.Concat(
	entityFields(func(s *Store) *Entity { return &s.Entity }),
	[]field[Store]{
		groundFields(func(s *Store) *Entity { return &s.Entity }),
		word("kind", "what kind of store it is", []StoreKind{"relational", "document", "key-value", "wide-column", "graph", "search", "time-series", "object", "cache", "file"}, "relational", func(s *Store) *StoreKind { return &s.Kind }),
		word("runtime", "what it runs as", runtimes, Server, func(s *Store) *Runtime { return &s.Runtime }),
		rate("capacity", "most requests it serves", func(s *Store) *Rate { return &s.Capacity }),
		flag("partitioned", "its users can scale without scaling it as a whole", func(s *Store) *bool { return &s.Partitioned }),
		optionalFlag("encrypted", "data at rest is encrypted", func(s *Store) **bool { return &s.Encrypted }),
		texts("data", "kinds of data it holds, as pii", func(s *Store) *[]string { return &s.Data }),
		object("cost", costDoc, costTable, func(s *Store) **Cost { return &s.Cost }),
	})...)

// channelTable describes channels.
var channelTable = newTable("channel", "", slices.Concat(
	entityFields(func(c *Channel) *Entity { return &c.Entity }),
	[]field[Channel]{
		groundFields(func(c *Channel) *Entity { return &c.Entity }),
		word("kind", "how it delivers: by rules, to one, to all, to all with replay", []ChannelKind{Router, Queue, Topic, Stream}, Topic, func(c *Channel) *ChannelKind { return &c.Kind }),
		word("runtime", "what it runs as", runtimes, Server, func(c *Channel) *Runtime { return &c.Runtime }),
		rate("capacity", "most events it takes", func(c *Channel) *Rate { return &c.Capacity }),
		duration("retention", "how long it keeps events that nobody took", func(c *Channel) *time.Duration { return &c.Retention }),
		optionalFlag("dead_letter", "keeps events apart that nobody could handle", func(c *Channel) **bool { return &c.DeadLetter }),
		optionalFlag("archive", "keeps all events for audit and replay", func(c *Channel) **bool { return &c.Archive }),
		object("cost", costDoc, costTable, func(c *Channel) **Cost { return &c.Cost }),
	})...)

// externalTable describes what others run: what it stands on is theirs to know.
var externalTable = newTable("external", "", entityFields(func(e *External) *Entity { return &e.Entity })...)

// platformTable describes platforms.
var platformTable = newTable("platform", "", slices.Concat(
	entityFields(func(p *Platform) *Entity { return &p.Entity }),
	[]field[Platform]{groundFields(func(p *Platform) *Entity { return &p.Entity })})...)

// unitTable describes units.
var unitTable = newTable("unit", "", slices.Concat(
	entityFields(func(u *Unit) *Entity { return &u.Entity }),
	[]field[Unit]{
		groundFields(func(u *Unit) *Entity { return &u.Entity }),
		ids("services", "the services in it; a service is in one unit at most", func(u *Unit) *[]string { return &u.Services }).naming("a service"),
		word("isolation", "whether its services crash together (none) or alone (process)", []Isolation{NoIsolation, ProcessIsolation}, NoIsolation, func(u *Unit) *Isolation { return &u.Isolation }),
		word("runtime", "what it runs as", runtimes, Container, func(u *Unit) *Runtime { return &u.Runtime }),
		object("replicas", "how many copies may run; the bounds of its services where it is not given", replicasTable, func(u *Unit) **Replicas { return &u.Replicas }),
		object("cost", costDoc, costTable, func(u *Unit) **Cost { return &u.Cost }),
	})...)

// replicasTable describes how many copies of a unit may run.
var replicasTable = newTable("replicas", "replicas.",
	whole("min", "fewest copies", 0, maxCount, 1, func(r *Replicas) *int { return &r.Min }),
	whole("max", "most copies; no bound where it is not given", 1, maxCount, 0, func(r *Replicas) *int { return &r.Max }),
).checked(func(d *decoder, r *Replicas, o *Origin) { checkBounds(d, o, "replicas", r.Min, r.Max) })

// lintTable describes the settings of the lint rules.
var lintTable = newTable("lint", "",
	flag("strict", "rules that ask for optional keys report even where the file never uses them", func(l *Lint) *bool { return &l.Strict }),
	severities(),
	objects("ignore", "findings that are not reported", ignoreTable, func(l *Lint) *[]Ignore { return &l.Ignore }, func(i *Ignore) *Origin { return &i.Origin }),
	objects("custom", "rules of your own", customTable, func(l *Lint) *[]CustomRule { return &l.Custom }, func(r *CustomRule) *Origin { return &r.Origin }),
)

// ignoreTable describes waivers. A reason is not asked for here: a rule can.
var ignoreTable = newTable("waiver", "",
	text("rule", "the lint rule whose findings are not reported", func(i *Ignore) *string { return &i.Rule }).naming("a lint rule").must(),
	text("at", "path of what it is about, as services.orders; everywhere where it is not given", func(i *Ignore) *string { return &i.At }),
	prose("reason", "why that is right", func(i *Ignore) *string { return &i.Reason }),
	text("owner", "who answers for it", func(i *Ignore) *string { return &i.Owner }),
	day("until", "the last day on which it holds", func(i *Ignore) *Date { return &i.Until }),
)

// severities is the mapping from lint rules to what their findings count as.
func severities() field[Lint] {
	item := keyType{shape: wordShape, words: severityNames}
	k := key{name: "rules", doc: "severity of the findings of a lint rule", typ: keyType{shape: mapShape, item: &item, refs: "a lint rule"}}
	f := field[Lint]{key: k}
	f.read = func(d *decoder, l *Lint, _ *Origin, n *Node) {
		if n.Kind != Mapping {
			d.wrongType(&k, n)
			return
		}
		for _, f := range n.Fields {
			s, ok := ParseSeverity(f.Value.Text)
			if f.Value.Kind != Scalar || !ok {
				near := Suggest(f.Value.Text, severityNames)
				d.fail(ruleBadValue, f.Value.Pos, "%s is %s, but takes %s%s", quote(f.Key), f.Value.what(), item.want(), didYouMean(near))
				d.typo(f.Value.Text, near)
				continue
			}
			l.Rules = append(l.Rules, RuleSeverity{Origin: Origin{Pos: f.KeyPos, Keys: []KeyPos{{"severity", f.KeyPos, f.Value.Pos}}}, Rule: f.Key, Severity: s})
		}
	}
	f.write = func(l *Lint, s spot) *Node {
		if len(l.Rules) == 0 && !s.given() {
			return nil
		}
		n := &Node{Kind: Mapping}
		for _, r := range l.Rules {
			n.Fields = append(n.Fields, Field{Key: r.Rule, KeyPos: r.Pos, Value: &Node{Kind: Scalar, Text: r.Severity.String(), Quoted: true, Pos: r.At("severity")}})
		}
		return n
	}
	return f
}
