package render

import (
	"cmp"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"github.com/taut-dev/taut/model"
)

type (
	junitReport struct {
		XMLName  xml.Name   `xml:"testsuites"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Errors   int        `xml:"errors,attr"`
		Suite    junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string        `xml:"name,attr"`
		Class   string        `xml:"classname,attr"`
		Failure *junitFailure `xml:"failure"`
		Skipped *junitSkipped `xml:"skipped"`
		Out     string        `xml:"system-out,omitempty"`
	}
	junitSkipped struct {
		Message string `xml:"message,attr"`
	}
	junitFailure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// writeFindingsJUnit writes the XML of test reports. A finding that fails the
// run is a failed test, named by its subject, since servers follow a test over
// time by its name; a milder one is a passed test with its text, an accepted one
// a skipped test. A run without findings is one passed test: a report without
// tests looks like a broken one.
func writeFindingsJUnit(w io.Writer, f Findings, _ Options) error {
	suite := junitSuite{Name: "taut"}
	fails := cmp.Or(f.FailOn, model.Warning)
	seen := map[string]int{}
	for _, d := range f.Diagnostics {
		c := junitNamed(d, seen)
		if d.Severity >= fails {
			c.Failure = &junitFailure{Type: d.Severity.String(), Message: model.Safe(d.Message), Text: plainText(d)}
			suite.Failures++
		} else {
			c.Out = plainText(d)
		}
		suite.Cases = append(suite.Cases, c)
	}
	if len(suite.Cases) == 0 {
		suite.Cases = []junitCase{{Name: strings.TrimPrefix(model.Safe(f.Checked)+": no findings", ": "), Class: "taut"}}
	}
	for _, s := range f.Suppressed {
		c := junitNamed(s.Finding, seen)
		c.Skipped, c.Out = &junitSkipped{model.Safe(justification(s))}, plainText(s.Finding)
		suite.Cases = append(suite.Cases, c)
	}
	suite.Tests, suite.Skipped = len(suite.Cases), len(f.Suppressed)
	return writeXML(w, junitReport{Name: "taut", Tests: suite.Tests, Failures: suite.Failures, Suite: suite})
}

// junitNamed is the test of a finding: of those that share a name, the second
// and those after it are numbered.
func junitNamed(d model.Diagnostic, seen map[string]int) junitCase {
	c := junitCase{Name: model.Safe(cmp.Or(d.Subject, d.Message)), Class: "taut." + model.Safe(d.Rule)}
	key := c.Class + "\x00" + c.Name
	if seen[key]++; seen[key] > 1 {
		c.Name += " (" + strconv.Itoa(seen[key]) + ")"
	}
	return c
}

// plainText is a finding as the text format has it, without the line itself.
func plainText(d model.Diagnostic) string {
	var s strings.Builder
	s.WriteString(model.Safe(d.Pos.String()) + ": " + d.Severity.String() + ": " + model.Safe(d.Message) + " [" + model.Safe(d.Rule) + "]\n")
	for _, r := range d.Related {
		s.WriteString("see " + model.Safe(r.Pos.String()) + ": " + model.Safe(r.Message) + "\n")
	}
	if d.Hint != "" {
		s.WriteString("do: " + model.Safe(d.Hint) + "\n")
	}
	return s.String()
}

// writeXML marshals first and writes then. Characters that XML cannot hold
// become U+FFFD.
func writeXML(w io.Writer, value any) error {
	data, err := xml.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, xml.Header+string(data)+"\n")
	return err
}
