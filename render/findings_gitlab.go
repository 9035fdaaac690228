package render

import (
	"io"

	"github.com/taut-dev/taut/model"
)

type (
	gitlabIssue struct {
		Description string         `json:"description"`
		Check       string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
	}
)

var gitlabSeverities = [...]string{model.Off: "info", model.Note: "info", model.Warning: "minor", model.Error: "major"}

// writeFindingsGitLab writes a Code Quality report, which GitLab compares with
// that of the target branch by fingerprints. It merges the reports of all jobs
// into one, so the file is part of the fingerprint here: two systems may have
// the same finding about services of the same name.
func writeFindingsGitLab(w io.Writer, f Findings, _ Options) error {
	issues := make([]gitlabIssue, 0, len(f.Diagnostics))
	names := fingerprints(f.Diagnostics)
	for i, d := range f.Diagnostics {
		path := f.path(d.Pos.File)
		issues = append(issues, gitlabIssue{
			Description: advice(d), Check: model.Safe(d.Rule), Fingerprint: fingerprint(path, names[i]), Severity: gitlabSeverities[d.Severity],
			Location: gitlabLocation{path, gitlabLines{max(d.Pos.Line, 1)}},
		})
	}
	return writeJSON(w, issues)
}
