package render

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/taut-dev/taut/model"
)

// Of one rule the text format prints this many findings, and the first of them
// in full, with the line itself and what to do.
const (
	shownPerRule = 100
	fullPerRule  = 20
)

var severityTones = [...]Tone{model.Note: Muted, model.Warning: Caution, model.Error: Bad}

func writeFindingsText(w io.Writer, f Findings, o Options) error {
	b := bufio.NewWriter(w)
	shown := map[string]int{}
	lines := newSourceLines(f.Source)
	for _, d := range f.Diagnostics {
		shown[d.Rule]++
		if shown[d.Rule] <= shownPerRule {
			writeMessage(b, d, o)
		}
		if shown[d.Rule] <= fullPerRule {
			writeDetails(b, d, lines, o)
		}
	}
	for _, d := range f.Diagnostics {
		if more := shown[d.Rule] - shownPerRule; more > 0 {
			fmt.Fprintf(b, "and %d more [%s]; --format json lists them all\n", more, o.safe(d.Rule))
			shown[d.Rule] = 0
		}
	}
	writeRuleCounts(b, f.Diagnostics, o)
	if f.Checked != "" {
		b.WriteString(closingLine(f, o) + "\n")
	}
	return b.Flush()
}

// countedFrom is how many findings are told with a count for every rule below.
const countedFrom = 11

// writeRuleCounts says below a long list what it is made of, the most frequent
// rule first: one rule is often half of it.
func writeRuleCounts(b *bufio.Writer, found model.Diagnostics, o Options) {
	if len(found) < countedFrom {
		return
	}
	counts := map[string]int{}
	var rules []string
	for _, d := range found {
		if counts[d.Rule]++; counts[d.Rule] == 1 {
			rules = append(rules, d.Rule)
		}
	}
	slices.SortStableFunc(rules, func(x, y string) int { return cmp.Compare(counts[y], counts[x]) })
	b.WriteString("\n")
	digits := len(strconv.Itoa(counts[rules[0]]))
	for _, r := range rules {
		fmt.Fprintf(b, "%*d  %s\n", digits, counts[r], o.safe(r))
	}
	b.WriteString("\n")
}

func writeMessage(b *bufio.Writer, d model.Diagnostic, o Options) {
	b.WriteString(paint(o.linked(d.Pos)+":", Strong, o) + " " + paint(d.Severity.String()+":", severityTones[d.Severity], o) +
		" " + o.safe(d.Message) + " " + paint("["+o.safe(d.Rule)+"]", Muted, o) + "\n")
}

func writeDetails(b *bufio.Writer, d model.Diagnostic, lines *sourceLines, o Options) {
	gutter := writeSourceLine(b, d, lines, o)
	for _, r := range d.Related {
		b.WriteString(gutter + paint("see ", Muted, o) + o.linked(r.Pos) + ": " + o.safe(r.Message) + "\n")
	}
	if d.Hint != "" {
		b.WriteString(gutter + paint("do: ", Muted, o) + o.safe(d.Hint) + "\n")
	}
}

// writeSourceLine shows the line a diagnostic points at with a caret under the
// token, and gives the indent of what is written below it.
func writeSourceLine(b *bufio.Writer, d model.Diagnostic, lines *sourceLines, o Options) string {
	text, ok := lines.at(d.Pos)
	if !ok {
		return "    "
	}
	number := fmt.Sprint(d.Pos.Line)
	gutter := strings.Repeat(" ", max(len(number), 3))
	from, to := tokenAt(text, d.Pos.Col)
	text, from, to = window(text, from, to)
	before, token, after := o.safeParts(string(text[:from]), string(text[from:to]), string(text[to:]))
	b.WriteString(paint(fmt.Sprintf("%*s | ", len(gutter), number), Muted, o) + before + token + after + "\n")
	b.WriteString(paint(gutter+" | ", Muted, o) + strings.Repeat(" ", Width(before)) +
		paint("^"+strings.Repeat("~", max(Width(token)-1, 0)), severityTones[d.Severity], o) + "\n")
	return gutter + "   "
}

// closingLine counts what was found, so that silence is never mistaken for
// "nothing was looked at".
func closingLine(f Findings, o Options) string {
	checked := o.safe(f.Checked)
	if len(f.Only) > 0 {
		checked += ", asked for " + o.safe(strings.Join(f.Only, ", ")) + " only"
	}
	if len(f.Diagnostics) == 0 {
		return checked + ": " + paint("no findings", Good, o)
	}
	var counts [model.Error + 1]int
	for _, d := range f.Diagnostics {
		counts[d.Severity]++
	}
	var parts []string
	for s := model.Error; s >= model.Note; s-- {
		if counts[s] > 0 {
			parts = append(parts, Count(counts[s], s.String()))
		}
	}
	return checked + ": " + strings.Join(parts, ", ")
}

// Count writes a number with its noun, in the plural where it is not one.
func Count(n int, noun string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "ey"):
		noun = strings.TrimSuffix(noun, "y") + "ies"
	default:
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// linked names a place, as a hyperlink (OSC 8) where the output is a terminal
// and the file is there to open.
func (o Options) linked(p model.Pos) string {
	text := o.safe(p.String())
	if o.Link == nil || p.File == "" {
		return text
	}
	address := o.Link(p.File)
	if address == "" {
		return text
	}
	return "\x1b]8;;" + address + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

// logMarks start a command anywhere in a line of some CI system's log.
var logMarks = [...]string{"##[", "##vso[", "##teamcity["}

// safe makes a stranger's text inert for a terminal and for the log of the CI
// system that reads it: some take commands from anywhere in a line.
func (o Options) safe(text string) string {
	text = model.Safe(text)
	if o.CI == "" {
		return text
	}
	for _, mark := range logMarks {
		text = strings.ReplaceAll(text, mark, `\u0023`+mark[1:])
	}
	if rest := strings.TrimLeftFunc(text, unicode.IsSpace); strings.HasPrefix(rest, "::") || strings.HasPrefix(rest, "section_") {
		text = fmt.Sprintf(`\u%04x`, rest[0]) + rest[1:]
	}
	return text
}

// safeParts is safe for the parts of a line that are measured apart: a mark may
// begin in one and end in the next.
func (o Options) safeParts(before, token, after string) (string, string, string) {
	before, token, after = model.Safe(before), model.Safe(token), model.Safe(after)
	if o.CI == "" {
		return before, token, after
	}
	line, start, end := before+token+after, len(before), len(before)+len(token)
	for _, mark := range logMarks {
		for i := strings.Index(line, mark); i >= 0; i = strings.Index(line, mark) {
			line = line[:i] + `\u0023` + line[i+1:]
			if i < start {
				start += len(`\u0023`) - 1
			}
			if i < end {
				end += len(`\u0023`) - 1
			}
		}
	}
	return line[:start], line[start:end], line[end:]
}
