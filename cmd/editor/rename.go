package editor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/taut-dev/taut/model"
)

// prepareRename gives what a rename at the cursor would change.
func (s *Server) prepareRename(p positionParams) (any, *rpcError) {
	d, project := s.asked(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	t := tokenAt(d.tokens, d.offset(p.Position))
	if t == nil || s.renamed(project, t) == nil {
		return nil, nil
	}
	return map[string]any{"range": d.span(t.start, t.end), "placeholder": t.text}, nil
}

// rename gives an id another name in every file of the system.
func (s *Server) rename(p positionParams) (any, *rpcError) {
	refuse := func(format string, args ...any) (any, *rpcError) {
		return nil, &rpcError{codeRequestFailed, fmt.Sprintf(format, args...)}
	}
	d, project := s.asked(p.TextDocument.URI)
	if d == nil {
		return refuse("this file is not part of a system")
	}
	t := tokenAt(d.tokens, d.offset(p.Position))
	if t == nil {
		return refuse("there is no name here")
	}
	r := s.renamed(project, t)
	if r == nil {
		return refuse("%q is not a name that a file declares", model.Safe(t.text))
	}
	if problem := model.CheckID(p.NewName); problem != "" {
		return refuse("%q is no id: %s", model.Safe(p.NewName), problem)
	}
	if _, taken, _ := s.declaration(project, p.NewName, r.kinds); taken != nil && p.NewName != t.text {
		return refuse("%q is declared already", p.NewName)
	}
	edit := workspaceEdit{Changes: map[string][]textEdit{}}
	s.everyDocument(project, func(at location, d *document) {
		var edits []textEdit
		for i := range d.tokens {
			for _, start := range r.places(&d.tokens[i]) {
				edits = append(edits, textEdit{d.span(start, start+len(r.id)), p.NewName})
			}
		}
		if edits != nil {
			edit.Changes[s.uri(at)] = edits
		}
	})
	return edit, nil
}

// renaming is an id with the kinds of names that share it.
type renaming struct {
	id       string
	kinds    []string
	sections []string // where it may be declared, for paths such as services.orders
}

// renamed says what a token names, nil for what no file declares and for rules,
// which comments name too.
func (s *Server) renamed(p *project, t *token) *renaming {
	kinds := family(names(t))
	_, declared, _ := s.declaration(p, t.text, kinds)
	if declared == nil || slices.Contains(kinds, "lint rule") {
		return nil
	}
	r := &renaming{id: t.text, kinds: kinds}
	for _, section := range []string{"services", "stores", "channels", "externals", "platforms", "units", "teams", "journeys", "designs"} {
		if at, _ := model.PlaceAt(section); slices.Contains(kinds, at.Declares) {
			r.sections = append(r.sections, section)
		}
	}
	implied := !slices.ContainsFunc(s.declared(p), func(k known) bool { return k.kind == "journey" })
	if implied && slices.Contains(kinds, "service") {
		r.kinds = append(slices.Clone(kinds), "journey") // an implied journey has the id of its service
		r.sections = append(r.sections, "journeys")
	}
	return r
}

// places gives the offsets at which a token holds the id.
func (r *renaming) places(t *token) []int {
	if !strings.Contains(t.text, r.id) {
		return nil
	}
	if n := len(t.path); !t.key && n > 1 && t.path[0] == "lint" && t.path[n-1] == "at" {
		return r.inSubject(t)
	}
	if !slices.ContainsFunc(names(t), func(k string) bool { return slices.Contains(r.kinds, k) }) {
		return nil
	}
	if t.text == r.id {
		return []int{t.start}
	}
	group, ok := strings.CutPrefix(t.text, "any_of:")
	if !ok {
		return nil
	}
	var out []int
	start := t.end - len(group)
	for _, member := range strings.SplitAfter(group, ",") {
		name := strings.TrimSuffix(member, ",")
		if strings.TrimSpace(name) == r.id {
			out = append(out, start+strings.Index(name, r.id))
		}
		start += len(member)
	}
	return out
}

// inSubject finds the id in the subject of a waiver: "services.orders", or
// "services.orders -> payments".
func (r *renaming) inSubject(t *token) []int {
	from, to, two := strings.Cut(t.text, " -> ")
	var out []int
	for _, section := range r.sections {
		if from == section+"."+r.id {
			out = append(out, t.start+len(section)+1)
		}
	}
	if two && to == r.id {
		out = append(out, t.end-len(to))
	}
	return out
}
