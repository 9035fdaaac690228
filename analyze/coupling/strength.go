// Package coupling measures how tightly services hang together: the strength
// of every dependency, the paths along which change and knowledge travel, and
// the published figures of coupling over the service graph. An arrow u → v
// always means that u depends on v.
package coupling

import (
	"fmt"
	"strings"

	"github.com/taut-dev/taut/model"
)

// Integration is how two services are joined, tightest first.
type Integration uint8

// The forms of integration.
const (
	InProcess       Integration = iota // in one unit: compiled, shipped and crashing together
	StoreWrite                         // writing a store that others use
	StoreRead                          // reading a store that others use
	SynchronousHard                    // a call that must succeed
	SynchronousSoft                    // a call that may fail
	PointToPoint                       // messages over a queue
	Routed                             // events over a router, topic or stream
	integrations
)

// Knowledge is how much one side must know of the other, most first.
type Knowledge uint8

// The degrees of knowledge.
const (
	Internals Knowledge = iota // its private tables, classes or files
	Model                      // its domain model
	Contract                   // a published contract only
	knowledges
)

// Factor is one row of the strength table.
type Factor struct {
	Name  string // as the file may override it
	Group string // "integration" or "knowledge"
	Value float64
	Fixed bool // part of a definition: no file may override it
	Why   string
}

// String gives the factor's name.
func (i Integration) String() string { return Factors()[i].Name }

// String gives the factor's name.
func (k Knowledge) String() string { return Factors()[int(integrations)+int(k)].Name }

// Factors is the whole strength table, the forms of integration and then the
// degrees of knowledge. The strength of a dependency is the product of one of
// each. The values are this project's own and ordinal: only their order has
// sources (Page-Jones 1992 for connascence, Khononov 2024 for integration
// strength). They are products of tenths and quarters so that a person can
// check them in the head.
func Factors() []Factor {
	return []Factor{
		{"in-process", "integration", 1, true, "one unit: changed, shipped, scaled and crashing together whatever its parts know of each other"},
		{"shared-store-write", "integration", 0.9, false, "two services and one set of rows: whoever writes may break every other user, unseen by any interface"},
		{"shared-store-read", "integration", 0.7, false, "bound to another's tables, but unable to damage them"},
		{"synchronous-hard", "integration", 0.6, false, "bound in time and fate: the caller waits and fails with the provider"},
		{"synchronous-soft", "integration", 0.4, false, "bound in time only: without the provider the caller does less"},
		{"queue", "integration", 0.25, false, "not bound in time, but sender and receiver are a fixed pair"},
		{"router", "integration", 0.1, false, "neither side knows who is at the other end; only the event is shared"},
		{"internals", "knowledge", 1, false, "any change inside the other side may break this one"},
		{"model", "knowledge", 0.75, false, "changes of the shared domain model travel; a store's schema is such a model"},
		{"contract", "knowledge", 0.5, false, "only changes of a published, versioned contract travel"},
	}
}

// Scale is the strength table with a file's overrides applied.
type Scale struct {
	integration [integrations]float64
	knowledge   [knowledges]float64
}

// NewScale gives the table as a system uses it. Overrides that Validate
// refuses have no effect.
func NewScale(sys *model.System) Scale {
	var s Scale
	for i, f := range Factors() {
		for _, o := range sys.Strengths {
			if o.Factor == f.Name && overrides(f, o.Value) {
				f.Value = o.Value
			}
		}
		if i < int(integrations) {
			s.integration[i] = f.Value
		} else {
			s.knowledge[i-int(integrations)] = f.Value
		}
	}
	return s
}

func overrides(f Factor, value float64) bool { return !f.Fixed && value >= 0 && value <= 1 }

// Integration is the value of a form of integration, 0..1.
func (s Scale) Integration(i Integration) float64 { return s.integration[i] }

// Knowledge is the value of a degree of knowledge, 0..1.
func (s Scale) Knowledge(k Knowledge) float64 { return s.knowledge[k] }

// Strength is the product of both, 0..1. Within one process knowledge is no
// discount: what ships together changes together.
func (s Scale) Strength(i Integration, k Knowledge) float64 {
	if i == InProcess {
		return s.integration[i]
	}
	return s.integration[i] * s.knowledge[k]
}

// Validate checks a file's overrides of the strength table.
func Validate(sys *model.System) model.Diagnostics {
	var out model.Diagnostics
	for _, o := range sys.Strengths {
		if d, bad := fault(o); bad {
			d.Severity, d.Pos, d.Subject = model.Error, o.Pos, "strengths."+o.Factor
			out = append(out, d)
		}
	}
	return out
}

func fault(o model.Strength) (model.Diagnostic, bool) {
	var known []string
	for _, f := range Factors() {
		switch {
		case f.Name != o.Factor:
			known = append(known, f.Name)
		case f.Fixed:
			return model.Diagnostic{
				Rule: "fixed-strength", Message: fmt.Sprintf("the strength of %q is 1 by definition", o.Factor),
				Hint: "take the line out",
			}, true
		case !overrides(f, o.Value):
			return model.Diagnostic{
				Rule: "out-of-range", Message: fmt.Sprintf("the strength of %q must lie in 0..1, not %v", o.Factor, o.Value),
				Hint: "0 is no coupling, 1 the tightest",
			}, true
		default:
			return model.Diagnostic{}, false
		}
	}
	d := model.Diagnostic{
		Rule: "unknown-strength", Message: fmt.Sprintf("there is no coupling strength %q", model.Safe(o.Factor)),
		Hint: "known are " + strings.Join(known, ", "),
	}
	if near := model.Suggest(o.Factor, known); near != "" {
		d.Hint, d.Typo = fmt.Sprintf("did you mean %q? %s", near, d.Hint), &model.Typo{Word: o.Factor, Meant: near}
	}
	return d, true
}
