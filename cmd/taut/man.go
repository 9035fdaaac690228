package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// manPages gives a page of section 1 for the program and for each command, in
// the man macros of troff. Cobra's own generator would bring a Markdown parser
// along; help texts here are plain lines.
func manPages(root *cobra.Command) []docPage {
	pages := []docPage{manPage(root)}
	for _, c := range root.Commands() {
		if !c.Hidden && c.Name() != "help" && c.Name() != "completion" {
			pages = append(pages, manPage(c))
		}
	}
	return pages
}

// manPage writes the page of one command.
func manPage(c *cobra.Command) docPage {
	name := strings.ReplaceAll(c.CommandPath(), " ", "-")
	var b strings.Builder
	fmt.Fprintf(&b, ".TH %s 1 \"\" \"taut\" \"taut\"\n", strings.ToUpper(manText(name)))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", manText(name), manText(c.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n.B %s\n", manText(c.CommandPath()))
	if _, args, ok := strings.Cut(c.Use, " "); ok {
		b.WriteString(manText(args) + "\n")
	}
	b.WriteString("[flags]\n")
	if c.Long != "" {
		b.WriteString(".SH DESCRIPTION\n.nf\n" + manText(c.Long) + "\n.fi\n")
	}
	c.InitDefaultHelpFlag()
	b.WriteString(".SH OPTIONS\n.nf\n" + manText(strings.TrimRight(c.Flags().FlagUsages(), "\n")) + "\n.fi\n")
	if c.Example != "" {
		b.WriteString(".SH EXAMPLES\n.nf\n" + manText(c.Example) + "\n.fi\n")
	}
	if !c.HasParent() {
		b.WriteString(".SH COMMANDS\n")
		for _, sub := range c.Commands() {
			if !sub.Hidden {
				fmt.Fprintf(&b, ".TP\n.B %s\n%s\n", manText(sub.Name()), manText(sub.Short))
			}
		}
	}
	return docPage{name: name + ".1", content: []byte(b.String())}
}

// manText keeps a text from being read as macros.
func manText(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
