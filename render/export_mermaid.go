package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/taut-dev/taut/model"
)

var mermaidShapes = map[string][2]string{
	"service": {"(", ")"}, "store": {"[(", ")]"}, "channel": {"([", "])"}, "external": {"[[", "]]"}, "platform": {"[/", "/]"},
}

var mermaidLinks = [...]string{hardLink: "-->", softLink: "-.->", eventLink: "==>"}

func writeMermaid(w io.Writer, system *model.System, _ Options) error {
	e := export(system)
	b := bufio.NewWriter(w)
	b.WriteString("flowchart TB\n")
	for i, g := range e.groups {
		if g.label != "" {
			fmt.Fprintf(b, "  subgraph g%d[%s]\n", i+1, mermaidQuote(g.label))
		}
		for _, n := range g.nodes {
			shape := mermaidShapes[n.kind]
			fmt.Fprintf(b, "    %s%s%s%s\n", n.id, shape[0], mermaidQuote(n.label), shape[1])
		}
		if g.label != "" {
			b.WriteString("  end\n")
		}
	}
	for _, l := range e.links {
		fmt.Fprintf(b, "  %s %s %s\n", l.from, mermaidLinks[l.kind], l.to)
	}
	return b.Flush()
}

// mermaidQuote writes everything but letters, digits, spaces and the plainest
// marks as entities, since labels end up as HTML.
func mermaidQuote(text string) string {
	var s strings.Builder
	s.WriteByte('"')
	for _, r := range strings.ReplaceAll(model.Safe(text), "\n", " ") {
		if r > 0x7f || r == ' ' || r == '-' || r == '_' || r == '.' || r == ',' || '0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' {
			s.WriteRune(r)
		} else {
			fmt.Fprintf(&s, "#%d;", r)
		}
	}
	s.WriteByte('"')
	return s.String()
}
