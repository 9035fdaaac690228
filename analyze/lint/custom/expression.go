package custom

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Function is something that expressions can call.
type Function struct{ Name, Use, Doc string }

// Functions lists what expressions can call. Each is cheap, or counted: that
// is why there is no reduce, no joining of texts with +, no dates.
func Functions() []Function {
	return []Function{
		{"all", "all(list, condition)", "the condition holds for every item; inside it, .name is a name of the item and # the item itself"},
		{"any", "any(list, condition)", "it holds for at least one item"},
		{"none", "none(list, condition)", "it holds for no item"},
		{"one", "one(list, condition)", "it holds for exactly one item"},
		{"count", "count(list, condition)", "for how many items it holds"},
		{"filter", "filter(list, condition)", "the items for which it holds"},
		{"find", "find(list, condition)", "the first of these; a rule fails where there is none and its names are used"},
		{"map", "map(list, value)", "the value of every item"},
		{"sum", "sum(list, value)", "the sum of the values"},
		{"max", "max(a, b)", "the greatest of some numbers, or of a list"},
		{"min", "min(a, b)", "the least"},
		{"len", "len(list)", "how many items; of a text: characters"},
		{"first", "first(list)", "the first item"},
		{"last", "last(list)", "the last item"},
		{"join", "join(list, separator)", "one text of a list of texts"},
		{"abs", "abs(number)", "the number without its sign"},
		{"ceil", "ceil(number)", "rounded up"},
		{"floor", "floor(number)", "rounded down"},
		{"round", "round(number)", "rounded"},
		{"lower", "lower(text)", "in lower case"},
		{"upper", "upper(text)", "in upper case"},
		{"trim", "trim(text)", "without spaces at the ends"},
		{"defined", "defined(number)", "the number has a value: it is not undefined"},
	}
}

// ours are the functions among them that are no builtins of the expressions.
var ours = map[string]bool{"join": true, "defined": true}

// tick is what every turn of a loop calls. No expression can: the name is none.
const tick = "#turn"

// fault is what is wrong with an expression, with the character it starts at.
type fault struct {
	at   int
	text string
	hint string
}

// expression is one that was checked.
type expression struct {
	program *vm.Program
	typ     reflect.Type
	metrics []string // keys of the metrics that it names
	named   []Mention
	steps   int // what one evaluation costs, without loops
}

// compile checks an expression against an environment.
func compile(text string, env any, m *meter) (*expression, *fault) {
	if n := utf8.RuneCountInString(text); n > maxExpression {
		return nil, &fault{text: fmt.Sprintf("the expression has %d characters, and at most %d are allowed", n, maxExpression)}
	}
	g := &guard{env: env, metrics: map[string]bool{}}
	options := []expr.Option{
		expr.Env(env), expr.Optimize(false), expr.MaxNodes(maxNodes), expr.DisableIfOperator(), expr.DisableAllBuiltins(), expr.Patch(g),
		expr.Function("join", join, new(func([]string, string) string), new(func([]any, string) string)),
		expr.Function("defined", defined, new(func(float64) bool)),
		expr.Function(tick, func(cost ...any) (any, error) {
			if !m.spend(cost[0].(int)) {
				return nil, errSteps
			}
			return true, nil
		}, new(func(int) bool)),
	}
	for _, f := range Functions() {
		if !ours[f.Name] {
			options = append(options, expr.EnableBuiltin(f.Name))
		}
	}
	program, err := expr.Compile(text, options...)
	if err != nil {
		return nil, explain(err, env)
	}
	if g.fault != nil {
		return nil, g.fault
	}
	e := &expression{program: program, typ: program.Node().Type(), named: inOrder(g.named), steps: len(program.Bytecode) + g.steps}
	for _, key := range metricKeys() {
		if g.metrics[key] {
			e.metrics = append(e.metrics, key)
		}
	}
	return e, nil
}

// metricKeys lists the metrics that expressions can name, in list order.
func metricKeys() []string {
	var keys []string
	for _, s := range metric.Scopes() {
		for _, id := range metricIDs(s) {
			keys = append(keys, string(s)+"/"+id)
		}
	}
	return keys
}

// run evaluates the expression.
func (e *expression) run(env any, m *meter) (any, *fault) {
	if !m.spend(e.steps) {
		return nil, &fault{text: errSteps.Error()}
	}
	machine := vm.VM{MemoryBudget: maxMemory}
	value, err := machine.Run(e.program, env)
	if err != nil {
		f := explain(err, env)
		if errors.Is(err, errSteps) {
			f.text = errSteps.Error()
		}
		return nil, f
	}
	return value, nil
}

// join is strings.Join with a bound.
func join(args ...any) (any, error) {
	var parts []string
	switch list := args[0].(type) {
	case []string:
		parts = list
	case []any:
		for _, x := range list {
			s, ok := x.(string)
			if !ok {
				return nil, errors.New("join takes a list of texts")
			}
			parts = append(parts, s)
		}
	}
	glue, size := args[1].(string), 0
	for _, s := range parts {
		if size += len(s) + len(glue); size > maxJoined {
			return nil, fmt.Errorf("join makes a text of more than %d bytes", maxJoined)
		}
	}
	return strings.Join(parts, glue), nil
}

func defined(args ...any) (any, error) {
	f, ok := args[0].(float64)
	return !ok || !math.IsNaN(f), nil
}

// explain turns an error of the library into words of this language.
func explain(err error, env any) *fault {
	var e *file.Error
	if !errors.As(err, &e) {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return &fault{text: model.Safe(first)}
	}
	f := &fault{at: e.From, text: e.Message}
	var known []string
	word, isName := strings.CutPrefix(e.Message, "unknown name ")
	for _, k := range things() {
		own := namesOf(k.typ)
		if k.env != nil && reflect.TypeOf(k.env) == reflect.TypeOf(env) && isName {
			f.text = fmt.Sprintf("%q is no name of %s", model.Safe(word), article(k.word))
			for _, n := range append(own, Name{Name: "system"}) {
				known = append(known, n.Name)
			}
			for _, x := range Functions() {
				known = append(known, x.Name)
			}
		}
		if name, ok := strings.CutPrefix(e.Message, "type "+k.typ.String()+" has no field "); ok {
			word, f.text = name, fmt.Sprintf("%q is no name of %s", model.Safe(name), article(k.word))
			for _, n := range own {
				known = append(known, n.Name)
			}
		}
	}
	if near := model.Suggest(word, known); near != "" {
		f.hint = fmt.Sprintf("did you mean %q?", near)
	} else if known != nil {
		f.hint = "known: " + strings.Join(known[:min(len(known), 40)], ", ")
	}
	f.text = wording.Replace(strings.ReplaceAll(f.text, "\n", " "))
	return f
}

// wording puts the types of Go into words, longer ones first.
var wording = strings.NewReplacer(
	"*custom.", "", "custom.", "", "[]interface {}", "list", "[]string", "list of texts", "interface {}", "value",
	"float64", "number", "(type int)", "(whole number)", "types int ", "types number ", "and int)", "and number)", "string", "text",
	"memory budget exceeded", "the lists this makes are too long", "bool", "truth value",
)

// scalar says whether values of a type are single: number, text, truth value.
func scalar(n ast.Node) bool {
	switch n.Type().Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Float64:
		return true
	}
	return false
}
