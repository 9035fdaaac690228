package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/taut-dev/taut/model"
)

var dotShapes = map[string]string{"service": "box, style=rounded", "store": "cylinder", "channel": "cds", "external": "box, style=dashed", "platform": "box3d"}

var dotLinks = [...]string{hardLink: "", softLink: " [style=dotted]", eventLink: " [style=dashed]"}

func writeDOT(w io.Writer, system *model.System, _ Options) error {
	e := export(system)
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "digraph taut {\n  label=%s; rankdir=TB; node [fontname=\"sans-serif\", shape=box];\n", dotQuote(e.title))
	for i, g := range e.groups {
		if g.label != "" {
			fmt.Fprintf(b, "  subgraph cluster_%d {\n    label=%s;\n", i+1, dotQuote(g.label))
		}
		for _, n := range g.nodes {
			fmt.Fprintf(b, "    %s [label=%s, shape=%s];\n", n.id, dotQuote(n.label), dotShapes[n.kind])
		}
		if g.label != "" {
			b.WriteString("  }\n")
		}
	}
	for _, l := range e.links {
		fmt.Fprintf(b, "  %s -> %s%s;\n", l.from, l.to, dotLinks[l.kind])
	}
	b.WriteString("}\n")
	return b.Flush()
}

// dotQuote makes a label that Graphviz shows as it stands: it would expand
// backslash escapes and decode entities.
func dotQuote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `&`, "&amp;", `"`, "&quot;", "\n", " ").Replace(model.Safe(text)) + `"`
}
