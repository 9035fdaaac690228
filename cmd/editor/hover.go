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

// shown are the metrics of a service that its hover tells, in order.
var shown = []string{"blast_radius", "exposure", "tightness", "afferent", "efferent"}

// hover tells about the key or the name under the cursor.
func (s *Server) hover(p positionParams) (any, *rpcError) {
	if s.dirty {
		s.refresh() // the places of names in expressions are those of this version
	}
	d, project := s.asked(p.TextDocument.URI)
	if d == nil {
		return nil, nil
	}
	offset := d.offset(p.Position)
	if text, at := s.tellMention(project, p.TextDocument.URI, d, offset); text != "" {
		return hover{markup{"markdown", text}, at}, nil
	}
	t := tokenAt(d.tokens, offset)
	if t == nil {
		return nil, nil
	}
	text := s.tell(project, t)
	if text == "" {
		return nil, nil
	}
	return hover{markup{"markdown", text}, d.span(t.start, t.end)}, nil
}

// tell gives what there is to say about a token, as Markdown.
func (s *Server) tell(p *project, t *token) string {
	at, ok := model.PlaceAt(t.path...)
	if !ok {
		return ""
	}
	if t.key {
		for _, k := range at.Keys {
			if k.Name == t.text {
				return "**" + k.Name + "**: " + keyDoc(k)
			}
		}
	}
	for _, kind := range names(t) {
		if text := s.tellName(p, kind, t.text); text != "" {
			return text
		}
	}
	return ""
}

// tellName tells about a name that a file uses.
func (s *Server) tellName(p *project, kind, name string) string {
	switch {
	case slices.Contains(elementKinds, kind):
		return s.tellElement(p, name)
	case kind == "lint rule":
		for _, r := range lint.Rules() {
			if r.ID == name {
				m, _ := lint.Doc(name)
				return fmt.Sprintf("**%s** (%s): %s\n\n%s", r.ID, r.Severity, r.Title, strings.TrimSpace(m.Prose))
			}
		}
		return s.tellRule(p, name)
	case strings.HasPrefix(kind, "metric of "):
		if m, ok := metric.Find(scopeOf(kind), name); ok {
			return fmt.Sprintf("**%s** (%s): %s", m.Key(), m.Title, m.Definition)
		}
	case kind == "factor":
		for _, f := range coupling.Factors() {
			if f.Name == name {
				return fmt.Sprintf("**%s**: %v, %s", f.Name, f.Value, f.Why)
			}
		}
	}
	return ""
}

// tellElement tells what uses an element and what it uses and, of a service,
// its numbers: those of the last version that could be read.
func (s *Server) tellElement(p *project, name string) string {
	good := s.good[p.root]
	if good == nil {
		return ""
	}
	stop := good.timed()
	defer stop()
	g := good.facts.Graph()
	v, ok := g.Lookup(name)
	if !ok {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** (%s)", escaped(g.Label(v)), g.Kind(v))
	if text := g.Entity(v).Description; text != "" {
		b.WriteString(": " + escaped(model.Safe(text)))
	}
	b.WriteString("\n")
	if int(v) < g.Services() {
		b.WriteString("\n" + numbers(good.facts, name))
	}
	list := func(what string, of []int32) {
		ids := make([]string, 0, len(of))
		for _, u := range of {
			ids = append(ids, "`"+g.ID(u)+"`")
		}
		if more := len(ids) - 20; more > 0 {
			ids = append(ids[:20], fmt.Sprintf("and %d more", more))
		}
		if len(ids) > 0 {
			b.WriteString("\n" + what + ": " + strings.Join(ids, ", ") + "\n")
		}
	}
	list("uses", g.Depends().Out(v))
	list("used by", g.Dependents().Out(v))
	return b.String()
}

// numbers are the metrics of a service, one a line.
func numbers(f *metric.Facts, service string) string {
	keys := make([]string, len(shown))
	for i, id := range shown {
		keys[i] = string(metric.Service) + "/" + id
	}
	var b strings.Builder
	for _, c := range metric.Compute(f, metric.Named(keys...)).Columns(metric.Service) {
		at := slices.Index(metric.Subjects(f, metric.Service), service)
		if at < 0 || at >= len(c.Values) || !c.Values[at].OK {
			continue
		}
		unit := ""
		if c.Metric.Unit != "share" {
			unit = " " + c.Metric.Unit
		}
		if c.Values[at].F == 1 {
			unit = strings.TrimSuffix(unit, "s")
		}
		fmt.Fprintf(&b, "- %s: %s%s\n", c.Metric.Title, c.Metric.Format(c.Values[at]), unit)
	}
	return b.String()
}

// escaped keeps a stranger's text from being Markdown.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range model.Safe(text) {
		if strings.ContainsRune("\\`*_{}[]()#+!|<>@&~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
