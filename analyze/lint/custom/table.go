package custom

import (
	"reflect"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/metric"
)

// thing is a type that expressions know, with its word and its metrics.
type thing struct {
	word  string
	typ   reflect.Type
	env   any // an empty environment where rules can be for it; else nil
	scope metric.Scope
}

// things lists the types in the order of the manual.
func things() []thing {
	return []thing{
		{"service", reflect.TypeFor[service](), serviceEnv{}, metric.Service},
		{"dependency", reflect.TypeFor[dependency](), dependencyEnv{}, ""},
		{"store", reflect.TypeFor[store](), storeEnv{}, ""},
		{"channel", reflect.TypeFor[channel](), channelEnv{}, ""},
		{"team", reflect.TypeFor[team](), teamEnv{}, metric.Team},
		{"journey", reflect.TypeFor[journey](), journeyEnv{}, metric.Journey},
		{"system", reflect.TypeFor[system](), system{}, metric.System},
		{"target", reflect.TypeFor[target](), nil, ""},
		{"api", reflect.TypeFor[api](), nil, ""},
		{"operations", reflect.TypeFor[operations](), nil, ""},
		{"load", reflect.TypeFor[load](), nil, ""},
		{"scaling", reflect.TypeFor[scaling](), nil, ""},
	}
}

// environment gives an empty environment to check expressions against.
func environment(scope string) any {
	for _, t := range things() {
		if t.word == scope {
			return t.env
		}
	}
	return nil
}

// Name is one name of an environment.
type Name struct {
	Name string
	Type string // "text", "number", "list of services", …
	Doc  string
}

// Kind is a kind of thing with its names: what can stand behind its dot.
type Kind struct {
	Word  string // "service"
	Rules bool   // rules can be for it
	Names []Name
}

// Kinds lists what expressions can name.
func Kinds() []Kind {
	var kinds []Kind
	for _, t := range things() {
		kinds = append(kinds, Kind{t.word, t.env != nil, namesOf(t.typ)})
	}
	return kinds
}

// namesOf lists the fields of a struct, those of embedded ones in their place.
func namesOf(t reflect.Type) []Name {
	var names []Name
	for i := range t.NumField() {
		f := t.Field(i)
		switch {
		case f.Anonymous:
			embedded := f.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
			}
			names = append(names, namesOf(embedded)...)
		case f.IsExported():
			names = append(names, Name{f.Tag.Get("expr"), typeWord(f.Type), f.Tag.Get("doc")})
		}
	}
	return names
}

// typeWord says what a type is called in messages and documentation.
func typeWord(t reflect.Type) string {
	if t == nil {
		return "nothing"
	}
	switch t.Kind() {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "truth value"
	case reflect.Int, reflect.Int64:
		return "whole number"
	case reflect.Float64:
		return "number"
	case reflect.Pointer:
		return typeWord(t.Elem())
	case reflect.Slice:
		item := typeWord(t.Elem())
		if strings.HasSuffix(item, "y") && item != "journey" {
			item = strings.TrimSuffix(item, "y") + "ie"
		}
		return "list of " + item + "s"
	case reflect.Map:
		return "metrics"
	}
	for _, x := range things() {
		if x.typ == t || x.env != nil && reflect.TypeOf(x.env) == t {
			return x.word
		}
	}
	return "value"
}

// metricScope says whose metrics a type holds; "" for any other type.
func metricScope(t reflect.Type) metric.Scope {
	switch t {
	case reflect.TypeFor[serviceMetrics]():
		return metric.Service
	case reflect.TypeFor[teamMetrics]():
		return metric.Team
	case reflect.TypeFor[journeyMetrics]():
		return metric.Journey
	case reflect.TypeFor[systemMetrics]():
		return metric.System
	}
	return ""
}

// metricIDs lists the metrics of a scope that are numbers.
func metricIDs(scope metric.Scope) []string {
	ids := metric.IDs(scope)
	return slices.DeleteFunc(ids, func(id string) bool {
		m, _ := metric.Find(scope, id)
		return len(m.Words) > 0
	})
}

// article puts "a" or "an" before a word.
func article(word string) string {
	if strings.ContainsRune("aeiou", rune(word[0])) {
		return "an " + word
	}
	return "a " + word
}
