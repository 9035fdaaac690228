package scorecard_test

import (
	"context"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/analyze/scorecard"
	"github.com/taut-dev/taut/model"
)

func rows(t *testing.T, text string) []scorecard.Row {
	t.Helper()
	sys, diagnostics := model.Parse("architecture.yaml", []byte(text), model.DefaultLimits())
	if sys == nil {
		t.Fatalf("does not parse: %v\n%s", diagnostics, text)
	}
	f := metric.NewFacts(context.Background(), sys, metric.Options{})
	out := scorecard.Rows(f)
	if err := f.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestChecks gives every check a file that passes it, one that fails it (where
// it can fail) and one that does not say enough.
func TestChecks(t *testing.T) {
	tested := map[string]bool{}
	for _, c := range []struct {
		check               string
		pass, fail, unknown string
	}{
		{"every store has one service",
			"services: {a: {depends_on: [db]}}\nstores: {db: {}}",
			"services: {a: {depends_on: [db]}, b: {depends_on: [db]}}\nstores: {db: {}}",
			"services: {a: {}}"},
		{"nobody needs another's internals",
			"services: {a: {depends_on: [b]}, b: {}}",
			"services: {a: {depends_on: [{to: b, knows: internals}]}, b: {}}",
			"services: {a: {}}"},
		{"services that are called publish a versioned contract",
			"services: {a: {depends_on: [b]}, b: {api: {contract: b.yaml, version: v1}}}",
			"services: {a: {depends_on: [b]}, b: {api: {style: none}}}",
			"services: {a: {depends_on: [b]}, b: {api: {contract: b.yaml}}}"},
		{"services say what they are built with", "services: {a: {technology: [go]}}", "", "services: {a: {}}"},
		{"stores say what kind they are", "services: {a: {depends_on: [db]}}\nstores: {db: {kind: relational}}", "", "services: {a: {depends_on: [db]}}\nstores: {db: {}}"},
		{"exposed services authenticate their callers",
			"services: {a: {exposed: true, api: {auth: oidc}}}",
			"services: {a: {exposed: true, api: {auth: none}}}",
			"services: {a: {exposed: true}}"},
		{"called services authenticate their callers",
			"services: {a: {depends_on: [b]}, b: {api: {auth: mtls}}}",
			"services: {a: {depends_on: [b]}, b: {api: {auth: none}}}",
			"services: {a: {depends_on: [b]}, b: {}}"},
		{"stores are encrypted",
			"services: {a: {depends_on: [db]}}\nstores: {db: {encrypted: true}}",
			"services: {a: {depends_on: [db]}}\nstores: {db: {encrypted: false}}",
			"services: {a: {depends_on: [db]}}\nstores: {db: {}}"},
		{"services keep logs, metrics and traces",
			"services: {a: {operations: {logs: true, metrics: true, traces: true}}}",
			"services: {a: {operations: {logs: true, metrics: false}}}",
			"services: {a: {operations: {logs: true, metrics: true}}}"},
		{"services state an objective for their level of service", "services: {a: {operations: {slo: 99.9%}}}", "", "services: {a: {}}"},
		{"called services say how many requests they take",
			"services: {a: {depends_on: [b]}, b: {api: {rate_limit: 5/s}}}", "",
			"services: {a: {depends_on: [b]}, b: {}}"},
		{"calls have a time-out",
			"services: {a: {depends_on: [{to: x, timeout: 1s}]}}\nexternals: {x: {}}", "",
			"services: {a: {depends_on: [x]}}\nexternals: {x: {}}"},
		{"calls that are retried stop when the callee is down",
			"services: {a: {depends_on: [{to: b, retries: 2, circuit_breaker: true}]}, b: {}}",
			"services: {a: {depends_on: [{to: b, retries: 2}]}, b: {}}",
			"services: {a: {depends_on: [b]}, b: {}}"},
		{"every service has an owner", "services: {a: {owner: t}}", "services: {a: {owner: t}, b: {}}", ""},
		{"teams are small enough for two pizzas",
			"teams: {t: {members: 6}}\nservices: {a: {owner: t}}",
			"teams: {t: {members: 12}}\nservices: {a: {owner: t}}",
			"services: {a: {owner: t}}"},
		{"no team has more than three domains in mind",
			"services: {a: {owner: t, domain: x}}",
			"services: {a: {owner: t, domain: w}, b: {owner: t, domain: x}, c: {owner: t, domain: y}, d: {owner: t, domain: z}}",
			"services: {a: {owner: t}}"},
		{"services ship through a pipeline",
			"services: {a: {operations: {pipeline: own}}}",
			"services: {a: {operations: {pipeline: manual}}}",
			"services: {a: {}}"},
		{"infrastructure is code",
			"services: {a: {operations: {infrastructure_as_code: true}}}",
			"services: {a: {operations: {infrastructure_as_code: false}}}",
			"services: {a: {operations: {logs: true}}}"},
		{"services answer a health check",
			"services: {a: {operations: {health_check: true}}}",
			"services: {a: {operations: {health_check: false}}}",
			"services: {a: {}}"},
		{"no single failure takes down more than half of the other services",
			"services: {a: {depends_on: [b]}, b: {}, c: {}}",
			"services: {a: {depends_on: [c]}, b: {depends_on: [c]}, c: {}}",
			"services: {a: {}}"},
		{"every service scales alone",
			"services: {a: {depends_on: [db]}, b: {depends_on: [db]}}\nstores: {db: {partitioned: true}}",
			"services: {a: {depends_on: [db]}, b: {depends_on: [db]}}\nstores: {db: {}}", ""},
		{"every service ships alone", "services: {a: {}}", "services: {a: {}, b: {}}\nunits: {u: {services: [a, b]}}", ""},
		{"services do not call each other in circles",
			"services: {a: {depends_on: [b]}, b: {}}",
			"services: {a: {depends_on: [b]}, b: {depends_on: [a]}}", ""},
		{"services that change data tell an archived channel",
			"services: {a: {depends_on: [{to: db, access: write}], publishes: [bus]}}\nstores: {db: {}}\nchannels: {bus: {archive: true}}",
			"services: {a: {depends_on: [{to: db, access: write}]}}\nstores: {db: {}}",
			"services: {a: {depends_on: [{to: db, access: write}], publishes: [bus]}}\nstores: {db: {}}\nchannels: {bus: {}}"},
		{"a change of one service concerns no other team",
			"services: {a: {owner: s, depends_on: [b]}, b: {owner: t}}",
			"services: {a: {owner: s, depends_on: [{to: b, knows: model}]}, b: {owner: t}}",
			"services: {a: {depends_on: [{to: b, knows: model}]}, b: {owner: t}}"},
		{"strong dependencies stay within a team, or are stable",
			"services: {a: {owner: s, depends_on: [{to: b, knows: internals}]}, b: {owner: t}}",
			"services: {a: {owner: s, depends_on: [{to: b, knows: internals}]}, b: {owner: t, volatility: high}}",
			"services: {a: {depends_on: [{to: b, knows: internals}]}, b: {owner: t, volatility: high}}"},
		{"at most a fifth of the memory at peak runs only because it cannot be left out",
			"services: {a: {load: {rate: 10/s, peak: 10/s}, scaling: {duration: 1s, memory: 1GiB}}}",
			"services: {a: {load: {rate: 10/s, peak: 10/s}, scaling: {duration: 1s, memory: 1GiB}}, b: {load: {rate: 1/s, peak: 1/s}, scaling: {duration: 1s, memory: 9GiB}}}\nunits: {u: {services: [a, b]}}",
			"services: {a: {}}"},
		{"owning what the peak needs costs no more than paying for use",
			"services: {a: {load: {rate: 10/s, peak: 10/s}, scaling: {duration: 100ms}, cost: {replica_hour: 0.01, million_requests: 1}}}",
			"services: {a: {load: {rate: 10/s, peak: 10/s}, scaling: {duration: 100ms}, cost: {replica_hour: 10, million_requests: 1}}}",
			"services: {a: {}}"},
		{"services are functions or managed", "services: {a: {runtime: function}}", "services: {a: {}}", ""},
		{"stores and channels are managed",
			"services: {a: {depends_on: [db]}}\nstores: {db: {runtime: managed}}",
			"services: {a: {depends_on: [db]}}\nstores: {db: {}}",
			"services: {a: {}}"},
		{"nothing is paid for while it is idle",
			"services: {a: {cost: {gb_second: 0.1}}}",
			"services: {a: {cost: {replica_hour: 0.1}}}",
			"services: {a: {}}"},
		{"everything can grow as far as the peak needs",
			"services: {a: {load: {rate: 10/s, peak: 10/s}, scaling: {duration: 1s, max: 40}}}",
			"services: {a: {load: {rate: 10/s, peak: 10/s}, scaling: {duration: 1s, max: 4}}}",
			"services: {a: {}}"},
		{"journeys reach their objectives",
			"services: {a: {availability: 99%}}\njourneys: {j: {entry: a, objective: 98%}}",
			"services: {a: {availability: 99%}}\njourneys: {j: {entry: a, objective: 99.9%}}",
			"services: {a: {}}"},
		{"no single platform stops a journey",
			"services: {a: {runs_on: [{any_of: [x, y]}]}}\nplatforms: {x: {}, y: {}}",
			"services: {a: {runs_on: [x]}}\nplatforms: {x: {}}",
			"services: {a: {}}"},
	} {
		tested[c.check] = true
		for verdict, text := range []string{c.unknown, c.fail, c.pass} {
			if text == "" {
				continue
			}
			row, ok := find(rows(t, "system: s\n"+text+"\n"), c.check)
			switch {
			case !ok:
				t.Errorf("no check %q", c.check)
			case row.Verdict != scorecard.Verdict(verdict):
				t.Errorf("%s: %v, want %v; %s\n%s", c.check, row.Verdict, scorecard.Verdict(verdict), row.Evidence, text)
			case row.Evidence == "" || strings.Contains(row.Evidence, "\n"):
				t.Errorf("%s: evidence %q", c.check, row.Evidence)
			}
		}
	}
	for _, p := range scorecard.Principles() {
		for _, c := range p.Checks {
			if !tested[c.Title] {
				t.Errorf("no test of %q: add its files above", c.Title)
			}
		}
	}
}

func find(rows []scorecard.Row, check string) (scorecard.Row, bool) {
	for _, r := range rows {
		if r.Check == check {
			return r, true
		}
	}
	return scorecard.Row{}, false
}

// TestEmpty asserts that unknown is never a pass.
func TestEmpty(t *testing.T) {
	all := rows(t, "system: s\nservices: {a: {}}\n")
	pass, fail, unknown := scorecard.Count(all)
	if pass+fail+unknown != len(all) || unknown == 0 {
		t.Errorf("%d + %d + %d of %d rows", pass, fail, unknown, len(all))
	}
	f := metric.NewFacts(context.Background(), &model.System{}, metric.Options{})
	for _, r := range scorecard.Rows(f) {
		if r.Verdict == scorecard.Pass {
			t.Errorf("an empty system passes %q: %s", r.Check, r.Evidence)
		}
	}
}
