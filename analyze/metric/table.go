package metric

import (
	"slices"

	"github.com/taut-dev/taut/analyze/graph"
)

// Table holds the values of metrics for every subject, in list order.
type Table struct {
	subjects [][]string       // by scope, in the order of Scopes
	rows     []map[string]int // by scope: the place of a subject
	columns  []Column
}

// Column is one metric with its values, parallel to the scope's subjects.
type Column struct {
	Metric Metric
	Values []graph.Value
}

// Compute works out every metric that all the filters admit; none means all.
// Once f's context is cancelled, what is left stays undefined: see Facts.Err.
func Compute(f *Facts, filters ...func(Metric) bool) *Table {
	if len(filters) == 0 {
		f.prepare()
	}
	t := &Table{}
	for _, s := range Scopes() {
		names := Subjects(f, s)
		rows := make(map[string]int, len(names))
		for i, name := range names {
			rows[name] = i
		}
		t.subjects, t.rows = append(t.subjects, names), append(t.rows, rows)
	}
	for _, m := range List() {
		if slices.ContainsFunc(filters, func(keep func(Metric) bool) bool { return !keep(m) }) {
			continue
		}
		t.columns = append(t.columns, Column{Metric: m})
	}
	f.each(len(t.columns), func(i int) {
		c := &t.columns[i]
		c.Values = values(f, c.Metric, len(t.Subjects(c.Metric.Scope)))
	})
	return t
}

// In is a filter for Compute: metrics of these scopes.
func In(scopes ...Scope) func(Metric) bool {
	return func(m Metric) bool { return slices.Contains(scopes, m.Scope) }
}

// Named is a filter for Compute: metrics with one of these keys (scope/id).
func Named(keys ...string) func(Metric) bool {
	return func(m Metric) bool { return slices.Contains(keys, m.Key()) }
}

// values is Values with the promise kept that there is one for each subject.
func values(f *Facts, m Metric, n int) []graph.Value {
	if f.Err() != nil {
		return make([]graph.Value, n)
	}
	v := m.Values(f)
	if f.Err() != nil || len(v) != n {
		return make([]graph.Value, n)
	}
	return v
}

// Columns gives the metrics of a scope with their values, in list order.
func (t *Table) Columns(scope Scope) []Column {
	var out []Column
	for _, c := range t.columns {
		if c.Metric.Scope == scope {
			out = append(out, c)
		}
	}
	return out
}

// Subjects names the subjects of a scope in file order; the system is "".
func (t *Table) Subjects(scope Scope) []string {
	i := slices.Index(Scopes(), scope)
	if i < 0 {
		return nil
	}
	return t.subjects[i]
}

// Value gives the value of a metric for a subject; known is false when the
// table has no such metric or subject.
func (t *Table) Value(scope Scope, id, subject string) (v graph.Value, known bool) {
	at := slices.Index(Scopes(), scope)
	if at < 0 {
		return graph.Value{}, false
	}
	i, ok := t.rows[at][subject]
	if !ok {
		return graph.Value{}, false
	}
	for _, c := range t.columns {
		if c.Metric.Scope == scope && c.Metric.ID == id {
			return c.Values[i], true
		}
	}
	return graph.Value{}, false
}

// Subjects names the subjects of a scope: the system as "", services, teams
// and journeys in file order.
func Subjects(f *Facts, scope Scope) []string {
	sys := f.System()
	var out []string
	switch scope {
	case System:
		out = append(out, "")
	case Service:
		for _, s := range sys.Services {
			out = append(out, s.ID)
		}
	case Team:
		out = f.Teams()
	case Journey:
		for _, j := range sys.Journeys {
			out = append(out, j.ID)
		}
	}
	return out
}

// Contributor names the one dependency that adds most to a metric's value for
// a subject: the largest of its terms that is a dependency or, when none is,
// the largest that has a place. ok is false when there is neither. In a design
// made by a preset a dependency may have no place.
func Contributor(f *Facts, m Metric, subject int) (t Term, ok bool) {
	for _, wantEdge := range []bool{true, false} {
		for _, x := range m.Terms(f, subject) {
			if x.Edge != wantEdge || !wantEdge && x.Pos.IsZero() {
				continue
			}
			if !ok || x.Value.F > t.Value.F {
				t, ok = x, true
			}
		}
		if ok {
			return t, true
		}
	}
	return Term{}, false
}
