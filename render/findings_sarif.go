package render

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/taut-dev/taut/model"
)

// mostResults is how many findings a SARIF file lists: GitHub shows no more of
// one run (GitHub, "SARIF support for code scanning", 2024).
const mostResults = 5000

// The names of the folders that paths in a SARIF file start from.
const (
	baseRoot    = "%SRCROOT%"
	baseOutside = "OUTSIDE"
)

// writeFindingsSARIF writes the Static Analysis Results Interchange Format
// (OASIS, 2020, with errata 01 of 2023).
func writeFindingsSARIF(w io.Writer, f Findings, o Options) error {
	s := &sarifWriter{findings: f, lines: newSourceLines(f.Source), index: map[string]int{}}
	for _, r := range f.Rules {
		s.addRule(r)
	}
	every := slices.Clone(f.Diagnostics)
	for _, x := range f.Suppressed {
		every = append(every, x.Finding)
	}
	for _, d := range every {
		s.addRule(RuleDoc{ID: d.Rule, Title: strings.ReplaceAll(d.Rule, "-", " "), Severity: d.Severity})
	}
	results := s.results(every)
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "taut", Version: o.Version, InformationURI: homepage, Rules: s.rules}},
		Invocations: []sarifInvocation{{Successful: true, Notifications: capNotice(len(results), len(every))}},
		Bases:       sarifBases{Root: sarifBase{sarifMessage{Text: "the root of the repository, or the folder that taut ran in"}}},
		ColumnKind:  "unicodeCodePoints",
		Results:     results,
	}
	if s.outside {
		run.Bases.Outside = &sarifBase{sarifMessage{Text: "a folder outside of the repository, or above the one that taut ran in"}}
	}
	return writeJSON(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// homepage is where people read about the program.
const homepage = "https://github.com/taut-dev/taut"

// sarifWriter collects what the parts of a run refer to.
type sarifWriter struct {
	findings Findings
	lines    *sourceLines
	rules    []sarifRule
	index    map[string]int // of a rule in rules
	outside  bool           // some file is outside of the root
}

// addRule lists a rule, once. Findings of a file that cannot be read have
// rules without a manual.
func (s *sarifWriter) addRule(r RuleDoc) {
	if _, ok := s.index[r.ID]; ok {
		return
	}
	s.index[r.ID] = len(s.rules)
	rule := sarifRule{ID: model.Safe(r.ID), Short: sarifText{Text: model.Safe(r.Title)}, Default: sarifDefault{sarifLevel(r.Severity)}}
	if help := strings.TrimSpace(r.Help); help != "" {
		first, _, _ := strings.Cut(help, "\n\n")
		rule.Full = &sarifText{Text: strings.ReplaceAll(first, "\n", " ")}
		rule.Help = &sarifText{Text: help, Markdown: help}
	}
	s.rules = append(s.rules, rule)
}

func sarifLevel(s model.Severity) string {
	if s == model.Off {
		return "none"
	}
	return s.String()
}

// results gives the findings, the worst of them where there are too many, in
// the order they have; then what was accepted, where room is left. What is left
// out changes no fingerprint.
func (s *sarifWriter) results(every model.Diagnostics) []sarifResult {
	open := len(s.findings.Diagnostics)
	room, left := roomFor(every[:open], mostResults)
	names := fingerprints(every)
	results := make([]sarifResult, 0, min(len(every), mostResults))
	for i, d := range every[:open] {
		if room[d.Severity] == 0 {
			continue
		}
		room[d.Severity]--
		r := s.result(d, names[i])
		if len(s.findings.Suppressed) > 0 {
			r.Suppressions = []sarifSuppression{}
		}
		results = append(results, r)
	}
	for i, x := range s.findings.Suppressed[:min(left, len(s.findings.Suppressed))] {
		r := s.result(x.Finding, names[open+i])
		r.Suppressions = []sarifSuppression{s.suppression(x)}
		results = append(results, r)
	}
	return results
}

// result is one finding.
func (s *sarifWriter) result(d model.Diagnostic, name string) sarifResult {
	r := sarifResult{
		Rule: model.Safe(d.Rule), Index: s.index[d.Rule], Level: sarifLevel(d.Severity),
		Message: sarifMessage{Text: withoutLinks(advice(d))}, Names: sarifNames{name},
	}
	if l := s.location(d.Pos, s.findings.path(d.Pos.File)); l.Physical != nil || d.Subject != "" {
		if d.Subject != "" {
			l.Logical = []sarifLogical{{model.Safe(d.Subject)}}
		}
		r.Locations = []sarifLocation{l}
	}
	r.Related, r.Fixes = s.related(d), s.fixes(d)
	return r
}

// suppression says where it is written that a finding is accepted, and why.
func (s *sarifWriter) suppression(x Suppressed) sarifSuppression {
	out := sarifSuppression{Kind: x.Kind, Status: "accepted", Justification: model.Safe(justification(x))}
	if !x.Pos.IsZero() {
		l := s.location(x.Pos, s.findings.path(x.Pos.File))
		out.Location = &l
	}
	return out
}

// roomFor shares the room for findings among the severities, worst first.
func roomFor(found model.Diagnostics, most int) (room [model.Error + 1]int, left int) {
	for _, d := range found {
		room[d.Severity]++
	}
	for s := model.Error; s >= model.Off; s-- {
		room[s] = min(room[s], most)
		most -= room[s]
	}
	return room, most
}

func capNotice(listed, found int) []sarifNotification {
	if listed == found {
		return nil
	}
	text := fmt.Sprintf("%d of %d findings are listed, the worst first; --format json lists them all", listed, found)
	return []sarifNotification{{Level: "warning", Message: sarifMessage{Text: text}}}
}

// related lists the other ends of a finding.
func (s *sarifWriter) related(d model.Diagnostic) []sarifLocation {
	var out []sarifLocation
	for _, r := range d.Related {
		if r.Pos.File == "" {
			continue
		}
		l := s.location(r.Pos, s.findings.path(r.Pos.File))
		l.ID = len(out) + 1
		l.Message = &sarifMessage{Text: withoutLinks(model.Safe(r.Message))}
		out = append(out, l)
	}
	return out
}

func (s *sarifWriter) location(p model.Pos, path string) sarifLocation {
	if path == "" {
		return sarifLocation{}
	}
	physical := &sarifPhysical{Artifact: s.artifact(path)}
	if !p.IsZero() {
		physical.Region = &sarifRegion{StartLine: p.Line, StartColumn: p.Col}
		if _, from, to, ok := s.lines.token(p); ok && to > from {
			physical.Region.EndColumn = to + 1
		}
	}
	return sarifLocation{Physical: physical}
}

// artifact names a file by a relative reference that stays below its base: a
// path that leads out of the repository starts from another base.
func (s *sarifWriter) artifact(path string) sarifArtifact {
	base, inside := baseRoot, strings.TrimLeft(path, "/")
	for inside == ".." || strings.HasPrefix(inside, "../") {
		inside = strings.TrimPrefix(inside[len(".."):], "/")
	}
	if inside != path {
		base, s.outside = baseOutside, true
	}
	return sarifArtifact{URI: percentEncode(inside), Base: base}
}

// percentEncode writes a path as a relative reference (Berners-Lee, Fielding
// and Masinter, RFC 3986, 2005): all bytes encoded but the unreserved ones.
func percentEncode(path string) string {
	var s strings.Builder
	for i := range len(path) {
		c := path[i]
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/", c) >= 0 {
			s.WriteByte(c)
		} else {
			fmt.Fprintf(&s, "%%%02X", c)
		}
	}
	return s.String()
}

