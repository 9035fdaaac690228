package render

import (
	"encoding/xml"
	"io"

	"github.com/taut-dev/taut/model"
)

type (
	checkstyleReport struct {
		XMLName xml.Name         `xml:"checkstyle"`
		Version string           `xml:"version,attr"`
		Files   []checkstyleFile `xml:"file"`
	}
	checkstyleFile struct {
		Name   string            `xml:"name,attr"`
		Errors []checkstyleError `xml:"error"`
	}
	checkstyleError struct {
		Line     int    `xml:"line,attr,omitempty"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

var checkstyleSeverities = [...]string{model.Off: "ignore", model.Note: "info", model.Warning: "warning", model.Error: "error"}

// writeFindingsCheckstyle writes the XML of Checkstyle 4.3, the version its
// readers agree on: findings by file.
func writeFindingsCheckstyle(w io.Writer, f Findings, _ Options) error {
	report := checkstyleReport{Version: "4.3"}
	index := map[string]int{}
	for _, d := range f.Diagnostics {
		name := model.Safe(f.path(d.Pos.File))
		i, ok := index[name]
		if !ok {
			i = len(report.Files)
			index[name] = i
			report.Files = append(report.Files, checkstyleFile{Name: name})
		}
		report.Files[i].Errors = append(report.Files[i].Errors, checkstyleError{
			Line: d.Pos.Line, Column: d.Pos.Col, Severity: checkstyleSeverities[d.Severity],
			Message: advice(d), Source: "taut." + model.Safe(d.Rule),
		})
	}
	return writeXML(w, report)
}
