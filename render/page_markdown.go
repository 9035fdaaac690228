package render

import (
	"bufio"
	"io"
	"strings"

	"github.com/taut-dev/taut/model"
)

func writePageMarkdown(w io.Writer, p Page, _ Options) error {
	b := bufio.NewWriter(w)
	folded := false
	for i, block := range p.Blocks {
		if i > 0 {
			b.WriteByte('\n')
		}
		if folded && block.Heading != "" {
			b.WriteString("</details>\n\n")
			folded = false
		}
		if block.Folded {
			b.WriteString("<details><summary>" + escapedHTML(block.Heading) + "</summary>\n")
			folded = true
			continue
		}
		writeBlockMarkdown(b, block)
	}
	if folded {
		b.WriteString("\n</details>\n")
	}
	return b.Flush()
}

// escapedHTML escapes a text that stands between tags of HTML.
func escapedHTML(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(model.Safe(text))
}

func writeBlockMarkdown(b *bufio.Writer, block Block) {
	switch {
	case block.Heading != "":
		b.WriteString("## " + Markdown(block.Heading) + "\n")
	case block.Text != nil:
		b.WriteString(markdownCells(block.Text) + "\n")
	case block.List != nil:
		for _, item := range block.List {
			b.WriteString("- " + markdownCells(item) + "\n")
		}
	case block.Table != nil:
		writeTableMarkdown(b, block.Table)
	default:
		fence := strings.Repeat("`", max(3, longestRun(block.Code, '`')+1))
		b.WriteString(fence + "\n" + strings.TrimRight(block.Code, "\n") + "\n" + fence + "\n")
	}
}

func markdownCells(cells []Cell) string {
	var s strings.Builder
	for _, c := range cells {
		text := Markdown(c.Text)
		if (c.Tone == Strong || c.Tone == Bad || c.Tone == Good) && strings.TrimSpace(text) == text && text != "" {
			text = "**" + text + "**"
		}
		s.WriteString(text)
	}
	return s.String()
}

func writeTableMarkdown(b *bufio.Writer, t *Table) {
	header := t.Header
	if header == nil && len(t.Rows) > 0 {
		header = make([]string, len(t.Rows[0]))
	}
	b.WriteString("|")
	for _, h := range header {
		b.WriteString(" " + Markdown(h) + " |")
	}
	b.WriteString("\n|")
	for i := range header {
		if i < len(t.Right) && t.Right[i] {
			b.WriteString("---:|")
		} else {
			b.WriteString("---|")
		}
	}
	b.WriteByte('\n')
	for _, row := range t.Rows {
		b.WriteString("|")
		for _, cell := range row {
			b.WriteString(" " + markdownCells([]Cell{cell}) + " |")
		}
		b.WriteByte('\n')
	}
}

const markdownSpecial = "\\`*_{}[]()#+-.!|<>@&~"

// Markdown escapes a stranger's text so that it shows as it is, on one line.
func Markdown(text string) string {
	text = strings.ReplaceAll(model.Safe(text), "\n", " ")
	var s strings.Builder
	for i, r := range text {
		switch {
		case r == '<':
			s.WriteString("&lt;")
		case r == '&':
			s.WriteString("&amp;")
		case strings.ContainsRune(markdownSpecial, r) && markdownRisky(text, i, r):
			s.WriteByte('\\')
			fallthrough
		default:
			s.WriteRune(r)
		}
	}
	return s.String()
}

// markdownRisky leaves the marks alone that mean nothing where they stand, so
// that the text stays readable as text: points, hyphens and parentheses inside
// words and sentences.
func markdownRisky(text string, i int, r rune) bool {
	switch r {
	case '-', '+', '.', '!', '(', ')', '#':
		return i == 0 || r == '!' && strings.HasPrefix(text[i:], "![") || r == '(' && text[i-1] == ']'
	}
	return true
}

func longestRun(text string, mark rune) int {
	longest, run := 0, 0
	for _, r := range text {
		run++
		if r != mark {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// WriteMarkdown writes a page as Markdown.
func WriteMarkdown(w io.Writer, p Page) error { return writePageMarkdown(w, p, Options{}) }
