package main

import (
	"fmt"
	"strings"

	"github.com/taut-dev/taut/analyze/lint/custom"
)

// customRulesDoc is the page about rules that a file brings itself, made of the
// tables that the rules are checked with.
func customRulesDoc() []byte {
	var b strings.Builder
	b.WriteString(custom.Manual())
	b.WriteString("\n## Functions\n\n| function | gives |\n|---|---|\n")
	for _, f := range custom.Functions() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", f.Use, f.Doc)
	}
	b.WriteString("\n## Names\n")
	for _, k := range custom.Kinds() {
		fmt.Fprintf(&b, "\n### %s\n\n", k.Word)
		if k.Rules && k.Word != "system" {
			fmt.Fprintf(&b, "With `for: %s` these stand alone, beside `system`, the whole.\n\n", k.Word)
		}
		b.WriteString("| name | type | meaning |\n|---|---|---|\n")
		for _, n := range k.Names {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", n.Name, n.Type, n.Doc)
		}
	}
	fmt.Fprintf(&b, "\n## Examples\n\n```yaml\n%s```\n", custom.Examples())
	return []byte(b.String())
}
