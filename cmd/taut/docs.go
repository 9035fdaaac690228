package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/taut-dev/taut/analyze/baseline"
	"github.com/taut-dev/taut/analyze/lint"
	"github.com/taut-dev/taut/analyze/metric"
	"github.com/taut-dev/taut/model"
	"github.com/taut-dev/taut/model/design"
	"github.com/taut-dev/taut/model/importer"
	"github.com/taut-dev/taut/render"
)

// docsCommand writes the generated pages of docs/. It is hidden: it serves this
// repository, whose tests compare the pages with what it writes.
func (a *app) docsCommand() *cobra.Command {
	man := false
	cmd := &cobra.Command{
		Use: "docs DIR", Short: "write the generated documentation", Hidden: true, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			pages := docPages
			if man {
				pages = manPages
			}
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return usageError("cannot make %s: %v", args[0], reason(err))
			}
			var sinks []sink
			var contents []content
			for _, p := range pages(cmd.Root()) {
				sinks, contents = append(sinks, sink{"", filepath.Join(args[0], p.name)}), append(contents, ready(p.content))
			}
			return a.deliver(nil, sinks, contents)
		},
	}
	cmd.Flags().BoolVar(&man, "man", false, "write manual pages instead")
	return cmd
}

// docPage is one generated file.
type docPage struct {
	name, title string
	content     []byte
}

func docPages(root *cobra.Command) []docPage {
	pages := []docPage{
		{"gallery.md", "every picture that taut draws, with its command", galleryDoc()},
		{"language.md", "the language of architecture files", []byte(model.Reference())},
		{"presets.md", "the preset designs and what each rewrites", presetsDoc()},
		{"rules.md", "every lint rule", rulesDoc()},
		{"custom-rules.md", "lint rules of your own: every name that expressions know", customRulesDoc()},
		{"metrics.md", "every metric", metricsDoc()},
		{"assumptions.md", "states, coupling strengths, what is assumed where a file says nothing, errors of reading", assumptionsDoc()},
		{"commands.md", "every command and flag", commandsDoc(root)},
		{"formats.md", "what is read and written, and every limit", formatsDoc()},
		{"ci.md", "in CI, in hooks, in editors, in shells", ciDoc()},
		{"architecture.schema.json", "JSON Schema of the language", model.Schema()},
		{"report.schema.json", "JSON Schema of the output of analyze", render.ReportSchema()},
		{"comparison.schema.json", "JSON Schema of the output of compare", render.ComparisonSchema()},
		{"diff.schema.json", "JSON Schema of the output of diff", render.DiffSchema()},
		{"findings.schema.json", "JSON Schema of the output of lint and check", render.FindingsJSONSchema()},
		{"baseline.schema.json", "JSON Schema of the baseline file", baseline.FileSchema()},
	}
	index := "# Documentation\n\nGenerated from the program's own tables by `go run ./cmd/taut docs docs`; a test fails when it is stale.\n\n"
	for _, p := range pages {
		index += fmt.Sprintf("- [%s](%s): %s\n", p.name, p.name, p.title)
	}
	index += "- [mcp.md](mcp.md): for agents: the server taut-mcp and its tools\n"
	index += "- [performance.md](performance.md): what was measured, and the command that measures it again\n"
	index += "- [layout.md](layout.md): the layout of the pictures against Graphviz's dot, measured\n"
	return append(pages, docPage{"README.md", "index", []byte(index)})
}

func presetsDoc() []byte {
	var b strings.Builder
	b.WriteString("# Preset designs\n\nA preset rewrites a system into another design of itself, always in the same way. `taut transform --to PRESET` shows the result with a comment on every changed line.\n")
	for _, p := range design.Presets() {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n%s\n", p.ID, p.Title, strings.TrimSpace(p.Doc))
	}
	return []byte(b.String())
}

func rulesDoc() []byte {
	var b strings.Builder
	b.WriteString("# Lint rules\n\nA rule with keys under \"asks for\" stays silent until the file uses them somewhere, or says `lint: {strict: true}`.\n\n| rule | severity | reports that | asks for |\n|---|---|---|---|\n")
	for _, r := range lint.Rules() {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s |\n", r.ID, r.ID, r.Severity, r.Title, strings.Join(r.Asks, ", "))
	}
	for _, r := range lint.Rules() {
		m, _ := lint.Doc(r.ID)
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", r.ID, strings.TrimSpace(m.Prose))
		for _, example := range [][2]string{{"Found in", m.Bad}, {"Not found in", m.Good}} {
			if example[1] != "" {
				fmt.Fprintf(&b, "\n%s:\n\n```yaml\n%s\n```\n", example[0], strings.TrimSpace(example[1]))
			}
		}
	}
	return []byte(b.String())
}

