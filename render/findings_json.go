package render

import (
	"io"

	"github.com/taut-dev/taut/model"
)

// FindingsSchema names the version of the JSON of findings. Keys may be added
// within a version; none changes or goes.
const FindingsSchema = "taut/findings/v1"

type jsonFindings struct {
	Schema   string        `json:"schema"`
	Findings []JSONFinding `json:"findings"`
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
}

type jsonRelated struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// JSONFindings converts diagnostics to their JSON form.
func JSONFindings(diagnostics model.Diagnostics) []JSONFinding {
	out := make([]JSONFinding, 0, len(diagnostics))
	for _, d := range diagnostics {
		f := JSONFinding{
			Rule: d.Rule, Severity: d.Severity.String(), File: d.Pos.File, Line: d.Pos.Line, Column: d.Pos.Col,
			Subject: d.Subject, Message: d.Message, Hint: d.Hint,
		}
		for _, r := range d.Related {
			f.Related = append(f.Related, jsonRelated{r.Pos.File, r.Pos.Line, r.Pos.Col, r.Message})
		}
		out = append(out, f)
	}
	return out
}

func writeFindingsJSON(w io.Writer, f Findings, _ Options) error {
	return writeJSON(w, jsonFindings{FindingsSchema, JSONFindings(f.Diagnostics)})
}
