package model

import (
	"slices"
	"strings"
)

// budgetScopes are what budgets can be set for; all but the first have named
// subjects and a default for the rest.
var budgetScopes = []string{"system", "services", "teams", "journeys"}

// defaultSubject stands for every subject without a budget of its own.
const defaultSubject = "default"

// budgetTable holds the keys of a budget that are no metrics.
var budgetTable = newTable("budget", "",
	prose("reason", "why this budget differs", func(b *Budget) *string { return &b.Reason }),
	text("owner", "who answers for it", func(b *Budget) *string { return &b.Owner }),
	day("until", "the last day on which it holds; then the default holds again", func(b *Budget) *Date { return &b.Until }),
)

// budgetsField is the key budgets. Its metrics are keys that no table here knows:
// whoever computes metrics checks their names.
func budgetsField() field[System] {
	k := key{name: "budgets", doc: "limits on metrics, for taut check: a maximum where less is better, a minimum where more is", typ: keyType{shape: limitsShape}}
	f := field[System]{key: k}
	f.read = func(d *decoder, s *System, _ *Origin, n *Node) {
		if n.Kind != Mapping {
			d.wrongType(&k, n)
			return
		}
		for i := range n.Fields {
			f := &n.Fields[i]
			d.enter("budgets", "budget of", f.Key)
			switch {
			case !slices.Contains(budgetScopes, f.Key):
				d.enter("", "", "")
				d.unknown(f, `"budgets"`, budgetScopes)
			case f.Value.Kind != Mapping:
				d.fail(ruleWrongType, f.Value.Pos, "%s is %s, but takes a mapping from metrics to limits", quote(f.Key), f.Value.what())
			case f.Key == "system":
				b := d.budget("system", "", f.Value.Fields)
				b.Pos = f.KeyPos
				s.Budgets = append(s.Budgets, b)
			default:
				s.Budgets = append(s.Budgets, d.scope(f)...)
			}
		}
		d.enter("", "", "")
	}
	f.write = writeBudgets
	return f
}

// scope reads the budgets of services, teams or journeys: by name, and for the
// rest under "default", or straight under the scope.
func (d *decoder) scope(scope *Field) []*Budget {
	var made []*Budget
	var plain []Field
	for i := range scope.Value.Fields {
		f := &scope.Value.Fields[i]
		if f.Value.Kind != Mapping || isRange(f.Value) || budgetTable.find(f.Key) != nil {
			plain = append(plain, *f)
			continue
		}
		b := d.budget(scope.Key, f.Key, f.Value.Fields)
		b.Pos = f.KeyPos
		made = append(made, b)
	}
	if plain == nil {
		return made
	}
	b := d.budget(scope.Key, defaultSubject, plain)
	b.Pos = scope.KeyPos
	for _, other := range made {
		if other.Subject == defaultSubject {
			d.fail(ruleDuplicate, plain[0].KeyPos, `%s stands beside "default", which is the same: move it in there`, quote(plain[0].Key))
		}
	}
	return append([]*Budget{b}, made...)
}

// isRange is true for {min: …, max: …}.
func isRange(n *Node) bool {
	for _, f := range n.Fields {
		if f.Key != "min" && f.Key != "max" {
			return false
		}
	}
	return len(n.Fields) > 0
}

// budget reads the limits of one subject.
func (d *decoder) budget(scope, subject string, fields []Field) *Budget {
	b := &Budget{Scope: scope, Subject: subject}
	rest := &Node{Kind: Mapping}
	for i := range fields {
		f := &fields[i]
		if budgetTable.find(f.Key) != nil {
			rest.Fields = append(rest.Fields, *f)
			continue
		}
		if _, problem := oneLine(f.Key); problem != "" {
			d.fail(ruleBadValue, f.KeyPos, "metric %s %s", quote(f.Key), problem)
			continue
		}
		b.Limits = append(b.Limits, d.limit(f))
	}
	budgetTable.read(d, b, &b.Origin, rest)
	return b
}

