package custom

import (
	"fmt"
	"reflect"
	"regexp/syntax"
	"slices"

	"github.com/expr-lang/expr/ast"

	"github.com/taut-dev/taut/model"
)

// guard walks over a parsed expression: it refuses what could grow without
// bound or what the library would only notice while running, counts loops, and
// notes which metrics are named.
type guard struct {
	env     any
	fault   *fault
	metrics map[string]bool
	named   []Mention
	steps   int // what searches and patterns count beyond their nodes
}

// Visit looks at one node; the library calls it for children first.
func (g *guard) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		if n.Value == "$env" {
			g.refuse(n, `"$env" is not available: use the names themselves`, "")
		}
		g.mention(n, reflect.TypeOf(g.env), n.Value)
	case *ast.BuiltinNode:
		// The library parses those with loops inside even where they are switched off.
		if !slices.ContainsFunc(Functions(), func(f Function) bool { return f.Name == n.Name }) {
			g.refuse(n, fmt.Sprintf("%q is no function of custom rules", n.Name), "docs/custom-rules.md lists them")
		}
	case *ast.VariableDeclaratorNode:
		g.refuse(n, `"let" is not available: write the value where it is used`, "")
	case *ast.SequenceNode:
		g.refuse(n, `";" is not available: a rule is one expression`, "")
	case *ast.MapNode:
		g.refuse(n, "mappings are not available", "")
	case *ast.ArrayNode:
		for _, item := range n.Nodes {
			if !scalar(item) {
				g.refuse(item, "a list written out holds texts, numbers or truth values only", "")
			}
		}
	case *ast.MemberNode:
		g.member(n)
	case *ast.BinaryNode:
		g.binary(n)
	case *ast.PredicateNode:
		g.turn(n)
	}
}

// refuse keeps the first thing that is wrong.
func (g *guard) refuse(at ast.Node, text, hint string) {
	if g.fault == nil {
		g.fault = &fault{at: at.Location().From, text: text, hint: hint}
	}
}

// member checks the ids of metrics: they have to be there when the file is read.
func (g *guard) member(n *ast.MemberNode) {
	if name, ok := n.Property.(*ast.StringNode); ok {
		g.mention(n.Property, n.Node.Type(), name.Value)
	}
	scope := metricScope(n.Node.Type())
	if scope == "" {
		return
	}
	id, ok := n.Property.(*ast.StringNode)
	if !ok {
		g.refuse(n.Property, `metrics are named outright, as in metrics["efferent"]`, "")
		return
	}
	known := metricIDs(scope)
	if !slices.Contains(known, id.Value) {
		hint := "taut metrics lists them; those whose values are words are not available"
		if near := model.Suggest(id.Value, known); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		g.refuse(n.Property, fmt.Sprintf("%q is no metric of a %s that is a number", model.Safe(id.Value), scope), hint)
		return
	}
	g.metrics[string(scope)+"/"+id.Value] = true
}

// binary refuses operators on what is not a single value: lists can be long,
// and comparing things compares all that hangs on them.
func (g *guard) binary(n *ast.BinaryNode) {
	g.steps += extra(n)
	number := func(x ast.Node) bool { return x.Nature().IsNumber() }
	switch n.Operator {
	case "+":
		if !number(n.Left) || !number(n.Right) {
			g.refuse(n, "+ adds numbers: join texts in the message, as in {a} and {b}", "")
		}
	case "==", "!=":
		if !scalar(n.Left) && !scalar(n.Right) {
			g.refuse(n, n.Operator+" compares texts, numbers and truth values: compare ids", "")
		}
	case "in":
		if !scalar(n.Left) || !n.Right.Nature().IsArray() {
			g.refuse(n, "in looks for a text or number in a list", "")
		}
	case "matches":
		g.pattern(n.Right)
	}
}

// pattern wants a small one that is known now: matching takes time for each
// instruction and character.
func (g *guard) pattern(x ast.Node) {
	text, ok := x.(*ast.StringNode)
	if !ok {
		g.refuse(x, "matches takes a pattern written out in quotes", "")
		return
	}
	parsed, err := syntax.Parse(text.Value, syntax.Perl)
	if err != nil {
		return // the library has said so
	}
	if p, err := syntax.Compile(parsed.Simplify()); err != nil || len(p.Inst) > maxPattern {
		g.refuse(x, "the pattern is too large", "write a shorter one, with small numbers of repeats")
	}
}

// extra is what an operator counts beyond being a node.
func extra(n *ast.BinaryNode) int {
	switch n.Operator {
	case "in":
		if _, literal := n.Right.(*ast.ArrayNode); !literal {
			return listSteps
		}
	case "matches":
		return patternSteps
	}
	return 0
}

// turn makes each turn of a loop count what its body costs.
func (g *guard) turn(n *ast.PredicateNode) {
	size := &counter{}
	body := n.Node
	ast.Walk(&body, size)
	call := &ast.CallNode{Callee: &ast.IdentifierNode{Value: tick}, Arguments: []ast.Node{&ast.IntegerNode{Value: size.nodes}}}
	counted := &ast.ConditionalNode{Ternary: true, Cond: call, Exp1: n.Node, Exp2: &ast.NilNode{}}
	for _, x := range []ast.Node{call.Callee, call.Arguments[0], call, counted, counted.Exp2} {
		x.SetLocation(n.Location())
	}
	n.Node = counted
}

// counter counts the parts of a loop's body.
type counter struct{ nodes int }

// Visit counts one; a search or a pattern counts more.
func (c *counter) Visit(node *ast.Node) {
	c.nodes++
	if n, ok := (*node).(*ast.BinaryNode); ok {
		c.nodes += extra(n)
	}
}
