package render

import (
	"io"

	"github.com/taut-dev/taut/model"
)

type (
	rdReport struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
		Related     []rdRelated    `json:"related_locations,omitempty"`
	}
	rdCode struct {
		Value string `json:"value"`
	}
	rdLocation struct {
		Path  string   `json:"path,omitempty"`
		Range *rdRange `json:"range,omitempty"`
	}
	rdRange struct {
		Start rdPosition  `json:"start"`
		End   *rdPosition `json:"end,omitempty"`
	}
	// rdPosition counts lines, and bytes of UTF-8, from 1.
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column,omitempty"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
)

var rdSeverities = [...]string{model.Off: "UNKNOWN_SEVERITY", model.Note: "INFO", model.Warning: "WARNING", model.Error: "ERROR"}

// writeFindingsRDJSON writes the Reviewdog Diagnostic Format. Its paths are as
// they are named, since reviewdog resolves them from where it runs.
func writeFindingsRDJSON(w io.Writer, f Findings, _ Options) error {
	lines := newSourceLines(f.Source)
	report := rdReport{Source: rdSource{"taut", homepage}, Diagnostics: make([]rdDiagnostic, 0, len(f.Diagnostics))}
	for _, d := range f.Diagnostics {
		r := rdDiagnostic{
			Message: advice(d), Location: rdPlace(d.Pos, lines), Severity: rdSeverities[d.Severity],
			Code: rdCode{model.Safe(d.Rule)}, Suggestions: rdSuggestions(d, lines),
		}
		if r.Location.Path == "" {
			r.Location.Path = f.Checked
		}
		for _, other := range d.Related {
			r.Related = append(r.Related, rdRelated{model.Safe(other.Message), rdPlace(other.Pos, lines)})
		}
		report.Diagnostics = append(report.Diagnostics, r)
	}
	return writeJSON(w, report)
}

// rdPlace counts columns in bytes; without the text of the line it gives the
// line alone.
func rdPlace(p model.Pos, lines *sourceLines) rdLocation {
	l := rdLocation{Path: p.File}
	if p.IsZero() {
		return l
	}
	l.Range = &rdRange{Start: rdPosition{Line: p.Line}}
	if line, from, to, ok := lines.token(p); ok {
		l.Range.Start.Column = len(string(line[:from])) + 1
		l.Range.End = &rdPosition{p.Line, len(string(line[:to])) + 1}
	}
	return l
}

// rdSuggestions gives the edits of a fix that is within the finding's file:
// a suggestion names none.
func rdSuggestions(d model.Diagnostic, lines *sourceLines) []rdSuggestion {
	if d.Fix == nil {
		return nil
	}
	var out []rdSuggestion
	for _, e := range d.Fix.Edits {
		line, before, ok := lines.locate(e.File, e.Start)
		endLine, endBefore, endOK := lines.locate(e.File, e.End)
		if !ok || !endOK || e.End < e.Start || e.File != d.Pos.File {
			return nil
		}
		out = append(out, rdSuggestion{
			Range: rdRange{Start: rdPosition{line, len(before) + 1}, End: &rdPosition{endLine, len(endBefore) + 1}},
			Text:  e.Text,
		})
	}
	return out
}
