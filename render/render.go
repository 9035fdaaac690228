// Package render turns what the analyses found into bytes people and tools
// read. Every output format is a value in one of three tables: findings, pages
// and drawings. It computes nothing and opens no file.
package render

import (
	"io"

	"github.com/taut-dev/taut/model"
)

// Format is one way to write a value of one shape.
type Format[T any] struct {
	Name  string // the word behind --format
	Doc   string // one line for --help
	Write func(w io.Writer, value T, o Options) error
}

// Options are what the outside world decides about an output.
type Options struct {
	Color   bool                     // the output is a terminal that shows colours
	Version string                   // of the program, for formats that name their producer
	Link    func(file string) string // the address of a file, for terminals that open it; nil, or "": none
	CI      string                   // the CI system whose log reads the output: "github", "azure", "teamcity", "gitlab", or ""
}

// Findings is what lint, check and a failed load have to say.
type Findings struct {
	Diagnostics model.Diagnostics
	Source      func(file string) []byte // text of a file for the line under a finding; nil or no text: none shown
	Rules       []RuleDoc                // of every rule that can occur, for formats that list them
	Checked     string                   // what was looked at, for the closing line
	Only        []string                 // the rules that were asked for; none: all
	Path        func(file string) string // where a file is from the root of the repository, for tools that look from there; nil: as it is named
	FailOn      model.Severity           // the mildest finding that fails the run; Off: warning
	Suppressed  []Suppressed             // what is accepted: it fails nothing, and formats without a word for that leave it out
}

// FailOnNothing is past the worst: no finding fails the run.
const FailOnNothing = model.Error + 1

// Suppressed is a finding that somebody accepted.
type Suppressed struct {
	Finding model.Diagnostic
	Kind    SuppressionKind
	Pos     model.Pos // of the comment or waiver that accepts it; zero for a baseline
	Reason  string    // may be empty
}

// SuppressionKind says where it is written that a finding is accepted, in the
// words of SARIF.
type SuppressionKind string

// The kinds: a comment or waiver in the file itself, or a baseline beside it.
const (
	InSource SuppressionKind = "inSource"
	External SuppressionKind = "external"
)

// RuleDoc names a rule for formats that carry the documentation with them.
type RuleDoc struct {
	ID       string
	Title    string
	Help     string // markdown
	Severity model.Severity
}

// FindingFormats lists the formats for findings.
func FindingFormats() []Format[Findings] {
	return []Format[Findings]{
		{"text", "for people: place, message, the line itself, what to do", writeFindingsText},
		{"json", "for programs: schema taut/findings/v1", writeFindingsJSON},
		{"markdown", "for job summaries and comments", writeFindingsMarkdown},
		{"sarif", "for code scanning: SARIF 2.1.0", writeFindingsSARIF},
		{"junit", "for test reports: a failed test for each finding, a skipped one for each accepted", writeFindingsJUnit},
		{"github", "for GitHub Actions: annotations, then the text", writeFindingsGitHub},
		{"gitlab", "for merge requests: GitLab Code Quality", writeFindingsGitLab},
		{"checkstyle", "for tools that read Checkstyle's XML", writeFindingsCheckstyle},
		{"rdjson", "for reviewdog: columns in bytes, with suggestions", writeFindingsRDJSON},
	}
}

// PageFormats lists the formats for pages.
func PageFormats() []Format[Page] {
	return []Format[Page]{
		{"text", "for people at a terminal", writePageText},
		{"json", "for programs, versioned", writePageJSON},
		{"markdown", "for design documents and comments", writePageMarkdown},
		{"html", "for browsers: one web page that needs nothing else", writePageHTML},
	}
}

// Names lists the words of a table of formats, in its order.
func Names[T any](formats []Format[T]) []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name
	}
	return names
}
