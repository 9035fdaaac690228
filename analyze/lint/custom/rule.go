package custom

import (
	"fmt"
	"reflect"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// BadRule is the rule of the errors in custom rules themselves.
const BadRule = "custom-rule"

// rule is a custom rule whose expressions were checked.
type rule struct {
	*model.CustomRule
	when          *expression
	message, hint *template
}

// Check says what is wrong with the custom rules of a system, at the character
// of the expression where that is possible.
func Check(sys *model.System, source Source) model.Diagnostics {
	_, found := compileAll(sys.Lint.Custom, newMeter(), source)
	return found
}

// compileAll checks rules and gives those that are right.
func compileAll(rules []model.CustomRule, m *meter, source Source) (compiled []rule, found model.Diagnostics) {
	for i := range rules {
		r := rule{CustomRule: &rules[i]}
		if i == maxRules {
			return compiled, append(found, r.diagnostic(r.Pos, "the file has %d custom rules, and at most %d are allowed", len(rules), maxRules))
		}
		env := environment(r.For)
		var problems [3]*fault
		r.when, problems[0] = compile(r.When, env, m)
		r.message, problems[1] = compileTemplate(r.Message, env, m)
		r.hint, problems[2] = compileTemplate(r.Hint, env, m)
		if f := problems[0]; f == nil && r.when.typ.Kind() != reflect.Bool {
			problems[0] = &fault{text: "this is a " + typeWord(r.when.typ) + ", but a rule needs a truth value", hint: "compare it with something"}
		}
		right := true
		for k, f := range problems {
			if f != nil {
				right = false
				found = append(found, r.fault(k, f, source))
			}
		}
		if right {
			compiled = append(compiled, r)
		}
	}
	return compiled, found
}

// fault says what is wrong with one of the rule's texts: when, message, hint.
func (r *rule) fault(which int, f *fault, source Source) model.Diagnostic {
	key := []string{"when", "message", "hint"}[which]
	text := []string{r.When, r.Message, r.Hint}[which]
	d := r.diagnostic(place(r.Origin.At(key), text, f.at, source), "%q of custom rule %q, character %d: %s", key, r.ID, f.at+1, f.text)
	d.Hint = f.hint
	return d
}

func (r *rule) diagnostic(pos model.Pos, format string, args ...any) model.Diagnostic {
	return model.Diagnostic{Rule: BadRule, Severity: model.Error, Pos: pos, Subject: "lint.custom." + r.ID, Message: fmt.Sprintf(format, args...)}
}

// Finding is what a custom rule found, not yet silenced or weighed.
type Finding struct {
	Rule    string
	Pos     model.Pos
	Subject string
	Message string
	Hint    string
}

// Run evaluates rules for everything they are for, rule by rule in file order.
// A rule that fails while it runs is an error among the diagnostics, at the
// expression's place, and is not evaluated further.
func Run(f *metric.Facts, rules []model.CustomRule, source Source) ([]Finding, model.Diagnostics) {
	m := newMeter()
	compiled, errors := compileAll(rules, m, source)
	named := map[string]bool{}
	for _, r := range compiled {
		for _, e := range r.expressions() {
			for _, key := range e.metrics {
				named[key] = true
			}
		}
	}
	var keys []string
	for _, key := range metricKeys() {
		if named[key] {
			keys = append(keys, key)
		}
	}
	w := newWorld(f, keys)
	var found []Finding
	for _, r := range compiled {
		m.start()
		for s := range w.subjects(r.For) {
			if f.Err() != nil {
				return nil, nil
			}
			x, which, problem := r.look(s, m)
			if problem != nil {
				d := r.fault(which, problem, source)
				d.Related = related(s)
				errors = append(errors, d)
				break
			}
			if x != nil {
				found = append(found, *x)
			}
		}
	}
	return found, errors
}

// related points at what a rule was looking at when it failed.
func related(s subject) []model.Related {
	if s.pos.IsZero() {
		return nil
	}
	return []model.Related{{Pos: s.pos, Message: fmt.Sprintf("while looking at %q", s.path)}}
}

// expressions are all of a rule's.
func (r *rule) expressions() []*expression {
	all := append([]*expression{r.when}, r.message.value...)
	return append(all, r.hint.value...)
}

// look evaluates a rule for one subject: nil where nothing is wrong.
func (r *rule) look(s subject, m *meter) (x *Finding, which int, problem *fault) {
	value, problem := r.when.run(s.env, m)
	if problem != nil || value != true {
		return nil, 0, problem
	}
	x = &Finding{Rule: r.ID, Pos: s.pos, Subject: s.path}
	if x.Message, problem = r.message.run(s.env, m); problem != nil {
		return nil, 1, problem
	}
	if x.Hint, problem = r.hint.run(s.env, m); problem != nil {
		return nil, 2, problem
	}
	return x, 0, nil
}
