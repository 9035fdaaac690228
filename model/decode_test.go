package model_test

import (
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
)

// decodeCases are files with one error each: what it is, where, and in which
// words.
var decodeCases = []struct{ text, rule, pos, message string }{
	{"- a\n", "shape", "1:1", `the file holds a list: an architecture is a mapping`},
	{"system: s\n", "no-services", "1:1", "there are no services"},
	{"services: {}\n", "no-services", "1:11", "there are no services"},
	{"servces: {a: }\n", "unknown-key", "1:1", `unknown key "servces" in the top level, did you mean "services"?`},
	{"services:\n  a: {tire: 2}\n", "unknown-key", "2:7", `unknown key "tire" in service "a", did you mean "tier"?`},
	{"services:\n  a: {colour: red}\n", "unknown-key", "2:7", `unknown key "colour" in service "a": known are name, description`},
	{"services:\n  a: {api: {stile: rest}}\n", "unknown-key", "2:13", `unknown key "stile" in "api" of service "a", did you mean "style"?`},
	{"services:\n  a: {cost: {free: {request: 1}}}\n", "unknown-key", "2:21", `in "cost.free" of service "a", did you mean "requests"?`},
	{"services: [a]\n", "wrong-type", "1:11", `"services" is a list, but takes a mapping`},
	{"services: {a: 5}\n", "wrong-type", "1:15", `service "a" is "5", but takes a mapping, or nothing at all`},
	{"services: {a: {tier: [1]}}\n", "wrong-type", "1:22", `"tier" is a list, but takes a whole number from 1 to 4`},
	{"services: {a: {tier: \"1\"}}\n", "wrong-type", "1:22", `"tier" is "1", but takes a whole number from 1 to 4 (quotes make it text: take them away)`},
	{"services: {a: {tags: x}}\n", "wrong-type", "1:22", `"tags" is "x", but takes a list of texts`},
	{"services: {a: {tags: [[x]]}}\n", "wrong-type", "1:23", `item 1 of "tags" is a list`},
	{"services: {a: {api: rest}}\n", "wrong-type", "1:21", `"api" is "rest", but takes a mapping with keys such as "style"`},
	{"services: {a: {depends_on: b}}\n", "wrong-type", "1:28", `"depends_on" is "b", but takes a list`},
	{"services: {a: {exposed: yes}}\n", "bad-value", "1:25", `"exposed": "yes" is text in YAML 1.2: write true`},
	{"services: {a: {exposed: 1}}\n", "bad-value", "1:25", `"exposed": "1" is not true or false`},
	{"services: {a: {name: }}\n", "no-value", "1:16", `"name" has no value: give one, or take the key away`},
	{"services: {a: {name: ~}}\n", "no-value", "1:22", `"name" has no value`},
	{"services: {a: {name: \"\"}}\n", "bad-value", "1:22", `"name": "" is empty`},
	{"services: {a: {name: \"x\\u2028y\"}}\n", "bad-value", "1:22", `the invisible character U+2028`},
	{"services: {a: {tier: 5}}\n", "bad-value", "1:22", `"tier": "5" is out of range: it takes a whole number from 1 to 4`},
	{"services: {a: {tier: 1.5}}\n", "bad-value", "1:22", `"tier": "1.5" is not a whole number`},
	{"services: {a: {runtime: vm}}\n", "bad-value", "1:25", `"runtime": "vm" is not known: write one of server, container, function, managed`},
	{"services: {a: {runtime: contianer}}\n", "bad-value", "1:25", `"runtime": "contianer" is not known, did you mean "container"?`},
	{"services: {a: {load: {peak: 4/s}}}\n", "missing-key", "1:22", `"load" of service "a" lacks the key "rate"`},
	{"services: {a: {load: {rate: 4/s, peak: 1/s}}}\n", "bad-value", "1:40", `"peak" is less than "rate"`},
	{"services: {a: {scaling: {min: 3, max: 2}}}\n", "bad-value", "1:39", `"max" is 2, less than "min", which is 3`},
	{"services: {a: {scaling: {target_utilisation: 0}}}\n", "bad-value", "1:46", `is 0: it must be above`},
	{"services: {A: }\n", "bad-id", "1:12", `"A" is no id: an id is lower-case letters and digits, in parts joined by single . _ - or /: write "a", and the label as "name"`},
	{"services: {a..b: }\n", "bad-id", "1:12", `"a..b" is no id`},
	{"services: {a-: }\n", "bad-id", "1:12", `"a-" is no id`},
	{"services: {default: }\n", "bad-id", "1:12", `"default" is no id: the word is taken`},
	{"services:\n  a: {depends_on: [{to:b, needs: soft}]}\n  b:\n", "unknown-key", "2:21", `"to:b" lacks a space after the ":": write "to: b"`},
	{"sevices: {a: }\nstores: {s: }\njourneys: {j: {entry: a}}\n", "unknown-key", "1:1", `did you mean "services"?`},
	{"services:\n  a: {depends_on: [{needs: soft}]}\n", "missing-key", "2:20", `this points to nothing: give it "to" with an id, or "any_of"`},
	{"services:\n  a: {depends_on: [{to: b, any_of: [b]}]}\n  b:\n", "bad-value", "2:20", `"to" and "any_of" exclude each other`},
	{"services:\n  a: {depends_on: [{any_of: []}]}\n", "bad-value", "2:29", `"any_of" is empty`},
	{"services:\n  a: {depends_on: [{to: b, common_cause: 5%}]}\n  b:\n", "bad-value", "2:42", `"common_cause" is given, but this points to one thing`},
	{"services:\n  a: {depends_on: [{to: b, at_least: 2}]}\n  b:\n", "bad-value", "2:38", `"at_least" is 2, but this points to one thing`},
	{"services:\n  a: {depends_on: [{to: b, needs: hard, fallback: none}]}\n  b:\n", "bad-value", "2:35", `"needs" is hard, but a fallback makes this soft`},
	{"services:\n  a: {depends_on: {b: }}\n  b:\n", "no-value", "2:20", `"b" has no value: write {}`},
	{"services:\n  a: {depends_on: {b: {to: c}}}\n  b:\n", "bad-value", "2:28", `"to" is not taken here: the key "b" says already`},
	{"services:\n  a: {depends_on: [b, {to: b}]}\n  b:\n", "duplicate-key", "2:23", `"depends_on" names "b" twice: it does so at architecture.yaml:2:20 already`},
	{"services:\n  a: {depends_on: [{any_of: [b, c]}, {any_of: [c, b]}]}\n  b:\n  c:\n", "duplicate-key", "2:38", `"depends_on" names "any_of:c,b" twice`},
	{"services:\n  a: {depends_on: [{any_of: [b, b]}]}\n  b:\n", "duplicate-key", "2:33", `"depends_on" names "b" twice in one group`},
	{"services:\n  a: {depends_on: [a]}\n", "self-dependency", "2:20", `"depends_on" names "a" itself: take it away`},
	{"services:\n  orders: {depends_on: [payment]}\n  payments:\n", "dangling-reference", "2:25", `"depends_on" names "payment", which is not declared, did you mean "payments"?`},
	{"services:\n  a: {depends_on: [zzz]}\n", "dangling-reference", "2:20", `"depends_on" names "zzz", which is not declared: declare it, or take it away`},
	{"services:\n  a: {depends_on: [bus]}\nchannels: {bus: }\n", "wrong-kind", "2:20", `"depends_on" names channel "bus": publish to it ("publishes") or consume from it ("consumes") instead`},
	{"services:\n  a: {depends_on: [{to: p}]}\nplatforms: {p: }\n", "wrong-kind", "2:25", `"depends_on" names platform "p": say "runs_on" instead`},
	{"services:\n  a: {publishes: [{to: b}]}\n  b:\n", "wrong-kind", "2:24", `"publishes" names service "b": events go through a channel`},
	{"services:\n  a: {consumes: {b: {}}}\n  b:\n", "wrong-kind", "2:18", `"consumes" names service "b"`},
	{"services:\n  a: {consumes: [{from: c, events: [x.done], answers: [x.don]}]}\nchannels: {c: }\n", "dangling-reference", "2:56", `"answers" names "x.don", which is none of the events taken from "c", did you mean "x.done"?`},
	{"services:\n  a: {depends_on: {\"any_of:b\": {}}}\n", "dangling-reference", "2:20", `"depends_on" names "b"`},
	{"services:\n  a: {depends_on: [{any_of: [b]}]}\n", "dangling-reference", "2:30", `"depends_on" names "b"`},
	{"services: {a: {runs_on: [a]}}\n", "self-dependency", "1:26", `"runs_on" names "a" itself`},
	{"services: {a: }\nstores: {a: }\n", "duplicate-id", "2:10", `store "a" has the id of the service at architecture.yaml:1:12: give one of them another id`},
	{"services: {a: }\nunits: {u: {services: [a, a]}}\n", "duplicate-key", "2:27", `unit "u" names service "a" twice`},
	{"services: {a: }\nunits: {u: {services: [a]}, v: {services: [a]}}\n", "duplicate-key", "2:44", `service "a" is in unit "u" at architecture.yaml:2:9 already`},
	{"services: {a: }\nunits: {u: {services: [s]}}\nstores: {s: }\n", "wrong-kind", "2:24", `"services" names store "s": a unit holds services`},
	{"services: {a: }\njourneys: {j: {}}\n", "missing-key", "2:15", `journey "j" lacks the key "entry": the service where it starts`},
	{"services: {a: }\njourneys: {j: {entry: b}}\n", "dangling-reference", "2:23", `"entry" names "b", which is not declared`},
	{"services: {a: }\njourneys: {j: {entry: a, requires: [b]}}\n", "dangling-reference", "2:37", `"requires" names "b"`},
	{"services: {a: }\ncompare: [bas]\n", "dangling-reference", "2:11", `"compare" names "bas", which is not a design of this file, did you mean "base"?`},
	{"services: {a: }\ndesigns: {base: {preset: monolith}}\n", "bad-id", "2:11", `a design cannot be called "base"`},
	{"services: {a: }\ndesigns: {x: }\n", "missing-key", "2:11", `design "x" changes nothing`},
	{"services: {a: }\njourneys: {j: }\n", "missing-key", "2:12", `journey "j" lacks the key "entry"`},
	{"services: {a: }\ndesigns: {x: {}}\n", "missing-key", "2:11", `design "x" changes nothing`},
	{"services: {a: }\ndesigns: {x: {preset: monolit}}\n", "bad-value", "2:23", `"preset": "monolit" is not known, did you mean "monolith"?`},
	{"services: {a: }\ndesigns: {x: {system: y}}\n", "unknown-key", "2:15", `a design cannot change "system"`},
	{"services: {a: }\ndesigns: {x: {services: [a]}}\n", "wrong-type", "2:25", `"services" is a list, but takes a mapping`},
	{"services: {a: }\nbudgets: {system: {cycles: many}}\n", "bad-value", "2:28", `"cycles": "many" is not a number`},
	{"services: {a: }\nbudgets: {system: {cycles: \"0\"}}\n", "wrong-type", "2:28", `"cycles" is "0", but takes a number or a share such as 25%`},
	{"services: {a: }\nbudgets: {services: {default: {x: {min: 2, max: 1}}}}\n", "bad-value", "2:49", `"max" of "x" is less than its "min"`},
	{"services: {a: }\nbudgets: {services: {b: {efferent: 1}}}\n", "dangling-reference", "2:22", `"budgets" names "b", which is not one of the services: known are a`},
	{"services: {a: }\nbudgets: {teams: {coupling: 30%, default: {coupling: 20%}}}\n", "duplicate-key", "2:19", `"coupling" stands beside "default", which is the same`},
	{"services: {a: }\nbudgets: {service: {a: {x: 1}}}\n", "unknown-key", "2:11", `unknown key "service" in "budgets", did you mean "services"?`},
	{"services: {a: }\nbudgets: {system: {cycles: 0, until: 2027-13-01}}\n", "bad-value", "2:38", `"until": "2027-13-01" is not a day written as 2027-06-30`},
	{"services: {a: }\nstrengths: {call: 2}\n", "bad-value", "2:19", `"call": "2" could be 2% or a fraction above 1`},
	{"services: {a: }\nlint: {rules: {x: fatal}}\n", "bad-value", "2:19", `"x" is "fatal", but takes one of off, note, warning, error`},
	{"services: {a: }\nlint: {ignore: [{reason: none}]}\n", "missing-key", "2:17", `lint lacks the key "rule"`},
	{"version: 2\nservices: {a: }\n", "bad-value", "1:10", `is newer than this taut, which reads version 1: update taut`},
	{"services: {a: }\ninclude: [b.yaml]\n", "include", "2:10", `"include" needs a folder`},
	{"services:\n  a: {} # taut: ignore\n", "suppression", "2:9", `this comment names no rule`},
	{"services:\n  a: {} # taut: ingore rule\n", "suppression", "2:9", `this comment says "taut: ingore", did you mean "ignore"?`},
}

