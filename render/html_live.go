package render

import (
	"bytes"
	"strings"
)

// LivePage is a web page that reloads itself when what it shows has changed.
type LivePage struct {
	Body   []byte
	Policy string // its Content-Security-Policy, for the header
}

// LiveReport makes the page of a report for a live preview. Number tells this
// version from others; the page compares it with what the stream of events says.
func LiveReport(r *Report, number int, o Options) (LivePage, error) {
	p, err := r.html(o)
	if err != nil {
		return LivePage{}, err
	}
	return p.alive(number)
}

// LiveProblem makes the page that stands in while there is no version of a file
// that can be shown. Its text comes with the stream of events.
func LiveProblem(file string, number int, o Options) (LivePage, error) {
	p := &htmlPage{Title: file, Subtitle: "cannot be shown yet", Version: o.Version}
	p.Sections = []htmlSection{{ID: "page", Blocks: []htmlBlock{{Block: Para("The page appears as soon as the file can be read.")}}}}
	return p.alive(number)
}

func (p *htmlPage) alive(number int) (LivePage, error) {
	p.Live = number
	var b bytes.Buffer
	if err := p.write(&b); err != nil {
		return LivePage{}, err
	}
	return LivePage{b.Bytes(), p.policy()}, nil
}

// FindingsText writes findings as a terminal shows them, without colour: for
// the preview, which shows what is wrong in the words of the command line.
func FindingsText(f Findings) string {
	var b strings.Builder
	if err := writeFindingsText(&b, f, Options{}); err != nil {
		return err.Error()
	}
	return b.String()
}
