package model

// customScopes are what the expression of a custom rule can be about.
var customScopes = []string{"service", "dependency", "store", "channel", "team", "journey", "system"}

// customTable describes the rules that a file brings itself. Whether their
// expressions hold is checked by the package that evaluates them.
var customTable = newTable("custom rule", "",
	text("id", "what findings, severities and suppressions call the rule; none of the built-in rules' names", func(r *CustomRule) *string { return &r.ID }).must(),
	severity("severity", "what its findings count as", Warning, func(r *CustomRule) *Severity { return &r.Severity }),
	word("for", "what the rule looks at, one after the other", customScopes, "service", func(r *CustomRule) *string { return &r.For }),
	prose("when", "the expression that is true where something is wrong; docs/custom-rules.md lists its names", func(r *CustomRule) *string { return &r.When }).must(),
	text("message", "what is wrong, with expressions in {braces}", func(r *CustomRule) *string { return &r.Message }).must(),
	text("hint", "what to do about it, with expressions in {braces}", func(r *CustomRule) *string { return &r.Hint }),
).checked(func(d *decoder, r *CustomRule, o *Origin) {
	if problem := checkID(r.ID); problem != "" && r.ID != "" {
		d.fail(ruleBadID, o.At("id"), "%s is no id: %s", quote(r.ID), problem)
	}
})

// severity is what findings count as.
func severity[T any](name, doc string, def Severity, at func(*T) *Severity) field[T] {
	k := key{name: name, doc: doc, typ: keyType{shape: wordShape, words: severityNames}}
	parse := func(s string) (Severity, string) {
		v, ok := ParseSeverity(s)
		if !ok {
			return v, "is not known" + didYouMean(Suggest(s, severityNames)) + orWords(s, k.typ)
		}
		return v, ""
	}
	f := scalarField(k, false, at, parse, func(s Severity) *Node { return textNode(s.String()) })
	return sparing(f, at, def).or(def.String(), func(t *T) { *at(t) = def })
}

// objects is a list of mappings, each of which fills a struct of its own.
func objects[T, S any](name, doc string, inner *table[S], at func(*T) *[]S, origin func(*S) *Origin) field[T] {
	item := keyType{shape: objectShape, of: inner}
	k := key{name: name, doc: doc, typ: keyType{shape: listShape, item: &item}}
	f := field[T]{key: k}
	f.read = func(d *decoder, t *T, _ *Origin, n *Node) {
		if n.Kind != Sequence {
			d.wrongType(&k, n)
			return
		}
		for i, item := range n.Items {
			if item.Kind != Mapping {
				d.item(&k, i, item)
				continue
			}
			s := inner.blank
			origin(&s).Pos = item.Pos
			inner.read(d, &s, origin(&s), item)
			*at(t) = append(*at(t), s)
		}
	}
	f.write = func(t *T, s spot) *Node {
		list := *at(t)
		if len(list) == 0 && !s.given() {
			return nil
		}
		n := &Node{Kind: Sequence}
		for i := range list {
			n.Items = append(n.Items, inner.write(&list[i], origin(&list[i])))
		}
		return n
	}
	return f
}
