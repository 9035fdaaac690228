package model

import (
	"errors"
	"io"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

// fault words a syntax error. yaml.v3 gives no column, often no line and
// sometimes the wrong one, so the place is found anew: by feeding the text
// byte by byte until the error comes, then looking back for what caused it.
func (r *yamlReader) fault(text string, err error) Diagnostic {
	if errors.Is(err, errPanicked) {
		return errorAt(RuleFault, Pos{File: r.name, Line: 1, Col: 1}, "%s: please report it with this file", Safe(err.Error()))
	}
	problem := yamlPrefix.ReplaceAllString(err.Error(), "")
	read := consumed(text)
	if at, ok := r.template(read); ok {
		return errorAt(ruleSyntax, r.pos(at), "this is a template, not YAML: render the template first")
	}
	if at, ok := r.tab(read); ok {
		return errorAt(ruleSyntax, r.pos(at), "a tab indents this line: YAML allows only spaces there")
	}
	for _, f := range faults {
		if strings.Contains(problem, f.problem) {
			at, message := f.locate(r, read)
			if message == "" {
				message = f.message
			}
			return errorAt(ruleSyntax, r.pos(at), "%s", message)
		}
	}
	return errorAt(ruleSyntax, r.pos(r.suspect(read)), "not YAML: %s", Safe(problem))
}

// yamlPrefix is what yaml.v3 puts before a problem; its line is not to be trusted.
var yamlPrefix = regexp.MustCompile(`^yaml: (line \d+: )?`)

// byteByByte counts what the parser takes, one byte at a time: when it stops,
// it has looked at most a few bytes past the fault.
type byteByByte struct {
	text string
	at   int
}

// Read gives the next byte.
func (b *byteByByte) Read(to []byte) (int, error) {
	if b.at == len(b.text) {
		return 0, io.EOF
	}
	n := copy(to[:1], b.text[b.at:])
	b.at += n
	return n, nil
}

// consumed counts how many bytes the parser takes until it fails. It reads the
// file a second time, which only a broken file costs.
func consumed(text string) int {
	feed := &byteByByte{text: text}
	in := yaml.NewDecoder(feed)
	for {
		var doc yaml.Node
		if decode(in, &doc) != nil {
			return feed.at
		}
	}
}

// faultKind pairs what yaml.v3 says with what we say and where: locate gives
// the offset of the fault, knowing how much was read when it came, and may
// choose better words.
type faultKind struct {
	problem, message string
	locate           func(r *yamlReader, read int) (at int, message string)
}

// faults are all the problems that yaml.v3 words, the more telling first.
var faults = []faultKind{
	{"unknown anchor", "", (*yamlReader).unknownAnchor},
	{"cannot start any token", "", (*yamlReader).badStart},
	{"mapping values are not allowed", "", (*yamlReader).strayColon},
	{"could not find expected ':'", "", (*yamlReader).noColon},
	{"block sequence entries are not allowed", `a list item cannot start here: put "- " on a line of its own`, near("-")},
	{"mapping keys are not allowed", `a key with "? " cannot start here: put it on a line of its own`, near("?")},
	{"found unexpected end of stream", "", (*yamlReader).openQuote},
	{"found unexpected document indicator", "", (*yamlReader).openQuote},
	{"unknown escape character", "", (*yamlReader).badEscape},
	{"hexdecimal", "this escape needs more hexadecimal digits: 2 after \\x, 4 after \\u, 8 after \\U", before(`\`)},
	{"invalid Unicode character", "this escape names no Unicode character", before(`\`)},
	{"found a tab character", "a tab indents this line: YAML allows only spaces there", before("\t")},
	{"alphabetic or numeric", "an anchor (&) or alias (*) needs a name of letters and digits: put text that starts so in quotes", before("&*")},
	{"indentation indicator", "text after | or > cannot be indented by 0", before("|>")},
	{"comment or line break", "nothing but a comment may follow here on this line", (*yamlReader).atSuspect},
	{"incompatible YAML document", "this version of YAML is unknown: taut reads YAML 1.2", directive},
	{"directive", "this line starts with %, which begins a directive that YAML does not know: put the text in quotes", directive},
	{"version number", "this version of YAML is unknown: taut reads YAML 1.2", directive},
	{"undefined tag handle", "this tag is unknown: write the plain value", before("!")},
	{"expected <document start>", "", (*yamlReader).afterDocument},
	{"expected ',' or ']'", "", (*yamlReader).openBracket},
	{"expected ',' or '}'", "", (*yamlReader).openBracket},
	{"expected key", "", (*yamlReader).noKey},
	{"'-' indicator", `this line fits no level above it: start it with "- " as the items before it, or align it with a key`, (*yamlReader).atSuspect},
	{"expected node content", "", (*yamlReader).noValue},
	{"exceeded max depth", "lists and mappings are nested too deep here", (*yamlReader).atSuspect},
}

// suspect guesses the offset of a fault: where the fast reader stopped, if
// that is near, else the word before the last byte that was read.
func (r *yamlReader) suspect(read int) int {
	text := r.text[:min(read, len(r.text))]
	if r.gaveUp <= len(text) && strings.Count(text[min(r.gaveUp, len(text)):], "\n") <= 2 {
		return r.gaveUp
	}
	end := len(strings.TrimRight(text, " \r\n"))
	return 1 + strings.LastIndexAny(text[:end], " \n,[]{}")
}

// atSuspect is the place where nothing better is known.
func (r *yamlReader) atSuspect(read int) (int, string) { return r.suspect(read), "" }

// window gives the last few bytes that were read, and where they start.
func (r *yamlReader) window(read, size int) (string, int) {
	read = min(read, len(r.text))
	from := max(0, read-size)
	return r.text[from:read], from
}

// near looks for the first of some characters among the last bytes read.
func near(chars string) func(*yamlReader, int) (int, string) {
	return func(r *yamlReader, read int) (int, string) {
		w, from := r.window(read, 4)
		return from + max(0, strings.IndexAny(w, chars)), ""
	}
}

// before looks back for the last of some characters.
func before(chars string) func(*yamlReader, int) (int, string) {
	return func(r *yamlReader, read int) (int, string) {
		w, _ := r.window(read, len(r.text))
		return max(0, strings.LastIndexAny(w, chars)), ""
	}
}

// directive looks back for a line that starts with a percent sign.
func directive(r *yamlReader, read int) (int, string) {
	w, _ := r.window(read, len(r.text))
	if strings.HasPrefix(w, "%") && !strings.Contains(w, "\n%") {
		return 0, ""
	}
	return 1 + strings.LastIndex(w, "\n%"), ""
}

// template finds "{{" at the start of a line, or in the lines before the fault.
func (r *yamlReader) template(read int) (int, bool) {
	w, _ := r.window(read, len(r.text))
	from := len(w)
	for range 3 {
		from = max(0, strings.LastIndexByte(w[:from], '\n'))
	}
	if i := strings.Index(w[from:], "{{"); i >= 0 {
		return from + i, true
	}
	if strings.HasPrefix(w, "{{") {
		return 0, true
	}
	at := strings.Index(w, "\n{{")
	return at + 1, at >= 0
}

// tab finds a tab among the spaces before the first word of the line of the
// fault or of the one before it.
func (r *yamlReader) tab(read int) (int, bool) {
	w, _ := r.window(read, len(r.text))
	at := len(w)
	for range 3 {
		at = strings.LastIndexByte(w[:at], '\n')
		line := w[at+1:]
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if i := strings.IndexByte(indent, '\t'); i >= 0 {
			return at + 1 + i, true
		}
		if at < 0 {
			break
		}
	}
	return 0, false
}
