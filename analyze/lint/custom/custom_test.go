package custom

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// parse reads a file that must be right but for its custom rules.
func parse(t *testing.T, text string) (*model.System, Source) {
	t.Helper()
	sys, found := model.Parse("a.yaml", []byte(text), model.DefaultLimits())
	if sys == nil {
		t.Fatal(found)
	}
	return sys, func(string) []byte { return []byte(text) }
}

// evaluate runs the rules of a file.
func evaluate(t *testing.T, text string) ([]Finding, model.Diagnostics) {
	t.Helper()
	sys, source := parse(t, text)
	return Run(metric.NewFacts(context.Background(), sys, metric.Options{}), sys.Lint.Custom, source)
}

const shop = `services:
  web: {exposed: true, owner: front, tags: [a, b], depends_on: [{to: orders, timeout: 90s}]}
  orders: {owner: back, depends_on: [db, {any_of: [p, q], needs: soft}]}
  p: {}
  q: {}
stores: {db: {}}
lint:
  custom:
`

// ruleFor writes a rule that reports the value of an expression.
func ruleFor(scope, when, message string) string {
	return shop + fmt.Sprintf("    - {id: x, for: %s, when: %s, message: %s}\n", scope, strconv.Quote(when), strconv.Quote(message))
}

// TestExamples holds the manual's examples to the comments in them.
func TestExamples(t *testing.T) {
	found, errors := evaluate(t, Examples())
	if len(errors) > 0 {
		t.Fatal(errors)
	}
	var got, want []string
	for _, f := range found {
		got = append(got, fmt.Sprint(f.Pos.Line, " ", f.Rule))
	}
	for i, line := range strings.Split(Examples(), "\n") {
		if _, rules, ok := strings.Cut(line, "# want "); ok {
			for _, r := range strings.Fields(rules) {
				want = append(want, fmt.Sprint(i+1, " ", r))
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || len(want) < 6 {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestValues checks what the names stand for, through what a message shows.
func TestValues(t *testing.T) {
	for _, c := range []struct{ scope, when, message, want string }{
		{"service", `exposed`, `{id} {name} {owner} {tier} {len(tags)} {metrics["efferent"]} {availability}`, "web web front 3 2 1 undefined"},
		{"service", `id == "orders"`, `{join(map(depends_on, .to.id), " ")} {len(dependents)} {first(dependents).from.id}`, "db p q 1 web"},
		{"service", `exposed and not defined(operations.slo) and not (operations.slo > 0)`, `{api.given} {scaling.min}`, "false 1"},
		{"dependency", `to.id == "q"`, `{needs} {alternatives} {to.kind} {crosses_teams} {timeout}`, "soft 2 service false 0"},
		{"dependency", `from.id == "web"`, `{needs} {timeout} {crosses_teams} {strength} {to.metrics["afferent"]}`, "hard 90 true 0.3 1"},
		{"dependency", `to.kind == "store"`, `{to.metrics["afferent"]} {strength} {system.name}`, "undefined undefined system"},
		{"store", `true`, `{id} {len(users)} {first(users).id} {encrypted}`, "db 1 orders false"},
		{"team", `id == "back"`, `{declared} {len(services)} {metrics["services"]}`, "false 1 1"},
		{"journey", `true`, `{entry.id} {implied} {metrics["availability"] > 0.5}`, "web true true"},
		{"system", `metrics["services"] == 4`, `{len(services)} {len(dependencies)} {sum(dependencies, .calls)} {{x}}`, "4 4 4 {x}"},
	} {
		found, errors := evaluate(t, ruleFor(c.scope, c.when, c.message))
		if len(found) != 1 || len(errors) > 0 || found[0].Message != c.want || found[0].Pos.IsZero() {
			t.Errorf("%s when %s: %v %v, want %q", c.scope, c.when, found, errors, c.want)
		}
	}
}

// TestFaults checks the place and words of what is refused when a file is read:
// the text at the place starts with what is given.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ when, at, want, hint string }{
		{`ownr == ""`, `ownr`, `"ownr" is no name of a service`, `did you mean "owner"?`},
		{`owner == "" and api.contarct == ""`, `contarct`, `"contarct" is no name of an api`, `did you mean "contract"?`},
		{`any(depends_on, .too.id == "x")`, `too`, `"too" is no name of a dependency`, `did you mean "to"?`},
		{`tier > "a"`, `>`, `mismatched types`, ``},
		{`tier`, `tier`, `this is a whole number, but a rule needs a truth value`, `compare`},
		{`tier >`, ``, `unexpected token EOF`, ``},
		{`metrics["eferent"] > 1`, `"eferent`, `"eferent" is no metric of a service`, `did you mean "efferent"?`},
		{`metrics["role"] > 1`, `"role`, `no metric of a service that is a number`, `words`},
		{`metrics[id] > 1`, `id`, `named outright`, ``},
		{`id + owner == ""`, `+`, `+ adds numbers`, ``},
		{`let x = 1; x > 0`, `x = 1`, `"let" is not available`, ``},
		{`reduce(tags, 1, 1) > 0`, `reduce`, `"reduce" is no function`, ``},
		{`now() > 1`, `now`, `"now" is no name`, ``},
		{`$env["id"] == ""`, ``, `"$env"`, ``},
		{`depends_on == dependents`, `==`, `== compares texts`, ``},
		{`id matches owner`, `owner`, `pattern written out`, ``},
		{`id matches "(a{1,90}){1,9}"`, ``, `the pattern is too large`, ``},
		{`id matches "("`, ``, `missing closing`, ``},
		{`len([[1]]) > 0`, `[1`, `a list written out`, ``},
		{`common.id == ""`, `common`, `is no name of a service`, ``},
	} {
		text := ruleFor("service", c.when, "m")
		sys, source := parse(t, text)
		found := Check(sys, source)
		if len(found) != 1 {
			t.Errorf("%s: %v", c.when, found)
			continue
		}
		d := found[0]
		if line := strings.Split(text, "\n")[d.Pos.Line-1]; !strings.HasPrefix(line[d.Pos.Col-1:], c.at) {
			t.Errorf("%s: points at %q", c.when, line[d.Pos.Col-1:])
		}
		if d.Rule != BadRule || !strings.Contains(d.Message, c.want) || !strings.Contains(d.Hint, c.hint) || strings.Contains(d.Message, "custom.") || strings.ContainsAny(d.Message, "\n") {
			t.Errorf("%s: %q (%q), want %q (%q)", c.when, d.Message, d.Hint, c.want, c.hint)
		}
	}
}

// TestPlaces finds one fault in every way that YAML writes a text.
func TestPlaces(t *testing.T) {
	for _, text := range []string{
		"when: id != 'é' and BAD\n",
		"when: \"id != \\\"é\\\" and BAD\"\n",
		"when: 'id != \"it''s\" and BAD'\n",
		"when: |\n        id != \"x\" and\n          BAD\n",
		"when: >-\n        id != \"x\"\n\n        and BAD\n",
		"when: id != 'x'\n        and BAD\n",
	} {
		text = shop + "    - id: x\n      message: m\n      " + text
		sys, source := parse(t, text)
		for _, d := range Check(sys, source) {
			line := []rune(strings.Split(text, "\n")[d.Pos.Line-1])
			if got := string(line[d.Pos.Col-1:]); !strings.HasPrefix(got, "BAD") {
				t.Errorf("%s\npoints at %v: %q", text[len(shop):], d.Pos, got)
			}
		}
		if d := Check(sys, nil); len(d) != 1 || d[0].Pos != sys.Lint.Custom[0].Origin.At("when") {
			t.Errorf("without a source: %v", d)
		}
	}
	sys, source := parse(t, ruleFor("service", "true", `{id} and {BAD}`))
	if d := Check(sys, source); len(d) != 1 || d[0].Pos.Col != strings.Index(strings.Split(ruleFor("service", "true", `{id} and {BAD}`), "\n")[8], "BAD")+1 {
		t.Errorf("in a message: %v", d)
	}
	for _, message := range []string{"{id", "{depends_on}", "{first(depends_on)}", "{}"} {
		sys, source := parse(t, ruleFor("service", "true", message))
		if d := Check(sys, source); len(d) != 1 {
			t.Errorf("message %s: %v", message, d)
		}
	}
}

// TestRunTimeFaults checks rules that are right and fail on what they meet.
func TestRunTimeFaults(t *testing.T) {
	for _, c := range []struct{ when, want string }{
		{`tags[7] == "a"`, "index out of range"},
		{`first(depends_on).to.id == "x"`, "cannot get"},
		{`1 % (tier - tier) == 0`, "divide by zero"},
	} {
		found, errors := evaluate(t, ruleFor("service", c.when, "m"))
		if len(errors) != 1 || !strings.Contains(errors[0].Message, c.want) || errors[0].Severity != model.Error || len(errors[0].Related) != 1 || errors[0].Pos.IsZero() {
			t.Errorf("%s: %v %v", c.when, found, errors)
		}
	}
}

// TestHostile holds the bounds: nothing takes long, grows or stops the program.
func TestHostile(t *testing.T) {
	loops := `1 > 0`
	for range 6 {
		loops = "all(1..9000, " + loops + ")"
	}
	doubled := `[1,2]`
	for range 60 {
		doubled = "map(" + doubled + ", #)"
	}
	for name, when := range map[string]string{
		"parentheses": strings.Repeat("(", 1900) + "true" + strings.Repeat(")", 1900),
		"nots":        strings.Repeat("!", 3900) + "true",
		"minuses":     strings.Repeat("-", 3900) + "1 > 0",
		"brackets":    strings.Repeat("[", 3900),
		"braces":      strings.Repeat("{", 3900),
		"long":        strings.Repeat("a", 100_000),
		"parts":       strings.Repeat("1+", 1500) + "1 > 0",
		"range":       `len(1..1000000000000) > 0`,
		"ranges":      `all(1..1000, len(1..100000) > 0)`,
		"negative":    `len(-9223372036854775807..9223372036854775807) > 0`,
		"loops":       loops,
		"maps":        `len(map(1..9000, map(1..9000, map(1..9000, #)))) > 0`,
		"doubled":     "len(" + doubled + ") > 0",
		"joined":      `len(join(map(1..100000, system.name), "aaaaaaaaaaaaaaaaaaaa")) > 0`,
		"filters":     `len(filter(1..90000, len(filter(1..90000, true)) > 0)) > 0`,
		"power":       `9 ** 9 ** 9 > 0`,
	} {
		found, errors := evaluate(t, ruleFor("service", when, "m"))
		for _, d := range errors {
			if len(d.Message) > 2000 {
				t.Errorf("%s: a message of %d bytes", name, len(d.Message))
			}
		}
		if len(errors) == 0 && !slices.Contains([]string{"nots", "minuses", "negative", "parentheses", "doubled", "power"}, name) {
			t.Errorf("%s passed: %d findings", name, len(found))
		}
	}
}

// TestBoundsAreShared checks that many costly rules cost no more than the total.
func TestBoundsAreShared(t *testing.T) {
	text := shop
	for i := range maxRules + 1 {
		text += fmt.Sprintf("    - {id: x%d, when: 'none(1..9000, any(1..2000, # < 0))', message: m}\n", i)
	}
	_, errors := evaluate(t, text)
	if len(errors) != maxRules+1 {
		t.Errorf("%d errors", len(errors))
	}
	if !strings.Contains(errors[len(errors)-1].Message, "too many steps") || !strings.Contains(errors[0].Message, "201 custom rules") {
		t.Error(errors[0], errors[len(errors)-1])
	}
}

// TestDeterminism runs the examples again and again.
func TestDeterminism(t *testing.T) {
	first, _ := evaluate(t, Examples())
	for range 5 {
		if again, _ := evaluate(t, Examples()); !reflect.DeepEqual(again, first) {
			t.Fatalf("%v, then %v", first, again)
		}
	}
}

// TestNames holds the tables together: all names have a meaning and a type, and
// the manual names no function that is not there.
func TestNames(t *testing.T) {
	for _, k := range Kinds() {
		for _, n := range k.Names {
			if n.Name == "" || n.Doc == "" || n.Type == "value" || n.Type == "" {
				t.Errorf("%s: %+v", k.Word, n)
			}
		}
	}
	for _, f := range Functions() {
		if !strings.HasPrefix(f.Use, f.Name+"(") || f.Doc == "" {
			t.Errorf("%+v", f)
		}
	}
	schema := string(model.Schema())
	for _, x := range things() {
		if x.env != nil && !strings.Contains(schema, strconv.Quote(x.word)) {
			t.Errorf("the language has no rules for %s", x.word)
		}
	}
	if data, err := os.ReadFile("examples.yaml"); err != nil || string(data) != Examples() || !regexp.MustCompile(`for: dependency`).Match(data) {
		t.Error("examples.yaml is not what is embedded")
	}
}

// FuzzCompile looks for expressions that stop the program or have no place.
func FuzzCompile(f *testing.F) {
	f.Add(`any(depends_on, .to.tier > tier)`)
	f.Add(`{"a": [1..2][0]?.b ?? nil}`)
	f.Add("not (id matches `x`) ? 1 : \"\"")
	f.Fuzz(func(t *testing.T, text string) {
		m := newMeter()
		m.start()
		m.rule = 10_000
		e, fault := compile(text, serviceEnv{}, m)
		if fault != nil {
			if fault.text == "" || fault.at < 0 {
				t.Errorf("%q: %+v", text, fault)
			}
			return
		}
		e.run(serviceEnv{service: &service{}, System: &system{}}, m)
	})
}
