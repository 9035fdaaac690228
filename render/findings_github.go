package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/taut-dev/taut/model"
)

var githubCommands = [...]string{model.Off: "notice", model.Note: "notice", model.Warning: "warning", model.Error: "error"}

// writeFindingsGitHub writes commands to the runner of GitHub Actions, one a
// line, which it shows beside the lines of a pull request; of each kind it
// shows ten a step. The text follows, for who reads the log.
func writeFindingsGitHub(w io.Writer, f Findings, o Options) error {
	o.CI = "github"
	if err := writeAnnotations(w, f, o); err != nil {
		return err
	}
	return writeFindingsText(w, f, o)
}

// writeAnnotations writes the commands alone.
func writeAnnotations(w io.Writer, f Findings, o Options) error {
	o.CI = "github"
	b := bufio.NewWriter(w)
	for _, d := range f.Diagnostics {
		b.WriteString("::" + githubCommands[d.Severity] + " ")
		if file := f.path(d.Pos.File); file != "" {
			b.WriteString("file=" + githubProperty(o.safe(file)) + ",")
		}
		if !d.Pos.IsZero() {
			fmt.Fprintf(b, "line=%d,col=%d,", d.Pos.Line, d.Pos.Col)
		}
		b.WriteString("title=taut " + githubProperty(o.safe(d.Rule)) + "::" + githubData(githubText(d, o)) + "\n")
	}
	return b.Flush()
}

// githubText is what an annotation shows below its title.
func githubText(d model.Diagnostic, o Options) string {
	lines := []string{o.safe(d.Message)}
	for _, r := range d.Related {
		lines = append(lines, "see "+o.safe(r.Pos.String())+": "+o.safe(r.Message))
	}
	if d.Hint != "" {
		lines = append(lines, "do: "+o.safe(d.Hint))
	}
	return strings.Join(lines, "\n")
}

// githubData escapes what follows the second pair of colons.
func githubData(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

// githubProperty escapes a value before it. The semicolon stays: the runner
// decodes it in its older commands only, and would show the escape here.
func githubProperty(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(text)
}
