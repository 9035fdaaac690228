package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/taut-dev/taut/model"
)

var d2Shapes = map[string]string{"service": "rectangle", "store": "cylinder", "channel": "queue", "external": "rectangle", "platform": "package"}

var d2Links = [...]string{hardLink: "", softLink: ": {style.stroke-dash: 2}", eventLink: ": {style.stroke-dash: 5}"}

func writeD2(w io.Writer, system *model.System, _ Options) error {
	e := export(system)
	b := bufio.NewWriter(w)
	path := map[string]string{}
	for i, g := range e.groups {
		prefix, indent := "", ""
		if g.label != "" {
			prefix, indent = fmt.Sprintf("g%d.", i+1), "  "
			fmt.Fprintf(b, "g%d: %s {\n", i+1, d2Quote(g.label))
		}
		for _, n := range g.nodes {
			path[n.id] = prefix + n.id
			fmt.Fprintf(b, "%s%s: %s {shape: %s}\n", indent, n.id, d2Quote(n.label), d2Shapes[n.kind])
		}
		if g.label != "" {
			b.WriteString("}\n")
		}
	}
	for _, l := range e.links {
		fmt.Fprintf(b, "%s -> %s%s\n", path[l.from], path[l.to], d2Links[l.kind])
	}
	return b.Flush()
}

func d2Quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "\n", " ").Replace(model.Safe(text)) + `"`
}
