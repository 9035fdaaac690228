package custom

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/expr-lang/expr/ast"

	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// Mention is a name where an expression uses it, with its meaning.
type Mention struct {
	Name
	At  int       // the character of the expression it starts at, from 0
	Pos model.Pos // where that is in the file
}

// Mentions lists the names in a rule's condition in order, with their places in
// the file as far as the source tells. A condition that is wrong has none.
func Mentions(r *model.CustomRule, source Source) []Mention {
	e, fault := compile(r.When, environment(r.For), newMeter())
	if fault != nil {
		return nil
	}
	for i := range e.named {
		e.named[i].Pos = place(r.Origin.At("when"), r.When, e.named[i].At, source)
	}
	return e.named
}

// mention notes a name that is one of those of a type.
func (g *guard) mention(at ast.Node, of reflect.Type, name string) {
	if of == nil {
		return
	}
	if scope := metricScope(of); scope != "" {
		if m, ok := metric.Find(scope, name); ok {
			g.named = append(g.named, Mention{Name: Name{name, "number", m.Title + ": " + m.Definition}, At: at.Location().From})
		}
		return
	}
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct {
		return
	}
	names := namesOf(of)
	if i := slices.IndexFunc(names, func(n Name) bool { return n.Name == name }); i >= 0 {
		g.named = append(g.named, Mention{Name: names[i], At: at.Location().From})
	}
}

// inOrder sorts mentions by place, each once: the library may look twice.
func inOrder(list []Mention) []Mention {
	slices.SortStableFunc(list, func(a, b Mention) int { return cmp.Compare(a.At, b.At) })
	return slices.CompactFunc(list, func(a, b Mention) bool { return a == b })
}
