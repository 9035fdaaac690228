package lint

import (
	"embed"
	"strings"
)

//go:embed *.txtar
var manuals embed.FS

// Manual is what there is to read about a rule.
type Manual struct {
	Title string // one line
	Prose string // markdown: what, why it hurts, how to mend it, source
	Bad   string // an architecture with the fault, expected findings in comments
	Good  string // the same, mended
}

// Doc gives the manual of a rule; ok is false for an unknown id.
func Doc(id string) (m Manual, ok bool) {
	for _, r := range Rules() {
		if r.ID != id {
			continue
		}
		data, err := manuals.ReadFile(id + ".txtar")
		if err != nil {
			return m, false
		}
		prose, files := sections(string(data))
		return Manual{Title: r.Title, Prose: prose, Bad: files["bad.yaml"], Good: files["good.yaml"]}, true
	}
	return m, false
}

// sections splits a txtar archive into its comment and its files by name. The
// format is a comment, then files that each begin with a line "-- NAME --"; a test
// holds this reader to the one in golang.org/x/tools.
func sections(archive string) (comment string, files map[string]string) {
	files = map[string]string{}
	name, text := "", &strings.Builder{}
	flush := func() {
		if name == "" {
			comment = strings.TrimSpace(text.String()) + "\n"
		} else {
			files[name] = text.String()
		}
		text.Reset()
	}
	for line := range strings.Lines(archive) {
		trimmed := strings.TrimSpace(line)
		next, isFile := strings.CutPrefix(trimmed, "-- ")
		if next, closed := strings.CutSuffix(next, " --"); isFile && closed {
			flush()
			name = next
			continue
		}
		text.WriteString(line)
	}
	flush()
	return comment, files
}
