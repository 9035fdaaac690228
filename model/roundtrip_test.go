package model_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/taut-dev/taut/model"
	"pgregory.net/rapid"
)

// wholeLanguage gives every key of the language a value.
const wholeLanguage = `version: 1
system: web shop
description: |
  Sells things
  to people.
teams:
  checkout: {name: Checkout, members: 6}
services:
  storefront:
    name: Storefront
    description: "the front: door"
    owner: web
    domain: shop
    tier: 1
    volatility: high
    lifecycle: experimental
    tags: [ui, "1"]
    url: https://example.org/storefront
    keep: monolith
    technology: [typescript, nextjs]
    runtime: server
    exposed: true
    runs_on: [eu-cluster, {any_of: [zone-a, zone-b], at_least: 2, common_cause: 2.5%}]
    api: {style: grpc, contract: api/storefront.yaml, version: "2", auth: oidc, rate_limit: 500/s}
    operations: {logs: true, metrics: false, traces: true, health_check: true, slo: 99.9%, pipeline: own, infrastructure_as_code: true}
    availability: 99.95%
    load: {rate: 40/s, peak: 24k/min, peak_duration: 20m}
    scaling: {duration: 80ms, concurrency: 16, min: 2, max: 40, memory: 512MiB, startup: 1m30s, target_utilisation: 60%}
    cost: {replica_hour: 0.05, million_requests: 1, gb_second: 0.0000166667, idle: 2, free: {requests: 1000000, gb_seconds: 400000}}
    depends_on:
      - catalogue
      - {to: recommendations, needs: soft, fallback: bestsellers, timeout: 150ms, retries: 1, circuit_breaker: true, calls: 0.8, answer: later}
      - {any_of: [stripe, adyen], at_least: 1, common_cause: 10%}
      - {to: orders-db, access: write}
      - {to: legacy, knows: internals}
    publishes: [{to: bus, events: [order.placed], outbox: true, needs: soft, calls: 2.5}]
    consumes: [{from: bus, events: [payment.settled], awaits: true, answers: [payment.settled]}]
  catalogue:
  recommendations: {depends_on: {catalogue: {needs: soft}}}
  legacy: {lifecycle: deprecated}
stores:
  orders-db: {owner: checkout, kind: document, runtime: managed, capacity: 3000/s, partitioned: true, encrypted: false, data: [pii], cost: {idle: 1}}
channels:
  bus: {kind: router, runtime: managed, capacity: 10000/s, retention: 24h, dead_letter: true, archive: true, cost: {}}
externals:
  stripe: {availability: 99.9%}
  adyen:
platforms:
  eu-cluster: {availability: 0.9995}
  zone-a: {runs_on: {eu-cluster: {}}}
  zone-b:
units:
  shop: {services: [storefront, catalogue], runs_on: [zone-a], isolation: process, runtime: server, replicas: {min: 4, max: 12}, cost: {replica_hour: 0.4}}
journeys:
  buy: {name: Buy, entry: storefront, rate: 20/s, requires: [orders-db], optional: [recommendations], objective: 99.9%}
budgets:
  system: {propagation_cost: 25%, cycles: 0}
  services:
    default: {efferent: 7}
    storefront: {efferent: 9, load: {min: 1, max: 10}, reason: it is the gateway, owner: web, until: 2027-06-30}
  teams: {coupling: 30%}
strengths: {hard-call: 0.5}
lint:
  strict: true
  rules: {shared-store: error, chatty-dependency: off}
  ignore: [{rule: single-point-of-failure, at: services.legacy, reason: "retired: in May", owner: web, until: 2027-05-31}]
designs:
  monolith: {name: One, description: all in one, preset: monolith}
  events: {services: {storefront: {depends_on: {legacy: null}}}}
compare: [base, monolith]
`

func mustParse(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string) *model.System {
	t.Helper()
	sys, diags := model.Parse("architecture.yaml", []byte(text), model.Limits{})
	if sys == nil {
		t.Fatalf("%v in\n%s", texts(diags), text)
	}
	return sys
}

// withoutPlaces clears every position in a value, so that what two files say
// can be compared. Which keys were given stays.
func withoutPlaces(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			withoutPlaces(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			withoutPlaces(v.Index(i))
		}
	case reflect.Struct:
		switch v.Type() {
		case reflect.TypeFor[model.Origin](), reflect.TypeFor[model.Pos]():
			v.SetZero()
			return
		}
		for i := range v.NumField() {
			withoutPlaces(v.Field(i))
		}
	}
}

// meaning is what a system says, as JSON.
func meaning(t interface{ Fatalf(string, ...any) }, sys *model.System) string {
	sys.Suppressions = nil
	withoutPlaces(reflect.ValueOf(sys))
	text, err := json.MarshalIndent(sys, "", " ")
	if err != nil {
		t.Fatalf("%v", err)
	}
	return strings.NewReplacer(": null", ": []", `"Quoted": true`, `"Quoted": false`).Replace(string(text))
}

func roundTrip(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string) {
	t.Helper()
	tree := model.Encode(mustParse(t, text))
	yaml, js := model.FormatYAML(tree), model.FormatJSON(tree)
	want := meaning(t, mustParse(t, text))
	if got := meaning(t, mustParse(t, string(yaml))); got != want {
		t.Fatalf("YAML says something else:\n%s\n%s\n%s", yaml, got, want)
	}
	if got := meaning(t, mustParse(t, string(js))); got != want {
		t.Fatalf("JSON says something else:\n%s", js)
	}
	sys, diags := model.Decode(tree, model.Limits{})
	if sys == nil {
		t.Fatalf("the encoded tree is refused: %v", texts(diags))
	}
	if got := meaning(t, sys); got != want {
		t.Fatalf("the encoded tree says something else: %s", got)
	}
	again := model.FormatYAML(model.Encode(mustParse(t, string(yaml))))
	if !bytes.Equal(again, yaml) {
		t.Fatalf("written twice, it differs:\n%s\n%s", yaml, again)
	}
}

