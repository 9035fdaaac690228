package lint

import (
	"strings"

	"github.com/taut-dev/taut/model"
)

// arrow stands between the two ends of a dependency in a finding's subject.
const arrow = " -> "

// silencer keeps findings of one rule from being reported: a comment at a line,
// or an entry of lint.ignore at a subject.
type silencer struct {
	rule   string
	pos    model.Pos
	line   int // of a comment: the line it speaks for; 0 for lint.ignore
	at     string
	until  model.Date
	reason string
	used   bool
}

// Silenced is a finding that the file says to leave alone.
type Silenced struct {
	Finding model.Diagnostic
	Pos     model.Pos // of the comment or the waiver that says so
	Reason  string    // as given there; may be empty
}

// silencers gathers the comments and the ignore list, in file order.
func silencers(sys *model.System) []*silencer {
	var all []*silencer
	for _, s := range sys.Suppressions {
		all = append(all, &silencer{rule: s.Rule, pos: s.Pos, line: s.Line, reason: s.Reason})
	}
	for _, g := range sys.Lint.Ignore {
		all = append(all, &silencer{rule: g.Rule, pos: g.Pos, at: g.At, until: g.Until, reason: g.Reason})
	}
	return all
}

// expired says whether a waiver no longer counts today: its last day is until.
func expired(until, today model.Date) bool {
	return until.Given() && today.Given() && until.Before(today)
}

// silences says whether the finding is one that s is there to silence. A subject
// covers the dependencies that start at it.
func (s *silencer) silences(d model.Diagnostic, today model.Date) bool {
	switch {
	case s.rule != d.Rule || expired(s.until, today):
		return false
	case s.line != 0:
		return s.line == d.Pos.Line && s.pos.File == d.Pos.File
	}
	return s.at == "" || s.at == d.Subject || strings.HasPrefix(d.Subject, s.at+arrow)
}
