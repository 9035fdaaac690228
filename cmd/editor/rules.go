package editor

import (
	"fmt"
	"strings"

	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/lint/custom"
	"github.com/taut-dev/taut/model"
)

// told is how many findings of a rule its hover names.
const told = 5

// tellRule tells about a rule that the file brings itself: what it looks for,
// and what it found in the last version that could be read.
func (s *Server) tellRule(p *project, id string) string {
	good := s.good[p.root]
	if good == nil {
		return ""
	}
	system := good.facts.System()
	for _, r := range system.Lint.Custom {
		if r.ID != id {
			continue
		}
		severity := lint.SeverityOf(system, lint.Rule{ID: r.ID, Severity: r.Severity})
		var b strings.Builder
		fmt.Fprintf(&b, "**%s** (%s, for a %s): %s\n\n%s\n", escaped(r.ID), severity, r.For, escaped(r.Message), fenced(r.When))
		if r.Hint != "" {
			b.WriteString("\nwhat to do: " + escaped(r.Hint) + "\n")
		}
		b.WriteString("\n" + findingsOf(good.found, id))
		return b.String()
	}
	return ""
}

// fenced shows an expression as code, whatever it holds.
func fenced(code string) string {
	fence := "```"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	return fence + "\n" + model.SafeLines(strings.TrimSpace(code)) + "\n" + fence
}

// findingsOf lists what a rule found.
func findingsOf(found model.Diagnostics, rule string) string {
	var lines []string
	more := 0
	for _, d := range found {
		switch {
		case d.Rule != rule:
		case len(lines) == told:
			more++
		default:
			lines = append(lines, fmt.Sprintf("- line %d: %s", d.Pos.Line, escaped(d.Message)))
		}
	}
	if len(lines) == 0 {
		return "finds nothing"
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("- and %d more", more))
	}
	return "finds:\n\n" + strings.Join(lines, "\n")
}

// tellMention tells what a name in the condition of a custom rule means, and
// where the name stands. The expression is that of the version that is open: of
// one that cannot be read nothing is told.
func (s *Server) tellMention(p *project, uri string, d *document, offset int) (string, span) {
	here, ok := s.locate(uri)
	if !ok || p.facts == nil {
		return "", span{}
	}
	rules := p.facts.System().Lint.Custom
	for i := range rules {
		file := rules[i].Pos.File
		if p.at(file) != here {
			continue
		}
		for _, m := range custom.Mentions(&rules[i], func(string) []byte { return []byte(d.text) }) {
			start := d.place(m.Pos.Line, m.Pos.Col)
			end := start + len(m.Name.Name)
			if offset >= start && offset <= end && strings.HasPrefix(d.text[start:], m.Name.Name) {
				return fmt.Sprintf("**%s** (%s): %s", m.Name.Name, m.Type, escaped(m.Doc)), d.span(start, end)
			}
		}
	}
	return "", span{}
}