func metricsDoc() []byte {
	var b strings.Builder
	b.WriteString("# Metrics\n\nAn arrow u → v always means: u depends on v. An undefined value is null, never 0. Every key can be a budget.\n\n| metric | unit | better | what it is |\n|---|---|---|---|\n")
	for _, m := range metric.List() {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s | %s |\n", m.Key(), m.Name(), m.Unit, betterWord(m.Better), m.Title)
	}
	for _, m := range metric.List() {
		source := m.Source
		if m.Ours {
			source = strings.TrimSuffix("this project's own definition; "+source, "; ")
		}
		fmt.Fprintf(&b, "\n<a id=\"%s\"></a>\n\n## %s\n\n%s\n\nSource: %s.\n", m.Name(), m.Key(), m.Definition, strings.TrimSuffix(source, "."))
		if doc, ok := metric.Doc(m.Key()); ok {
			fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(doc.Prose))
			if doc.Architecture != "" {
				fmt.Fprintf(&b, "\n```yaml\n%s\n```\n\n```\n%s\n```\n", strings.TrimSpace(doc.Architecture), strings.TrimSpace(doc.Want))
			}
		}
	}
	return []byte(b.String())
}

func assumptionsDoc() []byte {
	var b strings.Builder
	b.WriteString("# States, strengths, defaults, errors\n")
	for _, t := range render.Topics() {
		fmt.Fprintf(&b, "\n## %s\n\n", t.Title)
		if err := render.WriteMarkdown(&b, t.Page()); err != nil {
			panic(err)
		}
	}
	return []byte(b.String())
}

func commandsDoc(root *cobra.Command) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Commands\n\n%s\n", root.Long)
	for _, c := range root.Commands() {
		if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
			continue
		}
		long := c.Long
		if long == "" {
			long = c.Short + "."
		}
		c.InitDefaultHelpFlag()
		fmt.Fprintf(&b, "\n## taut %s\n\n```\n%s\n```\n", c.Name(), strings.TrimSpace(long))
		if c.Example != "" {
			fmt.Fprintf(&b, "\nExamples:\n\n```\n%s\n```\n", c.Example)
		}
		fmt.Fprintf(&b, "\n```\n%s\n```\n", strings.TrimRight("taut "+c.Use+"\n\n"+c.Flags().FlagUsages(), "\n"))
	}
	return []byte(b.String())
}

func formatsDoc() []byte {
	var b strings.Builder
	b.WriteString("# Formats and limits\n\n## Imports\n\n| format | what it is |\n|---|---|\n")
	for _, f := range importer.Formats() {
		fmt.Fprintf(&b, "| %s | %s |\n", f.Name, f.Doc)
	}
	b.WriteString("\n## Findings (lint, check, diff)\n\nWhat a file silences or a baseline knows fails nothing: SARIF tells it as suppressed, JUnit as skipped, JSON under `suppressed`, with the reason; the other formats leave it out. `taut diff` has text, JSON, Markdown, HTML and SVG of its own; in the other formats it tells each change that something got worse by as a finding of the rule `got-worse`.\n\n| format | what it is |\n|---|---|\n")
	for _, f := range render.FindingFormats() {
		fmt.Fprintf(&b, "| %s | %s |\n", f.Name, f.Doc)
	}
	b.WriteString("\n## Pages (analyze, compare, explain, rules, metrics)\n\n| format | what it is |\n|---|---|\n")
	for _, f := range render.PageFormats() {
		fmt.Fprintf(&b, "| %s | %s |\n", f.Name, f.Doc)
	}
	b.WriteString("\n## Diagrams (render, export)\n\n| format | what it is |\n|---|---|\n| svg | our own layout and paint; render and compare |\n")
	for _, f := range render.SystemFormats() {
		fmt.Fprintf(&b, "| %s | %s |\n", f.Name, f.Doc)
	}
	b.WriteString("\n## Limits\n\nPast a limit the program ends with exit code 2 and names the limit. `--limit NAME=VALUE` changes one.\n\n| limit | default | of |\n|---|---|---|\n")
	for _, l := range model.LimitTable() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", l.Name, l.Default, l.Doc)
	}
	return []byte(b.String())
}