// withoutLinks escapes the brackets of a message that a viewer would take for
// a link: a name may look like one.
func withoutLinks(text string) string {
	if !strings.Contains(text, "](") {
		return text
	}
	return strings.NewReplacer("[", `\[`, "]", `\]`).Replace(text)
}

// fixes gives the repair of a finding, if all its edits can be placed.
func (s *sarifWriter) fixes(d model.Diagnostic) []sarifFix {
	if d.Fix == nil {
		return nil
	}
	fix := sarifFix{Description: sarifMessage{Text: withoutLinks(model.Safe(d.Fix.Title))}}
	for _, e := range d.Fix.Edits {
		line, before, ok := s.lines.locate(e.File, e.Start)
		endLine, endBefore, endOK := s.lines.locate(e.File, e.End)
		if !ok || !endOK || e.End < e.Start {
			return nil
		}
		fix.Changes = append(fix.Changes, sarifChange{
			Artifact: s.artifact(s.findings.path(e.File)),
			Replacements: []sarifReplacement{{
				Deleted: sarifRegion{
					StartLine: line, StartColumn: utf8.RuneCount(before) + 1,
					EndLine: endLine, EndColumn: utf8.RuneCount(endBefore) + 1,
				},
				Inserted: sarifContent{e.Text},
			}},
		})
	}
	if fix.Changes == nil {
		return nil
	}
	return []sarifFix{fix}
}
