package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// docsHead is the part of docs/mcp.md that no table tells.
const docsHead = `# For agents

Written by ` + "`go test ./cmd/taut-mcp -update`" + ` from the tables of the program; a test fails when it is stale.

` + "`taut-mcp`" + ` is a server of the Model Context Protocol over standard input and output: an agent that works on a repository can ask what a change to its architecture would move before it makes it, and check the file after. It is a program of its own, as the protocol's library would add a seventh to taut's size.

` + "```sh" + `
go install github.com/taut-dev/taut/cmd/taut-mcp@latest
` + "```" + `

Most clients take this (` + "`.mcp.json`" + ` in the repository, ` + "`claude_desktop_config.json`" + `, ` + "`.cursor/mcp.json`" + `; in VS Code, ` + "`.vscode/mcp.json`" + ` with ` + "`servers`" + ` for ` + "`mcpServers`" + `):

` + "```json" + `
{
  "mcpServers": {
    "taut": {"command": "taut-mcp", "args": ["--root", "."]}
  }
}
` + "```" + `

It only reads, and only below the folder of ` + "`--root`" + ` (default: where it was started): a path or a link that leads out is refused. With ` + "`base`" + `, diff starts ` + "`git`" + ` to read old versions; nothing else is started, no network is used, nothing is written. What is wrong with a file comes as the tool's error, with file, line and column. A closed input ends the server once everything before is answered, an interrupt at once, both with exit code 0.

An answer is Markdown, or with ` + "`format: json`" + ` the published report; what is longer than an agent can use is cut, and ` + "`left_out`" + ` says what. explain needs a file only with ` + "`subject`" + ` and for rules that the file brings itself.

Ask it, for instance: *what would break if payments were down?* · *what if orders told shipping by an event?* · *does this branch make anything worse than main?*

`

// TestDocsAreFresh compares docs/mcp.md with what the server tells its clients.
func TestDocsAreFresh(t *testing.T) {
	session := connect(t, t.TempDir())
	var b strings.Builder
	b.WriteString(docsHead + "## Tools\n")
	shared := ""
	for tool, err := range session.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		own, all := properties(t, tool)
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n%s%s", tool.Name, tool.Description, tableHead, own)
		shared = all
	}
	b.WriteString("\n### Arguments of every tool\n\n" + tableHead + shared)
	b.WriteString("\n## Resources\n\n| resource | what it is |\n|---|---|\n")
	for r, err := range session.Resources(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", r.URI, r.Description)
	}
	const file = "../../docs/mcp.md"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != b.String() {
		t.Errorf("docs/mcp.md is stale: run go test ./cmd/taut-mcp -update")
	}
}

const tableHead = "| argument | takes | meaning |\n|---|---|---|\n"

// properties are the rows about a tool's own arguments, and about those of all.
func properties(t *testing.T, tool *mcp.Tool) (own, shared string) {
	data, err := json.Marshal(tool.InputSchema)
	var schema jsonschema.Schema
	if err == nil {
		err = json.Unmarshal(data, &schema)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names(&schema) {
		p := schema.Properties[name]
		row := fmt.Sprintf("| `%s` | %s | %s |\n", name, takes(p), cell(p.Description))
		switch name {
		case "path", "text", "design", "format":
			shared += row
			continue
		}
		own += row
		if p.Items != nil {
			for _, inner := range names(p.Items) {
				q := p.Items.Properties[inner]
				own += fmt.Sprintf("| `%s[].%s` | %s | %s |\n", name, inner, takes(q), cell(q.Description))
			}
		}
	}
	return own, shared
}

func names(s *jsonschema.Schema) []string {
	keys := map[string]any{}
	for name := range s.Properties {
		keys[name] = nil
	}
	return sortedKeys(keys)
}

func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// takes says in words what a schema accepts.
func takes(s *jsonschema.Schema) string {
	switch {
	case s.Items != nil && s.Items.Properties != nil:
		return "list of objects"
	case s.Items != nil:
		return "list of " + takes(s.Items)
	case len(s.Enum) > 12:
		return "names"
	case len(s.Enum) > 0:
		var words []string
		for _, w := range s.Enum {
			words = append(words, fmt.Sprintf("`%v`", w))
		}
		return strings.Join(words, ", ")
	}
	kinds := append([]string{}, s.Types...)
	if s.Type != "" {
		kinds = append(kinds, s.Type)
	}
	var words []string
	for _, k := range kinds {
		if word, ok := map[string]string{"string": "text", "boolean": "true or false", "object": "object"}[k]; ok {
			words = append(words, word)
		}
	}
	return strings.Join(words, " or ")
}
