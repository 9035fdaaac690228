package editor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/analyze/coupling"
	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
)

// elementKinds are what shares one set of ids.
var elementKinds = []string{"service", "store", "channel", "external", "platform", "unit"}

// known is a name that a file can use, and what it is.
type known struct{ name, kind, detail string }

// declares gives the kind that a key declares, or the id of a rule of the file's
// own; "" for none.
func declares(t *token) string {
	in := t.path
	if !t.key && len(in) == 4 && in[0] == "lint" && in[1] == "custom" && in[3] == "id" {
		return "lint rule"
	}
	if len(in) == 3 && in[0] == "designs" {
		in = in[2:]
	}
	if !t.key || len(in) != 1 {
		return ""
	}
	p, _ := model.PlaceAt(in[0])
	return p.Declares
}

// names gives the kinds of what a token names or declares.
func names(t *token) []string {
	p, ok := model.PlaceAt(t.path...)
	switch own := declares(t); {
	case !ok:
		return nil
	case !t.key && own != "":
		return []string{own}
	case !t.key:
		return p.Names
	case p.Declares != "":
		return []string{p.Declares}
	}
	return p.KeyNames
}

// everyDocument calls a function with every document of a project.
func (s *Server) everyDocument(p *project, visit func(at location, d *document)) {
	for _, file := range p.files {
		if d := s.document(p.at(file)); d != nil {
			visit(p.at(file), d)
		}
	}
}

// declared lists the names that the files of a project declare, each once; a
// team is declared by whoever it owns something.
func (s *Server) declared(p *project) []known {
	var list []known
	seen := map[known]bool{}
	s.everyDocument(p, func(_ location, d *document) {
		for i := range d.tokens {
			t := &d.tokens[i]
			k := known{name: t.text, kind: declares(t)}
			if n := len(t.path); !t.key && n == 3 && t.path[2] == "owner" {
				k.kind = "team"
			}
			if k.kind != "" && k.name != "" && !seen[k] {
				seen[k] = true
				list = append(list, k)
			}
		}
	})
	return list
}

// candidates lists the names of some kinds: those of the files, and those that
// the program knows.
func (s *Server) candidates(p *project, kinds []string) []known {
	var list []known
	declared := s.declared(p)
	for _, kind := range kinds {
		for _, k := range declared {
			if k.kind == kind {
				k.detail = kind
				list = append(list, k)
			}
		}
		list = append(list, builtin(kind)...)
	}
	return list
}

// builtin lists the names of a kind that the program knows by itself.
func builtin(kind string) (list []known) {
	switch {
	case kind == "lint rule":
		for _, r := range lint.Rules() {
			list = append(list, known{r.ID, kind, r.Title})
		}
	case kind == "factor":
		for _, f := range coupling.Factors() {
			if !f.Fixed {
				list = append(list, known{f.Name, kind, fmt.Sprintf("coupling strength, %v", f.Value)})
			}
		}
	case kind == "design":
		list = append(list, known{model.BaseDesign, kind, "the file itself"})
	case strings.HasPrefix(kind, "metric of "):
		for _, m := range metric.List() {
			if m.Scope == scopeOf(kind) && len(m.Words) == 0 {
				list = append(list, known{m.ID, kind, m.Title})
			}
		}
	}
	return list
}

// scopeOf gives the scope of "metric of services".
func scopeOf(kind string) metric.Scope {
	return metric.Scope(strings.TrimSuffix(strings.TrimPrefix(kind, "metric of "), "s"))
}

// declaration is where a name is declared: outside of designs if it is.
func (s *Server) declaration(p *project, name string, kinds []string) (at location, t *token, d *document) {
	best := 0
	s.everyDocument(p, func(l location, doc *document) {
		for i := range doc.tokens {
			x := &doc.tokens[i]
			if x.text != name || best > 0 && len(x.path) >= best {
				continue
			}
			if kind := declares(x); kind != "" && slices.Contains(kinds, kind) {
				at, t, d, best = l, x, doc, len(x.path)
			}
		}
	})
	return at, t, d
}

// family gives the kinds that share their ids with a kind.
func family(kinds []string) []string {
	if slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(elementKinds, k) }) {
		return elementKinds
	}
	return kinds
}