func TestDecodeErrors(t *testing.T) {
	for _, c := range decodeCases {
		sys, diags := model.Parse("architecture.yaml", []byte(c.text), model.Limits{})
		if sys != nil || len(diags) != 1 {
			t.Errorf("%q: want one error, got %v", c.text, texts(diags))
			continue
		}
		d := diags[0]
		if d.Rule != c.rule || d.Pos.String() != "architecture.yaml:"+c.pos || !strings.Contains(d.Message, c.message) || d.Severity != model.Error {
			t.Errorf("%q:\n got %s %s %s\nwant %s %s %s", c.text, d.Rule, d.Pos, d.Message, c.rule, c.pos, c.message)
		}
	}
}

// acceptedTexts load without any diagnostic.
var acceptedTexts = []string{
	"services: {a: }\n",
	"{services: {a: }}\n",
	`{"services": {"a": {}}, "$schema": "x.json"}`,
	"services:\n  no: {depends_on: [on, 01]}\n  on:\n  01:\n",
	"services:\n  a: {name: 1.0, tags: [true, 2]}\n",
	"services:\n  a: {tier: +3, availability: 0.999}\n",
	"services:\n  a: {depends_on: {b: {}, \"any_of:c, d\": {at_least: 2}}}\n  b:\n  c:\n  d:\n",
	"services: {a: {load: {rate: 40, peak: 3k/min, peak_duration: 90}, scaling: {memory: 512, duration: 1h05m}}}\n",
	"services: &s {a: &a {tier: 1}, b: *a, c: {<<: *a, tier: 2}}\n",
	"services: {a: {owner: x}}\nbudgets: {teams: {coupling: 30%, x: {coupling: {max: 1}}}, journeys: {a: {availability: 99%}}}\n",
	"services: {a: {api: {}, operations: {}, cost: {free: {}}}}\nlint: {}\nbudgets: {}\n",
	"services: {a: {description: \"two\\nlines\"}}\ndesigns: {x: {services: {a: {tier: null}, b: {depends_on: {a: {}}}}, teams: null}}\n",
}