// limit reads one bound: a number, or a minimum and a maximum.
func (d *decoder) limit(f *Field) Limit {
	l := Limit{Origin: Origin{Pos: f.KeyPos, Keys: []KeyPos{{"value", f.KeyPos, f.Value.Pos}}}, Metric: f.Key}
	if f.Value.Kind != Mapping {
		l.Value = d.bound(f.Key, f.Value)
		return l
	}
	for i := range f.Value.Fields {
		side := &f.Value.Fields[i]
		l.Keys = append(l.Keys, KeyPos{side.Key, side.KeyPos, side.Value.Pos})
		switch side.Key {
		case "min":
			l.Min = d.bound("min", side.Value)
		case "max":
			l.Max = d.bound("max", side.Value)
		default:
			d.unknown(side, "the limit of "+quote(f.Key), []string{"min", "max"})
		}
	}
	if l.Min != nil && l.Max != nil && *l.Min > *l.Max {
		d.fail(ruleBadValue, l.At("max"), `"max" of %s is less than its "min": raise it`, quote(f.Key))
	}
	if len(f.Value.Fields) == 0 {
		d.fail(ruleMissing, f.Value.Pos, `the limit of %s is empty: give a number, or "min" and "max"`, quote(f.Key))
	}
	return l
}

// bound reads a number or a share. Percentages are fractions in the model, as
// metrics are.
func (d *decoder) bound(name string, n *Node) *float64 {
	parse := parseDecimal
	if strings.HasSuffix(n.Text, "%") {
		parse = parseShare
	}
	switch v, problem := parse(n.Text); {
	case n.Kind == Null:
		d.noValue(name, n)
	case n.Kind != Scalar || n.Quoted && !strings.HasSuffix(n.Text, "%"):
		d.fail(ruleWrongType, n.Pos, "%s is %s, but takes a number or a share such as 25%%", quote(name), n.what())
	case problem != "":
		d.fail(ruleBadValue, n.Pos, "%s: %s %s", quote(name), quote(n.Text), problem)
	default:
		return &v
	}
	return nil
}

// writeBudgets writes budgets by scope and subject.
func writeBudgets(s *System, at spot) *Node {
	if len(s.Budgets) == 0 && !at.given() {
		return nil
	}
	n := &Node{Kind: Mapping}
	for _, scope := range budgetScopes {
		var subjects *Node
		for _, b := range s.Budgets {
			switch {
			case b.Scope != scope:
			case scope == "system":
				n.Fields = append(n.Fields, Field{Key: scope, KeyPos: b.Pos, Value: writeBudget(b)})
			default:
				if subjects == nil {
					subjects = &Node{Kind: Mapping, Pos: b.Pos}
					n.Fields = append(n.Fields, Field{Key: scope, KeyPos: b.Pos, Value: subjects})
				}
				subjects.Fields = append(subjects.Fields, Field{Key: b.Subject, KeyPos: b.Pos, Value: writeBudget(b)})
			}
		}
	}
	return n
}

// writeBudget writes the limits of one subject.
func writeBudget(b *Budget) *Node {
	n := &Node{Kind: Mapping, Pos: b.Pos}
	for i := range b.Limits {
		l := &b.Limits[i]
		n.Fields = append(n.Fields, Field{Key: l.Metric, KeyPos: l.Pos, Value: writeLimit(l)})
	}
	n.Fields = append(n.Fields, budgetTable.write(b, &b.Origin).Fields...)
	return n
}

// writeLimit writes one bound.
func writeLimit(l *Limit) *Node {
	if l.Value != nil {
		v := plainNode(formatNumber(*l.Value))
		v.Pos = l.At("value")
		return v
	}
	n := &Node{Kind: Mapping, Pos: l.At("value")}
	for _, side := range []struct {
		name  string
		value *float64
	}{{"min", l.Min}, {"max", l.Max}} {
		if side.value != nil {
			v := plainNode(formatNumber(*side.value))
			v.Pos = l.At(side.name)
			n.Fields = append(n.Fields, Field{Key: side.name, KeyPos: l.KeyAt(side.name), Value: v})
		}
	}
	return n
}