func TestRoundTrip(t *testing.T) {
	for _, text := range append([]string{wholeLanguage, six}, acceptedTexts...) {
		roundTrip(t, text)
	}
}

func TestEncodeKeepsPlaces(t *testing.T) {
	sys := mustParse(t, wholeLanguage)
	again, _ := model.Decode(model.Encode(sys), model.Limits{})
	for i, s := range sys.Services {
		a := again.Services[i]
		if s.Pos != a.Pos {
			t.Errorf("%s moved from %s to %s", s.ID, s.Pos, a.Pos)
		}
		for _, k := range s.Keys {
			if got := a.At(k.Path); got != k.Value {
				t.Errorf("%s of %s moved from %s to %s", k.Path, s.ID, k.Value, got)
			}
		}
		for j, d := range s.DependsOn {
			if got := a.DependsOn[j].At("timeout"); got != d.At("timeout") && d.Has("timeout") {
				t.Errorf("timeout %d of %s moved from %s to %s", j, s.ID, d.At("timeout"), got)
			}
		}
	}
}

func TestEncodeLeavesDefaultsOut(t *testing.T) {
	got := string(model.FormatYAML(model.Encode(mustParse(t, six))))
	want := `system: web shop
services:
  storefront: {depends_on: {orders: {}, catalogue: {}}}
  orders: {depends_on: {payments: {}, orders-db: {}}}
  payments:
  catalogue:
stores:
  orders-db:
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestMergePatchKeepsPlaces(t *testing.T) {
	base := mustParse(t, wholeLanguage)
	patch, diags := model.ReadYAML("patch.yaml", []byte("services:\n  storefront:\n    tier: 2\n    depends_on: {legacy: null, catalogue: {timeout: 1s}}\n"), model.Limits{})
	if patch == nil {
		t.Fatal(diags)
	}
	tree, diags := model.MergePatch(model.Encode(base), patch)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	sys, diags := model.Decode(tree, model.Limits{})
	if sys == nil {
		t.Fatal(diags)
	}
	s := sys.Services[0]
	if s.Tier != 2 || s.At("tier").String() != "patch.yaml:3:11" || s.At("owner").File != "architecture.yaml" {
		t.Errorf("tier %d at %s, owner at %s", s.Tier, s.At("tier"), s.At("owner"))
	}
	if d := s.DependsOn[0]; d.Timeout == 0 || d.At("timeout").String() != "patch.yaml:4:53" || len(s.DependsOn) != 4 {
		t.Errorf("%v at %s, %d dependencies", d.Timeout, d.At("timeout"), len(s.DependsOn))
	}
}

// jsonValue draws a JSON value without null, as a patch cannot say that.
func jsonValue(depth int, null bool) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		kind := rapid.IntRange(0, 5).Draw(t, "kind")
		switch {
		case kind == 0 && null:
			return nil
		case kind < 3 && depth > 0:
			return anyMap(rapid.MapOfN(rapid.SampledFrom([]string{"a", "b", "c", "d"}), jsonValue(depth-1, null), 0, 4).Draw(t, "map"))
		case kind == 3 && depth > 0:
			return anyList(rapid.SliceOfN(jsonValue(depth-1, false), 0, 3).Draw(t, "list"))
		}
		return rapid.SampledFrom([]any{"x", "y", true, 1.5}).Draw(t, "scalar")
	})
}

func anyMap(m map[string]any) any { return m }
func anyList(l []any) any         { return l }

// reference7396 is the merge of RFC 7396 on plain values, and whether it takes
// anything away that is not there.
func reference7396(target, patch any) (merged any, absent bool) {
	p, ok := patch.(map[string]any)
	if !ok {
		return patch, false
	}
	result := map[string]any{}
	if t, ok := target.(map[string]any); ok {
		for k, v := range t {
			result[k] = v
		}
	}
	for k, v := range p {
		_, has := result[k]
		if v == nil {
			absent = absent || !has
			delete(result, k)
			continue
		}
		m, missing := reference7396(result[k], v)
		result[k], absent = m, absent || missing
	}
	return result, absent
}

func TestMergePatchIsRFC7396(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		target := jsonValue(3, false).Draw(t, "target")
		patch := jsonValue(3, true).Draw(t, "patch")
		want, absent := reference7396(target, patch)
		got, diags := model.MergePatch(toNode(t, target), toNode(t, patch))
		if diags.HasErrors() != absent {
			t.Fatalf("errors %v, want %v", diags, absent)
		}
		var value any
		if err := json.Unmarshal(model.FormatJSON(got), &value); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(value, want) {
			t.Fatalf("got %v, want %v", value, want)
		}
	})
}

func toNode(t *rapid.T, v any) *model.Node {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	n, diags := model.ReadJSON("f.json", text, model.Limits{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return n
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(six))
	f.Add([]byte(wholeLanguage))
	for _, c := range decodeCases {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sys, diags := model.Parse("architecture.yaml", data, model.Limits{})
		if (sys == nil) != diags.HasErrors() {
			t.Fatal("a system comes if and only if there are no errors")
		}
		again, same := model.Parse("architecture.yaml", data, model.Limits{})
		if !reflect.DeepEqual(sys, again) || !reflect.DeepEqual(diags, same) {
			t.Fatal("two runs differ")
		}
		if len(data) > 1 && data[0] < 0xfe {
			checkInside(t, bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), diags)
		}
		if sys != nil && !strings.Contains(string(data), "include") {
			roundTrip(t, string(data))
		}
	})
}
