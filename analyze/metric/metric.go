// Package metric is the list of everything taut measures: what each number
// means, where it was published, which direction is better, its value for every
// subject, and the terms that make the value up. The algorithms live in the
// packages it reads from; here a measure is a name, a definition and a few
// lines that pick its value out of the shared Facts.
package metric

import (
	"slices"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/analyze/graph"
	"github.com/taut-dev/taut/model"
)

// Scope is the kind of subject a metric is about.
type Scope string

// The scopes, in the order in which reports show them.
const (
	System  Scope = "system"  // one subject: the whole system, with the empty name
	Service Scope = "service" // every service, in file order
	Team    Scope = "team"    // declared teams in file order, then owners that only services name
	Journey Scope = "journey" // every journey, in file order
)

// Scopes lists the scopes in the order of reports.
func Scopes() []Scope { return []Scope{System, Service, Team, Journey} }

// Better is the direction in which a metric improves.
type Better int

// The directions. A plain budget is a maximum for Less, a minimum for More.
const (
	Neither Better = iota
	Less
	More
)

// String gives the direction as a word: neither, less, more.
func (b Better) String() string { return []string{"neither", "less", "more"}[b] }

// Term is one part of a metric's value for one subject: what `explain --for`
// prints. How terms combine (sum, product, list) is said in the definition.
type Term struct {
	Label string      // "orders → payments", "stripe fails"
	Value graph.Value // its part, in the metric's unit unless Note says otherwise
	Note  string      // why it counts; may be empty
	Pos   model.Pos   // where it is declared; zero when it is no single place
	Edge  bool        // the term is one dependency
}

// Metric is one measure.
type Metric struct {
	ID         string // unique within its scope: "propagation_cost"
	Scope      Scope
	Title      string // for people, lower case: "propagation cost"
	Unit       string // "share", "services", "requests/s", …; empty for a plain number
	Better     Better
	Definition string   // one or two sentences
	Source     string   // author and year; for our own definitions what they follow, or empty
	Ours       bool     // the definition is this project's own
	Words      []string // when set, a value is an index into these words

	// Values gives one value for each subject of the scope, in Subjects order.
	Values func(*Facts) []graph.Value
	// Terms gives what makes up the value of one subject, largest first.
	Terms func(f *Facts, subject int) []Term
}

// Key is scope and id: "service/tightness".
func (m *Metric) Key() string { return string(m.Scope) + "/" + m.ID }

// Name is the id as a file name and an anchor: dots become underscores, and an
// id that several scopes share carries its scope, except for the system's.
func (m *Metric) Name() string {
	name := strings.ReplaceAll(m.ID, ".", "_")
	if m.Scope != System && shared(m.ID) {
		return string(m.Scope) + "_" + name
	}
	return name
}

// shared says whether several scopes have a metric of this id.
func shared(id string) bool {
	n := 0
	for _, m := range List() {
		if m.ID == id {
			n++
		}
	}
	return n > 1
}

// Word gives the word a value stands for, or the number in its shortest form;
// "n/a" for an undefined value.
func (m *Metric) Word(v graph.Value) string {
	switch i := int(v.F); {
	case !v.OK:
		return "n/a"
	case len(m.Words) > 0 && i >= 0 && i < len(m.Words):
		return m.Words[i]
	}
	return strconv.FormatFloat(v.F, 'g', -1, 64)
}

// Find gives the metric with an id in a scope.
func Find(scope Scope, id string) (Metric, bool) {
	list := List()
	i := slices.IndexFunc(list, func(m Metric) bool { return m.Scope == scope && m.ID == id })
	if i < 0 {
		return Metric{}, false
	}
	return list[i], true
}

// Lookup gives the metrics a person may mean by a word: an id, which several
// scopes may share, or scope/id.
func Lookup(word string) []Metric {
	return slices.DeleteFunc(List(), func(m Metric) bool { return m.ID != word && m.Key() != word })
}

// IDs lists the ids of one scope in list order, for "did you mean".
func IDs(scope Scope) []string {
	var ids []string
	for _, m := range List() {
		if m.Scope == scope {
			ids = append(ids, m.ID)
		}
	}
	return ids
}