func TestAcceptedTexts(t *testing.T) {
	for _, text := range acceptedTexts {
		if sys, diags := model.Parse("architecture.yaml", []byte(text), model.Limits{}); sys == nil || len(diags) > 0 {
			t.Errorf("%q: %v", text, texts(diags))
		}
	}
}

func TestAllErrorsInOneRun(t *testing.T) {
	text := "sytem: s\nservices:\n  a: {tier: 9, depends_on: [b, a]}\n  A: {nam: x}\n  a: {}\n"
	_, diags := model.Parse("f", []byte(text), model.Limits{})
	want := []string{"f:1:1", "f:3:13", "f:3:29", "f:3:32", "f:4:3", "f:4:7", "f:5:3"}
	for i, d := range diags {
		if i >= len(want) || d.Pos.String() != want[i] {
			t.Errorf("error %d is at %s: %s", i, d.Pos, d.Message)
		}
	}
	if len(diags) != len(want) {
		t.Errorf("%d errors, want %d", len(diags), len(want))
	}
}

// TestManyErrors keeps the work linear in the number of errors.
func TestManyErrors(t *testing.T) {
	var b strings.Builder
	b.WriteString("services:\n")
	for i := range 20_000 {
		n := strings.Repeat("x", i%7) + string(rune('a'+i%26))
		b.WriteString("  s" + n + strings.Repeat("y", i%5) + ": {depends_on: [nothing" + n + "]}\n")
	}
	if _, diags := model.Parse("f", []byte(b.String()), model.Limits{}); len(diags) < 20_000 {
		t.Errorf("%d errors", len(diags))
	}
}
