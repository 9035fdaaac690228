package render

import (
	"io"

	"github.com/taut-dev/taut/model"
)

// FindingsSchema names the version of the JSON of findings. Keys may be added
// within a version; none changes or goes.
const FindingsSchema = "taut/findings/v1"

type jsonFindings struct {
	Schema     string           `json:"schema"`
	Findings   []JSONFinding    `json:"findings"`
	Suppressed []jsonSuppressed `json:"suppressed,omitempty"`
}

// JSONFinding is one finding as JSON shows it.
type JSONFinding struct {
	Rule     string        `json:"rule"`
	Severity string        `json:"severity"`
	File     string        `json:"file"`
	Line     int           `json:"line"`
	Column   int           `json:"column"`
	Subject  string        `json:"subject,omitempty"`
	Message  string        `json:"message"`
	Hint     string        `json:"hint,omitempty"`
	Related  []jsonRelated `json:"related,omitempty"`
	Fix      *jsonFix      `json:"fix,omitempty"`
}

type jsonRelated struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// jsonFix is a repair: all of its edits, or none.
type jsonFix struct {
	Title string     `json:"title"`
	Edits []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// jsonSuppressed is a finding that was accepted.
type jsonSuppressed struct {
	JSONFinding
	Suppression jsonSuppression `json:"suppression"`
}

type jsonSuppression struct {
	Kind   SuppressionKind `json:"kind"`
	Reason string          `json:"reason,omitempty"`
	File   string          `json:"file,omitempty"`
	Line   int             `json:"line,omitempty"`
	Column int             `json:"column,omitempty"`
}

// JSONFindings converts diagnostics to their JSON form.
func JSONFindings(diagnostics model.Diagnostics) []JSONFinding {
	out := make([]JSONFinding, 0, len(diagnostics))
	for _, d := range diagnostics {
		out = append(out, oneJSON(d))
	}
	return out
}

func oneJSON(d model.Diagnostic) JSONFinding {
	f := JSONFinding{
		Rule: d.Rule, Severity: d.Severity.String(), File: d.Pos.File, Line: d.Pos.Line, Column: d.Pos.Col,
		Subject: d.Subject, Message: d.Message, Hint: d.Hint,
	}
	for _, r := range d.Related {
		f.Related = append(f.Related, jsonRelated{r.Pos.File, r.Pos.Line, r.Pos.Col, r.Message})
	}
	if d.Fix == nil {
		return f
	}
	f.Fix = &jsonFix{Title: d.Fix.Title, Edits: []jsonEdit{}}
	for _, e := range d.Fix.Edits {
		f.Fix.Edits = append(f.Fix.Edits, jsonEdit(e))
	}
	return f
}

func writeFindingsJSON(w io.Writer, f Findings, _ Options) error {
	out := jsonFindings{Schema: FindingsSchema, Findings: JSONFindings(f.Diagnostics)}
	for _, s := range f.Suppressed {
		out.Suppressed = append(out.Suppressed, jsonSuppressed{oneJSON(s.Finding), jsonSuppression{s.Kind, s.Reason, s.Pos.File, s.Pos.Line, s.Pos.Col}})
	}
	return writeJSON(w, out)
}
