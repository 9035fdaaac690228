package metric

import (
	"embed"
	"strings"
)

//go:embed *.txtar
var manuals embed.FS

// Manual is what there is to read about a metric.
type Manual struct {
	Prose        string // markdown: what it says, how to better it, a worked example
	Architecture string // the example, an architecture file
	Want         string // a line "subject value" for each value of the example
}

// Doc gives the manual of a metric by its key, scope/id.
func Doc(key string) (m Manual, ok bool) {
	for _, x := range List() {
		if x.Key() != key {
			continue
		}
		data, err := manuals.ReadFile(x.Name() + ".txtar")
		if err != nil {
			return m, false
		}
		return parseManual(string(data)), true
	}
	return m, false
}

// parseManual splits a txtar archive: its comment and its two files.
func parseManual(archive string) Manual {
	var m Manual
	var prose, file strings.Builder
	into := &prose
	for line := range strings.Lines(archive) {
		switch strings.TrimSpace(line) {
		case "-- architecture.yaml --":
			into = &file
		case "-- want --":
			m.Architecture = file.String()
			file.Reset()
		default:
			into.WriteString(line)
		}
	}
	m.Prose, m.Want = strings.TrimSpace(prose.String())+"\n", file.String()
	return m
}
